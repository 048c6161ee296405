//! Encryption of what lies in the store: XChaCha20-Poly1305 under the key file, a random nonce
//! before each value, and the value's place as associated data, so that none passes for another.

use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use zeroize::Zeroizing;

use crate::secrets::random;
use crate::GatewayError;

const NONCE_BYTES: usize = 24;

pub(crate) struct AtRest(XChaCha20Poly1305);

/// A table and the row's numbers.
#[derive(Clone, Copy)]
pub(crate) struct Place<'a> {
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
    pub(crate) fn new(key: &[u8; 32]) -> Self {
        Self(XChaCha20Poly1305::new(key.into()))
    }

    pub(crate) fn seal(&self, place: Place<'_>, value: &[u8]) -> Result<Vec<u8>, GatewayError> {
        let nonce = random::<NONCE_BYTES>()?;
        let aad = place.bytes();
        let payload = Payload {
            msg: value,
            aad: &aad,
        };
        let sealed = self.0.encrypt(&XNonce::from(nonce), payload);
        let sealed = sealed.map_err(|cause| GatewayError::damaged(place.table, cause))?;
        Ok([&nonce[..], &sealed].concat())
    }

    pub(crate) fn open(
        &self,
        place: Place<'_>,
        sealed: &[u8],
    ) -> Result<Zeroizing<Vec<u8>>, GatewayError> {
        let refused = GatewayError::StoreKey { what: place.table };
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
}
