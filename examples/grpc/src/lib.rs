//! A gRPC service and its health check.

pub mod orders;

use axum::Router;
use hardened::health::Health;
use orders::{Orders, OrdersServer};
use tonic::{server::NamedService, service::Routes};

/// Returns the service and its health check as one app, for a layer and `hardened::serve`.
pub fn app<T: Orders>(orders: T, health: &Health) -> Router {
    let health = health.grpc().service(OrdersServer::<T>::NAME);
    Routes::new(OrdersServer(orders)).into_axum_router().route_service("/grpc.health.v1.Health/{method}", health)
}
