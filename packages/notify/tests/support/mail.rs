//! An SMTP server that takes mail, in the clear or by STARTTLS.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

use tokio_rustls::rustls::crypto::ring::default_provider;
use tokio_rustls::rustls::pki_types::PrivateKeyDer;
use tokio_rustls::rustls::{ServerConfig, ServerConnection, StreamOwned};

#[derive(Clone)]
pub struct MailSink {
    pub port: u16,
    /// PEM of its certificate, where it speaks TLS.
    pub certificate: Option<String>,
    got: Arc<Mutex<Vec<String>>>,
}

/// What it answers to a recipient, in order; then it takes all.
type Refusals = Arc<Mutex<Vec<&'static str>>>;

impl MailSink {
    pub fn start(tls: bool, refusals: &[&'static str]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let (certificate, config) = match tls {
            true => {
                let (pem, config) = certified();
                (Some(pem), Some(config))
            }
            false => (None, None),
        };
        let got = Arc::new(Mutex::new(Vec::new()));
        let shared = got.clone();
        let refusals: Refusals = Arc::new(Mutex::new(refusals.iter().rev().copied().collect()));
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let _ = serve(stream, config.clone(), &shared, &refusals);
            }
        });
        Self {
            port,
            certificate,
            got,
        }
    }

    pub fn got(&self) -> Vec<String> {
        self.got.lock().unwrap().clone()
    }
}

fn certified() -> (String, Arc<ServerConfig>) {
    let names = ["127.0.0.1".to_string()];
    let made = rcgen::generate_simple_self_signed(names).unwrap();
    let key = PrivateKeyDer::Pkcs8(made.signing_key.serialize_der().into());
    let config = ServerConfig::builder_with_provider(Arc::new(default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![made.cert.der().clone()], key)
        .unwrap();
    (made.cert.pem(), Arc::new(config))
}

fn serve(
    mut stream: TcpStream,
    tls: Option<Arc<ServerConfig>>,
    got: &Mutex<Vec<String>>,
    refusals: &Refusals,
) -> std::io::Result<()> {
    let Some(config) = tls else {
        return session(stream, got, refusals, true);
    };
    stream.write_all(b"220 sink\r\n")?;
    // One byte at a time: nothing of the handshake may be read here.
    loop {
        let line = line(&mut stream)?;
        match line.as_str() {
            "STARTTLS" => break,
            "" => return Ok(()),
            _ => stream.write_all(b"250-sink\r\n250 STARTTLS\r\n")?,
        }
    }
    stream.write_all(b"220 go\r\n")?;
    let connection = ServerConnection::new(config).map_err(std::io::Error::other)?;
    session(StreamOwned::new(connection, stream), got, refusals, false)
}

fn line(stream: &mut impl Read) -> std::io::Result<String> {
    let mut bytes = Vec::new();
    let mut one = [0];
    while stream.read(&mut one)? == 1 && one[0] != b'\n' {
        bytes.push(one[0]);
    }
    Ok(String::from_utf8_lossy(&bytes).trim_end().to_string())
}

fn session(
    stream: impl Read + Write,
    got: &Mutex<Vec<String>>,
    refusals: &Refusals,
    greet: bool,
) -> std::io::Result<()> {
    let mut stream = BufReader::new(stream);
    if greet {
        stream.get_mut().write_all(b"220 sink\r\n")?;
    }
    let mut whole = String::new();
    loop {
        let mut text = String::new();
        if stream.read_line(&mut text)? == 0 {
            return Ok(());
        }
        whole += &text;
        let answer = match text.get(..4) {
            Some("EHLO") => "250-sink\r\n250 AUTH PLAIN".to_string(),
            Some("RCPT") => match refusals.lock().unwrap().pop() {
                Some(refusal) => refusal.to_string(),
                None => "250 ok".into(),
            },
            Some("AUTH") => "235 ok".into(),
            Some("QUIT") => return Ok(()),
            Some("DATA") => {
                stream.get_mut().write_all(b"354 go\r\n")?;
                while !whole.ends_with("\r\n.\r\n") {
                    stream.read_line(&mut whole)?;
                }
                got.lock().unwrap().push(std::mem::take(&mut whole));
                "250 taken".into()
            }
            _ => "250 ok".into(),
        };
        stream
            .get_mut()
            .write_all(format!("{answer}\r\n").as_bytes())?;
    }
}
