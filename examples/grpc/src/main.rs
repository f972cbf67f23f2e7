//! A tonic gRPC service that starts only with a safe configuration, and stops gracefully.
//!
//! ```text
//! ENVIRONMENT=development cargo run --package hardened-grpc
//! grpcurl -plaintext -import-path examples/grpc -proto orders.proto -d '{"number": 7}' localhost:8080 shop.v1.Orders/Find
//! grpc_health_probe -addr=localhost:8080
//! ```

use std::{error::Error, time::Duration};

use hardened::{Config, Exit, Http, Loaded, health::Health, layers::Stop};
use hardened_grpc::{
    app,
    orders::{Order, OrderId, Orders},
};
use tokio::{net::TcpListener, sync::mpsc, time::timeout};
use tokio_stream::wrappers::ReceiverStream;
use tonic::{Request, Response, Status};

/// The settings of the service.
#[derive(Debug, Config)]
struct Settings {
    #[config(nested)]
    http: Http,
}

#[tokio::main]
async fn main() -> Exit {
    run(Settings::load_or_exit()).await.into()
}

async fn run(settings: Loaded<Settings>) -> Result<(), Box<dyn Error>> {
    println!("{}\n\n{}", Loaded::table(&settings), Loaded::report(&settings));
    let health = Health::without_database(Loaded::tier(&settings)).build();
    let listener = TcpListener::bind(settings.http.listen_addr()).await?;
    // Browsers do not call it, so it needs no CORS policy.
    let app = app(Shop, &health).layer(settings.http.layer());
    Ok(hardened::serve(listener, app, &settings.http).await?)
}

/// A shop in which every order has the same state.
#[derive(Debug, Clone)]
struct Shop;

impl Orders for Shop {
    async fn find(&self, request: Request<OrderId>) -> Result<Response<Order>, Status> {
        let OrderId { number } = request.into_inner();
        Ok(Response::new(Order { number, state: "sent".to_owned() }))
    }

    type Changes = ReceiverStream<Result<Order, Status>>;

    async fn follow(&self, request: Request<OrderId>) -> Result<Response<Self::Changes>, Status> {
        let stop = request.extensions().get::<Stop>().cloned();
        let OrderId { number } = request.into_inner();
        let (sender, receiver) = mpsc::channel(1);
        tokio::spawn(async move {
            let order = || Ok(Order { number, state: "on its way".to_owned() });
            while sender.send(order()).await.is_ok() {
                // The stream ends when the service stops, so that the client connects to another instance.
                let Some(stop) = &stop else { return };
                if timeout(Duration::from_secs(1), stop.stopping()).await.is_ok() {
                    let _ = sender.send(Err(Status::unavailable("the service stops"))).await;
                    return;
                }
            }
        });
        Ok(Response::new(ReceiverStream::new(receiver)))
    }
}
