//! `device.json`: what a device is, with its key; and a maker's key.

use std::fs;
use std::io::Write;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use serde::{Deserialize, Serialize};
use tempfile::NamedTempFile;
use vitals_core::key::Ed25519Signer;
use vitals_core::signing::DeploymentId;
use vitals_device_sim::Kind;
use zeroize::Zeroizing;

use crate::failure::Failure;

const NAME: &str = "device.json";
/// 1.0.0 as the registry counts it: 8, 8 and 16 bits.
pub const FIRMWARE: u32 = 0x0100_0000;

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DeviceFile {
    #[serde(with = "by_name")]
    pub kind: Kind,
    pub serial_number: String,
    /// Hex of 32 bytes each: the Ed25519 seed, and the salt of the serial number's commitment.
    seed: String,
    salt: String,
    /// Hex of 32 bytes: what it signs for, once it was registered.
    pub deployment: Option<String>,
    /// Its number in the registry, and that of its pairing.
    pub number: Option<u64>,
    pub pairing: u32,
    /// The last action it signed.
    pub action: u64,
}

impl DeviceFile {
    /// Fails where there is a device already.
    pub fn make(dir: &Path, kind: Kind) -> Result<Self, Failure> {
        fs::create_dir_all(dir).map_err(|cause| Failure::file(dir, cause))?;
        if dir.join(NAME).exists() {
            let message = format!("{} is the directory of another", dir.display());
            return Err(Failure::new("device_sim/made", message));
        }
        let serial: [u8; 4] = random()?;
        let device = Self {
            kind,
            serial_number: format!("SIM-{}", hex::encode_upper(serial)),
            seed: hex::encode(*Zeroizing::new(random::<32>()?)),
            salt: hex::encode(random::<32>()?),
            deployment: None,
            number: None,
            pairing: 1,
            action: 0,
        };
        device.write(dir)?;
        Ok(device)
    }

    pub fn read(dir: &Path) -> Result<Self, Failure> {
        let path = dir.join(NAME);
        let text = fs::read_to_string(&path).map_err(|cause| Failure::file(&path, cause))?;
        let text = Zeroizing::new(text);
        serde_json::from_str(&text).map_err(|cause| Failure::file(&path, cause))
    }

    pub fn write(&self, dir: &Path) -> Result<(), Failure> {
        replace(&dir.join(NAME), &serde_json::to_vec_pretty(self)?)
    }

    pub fn signer(&self) -> Result<Ed25519Signer, Failure> {
        Ok(Ed25519Signer::from_seed(&bytes("seed", &self.seed)?))
    }

    pub fn salt(&self) -> Result<[u8; 32], Failure> {
        bytes("salt", &self.salt)
    }

    pub fn deployment(&self) -> Result<DeploymentId, Failure> {
        let missing = "it signs for no network yet: registration comes first";
        let id = self.deployment.as_deref();
        bytes(
            "deployment",
            id.ok_or_else(|| Failure::new("device_sim/unregistered", missing))?,
        )
    }

    pub fn number(&self) -> Result<u64, Failure> {
        let missing = "it has no number yet: pairing comes first";
        let number = self.number;
        number.ok_or_else(|| Failure::new("device_sim/unpaired", missing))
    }
}

/// Hex of the seed by which a maker attests.
pub struct MakerKey(pub Ed25519Signer);

impl MakerKey {
    pub fn read(path: &Path) -> Result<Self, Failure> {
        let text = fs::read_to_string(path).map_err(|cause| Failure::file(path, cause))?;
        let seed = bytes("maker's key", Zeroizing::new(text).trim())?;
        Ok(Self(Ed25519Signer::from_seed(&seed)))
    }

    pub fn read_or_make(path: &Path) -> Result<Self, Failure> {
        if !path.exists() {
            let seed = Zeroizing::new(hex::encode(*Zeroizing::new(random::<32>()?)));
            replace(path, format!("{}\n", *seed).as_bytes())?;
        }
        Self::read(path)
    }
}

fn random<const N: usize>() -> Result<[u8; N], Failure> {
    let mut drawn = [0; N];
    let failed = |cause| Failure::new("device_sim/random", cause);
    getrandom::fill(&mut drawn).map_err(failed)?;
    Ok(drawn)
}

fn bytes(what: &str, text: &str) -> Result<[u8; 32], Failure> {
    let mut bytes = [0; 32];
    let refused = |_| {
        Failure::new(
            "device_sim/damaged",
            format!("{what} is not the hex of 32 bytes"),
        )
    };
    hex::decode_to_slice(text, &mut bytes).map_err(refused)?;
    Ok(bytes)
}

/// Moved into place whole, with mode 0600.
pub fn replace(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let dir = path.parent().filter(|dir| !dir.as_os_str().is_empty());
    let write = || -> std::io::Result<()> {
        let mut file = NamedTempFile::new_in(dir.unwrap_or(Path::new(".")))?;
        let owner = fs::Permissions::from_mode(0o600);
        file.as_file().set_permissions(owner)?;
        file.write_all(bytes)?;
        file.persist(path)?;
        Ok(())
    };
    write().map_err(|cause| Failure::file(path, cause))
}

mod by_name {
    use serde::{de::Error, Deserialize, Deserializer, Serializer};
    use vitals_device_sim::Kind;

    pub fn serialize<S: Serializer>(kind: &Kind, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(kind.name())
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Kind, D::Error> {
        String::deserialize(from)?.parse().map_err(D::Error::custom)
    }
}
