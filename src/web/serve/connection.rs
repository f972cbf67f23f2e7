//! Serves one connection, from its first byte to its last.

use std::{
    future::{Future, poll_fn},
    pin::pin,
    sync::Arc,
    task::Poll,
};

use hyper_util::{
    rt::{TokioIo, TokioTimer},
    server::conn::auto::Builder,
};
use tokio::time::Instant;

use super::{
    app::App,
    progress::{Verdict, WINDOW},
    requests::Requests,
    socket::{Socket, Watched},
    stage::Stage,
    streams::Streams,
    watch::Clock,
};
use crate::listen::limits::Limits;

/// hyper's own default, with which it counts faster than with a custom limit.
const USUAL_HEADERS: usize = 100;

/// The number of bytes buffered for an HTTP/2 response that the client does not take.
const SEND_BUFFER: usize = 64 * 1024;

/// What ends the wait for a connection.
enum Event {
    Ended,
    Due(Verdict),
    Stage(Stage),
}

/// Serves one connection until it ends or must end.
pub(super) async fn serve<S: Socket, A: App>(socket: Watched<S>, requests: Requests<A>, limits: &Limits) {
    let watch = Arc::clone(&socket.watch);
    let mut stage = socket.stage.clone();
    let builder = protocol(limits, Streams { watch: Arc::clone(&watch), period: limits.body_timeout() });
    let mut connection = pin!(builder.serve_connection_with_upgrades(TokioIo::new(socket), requests));
    let mut clock = Clock::new(Arc::clone(&watch));
    loop {
        let event = {
            let mut next = pin!(stage.next());
            poll_fn(|context| {
                // Its errors are the client's fault, so they are ignored.
                if connection.as_mut().poll(context).is_ready() {
                    return Poll::Ready(Event::Ended);
                }
                if let Poll::Ready(verdict) = clock.poll_verdict(context) {
                    return Poll::Ready(Event::Due(verdict));
                }
                next.as_mut().poll(context).map(Event::Stage)
            })
            .await
        };
        match event {
            Event::Ended => return,
            Event::Due(Verdict::End) | Event::Stage(Stage::Over) => return watch.cut(),
            Event::Due(Verdict::Close) | Event::Stage(Stage::Stopping) => {
                watch.progress(|progress| progress.closing(Instant::now()));
                connection.as_mut().graceful_shutdown();
            }
            Event::Stage(Stage::Serving | Stage::Draining) => {}
        }
    }
}

/// Configures HTTP/1 and HTTP/2 with the limits. The timeout for a request head is our own, because hyper's also runs
/// while a connection is idle.
fn protocol(limits: &Limits, streams: Streams) -> Builder<Streams> {
    let mut builder = Builder::new(streams);
    let bytes = limits.max_header_bytes();
    let mut http1 = builder.http1();
    http1.max_buf_size(bytes as usize);
    if limits.max_headers() != USUAL_HEADERS {
        http1.max_headers(limits.max_headers());
    }
    builder
        .http2()
        .timer(TokioTimer::new())
        .max_header_list_size(bytes)
        .max_concurrent_streams(limits.h2_streams())
        .max_pending_accept_reset_streams(limits.h2_resets())
        .initial_connection_window_size(WINDOW)
        .initial_stream_window_size(WINDOW)
        .max_send_buf_size(SEND_BUFFER)
        .keep_alive_interval(limits.h2_ping())
        .keep_alive_timeout(limits.h2_ping())
        .enable_connect_protocol();
    builder
}
