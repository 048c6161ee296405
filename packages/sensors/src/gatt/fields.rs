//! Little-endian fields of a characteristic's value, each with the name it has in the
//! specification.

use crate::SensorError;

pub struct Fields<'a> {
    rest: &'a [u8],
}

impl<'a> Fields<'a> {
    pub fn new(value: &'a [u8]) -> Self {
        Self { rest: value }
    }

    pub fn array<const N: usize>(&mut self, field: &'static str) -> Result<[u8; N], SensorError> {
        let short = SensorError::Length {
            field,
            takes: N,
            left: self.rest.len(),
        };
        let (head, rest) = self.rest.split_first_chunk::<N>().ok_or(short)?;
        self.rest = rest;
        Ok(*head)
    }

    pub fn u8(&mut self, field: &'static str) -> Result<u8, SensorError> {
        Ok(u8::from_le_bytes(self.array(field)?))
    }

    pub fn u16(&mut self, field: &'static str) -> Result<u16, SensorError> {
        Ok(u16::from_le_bytes(self.array(field)?))
    }

    pub fn i16(&mut self, field: &'static str) -> Result<i16, SensorError> {
        Ok(i16::from_le_bytes(self.array(field)?))
    }

    pub fn u24(&mut self, field: &'static str) -> Result<u32, SensorError> {
        let [a, b, c] = self.array(field)?;
        Ok(u32::from_le_bytes([a, b, c, 0]))
    }

    pub fn u32(&mut self, field: &'static str) -> Result<u32, SensorError> {
        Ok(u32::from_le_bytes(self.array(field)?))
    }

    /// A field that is there where a flag says so.
    pub fn when<T>(
        &mut self,
        present: bool,
        read: impl FnOnce(&mut Self) -> Result<T, SensorError>,
    ) -> Result<Option<T>, SensorError> {
        present.then(|| read(self)).transpose()
    }

    /// Whether octets follow.
    pub fn is_empty(&self) -> bool {
        self.rest.is_empty()
    }
}

/// Whether bit number `bit` is set.
pub fn bit(flags: u8, bit: u8) -> bool {
    flags >> bit & 1 == 1
}
