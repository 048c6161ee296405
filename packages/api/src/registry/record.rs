//! The records of the registry that others read by raw key.

mod config;
mod device;
mod halt;
mod history;
mod layout;
mod model;
mod recall;

#[cfg(test)]
mod tests;

pub use config::Config;
pub use device::{Calibration, Device, Paired, Rotation, Status};
pub use halt::{Halt, Halts};
pub use history::{OldKey, Pairing, Retirement};
pub use model::Model;
pub use recall::{Recall, Recalls};

use vitals_core::bytes::{Reader, Writer};
use vitals_core::key::{PublicKey, SignatureScheme};
use vitals_core::signing::DeploymentId;
use vitals_core::FormatError;

use crate::store::{Record, RecordMap};

const VERSION: u8 = 1;

/// The deployment id, under one key.
pub const DEPLOYMENT: RecordMap<(), Deployment> = RecordMap::new("i");
/// Which consent the registry asks, under one key.
pub const CONFIG: RecordMap<(), Config> = RecordMap::new("c");
/// By device number.
pub const DEVICES: RecordMap<u64, Device> = RecordMap::new("d");
/// By device and pairing number.
pub const PAIRINGS: RecordMap<(u64, u32), Pairing> = RecordMap::new("p");
/// By device and the number of the rotation, from 1, that ended the key.
pub const OLD_KEYS: RecordMap<(u64, u32), OldKey> = RecordMap::new("h");
/// By device number, once it is retired.
pub const RETIREMENTS: RecordMap<u64, Retirement> = RecordMap::new("e");
/// By model number.
pub const MODELS: RecordMap<u32, Model> = RecordMap::new("o");
/// By model number, once there is one.
pub const RECALLS: RecordMap<u32, Recalls> = RecordMap::new("x");

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deployment(pub DeploymentId);

impl Record for Deployment {
    const NAME: &'static str = "deployment id";

    fn to_bytes(&self) -> Result<Vec<u8>, FormatError> {
        Ok(Writer::versioned(VERSION).raw(&self.0).done())
    }

    fn from_bytes(bytes: &[u8]) -> Result<Self, FormatError> {
        let mut r = Reader::versioned(Self::NAME, VERSION, bytes)?;
        let id = Self(r.array()?);
        r.end()?;
        Ok(id)
    }
}

/// A time that may be absent: zero means none, which no measured time is.
fn optional(value: u64) -> Option<u64> {
    (value != 0).then_some(value)
}

fn put_key(w: Writer, key: &PublicKey) -> Result<Writer, FormatError> {
    w.u8(key.scheme().code()).short("public key", key.bytes())
}

fn take_key(r: &mut Reader<'_>) -> Result<PublicKey, FormatError> {
    let scheme = SignatureScheme::from_code(r.u8()?)?;
    PublicKey::new(scheme, r.short()?)
}
