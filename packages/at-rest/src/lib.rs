#![doc = include_str!("../README.md")]

mod marks;
mod private_file;

pub use marks::{Mark, Marks};
pub use private_file::open_to_others;

use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use zeroize::Zeroizing;

const NONCE_BYTES: usize = 24;

/// The key that opens a store.
pub const KEY_BYTES: usize = 32;

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AtRestError {
    #[error("at_rest/key: what was stored as {what} does not open under this key")]
    Key { what: &'static str },
    #[error("at_rest/random: the operating system gave no random bytes")]
    Random,
    #[error("at_rest/length: what is to be stored as {what} is too long")]
    Length { what: &'static str },
}

#[derive(Clone)]
pub struct AtRest(XChaCha20Poly1305);

/// A table and the row's numbers.
#[derive(Debug, Clone, Copy)]
pub struct Place<'a> {
    pub table: &'static str,
    pub row: &'a [u64],
}

impl Place<'_> {
    fn bytes(&self) -> Vec<u8> {
        let row = self.row.iter().flat_map(|number| number.to_be_bytes());
        self.table.bytes().chain([0]).chain(row).collect()
    }
}

impl AtRest {
    pub fn new(key: &[u8; KEY_BYTES]) -> Self {
        Self(XChaCha20Poly1305::new(key.into()))
    }

    /// Nonce and ciphertext; 40 bytes longer than `value`.
    pub fn seal(&self, place: Place<'_>, value: &[u8]) -> Result<Vec<u8>, AtRestError> {
        let mut nonce = [0; NONCE_BYTES];
        getrandom::fill(&mut nonce).map_err(|_| AtRestError::Random)?;
        let aad = place.bytes();
        let payload = Payload {
            msg: value,
            aad: &aad,
        };
        let what = place.table;
        let sealed = self.0.encrypt(&XNonce::from(nonce), payload);
        let sealed = sealed.map_err(|_| AtRestError::Length { what })?;
        Ok([&nonce[..], &sealed].concat())
    }

    pub fn open(&self, place: Place<'_>, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, AtRestError> {
        let refused = AtRestError::Key { what: place.table };
        let Some((nonce, body)) = sealed.split_first_chunk::<NONCE_BYTES>() else {
            return Err(refused);
        };
        let aad = place.bytes();
        let payload = Payload {
            msg: body,
            aad: &aad,
        };
        let opened = self.0.decrypt(&XNonce::from(*nonce), payload);
        opened.map(Zeroizing::new).map_err(|_| refused)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HERE: Place<'_> = Place {
        table: "frame",
        row: &[1, 2],
    };

    #[test]
    fn a_value_opens_in_its_place_under_its_key_and_nowhere_else() {
        let rest = AtRest::new(&[1; 32]);
        let sealed = rest.seal(HERE, b"value").unwrap();
        assert_eq!(rest.open(HERE, &sealed).unwrap().as_slice(), b"value");
        let elsewhere = Place {
            table: "frame",
            row: &[1, 3],
        };
        assert!(rest.open(elsewhere, &sealed).is_err());
        assert!(AtRest::new(&[2; 32]).open(HERE, &sealed).is_err());
        assert!(rest.open(HERE, &sealed[..20]).is_err());
    }

    #[test]
    fn a_value_sealed_twice_is_another_ciphertext() {
        let rest = AtRest::new(&[1; 32]);
        assert_ne!(rest.seal(HERE, b"value"), rest.seal(HERE, b"value"));
    }
}
