//! Several vaults: what one of them took is put, and kept for the others until they took it too.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use vitals_core::package::digest;

use crate::agent::{file_error, replace};
use crate::recovery::Unreached;
use crate::{KeysError, PackageSink};

/// A vault and what it goes by.
pub struct Named<P> {
    pub name: String,
    pub vault: P,
}

/// Vaults, and a directory of what each could not take yet: sealed files, which their readers alone
/// open.
pub struct Vaults<P> {
    vaults: Vec<Named<P>>,
    dir: PathBuf,
}

#[derive(Clone, Copy)]
enum Kind {
    Package,
    Share,
}

impl Kind {
    const ALL: [Self; 2] = [Self::Package, Self::Share];

    fn name(self) -> &'static str {
        match self {
            Self::Package => "package",
            Self::Share => "share",
        }
    }
}

impl<P: PackageSink> Vaults<P> {
    /// `dir`: [`crate::Agent::waiting_dir`].
    pub fn new(vaults: Vec<Named<P>>, dir: PathBuf) -> Self {
        Self { vaults, dir }
    }

    /// To every vault; enough where one has it. What the others lack is on disk before this returns.
    fn put(&self, kind: Kind, patient: u64, file: &[u8]) -> Result<(), KeysError> {
        let mut missing = Vec::new();
        let mut last = KeysError::Vault("none is named".into());
        for named in &self.vaults {
            if let Err(why) = send(&named.vault, kind, patient, file) {
                missing.push(named);
                last = why;
            }
        }
        if missing.len() == self.vaults.len() {
            return Err(last);
        }
        for named in missing {
            let dir = self.dir_of(named, kind, patient);
            fs::create_dir_all(&dir).map_err(|cause| file_error(&dir, cause))?;
            replace(&dir.join(hex::encode(digest(file))), file)?;
        }
        Ok(())
    }

    /// Names are of any text, file names are not.
    fn dir_of(&self, named: &Named<P>, kind: Kind, patient: u64) -> PathBuf {
        self.dir
            .join(hex::encode(&named.name))
            .join(kind.name())
            .join(patient.to_string())
    }

    /// A vault that refuses one file is sent the others; one that does not answer is left.
    fn send_to(&self, named: &Named<P>) -> Result<(), KeysError> {
        let mut refused = Ok(());
        for kind in Kind::ALL {
            let of_kind = self.dir.join(hex::encode(&named.name)).join(kind.name());
            for by_patient in entries(&of_kind)? {
                let name = by_patient.file_name().and_then(|name| name.to_str());
                let Some(patient) = name.and_then(|name| name.parse().ok()) else {
                    continue;
                };
                for path in entries(&by_patient)? {
                    let file = fs::read(&path).map_err(|cause| file_error(&path, cause))?;
                    match send(&named.vault, kind, patient, &file) {
                        Err(why @ KeysError::VaultRefused(_)) => {
                            refused = Err(why);
                            continue;
                        }
                        sent => sent?,
                    }
                    fs::remove_file(&path).map_err(|cause| file_error(&path, cause))?;
                }
            }
        }
        refused
    }
}

fn send(vault: &impl PackageSink, kind: Kind, patient: u64, file: &[u8]) -> Result<(), KeysError> {
    match kind {
        Kind::Package => vault.put_package(patient, file),
        Kind::Share => vault.put_share(patient, file),
    }
}

fn entries(dir: &Path) -> Result<Vec<PathBuf>, KeysError> {
    let listed = match fs::read_dir(dir) {
        Ok(listed) => listed,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(file_error(dir, error)),
    };
    listed
        .map(|entry| {
            entry
                .map(|e| e.path())
                .map_err(|cause| file_error(dir, cause))
        })
        .collect()
}

impl<P: PackageSink> PackageSink for Vaults<P> {
    fn put_package(&self, patient: u64, file: &[u8]) -> Result<(), KeysError> {
        self.put(Kind::Package, patient, file)
    }

    fn put_share(&self, patient: u64, file: &[u8]) -> Result<(), KeysError> {
        self.put(Kind::Share, patient, file)
    }

    fn lacking_share(&self, patient: u64, digest: &[u8]) -> Result<Vec<String>, KeysError> {
        let mut lacking = Vec::new();
        for named in &self.vaults {
            let waits = self.dir_of(named, Kind::Share, patient);
            let waits = waits.join(hex::encode(digest));
            let there = waits.try_exists();
            if there.map_err(|cause| file_error(&waits, cause))? {
                lacking.push(named.name.clone());
            }
        }
        Ok(lacking)
    }

    fn send_waiting(&self) -> Result<Vec<Unreached>, KeysError> {
        let mut unreached = Vec::new();
        for named in &self.vaults {
            match self.send_to(named) {
                Ok(()) => {}
                Err(why @ (KeysError::Vault(_) | KeysError::VaultRefused(_))) => {
                    unreached.push(Unreached {
                        target: named.name.clone(),
                        reason: why.to_string(),
                    })
                }
                Err(other) => return Err(other),
            }
        }
        Ok(unreached)
    }
}
