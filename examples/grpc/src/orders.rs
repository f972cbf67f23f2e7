//! The service `shop.v1.Orders`. It is written by hand here; usually a build script generates it.

use std::{
    convert::Infallible,
    future::Future,
    pin::Pin,
    task::{Context, Poll},
};

use tokio_stream::Stream;
use tonic::{Code, Request, Response, Status, body::Body, server::NamedService};
use tonic_prost::ProstCodec;
use tower::{Service, service_fn};

/// The identifier of an order.
#[derive(Clone, PartialEq, prost::Message)]
pub struct OrderId {
    /// The number of the order.
    #[prost(uint64, tag = "1")]
    pub number: u64,
}

/// An order.
#[derive(Clone, PartialEq, prost::Message)]
pub struct Order {
    /// The number of the order.
    #[prost(uint64, tag = "1")]
    pub number: u64,
    /// The state of the order.
    #[prost(string, tag = "2")]
    pub state: String,
}

/// The methods of the service.
pub trait Orders: Clone + Send + Sync + 'static {
    /// Finds one order.
    fn find(&self, request: Request<OrderId>) -> impl Future<Output = Result<Response<Order>, Status>> + Send;

    /// The stream of changes of an order.
    type Changes: Stream<Item = Result<Order, Status>> + Send + 'static;

    /// Follows an order.
    fn follow(&self, request: Request<OrderId>)
    -> impl Future<Output = Result<Response<Self::Changes>, Status>> + Send;
}

/// The tower service of [`Orders`].
#[derive(Debug, Clone)]
pub struct OrdersServer<T>(pub T);

impl<T> NamedService for OrdersServer<T> {
    const NAME: &'static str = "shop.v1.Orders";
}

impl<T: Orders> Service<http::Request<Body>> for OrdersServer<T> {
    type Response = http::Response<Body>;
    type Error = Infallible;
    type Future = Pin<Box<dyn Future<Output = Result<http::Response<Body>, Infallible>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: http::Request<Body>) -> Self::Future {
        let orders = self.0.clone();
        Box::pin(async move { Ok(answer(orders, request).await) })
    }
}

async fn answer<T: Orders>(orders: T, request: http::Request<Body>) -> http::Response<Body> {
    match request.uri().path() {
        "/shop.v1.Orders/Find" => {
            let find = service_fn(move |request| {
                let orders = orders.clone();
                async move { orders.find(request).await }
            });
            tonic::server::Grpc::new(ProstCodec::default()).unary(find, request).await
        }
        "/shop.v1.Orders/Follow" => {
            let follow = service_fn(move |request| {
                let orders = orders.clone();
                async move { orders.follow(request).await }
            });
            tonic::server::Grpc::new(ProstCodec::default()).server_streaming(follow, request).await
        }
        _ => Status::new(Code::Unimplemented, "unknown method").into_http(),
    }
}
