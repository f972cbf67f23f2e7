//! The transport for a service in this process, without a socket.

use std::{future::poll_fn, marker::PhantomData, sync::Mutex};

use bytes::Bytes;
use http::{HeaderValue, header};
use http_body::Body;
use tower_service::Service;

use super::{Exchanging, Transport, body};
use crate::{
    answer::{Answer, NoAnswer},
    request::Request,
};

/// A [`Service`] as the target; `B` is the type of its request bodies.
pub(crate) struct InProcess<S, B> {
    service: Mutex<S>,
    host: HeaderValue,
    body: PhantomData<fn(B)>,
}

impl<S, B> InProcess<S, B> {
    pub(crate) fn new(service: S, host: HeaderValue) -> Self {
        Self { service: Mutex::new(service), host, body: PhantomData }
    }
}

impl<S, B, R> Transport for InProcess<S, B>
where
    S: Service<http::Request<B>, Response = http::Response<R>> + Clone + Send + 'static,
    S::Future: Send,
    B: From<Bytes> + Send + 'static,
    R: Body<Data: Into<Bytes> + Send> + Send,
{
    fn exchange<'a>(&'a self, request: &'a Request) -> Exchanging<'a> {
        Box::pin(async move {
            let mut service = self.service.lock().map_err(|_| NoAnswer::NotConnected)?.clone();
            if request.is_plain {
                return Err(NoAnswer::NotSent);
            }
            let request = self.build(request).ok_or(NoAnswer::NotSent)?;
            poll_fn(|context| service.poll_ready(context)).await.map_err(|_| NoAnswer::NotConnected)?;
            let response = service.call(request).await.map_err(|_| NoAnswer::Closed)?;
            let (head, body) = response.into_parts();
            let (body, is_complete) = body::read(body).await;
            let (status, headers) = (head.status, head.headers);
            Ok(Answer { status, headers, body, is_complete })
        })
    }

    fn is_in_process(&self) -> bool {
        true
    }
}

impl<S, B: From<Bytes>> InProcess<S, B> {
    fn build(&self, request: &Request) -> Option<http::Request<B>> {
        let host = match &request.host {
            Some(host) => HeaderValue::try_from(host).ok()?,
            None => self.host.clone(),
        };
        let mut built = http::Request::new(B::from(request.body.clone()));
        *built.method_mut() = request.method.clone();
        *built.uri_mut() = request.path.parse().ok()?;
        let headers = built.headers_mut();
        headers.insert(header::HOST, host);
        if !request.body.is_empty() {
            headers.insert(header::CONTENT_LENGTH, HeaderValue::from(request.body.len()));
        }
        for (name, value) in &request.headers {
            headers.append(name, value.clone());
        }
        Some(built)
    }
}
