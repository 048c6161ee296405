//! What came before is recognised by its mark.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use zeroize::Zeroizing;

use crate::KEY_BYTES;

pub type Mark = [u8; 32];

/// Hashes under a store's key: what has few possible values a bare hash would tell.
#[derive(Clone)]
pub struct Marks(Hmac<Sha256>);

impl Marks {
    /// `of`: what is marked; marks of other things are other marks.
    pub fn new(key: &[u8; KEY_BYTES], of: &str) -> Self {
        // RFC 2104: a key shorter than a block is filled up with zeros
        let mut block = Zeroizing::new([0; 64]);
        block[..KEY_BYTES].copy_from_slice(key);
        let start = Hmac::<Sha256>::new(&(*block).into());
        Self(start.chain_update(of.as_bytes()))
    }

    pub fn of(&self, parts: &[&[u8]]) -> Mark {
        let mut mac = self.0.clone();
        for part in parts {
            mac.update(&part.len().to_be_bytes());
            mac.update(part);
        }
        mac.finalize().into_bytes().into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_is_of_its_key_its_kind_and_its_parts() {
        let marks = Marks::new(&[1; 32], "line");
        let mark = marks.of(&[b"ab", b"c"]);
        assert_eq!(mark, marks.of(&[b"ab", b"c"]));
        assert_ne!(mark, marks.of(&[b"a", b"bc"]));
        assert_ne!(mark, Marks::new(&[2; 32], "line").of(&[b"ab", b"c"]));
        assert_ne!(mark, Marks::new(&[1; 32], "frame").of(&[b"ab", b"c"]));
    }
}
