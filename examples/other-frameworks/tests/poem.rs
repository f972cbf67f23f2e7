//! Tests of the protections under poem.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

use hardened::layers::ClientAddress;
use hardened_other_frameworks::poem::{Protections, health_check, protect};
use poem::{
    EndpointExt, Request, Response, Route, Server,
    endpoint::make,
    get,
    http::StatusCode,
    listener::{Acceptor, Listener, TcpListener},
    post,
};
use test_support::protections::{Framework, over, settings};

fn client(request: &Request) -> Option<ClientAddress> {
    request.extensions().get().copied()
}

#[tokio::test]
async fn what_the_table_says_of_poem_holds_over_a_socket() {
    let settings = settings();
    let protections = Protections::new(&settings.http, settings.cors.policy(), &settings.proxies);
    let (limit, health) = (settings.limit(), settings.health());
    let (begins, goes_on) = (settings.session.cookie(), settings.session.cookie());
    let session = make(move |_| {
        let set = begins.set("user-7").unwrap();
        async move { Response::builder().header("set-cookie", set).body("welcome") }
    });
    let me = make(move |request: Request| {
        let session = goes_on.read(request.headers());
        async move {
            match session {
                Some(session) => Response::builder().body(session.value().to_owned()),
                None => Response::builder().status(StatusCode::UNAUTHORIZED).finish(),
            }
        }
    });
    let sign_in = make(move |mut request: Request| {
        let (limit, client) = (limit.clone(), client(&request));
        async move {
            let account = request.take_body().into_string().await?;
            match limit.account(client, &account).await {
                Ok(()) => Ok::<_, poem::Error>(Response::builder().body("welcome")),
                Err(_) => Ok(Response::builder().status(StatusCode::TOO_MANY_REQUESTS).finish()),
            }
        }
    });
    let fails = make(async |_| Response::builder().status(StatusCode::INTERNAL_SERVER_ERROR).body("password=hunter2"));
    let app = Route::new()
        .at("/", get(make(async |_| "hello")))
        .at("/docs", get(make(async |_| "the page")))
        .at("/fails", get(fails))
        .at("/client", get(make(async |request| client(&request).unwrap().ip().to_string())))
        .at("/sign-in", post(sign_in))
        .at("/session", post(session))
        .at("/me", get(me))
        .at(
            "/echo",
            post(make(async |mut request: Request| request.take_body().into_string().await.map_err(poem::Error::from))),
        )
        .at("/readyz", get(make(move |_| health_check(health.readyz()))))
        .around(move |app, request| protect(protections.clone(), app, request));
    let acceptor = TcpListener::bind("127.0.0.1:0").into_acceptor().await.unwrap();
    let address = *acceptor.local_addr()[0].as_socket_addr().unwrap();
    tokio::spawn(Server::new_with_acceptor(acceptor).run(app));
    Framework::Poem.keeps_the_table(async |ask| over(address, ask).await).await;
}
