use std::path::{Path, PathBuf};

/// Why a transport does not start, or a device's password is not set. What happens to a connection
/// later is counted and logged, and ends that connection alone.
#[derive(Debug, thiserror::Error)]
pub enum TransportError {
    #[error("transport/listen: cannot listen on {address}: {cause}")]
    Listen {
        address: String,
        cause: std::io::Error,
    },
    #[error(
        "transport/plain: {address} is reached over a network and would carry readings and \
         passwords in the clear; give it TLS, or allow plain connections"
    )]
    Plain { address: String },
    #[error("transport/value: {field} is {got}, and has to be {rule}")]
    Value {
        field: &'static str,
        got: String,
        rule: &'static str,
    },
    #[error("transport/url: the broker's address {got:?} is not mqtt://host[:port] or mqtts://host[:port]")]
    Url { got: String },
    #[error("transport/file: {path}: {cause}")]
    File {
        path: PathBuf,
        cause: std::io::Error,
    },
    #[error("transport/credentials: {path}, line {line}: {rule}")]
    Credentials {
        path: PathBuf,
        line: usize,
        rule: &'static str,
    },
    #[error("transport/password: a device's password has {least} to {most} bytes, this has {got}")]
    Password {
        got: usize,
        least: usize,
        most: usize,
    },
    #[error("transport/hash: {0}")]
    Hash(String),
    #[error("transport/random: the system gave no random bytes: {0}")]
    Random(String),
    #[error("transport/tls: {path}: {rule}")]
    Pem { path: PathBuf, rule: String },
    #[error("transport/tls_config: {0}")]
    Tls(#[from] tokio_rustls::rustls::Error),
    #[error("transport/thread: {0}")]
    Thread(std::io::Error),
}

impl TransportError {
    pub(crate) fn file(path: &Path, cause: std::io::Error) -> Self {
        let path = path.to_path_buf();
        Self::File { path, cause }
    }
}
