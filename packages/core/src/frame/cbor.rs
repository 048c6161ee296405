//! Between bytes and CBOR values, with every mismatch named.

use alloc::vec::Vec;

use ciborium::Value;

use super::FrameError;

/// A frame nests array in array in array; an item inside counts as a level of its own.
const MAX_DEPTH: usize = 4;

pub(super) fn encode(value: &Value) -> Result<Vec<u8>, FrameError> {
    let mut bytes = Vec::new();
    ciborium::into_writer(value, &mut bytes).map_err(|_| FrameError::Encode)?;
    Ok(bytes)
}

/// Reads the first item. What may follow it is found when the caller encodes anew and compares.
pub(super) fn decode(bytes: &[u8]) -> Result<Value, FrameError> {
    ciborium::de::from_reader_with_recursion_limit(bytes, MAX_DEPTH)
        .map_err(|_| FrameError::Cbor { depth: MAX_DEPTH })
}

pub(super) fn list<'a>(what: &'static str, value: &'a Value) -> Result<&'a [Value], FrameError> {
    let rule = "an array";
    match value.as_array() {
        Some(items) => Ok(items),
        None => Err(FrameError::Shape { what, rule }),
    }
}

pub(super) fn array<'a, const N: usize>(
    what: &'static str,
    rule: &'static str,
    value: &'a Value,
) -> Result<&'a [Value; N], FrameError> {
    list(what, value)?
        .try_into()
        .map_err(|_| FrameError::Shape { what, rule })
}

pub(super) fn bytes<'a>(what: &'static str, value: &'a Value) -> Result<&'a [u8], FrameError> {
    let rule = "a byte string";
    match value.as_bytes() {
        Some(bytes) => Ok(bytes),
        None => Err(FrameError::Shape { what, rule }),
    }
}

pub(super) fn number<T: TryFrom<i128>>(what: &'static str, value: &Value) -> Result<T, FrameError> {
    let rule = "a whole number";
    let got = value
        .as_integer()
        .map(i128::from)
        .ok_or(FrameError::Shape { what, rule })?;
    T::try_from(got).map_err(|_| FrameError::Number { what, got })
}
