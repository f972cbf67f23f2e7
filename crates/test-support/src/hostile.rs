//! A database server that breaks the protocol, on loopback.

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

/// Only a hang takes so long.
const HANG: Duration = Duration::from_secs(120);

/// When the server turns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// Instead of asking for a password.
    Start,
    /// After the password, before the session.
    Session,
    /// In answer to the first message of the session.
    Answer,
}

/// What it then does.
#[derive(Debug, Clone)]
pub enum What {
    /// Sends this, and then nothing.
    Once(Vec<u8>),
    /// Sends this so many times, and an error.
    Burst(Vec<u8>, usize),
    /// Sends this again and again, for as long as anyone reads.
    Forever(Vec<u8>),
}

/// A server in threads of its own.
pub struct Hostile {
    port: u16,
    /// The bytes that it got rid of.
    written: Arc<AtomicUsize>,
}

impl Hostile {
    /// A server that listens on a free port.
    pub fn start(when: When, what: What) -> Self {
        Self::with_certificate(when, what, None)
    }

    /// One that speaks TLS, with a certificate and its key as PEM.
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
                // It ends with an error when the client has gone.
                thread::spawn(move || serve(stream, tls, when, &what, &counted));
            }
        });
        Self { port, written }
    }

    /// Where it listens.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// A URL to it.
    pub fn url(&self, sslmode: &str) -> String {
        format!("postgres://u:8sd7f6asd5@127.0.0.1:{}/db?sslmode={sslmode}", self.port)
    }

    /// How many bytes it has sent.
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

/// A message with the length that it has.
pub fn message(kind: u8, body: &[u8]) -> Vec<u8> {
    announced(kind, u32::try_from(body.len() + 4).unwrap(), body)
}

/// A message with the length that it says it has.
pub fn announced(kind: u8, length: u32, body: &[u8]) -> Vec<u8> {
    [&[kind], length.to_be_bytes().as_slice(), body].concat()
}

/// A notice of the server.
pub fn notice(text: &str) -> Vec<u8> {
    message(b'N', format!("SNOTICE\0VNOTICE\0C00000\0M{text}\0\0").as_bytes())
}

/// One row with one column.
pub fn row() -> Vec<u8> {
    message(b'D', &[0, 1, 0, 0, 0, 1, b'1'])
}

/// Runs something on a thread of its own, for the case that it never comes back.
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
