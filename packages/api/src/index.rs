//! Small records of which contracts keep many: counters, and entries of lists.

use vitals_core::bytes::{Reader, Writer};
use vitals_core::FormatError;

use crate::store::Record;

const VERSION: u8 = 1;

/// A counter, or the number of another record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Number(pub u64);

impl Record for Number {
    const NAME: &'static str = "number";

    fn to_bytes(&self) -> Result<Vec<u8>, FormatError> {
        Ok(Writer::versioned(VERSION).u64(self.0).done())
    }

    fn from_bytes(bytes: &[u8]) -> Result<Self, FormatError> {
        let mut r = Reader::versioned(Self::NAME, VERSION, bytes)?;
        let number = Self(r.u64()?);
        r.end()?;
        Ok(number)
    }
}

/// An entry of an index whose key says everything.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Listed;

impl Record for Listed {
    const NAME: &'static str = "index entry";

    fn to_bytes(&self) -> Result<Vec<u8>, FormatError> {
        Ok(Writer::versioned(VERSION).done())
    }

    fn from_bytes(bytes: &[u8]) -> Result<Self, FormatError> {
        Reader::versioned(Self::NAME, VERSION, bytes)?.end()?;
        Ok(Self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_come_back_whole_and_another_version_or_a_cut_is_refused() {
        let number = Number(7).to_bytes().unwrap();
        assert_eq!(Number::from_bytes(&number), Ok(Number(7)));
        assert!(Number::from_bytes(&number[..8]).is_err());
        assert!(Number::from_bytes(&[&[2], &number[1..]].concat()).is_err());
        let listed = Listed.to_bytes().unwrap();
        assert_eq!(Listed::from_bytes(&listed), Ok(Listed));
        for wrong in [&[][..], &[2], &[1, 0]] {
            assert!(Listed::from_bytes(wrong).is_err(), "{wrong:?}");
        }
    }
}
