//! Which sensors there are, and their keys. A gateway that runs on the same file learns of a new
//! one when something comes from it.

use std::path::Path;

use rusqlite::OptionalExtension;
use serde::{Deserialize, Serialize};
use vitals_core::key::Ed25519Signer;
use vitals_core::signing::DeploymentId;
use zeroize::Zeroizing;

use super::aside::Aside;
use super::settings::Settings;
use super::store::{int, uint, Store};
use crate::{Identity, SensorError};

/// A sensor as the book has it.
pub struct SensorRow {
    pub identity: Identity,
    pub settings: Settings,
    seed: Zeroizing<[u8; 32]>,
}

impl SensorRow {
    pub fn signer(&self) -> Ed25519Signer {
        Ed25519Signer::from_seed(&self.seed)
    }
}

/// The key of a sensor that is not in the book yet, and the salt of its serial number's
/// commitment. On disk from the moment it is made: a registration that was interrupted goes on
/// under the same key.
pub struct Draft {
    serial: [u8; 32],
    seed: Zeroizing<[u8; 32]>,
    pub salt: [u8; 32],
}

impl Draft {
    pub fn signer(&self) -> Ed25519Signer {
        Ed25519Signer::from_seed(&self.seed)
    }
}

#[derive(Serialize, Deserialize)]
struct Secret {
    seed: [u8; 32],
    settings: Settings,
}

pub struct SensorBook {
    store: Store,
}

impl SensorBook {
    /// Opens the file or makes it; `key` is the gateway's store key.
    pub fn open(path: &Path, key: &[u8; 32]) -> Result<Self, SensorError> {
        let store = Store::open(path, key)?;
        Ok(Self { store })
    }

    /// The draft for a serial number: the one there is, or a new one.
    pub fn draft(&self, serial_number: &str) -> Result<Draft, SensorError> {
        let serial = self.store.marks.of(&[b"serial", serial_number.as_bytes()]);
        let tx = self.store.begin()?;
        let sql = "SELECT secret FROM draft WHERE serial = ?1";
        let kept: Option<Vec<u8>> = tx.query_row(sql, [serial], |row| row.get(0)).optional()?;
        let secret = match kept {
            Some(sealed) => self.store.open_row("draft", &[], &sealed)?,
            None => {
                let mut secret = Zeroizing::new(vec![0; 64]);
                getrandom::fill(&mut secret).map_err(|_| vitals_at_rest::AtRestError::Random)?;
                let sealed = self.store.seal_row("draft", &[], &secret)?;
                let sql = "INSERT INTO draft (serial, secret) VALUES (?1, ?2)";
                tx.execute(sql, (serial, sealed))?;
                secret
            }
        };
        tx.commit()?;
        let damaged = SensorError::StoreDamaged { what: "draft" };
        let (seed, salt) = secret.split_first_chunk::<32>().ok_or(damaged)?;
        let salt = salt
            .try_into()
            .map_err(|_| SensorError::StoreDamaged { what: "draft" })?;
        Ok(Draft {
            serial,
            seed: Zeroizing::new(*seed),
            salt,
        })
    }

    /// Enters a registered and paired sensor; its draft is done with.
    pub fn add(
        &self,
        draft: &Draft,
        identity: &Identity,
        settings: &Settings,
    ) -> Result<(), SensorError> {
        settings.check()?;
        let device = identity.device;
        let tx = self.store.begin()?;
        if self.store.sensor(device)?.is_some() {
            return Err(SensorError::Added { device });
        }
        self.store.put_sensor(identity, &draft.seed, settings)?;
        tx.execute("DELETE FROM draft WHERE serial = ?1", [draft.serial])?;
        Ok(tx.commit()?)
    }

    pub fn sensor(&self, device: u64) -> Result<Option<SensorRow>, SensorError> {
        self.store.sensor(device)
    }

    /// What came and was not taken, the newest first.
    pub fn aside(&self, limit: u32) -> Result<Vec<Aside>, SensorError> {
        self.store.aside(limit)
    }

    /// Device numbers, lowest first.
    pub fn devices(&self) -> Result<Vec<u64>, SensorError> {
        self.store.devices()
    }
}

impl Store {
    fn put_sensor(
        &self,
        identity: &Identity,
        seed: &[u8; 32],
        settings: &Settings,
    ) -> Result<(), SensorError> {
        let secret = Secret {
            seed: *seed,
            settings: settings.clone(),
        };
        let damaged = |_| SensorError::StoreDamaged { what: "sensor" };
        let secret = Zeroizing::new(serde_json::to_vec(&secret).map_err(damaged)?);
        let sealed = self.seal_row("sensor", &[identity.device], &secret)?;
        let sql = "INSERT INTO sensor (device, pairing, deployment, next_sequence, secret)
                   VALUES (?1, ?2, ?3, ?4, ?5)";
        let row = (
            int(identity.device),
            identity.pairing,
            identity.deployment,
            int(identity.next_sequence),
            sealed,
        );
        self.db.execute(sql, row)?;
        Ok(())
    }

    pub(super) fn sensor(&self, device: u64) -> Result<Option<SensorRow>, SensorError> {
        let sql = "SELECT pairing, deployment, next_sequence, secret FROM sensor WHERE device = ?1";
        let row = self.db.query_row(sql, [int(device)], |row| {
            let deployment: DeploymentId = row.get(1)?;
            let identity = Identity {
                device,
                pairing: row.get(0)?,
                deployment,
                next_sequence: uint(row.get(2)?),
            };
            Ok((identity, row.get::<_, Vec<u8>>(3)?))
        });
        let Some((identity, sealed)) = row.optional()? else {
            return Ok(None);
        };
        let secret = self.open_row("sensor", &[device], &sealed)?;
        let damaged = |_| SensorError::StoreDamaged { what: "sensor" };
        let secret: Secret = serde_json::from_slice(&secret).map_err(damaged)?;
        Ok(Some(SensorRow {
            identity,
            settings: secret.settings,
            seed: Zeroizing::new(secret.seed),
        }))
    }

    pub(super) fn devices(&self) -> Result<Vec<u64>, SensorError> {
        let sql = "SELECT device FROM sensor ORDER BY device";
        let mut statement = self.db.prepare_cached(sql)?;
        let rows = statement.query_map([], |row| row.get(0).map(uint))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}
