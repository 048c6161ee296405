//! Files that change while the endpoint runs: a certificate that is renewed, a password that is set.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use sha2::{Digest, Sha256};
use tokio::time::sleep;
use tokio_rustls::rustls::ServerConfig;

use super::end::End;
use super::{CertificateFiles, Shared};
use crate::{tls, TransportError};

const INTERVAL: Duration = Duration::from_secs(2);

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

/// A file, and the digest of what it held when it was last looked at. It is looked at before it is
/// read, so that no change falls between.
struct Watched {
    path: PathBuf,
    seen: Option<[u8; 32]>,
}

impl Watched {
    fn new(path: &Path) -> Self {
        let path = path.to_path_buf();
        let seen = digest(&path);
        Self { path, seen }
    }

    fn changed(&mut self) -> bool {
        let now = digest(&self.path);
        let changed = now != self.seen;
        self.seen = now;
        changed
    }
}

fn digest(path: &Path) -> Option<[u8; 32]> {
    let bytes = std::fs::read(path).ok()?;
    Some(Sha256::digest(bytes).into())
}

pub(super) struct Watch {
    credentials: Watched,
    certificates: Vec<Watched>,
}

impl Watch {
    pub fn new(credentials: &Path, tls: Option<&CertificateFiles>) -> Self {
        let both = |files: &CertificateFiles| {
            [&files.certificate, &files.key].map(|file| Watched::new(file))
        };
        Self {
            credentials: Watched::new(credentials),
            certificates: tls.into_iter().flat_map(both).collect(),
        }
    }

    /// Never ends. What cannot be read leaves things as they were.
    pub async fn run(mut self, shared: Arc<Shared>) {
        loop {
            sleep(INTERVAL).await;
            if self.credentials.changed() {
                report("credentials", withdraw(&shared));
            }
            // Each is looked at: both are mostly written together.
            let changed: Vec<bool> = self.certificates.iter_mut().map(Watched::changed).collect();
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
