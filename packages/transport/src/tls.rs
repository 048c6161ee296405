//! rustls, set up from PEM files.

use std::path::Path;
use std::sync::Arc;

use tokio_rustls::rustls::client::WantsClientCert;
use tokio_rustls::rustls::crypto::ring::default_provider;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio_rustls::rustls::{ClientConfig, ConfigBuilder, RootCertStore, ServerConfig};

use crate::endpoint::CertificateFiles;
use crate::TransportError;

pub(crate) fn server(files: &CertificateFiles) -> Result<Arc<ServerConfig>, TransportError> {
    let config = ServerConfig::builder_with_provider(Arc::new(default_provider()))
        .with_safe_default_protocol_versions()?
        .with_no_client_auth()
        .with_single_cert(certificates(&files.certificate)?, key(&files.key)?)?;
    Ok(Arc::new(config))
}

/// Trusts the authorities of a file, else those of the machine; shows a certificate of its own
/// where it has one.
pub(crate) fn client(
    authority: Option<&Path>,
    own: Option<&CertificateFiles>,
) -> Result<Arc<ClientConfig>, TransportError> {
    let builder: ConfigBuilder<ClientConfig, WantsClientCert> =
        ClientConfig::builder_with_provider(Arc::new(default_provider()))
            .with_safe_default_protocol_versions()?
            .with_root_certificates(roots(authority)?);
    let config = match own {
        None => builder.with_no_client_auth(),
        Some(files) => {
            builder.with_client_auth_cert(certificates(&files.certificate)?, key(&files.key)?)?
        }
    };
    Ok(Arc::new(config))
}

fn roots(authority: Option<&Path>) -> Result<RootCertStore, TransportError> {
    let mut roots = RootCertStore::empty();
    match authority {
        // Of the machine's some may be of a form that rustls does not take: the rest hold.
        None => {
            let of_machine = rustls_native_certs::load_native_certs().certs;
            let _taken_and_not = roots.add_parsable_certificates(of_machine);
        }
        Some(path) => {
            for certificate in certificates(path)? {
                roots.add(certificate)?;
            }
        }
    }
    Ok(roots)
}

fn certificates(path: &Path) -> Result<Vec<CertificateDer<'static>>, TransportError> {
    let refuse = |rule: String| TransportError::Pem {
        path: path.to_path_buf(),
        rule,
    };
    let found: Vec<_> = CertificateDer::pem_file_iter(path)
        .and_then(Iterator::collect)
        .map_err(|cause| refuse(cause.to_string()))?;
    if found.is_empty() {
        return Err(refuse("holds no certificate in PEM".into()));
    }
    Ok(found)
}

fn key(path: &Path) -> Result<PrivateKeyDer<'static>, TransportError> {
    PrivateKeyDer::from_pem_file(path).map_err(|cause| TransportError::Pem {
        path: path.to_path_buf(),
        rule: format!("holds no private key in PEM ({cause})"),
    })
}
