//! An age X25519 recipient, as an account publishes it: `age1…`, the key that packages are sealed to.
//!
//! Checked without the `age` crate, so that a contract can refuse what no reader could use.
//! Format: <https://c2sp.org/age#x25519-recipient-stanza>; Bech32 is BIP 173.

use bech32::primitives::decode::CheckedHrpstring;
use bech32::{Bech32, Hrp};

/// `age1`, 52 characters of key, 6 of checksum.
pub const RECIPIENT_CHARS: usize = 62;

const HRP: Hrp = Hrp::parse_unchecked("age");

/// Little-endian 2^255 - 19.
const FIELD: [u8; 32] = field_minus(0);

/// Every u-coordinate whose order divides 8, in its reduced form: whoever seals to one of these
/// shares a secret with the whole world. RFC 7748 section 6.1 asks for this check; the values
/// are those of the small-order list at <https://cr.yp.to/ecdh.html#validate>.
const LOW_ORDER: [[u8; 32]; 5] = [
    [0; 32],
    one(),
    [
        0xe0, 0xeb, 0x7a, 0x7c, 0x3b, 0x41, 0xb8, 0xae, 0x16, 0x56, 0xe3, 0xfa, 0xf1, 0x9f, 0xc4,
        0x6a, 0xda, 0x09, 0x8d, 0xeb, 0x9c, 0x32, 0xb1, 0xfd, 0x86, 0x62, 0x05, 0x16, 0x5f, 0x49,
        0xb8, 0x00,
    ],
    [
        0x5f, 0x9c, 0x95, 0xbc, 0xa3, 0x50, 0x8c, 0x24, 0xb1, 0xd0, 0xb1, 0x55, 0x9c, 0x83, 0xef,
        0x5b, 0x04, 0x44, 0x5c, 0xc4, 0x58, 0x1c, 0x8e, 0x86, 0xd8, 0x22, 0x4e, 0xdd, 0xd0, 0x9f,
        0x11, 0x57,
    ],
    field_minus(1),
];

const fn one() -> [u8; 32] {
    let mut u = [0; 32];
    u[0] = 1;
    u
}

const fn field_minus(less: u8) -> [u8; 32] {
    let mut p = [0xff; 32];
    p[0] = 0xed - less;
    p[31] = 0x7f;
    p
}

/// Why a text is not a recipient.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RecipientError {
    #[error("recipient/length: an age recipient has 62 characters, got {got}")]
    Length { got: usize },
    #[error("recipient/bech32: not lower-case bech32 of 32 bytes with a good checksum")]
    Bech32,
    #[error("recipient/hrp: an age recipient begins with age1")]
    Hrp,
    #[error("recipient/not_canonical: the key is not below 2^255 - 19")]
    NotCanonical,
    #[error("recipient/low_order: the key has low order: what is sealed to it is open to all")]
    LowOrder,
}

/// The 32 key bytes of a recipient that is safe to seal to. One key has one accepted spelling.
pub fn check_recipient(text: &str) -> Result<[u8; 32], RecipientError> {
    if text.len() != RECIPIENT_CHARS {
        return Err(RecipientError::Length { got: text.len() });
    }
    let key = decode(text)?;
    if !below_field(&key) {
        return Err(RecipientError::NotCanonical);
    }
    if LOW_ORDER.contains(&key) {
        return Err(RecipientError::LowOrder);
    }
    Ok(key)
}

fn decode(text: &str) -> Result<[u8; 32], RecipientError> {
    let parsed = CheckedHrpstring::new::<Bech32>(text).map_err(|_| RecipientError::Bech32)?;
    if parsed.hrp() != HRP {
        return Err(RecipientError::Hrp);
    }
    let mut key = [0u8; 32];
    let mut bytes = parsed.byte_iter();
    for slot in &mut key {
        *slot = bytes.next().ok_or(RecipientError::Bech32)?;
    }
    // Writing it again settles case, padding bits and length in one comparison.
    match bech32::encode_lower::<Bech32>(HRP, &key) {
        Ok(again) if again == text => Ok(key),
        _ => Err(RecipientError::Bech32),
    }
}

/// X25519 ignores the top bit and reduces, so a larger number is a second spelling of some key.
fn below_field(key: &[u8; 32]) -> bool {
    key.iter().rev().lt(FIELD.iter().rev())
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::string::String;

    /// Made by npm `age-encryption` 0.3.1, as `testdata/vectors/package.json` tells.
    const GOOD: &str = "age1fwyw88q777hp35330pg495ay40yx3c0g5kn2e3gpfqhz0eufjqjsy8gnsx";

    fn spelled(key: &[u8]) -> String {
        bech32::encode_lower::<Bech32>(HRP, key).unwrap()
    }

    #[test]
    fn a_recipient_gives_its_key_and_the_key_its_recipient() {
        let key = check_recipient(GOOD).unwrap();
        assert_eq!(spelled(&key), GOOD);
    }

    #[test]
    fn upper_case_mixed_case_and_a_wrong_checksum_are_refused() {
        assert_eq!(
            check_recipient(&GOOD.to_uppercase()),
            Err(RecipientError::Bech32)
        );
        assert_eq!(
            check_recipient(&GOOD.replace("age1f", "age1F")),
            Err(RecipientError::Bech32)
        );
        assert_eq!(
            check_recipient(&GOOD.replace("gnsx", "gnsq")),
            Err(RecipientError::Bech32)
        );
    }

    #[test]
    fn another_prefix_another_length_and_bech32m_are_refused() {
        let key = [9u8; 32];
        let foreign = bech32::encode_lower::<Bech32>(Hrp::parse("agf").unwrap(), &key).unwrap();
        assert_eq!(check_recipient(&foreign), Err(RecipientError::Hrp));
        let later = bech32::encode_lower::<bech32::Bech32m>(HRP, &key).unwrap();
        assert_eq!(check_recipient(&later), Err(RecipientError::Bech32));
        for len in [31, 33] {
            let text = spelled(&alloc::vec![9u8; len]);
            assert_eq!(
                check_recipient(&text),
                Err(RecipientError::Length { got: text.len() })
            );
        }
        assert_eq!(check_recipient(""), Err(RecipientError::Length { got: 0 }));
    }

    #[test]
    fn a_second_spelling_with_padding_bits_set_is_refused() {
        use bech32::primitives::iter::{ByteIterExt, Fe32IterExt};
        let mut digits: alloc::vec::Vec<_> = [9u8; 32].into_iter().bytes_to_fes().collect();
        let last = digits.pop().unwrap();
        digits.push(bech32::Fe32::try_from(last.to_u8() | 1).unwrap());
        let text: String = digits
            .into_iter()
            .with_checksum::<Bech32>(&HRP)
            .chars()
            .collect();
        assert_eq!(check_recipient(&text), Err(RecipientError::Bech32));
    }

    #[test]
    fn the_listed_points_and_all_of_the_curve_s_torsion_share_nothing_but_zero() {
        use curve25519_dalek::{constants::EIGHT_TORSION, montgomery::MontgomeryPoint};
        for point in LOW_ORDER {
            let shared = MontgomeryPoint(point).mul_clamped([0x5a; 32]);
            assert_eq!(shared.to_bytes(), [0; 32]);
        }
        for point in EIGHT_TORSION {
            assert!(LOW_ORDER.contains(&point.to_montgomery().to_bytes()));
        }
    }

    #[test]
    fn every_low_order_point_is_refused_in_each_spelling() {
        for point in LOW_ORDER {
            assert_eq!(
                check_recipient(&spelled(&point)),
                Err(RecipientError::LowOrder)
            );
            let mut top_bit = point;
            top_bit[31] |= 0x80;
            assert_eq!(
                check_recipient(&spelled(&top_bit)),
                Err(RecipientError::NotCanonical)
            );
        }
    }

    #[test]
    fn a_number_not_below_the_field_is_refused_and_the_largest_below_is_not() {
        for over in [FIELD, [0xff; 32]] {
            assert_eq!(
                check_recipient(&spelled(&over)),
                Err(RecipientError::NotCanonical)
            );
        }
        assert!(check_recipient(&spelled(&field_minus(2))).is_ok());
    }
}
