//! The requests of one connection.

use std::sync::Arc;

use http::{Request, Response, Version};
use http_body::Body;
use hyper::body::Incoming;

use super::{
    answer::{Answer, Terms},
    app::App,
    exchange::Exchange,
    outflow::Outflow,
    request_body::RequestBody,
    response_body::{Open, ResponseBody},
    server::Server,
    stage::Flags,
    watch::Watch,
};
use crate::{
    layers::{PeerAddress, Stop},
    web::grpc,
};

/// Answers the requests of one connection.
pub(super) struct Requests<A> {
    pub(super) app: A,
    pub(super) server: Arc<Server>,
    pub(super) watch: Arc<Watch>,
    pub(super) flags: Arc<Flags>,
    pub(super) stop: Stop,
    pub(super) peer: PeerAddress,
    /// Whether the connection is only for health checks.
    pub(super) is_reserved: bool,
}

impl<A: App> hyper::service::Service<Request<Incoming>> for Requests<A> {
    type Response = Response<ResponseBody<A::Body>>;
    type Error = A::Error;
    type Future = Answer<A>;

    fn call(&self, request: Request<Incoming>) -> Self::Future {
        let is_http2 = request.version() == Version::HTTP_2;
        let (started, is_old) = self.watch.began(is_http2);
        let open = Open(Arc::clone(&self.watch));
        let outflow = is_http2.then(|| self.outflow());
        let exchange = (!request.body().is_end_stream()).then(Arc::<Exchange>::default);
        let timeout = self.server.limits.request_timeout();
        let is_last = !is_http2 && (is_old || self.flags.is_draining());
        let is_call = is_http2 && grpc::is_call(request.headers());
        let terms = Terms { started, timeout, exchange: exchange.clone(), is_http2, is_call, is_last };
        match self.server.admit(&request, self.is_reserved) {
            Ok(permit) => {
                Answer::asked(self.app.clone(), self.prepare(request, exchange), terms, open, outflow, permit)
            }
            Err(refusal) => Answer::refused(refusal, terms, open, outflow),
        }
    }
}

impl<A> Requests<A> {
    fn outflow(&self) -> Arc<Outflow> {
        let outflow = Arc::new(Outflow::new());
        self.watch.put_outflow(Arc::clone(&outflow));
        outflow
    }

    /// Builds the request that the service gets.
    fn prepare(&self, request: Request<Incoming>, exchange: Option<Arc<Exchange>>) -> Request<RequestBody> {
        let limits = &self.server.limits;
        let mut request = request.map(|incoming| match exchange {
            None => RequestBody::empty(incoming),
            Some(exchange) => {
                let watch = Arc::clone(&self.watch);
                RequestBody::limited(incoming, limits.max_body_bytes(), limits.body_timeout(), exchange, watch)
            }
        });
        let extensions = request.extensions_mut();
        extensions.insert(self.peer);
        extensions.insert(self.stop.clone());
        request
    }
}
