//! A database server on loopback that violates the protocol.

use std::{
    io::{self, Read, Write},
    net::{TcpListener, TcpStream},
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
        mpsc::{self, RecvTimeoutError},
    },
    thread,
    time::Duration,
};

use tokio_rustls::rustls::{
    ServerConfig, ServerConnection, StreamOwned,
    crypto::ring,
    pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject as _},
};

/// The time after which the work counts as hung.
const HANG: Duration = Duration::from_secs(120);

/// When the server begins to misbehave.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// Instead of asking for a password.
    Start,
    /// After the password, before the session.
    Session,
    /// In answer to the first message of the session.
    Answer,
}

/// How the server misbehaves.
#[derive(Debug, Clone)]
pub enum What {
    /// Sends these bytes, and then nothing.
    Once(Vec<u8>),
    /// Sends these bytes this many times, and then an error.
    Burst(Vec<u8>, usize),
    /// Sends these bytes again and again, as long as the client reads.
    Forever(Vec<u8>),
}

/// A server that runs in its own threads.
pub struct Hostile {
    port: u16,
    /// The number of bytes that it has sent.
    written: Arc<AtomicUsize>,
}

impl Hostile {
    /// Starts a server on a free port.
    pub fn start(when: When, what: What) -> Self {
        Self::with_certificate(when, what, None)
    }

    /// Starts a server with TLS, with a certificate and its key as PEM.
    pub fn start_tls(when: When, what: What, (certificate, key): &(String, String)) -> Self {
        let certificate = CertificateDer::from_pem_slice(certificate.as_bytes()).unwrap();
        let key = PrivateKeyDer::from_pem_slice(key.as_bytes()).unwrap();
        let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![certificate], key)
            .unwrap();
        Self::with_certificate(when, what, Some(Arc::new(config)))
    }

    fn with_certificate(when: When, what: What, tls: Option<Arc<ServerConfig>>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let written = Arc::new(AtomicUsize::new(0));
        let counted = Arc::clone(&written);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (what, tls, counted) = (what.clone(), tls.clone(), Arc::clone(&counted));
                // It ends with an error when the client disconnects.
                thread::spawn(move || serve(stream, tls, when, &what, &counted));
            }
        });
        Self { port, written }
    }

    /// Returns the port that it listens on.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// Returns a URL of the server.
    pub fn url(&self, sslmode: &str) -> String {
        format!("postgres://u:8sd7f6asd5@127.0.0.1:{}/db?sslmode={sslmode}", self.port)
    }

    /// Returns how many bytes it has sent.
    pub fn written(&self) -> usize {
        self.written.load(Ordering::SeqCst)
    }
}

fn serve(
    mut stream: TcpStream,
    tls: Option<Arc<ServerConfig>>,
    when: When,
    what: &What,
    written: &AtomicUsize,
) -> io::Result<()> {
    let Some(tls) = tls else { return speak(stream, when, what, written) };
    stream.read_exact(&mut [0; 8])?;
    stream.write_all(b"S")?;
    let connection = ServerConnection::new(tls).map_err(io::Error::other)?;
    speak(StreamOwned::new(connection, stream), when, what, written)
}

fn speak(mut stream: impl Read + Write, when: When, what: &What, written: &AtomicUsize) -> io::Result<()> {
    let mut length = [0; 4];
    stream.read_exact(&mut length)?;
    io::copy(&mut Read::by_ref(&mut stream).take(u64::from(u32::from_be_bytes(length)) - 4), &mut io::sink())?;
    if when != When::Start {
        stream.write_all(&message(b'R', &[0; 4]))?;
    }
    if when == When::Answer {
        stream.write_all(&message(b'K', &[0; 8]))?;
        stream.write_all(&message(b'Z', b"I"))?;
        stream.read_exact(&mut [0])?;
    }
    match what {
        What::Once(bytes) => {
            stream.write_all(bytes)?;
            io::copy(&mut stream, &mut io::sink()).map(drop)
        }
        What::Burst(bytes, times) => {
            stream.write_all(&bytes.repeat(*times))?;
            stream.write_all(&message(b'E', b"SFATAL\0VFATAL\0CXX000\0Menough\0\0"))?;
            io::copy(&mut stream, &mut io::sink()).map(drop)
        }
        What::Forever(bytes) => {
            let bytes = bytes.repeat(64 * 1024 / bytes.len());
            loop {
                stream.write_all(&bytes)?;
                written.fetch_add(bytes.len(), Ordering::SeqCst);
            }
        }
    }
}

/// Builds a message with its actual length.
pub fn message(kind: u8, body: &[u8]) -> Vec<u8> {
    announced(kind, u32::try_from(body.len() + 4).unwrap(), body)
}

/// Builds a message that announces this length, whatever its actual one.
pub fn announced(kind: u8, length: u32, body: &[u8]) -> Vec<u8> {
    [&[kind], length.to_be_bytes().as_slice(), body].concat()
}

/// Builds a notice.
pub fn notice(text: &str) -> Vec<u8> {
    message(b'N', format!("SNOTICE\0VNOTICE\0C00000\0M{text}\0\0").as_bytes())
}

/// Builds a row with one column.
pub fn row() -> Vec<u8> {
    message(b'D', &[0, 1, 0, 0, 0, 1, b'1'])
}

/// Runs the work on its own thread, and panics if it takes too long.
#[track_caller]
pub fn alone<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> T {
    let (sender, receiver) = mpsc::channel();
    let thread = thread::spawn(move || sender.send(work()));
    match receiver.recv_timeout(HANG) {
        Ok(value) => value,
        Err(RecvTimeoutError::Timeout) => panic!("it hangs"),
        Err(RecvTimeoutError::Disconnected) => panic!("{:?}", thread.join().unwrap_err().downcast_ref::<String>()),
    }
}
