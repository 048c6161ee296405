//! Big-endian fixed layouts: the one reader and writer under every binary record.

use alloc::vec::Vec;

/// Why bytes are not the record they were taken for.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FormatError {
    #[error("format/length: {what} takes {expected} bytes, got {got}")]
    Length {
        what: &'static str,
        expected: usize,
        got: usize,
    },
    #[error("format/version: {what} has version {got}, this code reads version {expected}")]
    Version {
        what: &'static str,
        expected: u8,
        got: u8,
    },
    #[error("format/value: {what} cannot be {got}: {rule}")]
    Value {
        what: &'static str,
        got: i128,
        rule: &'static str,
    },
    #[error("format/encoding: {what}: {rule}")]
    Encoding {
        what: &'static str,
        rule: &'static str,
    },
}

/// Takes fields off the front of a record; what is left at [`Reader::end`] is an error.
#[derive(Debug, Clone)]
pub struct Reader<'a> {
    what: &'static str,
    whole: usize,
    rest: &'a [u8],
}

impl<'a> Reader<'a> {
    pub fn new(what: &'static str, bytes: &'a [u8]) -> Self {
        Self {
            what,
            whole: bytes.len(),
            rest: bytes,
        }
    }

    /// A record that begins with a version byte.
    pub fn versioned(
        what: &'static str,
        expected: u8,
        bytes: &'a [u8],
    ) -> Result<Self, FormatError> {
        let mut reader = Self::new(what, bytes);
        reader.version(expected)?;
        Ok(reader)
    }

    /// A record whose layout grew: any version from 1 to the newest, and which one it is.
    pub fn versioned_up_to(
        what: &'static str,
        newest: u8,
        bytes: &'a [u8],
    ) -> Result<(u8, Self), FormatError> {
        let mut reader = Self::new(what, bytes);
        let got = reader.u8()?;
        if got == 0 || got > newest {
            return Err(FormatError::Version {
                what,
                expected: newest,
                got,
            });
        }
        Ok((got, reader))
    }

    /// The version byte, in a record that holds others.
    pub fn version(&mut self, expected: u8) -> Result<(), FormatError> {
        let got = self.u8()?;
        if got != expected {
            return Err(FormatError::Version {
                what: self.what,
                expected,
                got,
            });
        }
        Ok(())
    }

    pub fn take(&mut self, len: usize) -> Result<&'a [u8], FormatError> {
        if len > self.rest.len() {
            return Err(FormatError::Length {
                what: self.what,
                expected: self
                    .whole
                    .saturating_sub(self.rest.len())
                    .saturating_add(len),
                got: self.whole,
            });
        }
        let (head, rest) = self.rest.split_at(len);
        self.rest = rest;
        Ok(head)
    }

    pub fn array<const N: usize>(&mut self) -> Result<[u8; N], FormatError> {
        let mut out = [0u8; N];
        out.copy_from_slice(self.take(N)?);
        Ok(out)
    }

    pub fn u8(&mut self) -> Result<u8, FormatError> {
        Ok(u8::from_be_bytes(self.array()?))
    }

    pub fn u16(&mut self) -> Result<u16, FormatError> {
        Ok(u16::from_be_bytes(self.array()?))
    }

    pub fn u32(&mut self) -> Result<u32, FormatError> {
        Ok(u32::from_be_bytes(self.array()?))
    }

    pub fn u64(&mut self) -> Result<u64, FormatError> {
        Ok(u64::from_be_bytes(self.array()?))
    }

    pub fn i64(&mut self) -> Result<i64, FormatError> {
        Ok(i64::from_be_bytes(self.array()?))
    }

    /// An unsigned integer of N bytes, at most 8.
    pub fn narrow<const N: usize>(&mut self) -> Result<u64, FormatError> {
        let bytes = self.array::<N>()?;
        Ok(bytes.iter().fold(0, |v, byte| v << 8 | u64::from(*byte)))
    }

    /// 0 or 1; a byte that is neither is refused.
    pub fn flag(&mut self, what: &'static str) -> Result<bool, FormatError> {
        match self.u8()? {
            0 => Ok(false),
            1 => Ok(true),
            other => Err(FormatError::Value {
                what,
                got: other.into(),
                rule: "0 or 1",
            }),
        }
    }

    /// A field prefixed with its length in one byte: an address, a key.
    pub fn short(&mut self) -> Result<&'a [u8], FormatError> {
        let len = self.u8()?;
        self.take(len.into())
    }

    /// A short field that must be UTF-8.
    pub fn short_str(&mut self) -> Result<&'a str, FormatError> {
        let what = self.what;
        core::str::from_utf8(self.short()?).map_err(|_| FormatError::Encoding {
            what,
            rule: "a text field is UTF-8",
        })
    }

    pub fn remaining(&self) -> usize {
        self.rest.len()
    }

    /// Everything must have been read.
    pub fn end(self) -> Result<(), FormatError> {
        if self.rest.is_empty() {
            return Ok(());
        }
        Err(FormatError::Length {
            what: self.what,
            expected: self.whole.saturating_sub(self.rest.len()),
            got: self.whole,
        })
    }
}

/// Appends fields in order; the mirror of [`Reader`].
#[derive(Debug, Default, Clone)]
pub struct Writer(Vec<u8>);

impl Writer {
    pub fn new() -> Self {
        Self::default()
    }

    pub fn versioned(version: u8) -> Self {
        Self::new().u8(version)
    }

    pub fn u8(self, v: u8) -> Self {
        self.raw(&[v])
    }

    pub fn u16(self, v: u16) -> Self {
        self.raw(&v.to_be_bytes())
    }

    pub fn u32(self, v: u32) -> Self {
        self.raw(&v.to_be_bytes())
    }

    pub fn u64(self, v: u64) -> Self {
        self.raw(&v.to_be_bytes())
    }

    pub fn i64(self, v: i64) -> Self {
        self.raw(&v.to_be_bytes())
    }

    /// In N bytes; what they do not hold is an error, never cut.
    pub fn narrow<const N: usize>(self, what: &'static str, v: u64) -> Result<Self, FormatError> {
        let wide = v.to_be_bytes();
        let (spare, kept) = wide.split_at(wide.len().saturating_sub(N));
        if spare.iter().any(|byte| *byte != 0) {
            return Err(FormatError::Value {
                what,
                got: v.into(),
                rule: "fits the bytes it is kept in",
            });
        }
        Ok(self.raw(kept))
    }

    pub fn raw(mut self, bytes: &[u8]) -> Self {
        self.0.extend_from_slice(bytes);
        self
    }

    /// At most 255 bytes; longer is an error, never cut.
    pub fn short(self, what: &'static str, bytes: &[u8]) -> Result<Self, FormatError> {
        let len = u8::try_from(bytes.len()).map_err(|_| FormatError::Length {
            what,
            expected: 255,
            got: bytes.len(),
        })?;
        Ok(self.u8(len).raw(bytes))
    }

    pub fn done(self) -> Vec<u8> {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_and_a_byte_more_or_less_is_refused() {
        let bytes = Writer::versioned(1)
            .u16(7)
            .i64(-5)
            .short("t", b"ab")
            .unwrap()
            .done();
        let mut r = Reader::versioned("record", 1, &bytes).unwrap();
        assert_eq!((r.u16(), r.i64(), r.short_str()), (Ok(7), Ok(-5), Ok("ab")));
        assert_eq!(r.end(), Ok(()));

        let mut short = Reader::versioned("record", 1, &bytes[..10]).unwrap();
        assert_eq!(short.u16(), Ok(7));
        assert_eq!(
            short.i64(),
            Err(FormatError::Length {
                what: "record",
                expected: 11,
                got: 10
            })
        );
        let long = Reader::new("record", &bytes);
        assert!(matches!(long.end(), Err(FormatError::Length { .. })));
    }

    #[test]
    fn a_narrow_integer_takes_its_bytes_and_nothing_above_them() {
        let bytes = Writer::new().narrow::<3>("n", 0xff_ffff).unwrap().done();
        assert_eq!(bytes, [0xff; 3]);
        assert_eq!(Reader::new("n", &bytes).narrow::<3>(), Ok(0xff_ffff));
        assert!(Writer::new().narrow::<3>("n", 0x0100_0000).is_err());
        let wide = Writer::new().narrow::<8>("n", u64::MAX).unwrap().done();
        assert_eq!(Reader::new("n", &wide).narrow::<8>(), Ok(u64::MAX));
    }

    #[test]
    fn a_layout_that_grew_is_read_in_every_version_there_was() {
        for version in [1, 2] {
            let bytes = [version];
            let (got, r) = Reader::versioned_up_to("record", 2, &bytes).unwrap();
            assert_eq!((got, r.end()), (version, Ok(())));
        }
        assert!(Reader::versioned_up_to("record", 2, &[0]).is_err());
        assert!(Reader::versioned_up_to("record", 2, &[3]).is_err());
    }

    #[test]
    fn an_unknown_version_is_named() {
        let err = Reader::versioned("record", 1, &[2]).unwrap_err();
        assert_eq!(
            err,
            FormatError::Version {
                what: "record",
                expected: 1,
                got: 2
            }
        );
    }
}
