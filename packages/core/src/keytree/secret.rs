//! 32 secret bytes and the two ways to derive others from them.

use hkdf::Hkdf;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use zeroize::{Zeroize, ZeroizeOnDrop};

const CHILD: &[u8] = b"cw-vitals/v1/key-tree/child";
const EPOCH_KEY: &[u8] = b"cw-vitals/v1/key-tree/epoch-key";

/// Erased on drop, never printed.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub(crate) struct Secret([u8; 32]);

impl Secret {
    pub(crate) fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    pub(crate) fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// The secret of the left (`false`) or right (`true`) half.
    pub(crate) fn child(&self, right: bool) -> Secret {
        self.mac(CHILD, &[u8::from(right)])
    }

    /// A leaf's key is not the leaf: publishing one epoch's key shows no tree node.
    pub(crate) fn epoch_key(&self) -> EpochKey {
        EpochKey(self.mac(EPOCH_KEY, &[]))
    }

    fn mac(&self, domain: &[u8], message: &[u8]) -> Secret {
        // A 32-byte key is padded to the block, as RFC 2104 does with any key up to 64 bytes.
        let mut block = [0u8; 64];
        block[..32].copy_from_slice(&self.0);
        let mut mac = Hmac::<Sha256>::new((&block).into());
        block.zeroize();
        mac.update(domain);
        mac.update(message);
        Secret(mac.finalize().into_bytes().into())
    }
}

/// The key of one hour in one category: batches measured in that hour are sealed under it.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub struct EpochKey(Secret);

impl EpochKey {
    pub fn as_bytes(&self) -> &[u8; 32] {
        self.0.as_bytes()
    }

    /// The key of one batch sealed in this epoch.
    pub(crate) fn expand(&self, salt: &[u8], info: &[u8]) -> Secret {
        expand(salt, self.as_bytes(), info)
    }
}

/// HKDF-SHA256 (RFC 5869) to 32 bytes. That is the first block of its output, one MAC under the
/// extracted key, so unlike the general expansion this cannot fail.
pub(crate) fn expand(salt: &[u8], secret: &[u8], info: &[u8]) -> Secret {
    let (extracted, _) = Hkdf::<Sha256>::extract(Some(salt), secret);
    Secret(extracted.into()).mac(info, &[1])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn vectors() -> serde_json::Value {
        let text = include_str!("../../../../testdata/vectors/keytree.json");
        serde_json::from_str(text).unwrap()
    }

    #[test]
    fn the_expansion_gives_the_first_block_of_the_rfc_5869_vectors() {
        let vectors = vectors();
        let cases = vectors["rfc5869"].as_array().unwrap();
        assert_eq!(cases.len(), 3);
        for case in cases {
            let field = |name: &str| hex::decode(case[name].as_str().unwrap()).unwrap();
            let got = expand(&field("salt"), &field("ikm"), &field("info"));
            assert_eq!(got.as_bytes()[..], field("okm")[..32], "{}", case["name"]);
        }
    }
}
