//! How records are written: a version byte, then postcard, since gas is by the byte.

use serde::de::DeserializeOwned;
use serde::Serialize;
use vitals_core::FormatError;

/// The first compact layout of each record; those of 0.1.0 were JSON.
pub(super) const VERSION: u8 = 1;

pub(super) fn pack<T: Serialize>(what: &'static str, record: &T) -> Result<Vec<u8>, FormatError> {
    postcard::to_extend(record, vec![VERSION]).map_err(|_| FormatError::Encoding {
        what,
        rule: "a record that postcard can write",
    })
}

pub(super) fn unpack<T: DeserializeOwned>(
    what: &'static str,
    bytes: &[u8],
) -> Result<T, FormatError> {
    let unreadable = FormatError::Encoding {
        what,
        rule: "a version byte and a record in postcard, with nothing after it",
    };
    let Some((&version, rest)) = bytes.split_first() else {
        return Err(unreadable);
    };
    if version != VERSION {
        return Err(FormatError::Version {
            what,
            expected: VERSION,
            got: version,
        });
    }
    match postcard::take_from_bytes(rest) {
        Ok((record, [])) => Ok(record),
        _ => Err(unreadable),
    }
}

/// Gives types their place in storage: `Type => "name"`.
macro_rules! packed {
    ($($record:ty => $name:literal),+ $(,)?) => {$(
        impl vitals_api::store::Record for $record {
            const NAME: &'static str = $name;

            fn to_bytes(&self) -> Result<Vec<u8>, vitals_core::FormatError> {
                $crate::state::packed::pack(Self::NAME, self)
            }

            fn from_bytes(bytes: &[u8]) -> Result<Self, vitals_core::FormatError> {
                $crate::state::packed::unpack(Self::NAME, bytes)
            }
        }
    )+};
}
pub(super) use packed;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_comes_back_whole_and_nothing_else_is_one() {
        let record = ("x".to_string(), u128::MAX, Some([7u8; 32]));
        let bytes = pack("test", &record).unwrap();
        assert_eq!(unpack("test", &bytes), Ok(record.clone()));
        type Record = (String, u128, Option<[u8; 32]>);
        let longer = [&bytes[..], &[0]].concat();
        let newer = [&[VERSION + 1], &bytes[1..]].concat();
        let cuts = (0..bytes.len()).map(|at| bytes[..at].to_vec());
        for wrong in cuts.chain([longer, newer, b"{\"json\":1}".to_vec()]) {
            assert!(unpack::<Record>("test", &wrong).is_err(), "{wrong:?}");
        }
    }
}
