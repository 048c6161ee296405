//! Files that change while the endpoint runs: a certificate that is renewed, a password that is set.

use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::time::sleep;
use tokio_rustls::rustls::ServerConfig;

use super::end::End;
use super::{CertificateFiles, Shared};
use crate::{tls, TransportError, WatchedFile, LOOK_EVERY};

pub(super) struct Certificates {
    files: CertificateFiles,
    current: Mutex<Arc<ServerConfig>>,
}

impl Certificates {
    pub fn open(files: CertificateFiles) -> Result<Self, TransportError> {
        let current = Mutex::new(tls::server(&files)?);
        Ok(Self { files, current })
    }

    pub fn current(&self) -> Arc<ServerConfig> {
        let current = self.current.lock().unwrap_or_else(PoisonError::into_inner);
        current.clone()
    }

    fn reload(&self) -> Result<(), TransportError> {
        let fresh = tls::server(&self.files)?;
        *self.current.lock().unwrap_or_else(PoisonError::into_inner) = fresh;
        Ok(())
    }
}

pub(super) struct Watch {
    credentials: WatchedFile,
    certificates: Vec<WatchedFile>,
}

impl Watch {
    pub fn new(credentials: &Path, tls: Option<&CertificateFiles>) -> Self {
        let both = |files: &CertificateFiles| {
            [&files.certificate, &files.key].map(|file| WatchedFile::new(file))
        };
        Self {
            credentials: WatchedFile::new(credentials),
            certificates: tls.into_iter().flat_map(both).collect(),
        }
    }

    /// Never ends. What cannot be read leaves things as they were.
    pub async fn run(mut self, shared: Arc<Shared>) {
        loop {
            sleep(LOOK_EVERY).await;
            if self.credentials.changed() {
                report("credentials", withdraw(&shared));
            }
            // Each is looked at: both are mostly written together.
            let changed: Vec<bool> = self
                .certificates
                .iter_mut()
                .map(WatchedFile::changed)
                .collect();
            let renewed = changed.contains(&true);
            if let Some(certificates) = shared.certificates.as_ref().filter(|_| renewed) {
                report("certificate", certificates.reload());
            }
        }
    }
}

/// Ends the connections of devices whose password is another now, or none.
fn withdraw(shared: &Shared) -> Result<(), TransportError> {
    for device in shared.guard.reload()? {
        shared.peers.end(device, End::Withdrawn);
    }
    shared
        .sessions
        .retain(&shared.guard.devices().into_iter().collect());
    Ok(())
}

fn report(what: &str, done: Result<(), TransportError>) {
    match done {
        Ok(()) => tracing::info!(what, "read again"),
        Err(cause) => tracing::warn!(what, %cause, "what holds is as before"),
    }
}
