//! TLS, where the vault speaks it itself.

use std::path::Path;
use std::sync::Arc;

use rustls::crypto::ring::default_provider;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::ServerConfig;
use tokio::sync::watch;

/// What the next connection is served with; whoever renews a certificate sends another.
pub type Tls = watch::Receiver<Arc<ServerConfig>>;

#[derive(Debug, thiserror::Error)]
#[error("vault/tls: {path}: {cause}")]
pub struct TlsError {
    path: String,
    cause: String,
}

/// TLS 1.2 and 1.3 with a certificate chain, its own first, and its key: PEM files.
pub fn tls(certificates: &Path, key: &Path) -> Result<Arc<ServerConfig>, TlsError> {
    let at = |path: &Path, cause: &dyn ToString| TlsError {
        path: path.display().to_string(),
        cause: cause.to_string(),
    };
    let chain: Vec<_> = CertificateDer::pem_file_iter(certificates)
        .map_err(|cause| at(certificates, &cause))?
        .collect::<Result<_, _>>()
        .map_err(|cause| at(certificates, &cause))?;
    if chain.is_empty() {
        return Err(at(certificates, &"there is no certificate in it"));
    }
    let secret = PrivateKeyDer::from_pem_file(key).map_err(|cause| at(key, &cause))?;
    let mut config = ServerConfig::builder_with_provider(Arc::new(default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(|cause| at(certificates, &cause))?
        .with_no_client_auth()
        .with_single_cert(chain, secret)
        .map_err(|cause| at(key, &cause))?;
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(Arc::new(config))
}
