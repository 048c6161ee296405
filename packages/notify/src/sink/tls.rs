//! Whom to trust for a broker's certificate.

use std::path::Path;
use std::sync::Arc;

use tokio_rustls::rustls::crypto::ring::default_provider;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::CertificateDer;
use tokio_rustls::rustls::{ClientConfig, RootCertStore};

use crate::NotifyError;

/// The authorities of a file, else those of the machine.
pub(crate) fn client(authority: Option<&Path>) -> Result<Arc<ClientConfig>, NotifyError> {
    let failed = |cause: String| NotifyError::Tls { cause };
    let mut roots = RootCertStore::empty();
    match authority {
        // Of the machine's some may be of a form that rustls does not take: the rest hold.
        None => {
            let of_machine = rustls_native_certs::load_native_certs().certs;
            let _taken_and_not = roots.add_parsable_certificates(of_machine);
        }
        Some(path) => {
            let found = CertificateDer::pem_file_iter(path)
                .and_then(Iterator::collect::<Result<Vec<_>, _>>);
            for certificate in found.map_err(|cause| failed(cause.to_string()))? {
                roots
                    .add(certificate)
                    .map_err(|cause| failed(cause.to_string()))?;
            }
        }
    }
    let config = ClientConfig::builder_with_provider(Arc::new(default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(|cause| failed(cause.to_string()))?
        .with_root_certificates(roots)
        .with_no_client_auth();
    Ok(Arc::new(config))
}
