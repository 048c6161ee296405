//! The devices that may connect, and their passwords: a text file of `<device number> <hash>`
//! lines, where the hash is Argon2id in the PHC string format
//! (<https://github.com/P-H-C/phc-string-format>). Lines that begin with `#` and empty lines say
//! nothing.

mod file;
mod guard;

pub use file::{remove, set};
pub(crate) use guard::Guard;

use std::collections::BTreeMap;
use std::path::Path;

use argon2::password_hash::{PasswordHash, PasswordHasher, SaltString};
use argon2::Argon2;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use base64::Engine;

use crate::{topic, TransportError};

/// Bytes of a password. One that a person thinks up has to be long enough that guessing it over the
/// network is hopeless; the upper end is there so that nobody lets us hash a packet.
const LEAST: usize = 12;
const MOST: usize = 128;

/// 128 bits.
const NEW_BYTES: usize = 16;

/// A password for a device that is to have one nobody thought up: 22 characters, 128 bits.
pub fn new_password() -> Result<String, TransportError> {
    Ok(URL_SAFE_NO_PAD.encode(random::<NEW_BYTES>()?))
}

/// The line of the credentials' file for a device with this password: `<device number> <hash>`.
/// The same password gives another line each time.
pub fn entry(device: u64, password: &str) -> Result<String, TransportError> {
    let got = password.len();
    if !(LEAST..=MOST).contains(&got) {
        let (least, most) = (LEAST, MOST);
        return Err(TransportError::Password { got, least, most });
    }
    let salt = SaltString::encode_b64(&random::<NEW_BYTES>()?).map_err(hash_error)?;
    let hash = Argon2::default()
        .hash_password(password.as_bytes(), &salt)
        .map_err(hash_error)?;
    Ok(format!("{device} {hash}"))
}

fn random<const N: usize>() -> Result<[u8; N], TransportError> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(|cause| TransportError::Random(cause.to_string()))?;
    Ok(bytes)
}

fn hash_error(cause: argon2::password_hash::Error) -> TransportError {
    TransportError::Hash(cause.to_string())
}

/// Hashes by device.
type Entries = BTreeMap<u64, String>;

fn read(path: &Path) -> Result<Entries, TransportError> {
    let text = std::fs::read_to_string(path).map_err(|cause| TransportError::file(path, cause))?;
    let mut entries = Entries::new();
    for (index, line) in text.lines().enumerate() {
        let refuse = |rule| TransportError::Credentials {
            path: path.to_path_buf(),
            line: index + 1,
            rule,
        };
        let Some((device, hash)) = parse(line).map_err(refuse)? else {
            continue;
        };
        if entries.insert(device, hash.to_string()).is_some() {
            return Err(refuse("a device has one line"));
        }
    }
    Ok(entries)
}

fn parse(line: &str) -> Result<Option<(u64, &str)>, &'static str> {
    let line = line.trim();
    if line.is_empty() || line.starts_with('#') {
        return Ok(None);
    }
    let (device, hash) = line
        .split_once(' ')
        .ok_or("a line is a device number, a space, and a hash")?;
    let device =
        topic::number(device).ok_or("a device number is decimal, without leading zeros")?;
    let parsed = PasswordHash::new(hash).map_err(|_| "the hash is no PHC string")?;
    if !parsed.algorithm.as_str().starts_with("argon2") {
        return Err("the hash is not of Argon2");
    }
    Ok(Some((device, hash)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_is_a_salted_argon2id_hash_and_never_the_password() {
        let one = entry(7, "correct horse battery").unwrap();
        let two = entry(7, "correct horse battery").unwrap();
        assert_ne!(one, two, "salted");
        assert!(one.starts_with("7 $argon2id$v=19$"), "{one}");
        assert!(!one.contains("horse"));
        assert_eq!(parse(&one).unwrap().unwrap().0, 7);
    }

    #[test]
    fn a_password_is_neither_short_nor_endless() {
        for (length, good) in [
            (0, false),
            (11, false),
            (12, true),
            (128, true),
            (129, false),
        ] {
            assert_eq!(entry(1, &"x".repeat(length)).is_ok(), good, "{length}");
        }
        let refused = entry(1, "s3cret").unwrap_err().to_string();
        assert!(refused.starts_with("transport/password: "), "{refused}");
        assert!(!refused.contains("s3cret"));
    }

    #[test]
    fn a_new_password_is_long_enough_and_never_the_same() {
        let (one, two) = (new_password().unwrap(), new_password().unwrap());
        assert_eq!(one.len(), 22);
        assert_ne!(one, two);
        assert!(entry(1, &one).is_ok());
    }

    #[test]
    fn a_line_that_is_no_entry_is_refused_and_says_why() {
        let hash = entry(7, "correct horse battery").unwrap()[2..].to_string();
        for line in [
            "7",
            "07 x",
            "seven x",
            "7 plain-text",
            "7 $scrypt$ln=17,r=8,p=1$aaaa$bbbb",
        ] {
            assert!(parse(line).is_err(), "{line}");
        }
        assert!(parse(&format!("07 {hash}")).is_err());
        for line in ["", "  ", "# 7 x"] {
            assert_eq!(parse(line), Ok(None));
        }
    }
}
