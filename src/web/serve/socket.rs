//! The socket of one connection, watched for what it shows about the client.

use std::{
    io::{self, IoSlice},
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
    time::Duration,
};

use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    time::Instant,
};

use super::{connection_limit::ConnectionPermit, stage::Listening, watch::Watch};

/// TCP keep-alive: the idle time before the first probe, the time between probes, and the number of probes.
#[cfg(any(target_os = "linux", target_os = "android"))]
const PROBE: (Duration, Duration, u32) = (Duration::from_secs(60), Duration::from_secs(10), 3);

/// A stream socket.
#[allow(
    unreachable_pub,
    reason = "it bounds a type of a public trait and is sealed, which Rust 1.88 takes for a mistake"
)]
pub trait Socket: AsyncRead + AsyncWrite + Unpin + Send + 'static {
    /// Sets the socket to send responses at once, and to notice a client that vanished.
    fn prepare(&self) {}

    /// Sets the socket to discard what the client did not take when it is closed.
    fn cut(&self) {}
}

impl Socket for tokio::net::TcpStream {
    /// Ignores errors, because the server works without these options.
    fn prepare(&self) {
        let _ = self.set_nodelay(true);
        #[cfg(unix)]
        let _ = rustix::net::sockopt::set_socket_keepalive(self, true);
        #[cfg(any(target_os = "linux", target_os = "android"))]
        {
            let (idle, interval, count) = PROBE;
            let _ = rustix::net::sockopt::set_tcp_keepidle(self, idle);
            let _ = rustix::net::sockopt::set_tcp_keepintvl(self, interval);
            let _ = rustix::net::sockopt::set_tcp_keepcnt(self, count);
        }
    }

    fn cut(&self) {
        #[cfg(unix)]
        let _ = rustix::net::sockopt::set_socket_linger(self, Some(Duration::ZERO));
    }
}

#[cfg(unix)]
impl Socket for tokio::net::UnixStream {}

/// A socket that is watched. It keeps its permit among the connections as long as it exists, even after an upgrade.
pub(super) struct Watched<S: Socket> {
    pub(super) socket: S,
    pub(super) watch: Arc<Watch>,
    pub(super) stage: Listening,
    /// Whether the client does not take what is sent. Most clients always do, and then the clock need not be read.
    pub(super) is_blocked: bool,
    pub(super) _permit: ConnectionPermit,
}

impl<S: Socket> Drop for Watched<S> {
    fn drop(&mut self) {
        if self.watch.is_cut() {
            self.socket.cut();
        }
    }
}

impl<S: Socket> Watched<S> {
    /// Returns whether the server has ended. An upgraded connection belongs to the service, but it ends too.
    fn is_over(&self) -> bool {
        self.stage.is_over()
    }

    fn written(&mut self, poll: Poll<io::Result<usize>>) -> Poll<io::Result<usize>> {
        match poll {
            Poll::Pending => {
                self.is_blocked = true;
                self.watch.progress(|progress| progress.blocked(Instant::now()));
            }
            Poll::Ready(Ok(bytes)) if self.is_blocked => {
                self.watch.progress(|progress| progress.wrote(bytes, Instant::now()));
            }
            Poll::Ready(_) => {}
        }
        poll
    }
}

fn over<T>() -> Poll<io::Result<T>> {
    Poll::Ready(Err(io::ErrorKind::ConnectionAborted.into()))
}

impl<S: Socket> AsyncRead for Watched<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        if self.is_over() {
            return over();
        }
        let before = buffer.filled().len();
        let poll = Pin::new(&mut self.socket).poll_read(context, buffer);
        let bytes = buffer.filled().len() - before;
        if bytes > 0 {
            self.watch.read(bytes);
        }
        poll
    }
}

impl<S: Socket> AsyncWrite for Watched<S> {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        if self.is_over() {
            return over();
        }
        let poll = Pin::new(&mut self.socket).poll_write(context, bytes);
        self.written(poll)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        slices: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        if self.is_over() {
            return over();
        }
        let poll = Pin::new(&mut self.socket).poll_write_vectored(context, slices);
        self.written(poll)
    }

    fn is_write_vectored(&self) -> bool {
        self.socket.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        if std::mem::take(&mut self.is_blocked) {
            self.watch.progress(|progress| progress.flushed());
        }
        Pin::new(&mut self.socket).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.socket).poll_shutdown(context)
    }
}
