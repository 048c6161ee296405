//! Salts: a stream from one seed a batch, so that opening one reading opens no other and the
//! device keeps 32 bytes for all of them.
//!
//! `salt_i` is bytes `[16i, 16i + 16)` of the ChaCha20 keystream (RFC 8439) under key = seed,
//! nonce zero, block counter from 0. A zero nonce is sound because a seed serves one batch only.

use chacha20::cipher::{KeyIvInit, StreamCipher, StreamCipherSeek};
use chacha20::ChaCha20;

pub const SEED_BYTES: usize = 32;
pub const SALT_BYTES: usize = 16;

/// What the device draws for a batch and hands over when it closes it.
pub type Seed = [u8; SEED_BYTES];
pub type Salt = [u8; SALT_BYTES];

/// The salts of one batch, by index. No `Debug`: a seed opens every reading of its batch.
#[derive(Clone)]
pub struct Salts {
    seed: Seed,
}

impl Salts {
    pub fn new(seed: Seed) -> Self {
        Self { seed }
    }

    /// One salt. Each call sets the cipher up anew; go through [`Salts::iter`] for all of them.
    pub fn at(&self, index: u16) -> Salt {
        let mut cipher = keystream(&self.seed);
        // at most 2^20, far below the 2^38 bytes a keystream has
        cipher.seek(u32::from(index).saturating_mul(SALT_BYTES as u32));
        let mut salt = [0; SALT_BYTES];
        cipher.apply_keystream(&mut salt);
        salt
    }

    /// The salts in order, for as many readings as a batch can hold.
    pub fn iter(&self) -> SaltIter {
        SaltIter {
            cipher: keystream(&self.seed),
            left: u16::MAX,
        }
    }
}

/// See [`Salts::iter`].
pub struct SaltIter {
    cipher: ChaCha20,
    left: u16,
}

impl Iterator for SaltIter {
    type Item = Salt;

    fn next(&mut self) -> Option<Salt> {
        self.left = self.left.checked_sub(1)?;
        let mut salt = [0; SALT_BYTES];
        self.cipher.apply_keystream(&mut salt);
        Some(salt)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.left.into(), Some(self.left.into()))
    }
}

impl ExactSizeIterator for SaltIter {}

fn keystream(seed: &Seed) -> ChaCha20 {
    ChaCha20::new(seed.into(), &[0; 12].into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn salts_are_the_chacha20_keystream_of_rfc_8439() {
        // RFC 8439, appendix A.1, test vectors 1 and 2: key and nonce zero, blocks 0 and 1.
        let salts = Salts::new([0; 32]);
        assert_eq!(hex::encode(salts.at(0)), "76b8e0ada0f13d90405d6ae55386bd28");
        assert_eq!(hex::encode(salts.at(4)), "9f07e7be5551387a98ba977c732d080d");
    }

    #[test]
    fn any_salt_by_index_is_the_one_met_in_order() {
        let salts = Salts::new([7; 32]);
        for (salt, index) in salts.iter().zip(0..) {
            if index < 300 || index % 997 == 0 || index > 65_500 {
                assert_eq!(salts.at(index), salt, "{index}");
            }
        }
    }

    #[test]
    fn a_batch_has_a_salt_for_each_reading_it_can_hold_and_no_more() {
        assert_eq!(Salts::new([7; 32]).iter().count(), 65_535);
    }
}
