//! What every target asserts: nothing panics, and whatever is taken is written as the same bytes again.
#![doc = include_str!("../README.md")]

use std::fmt::Debug;

/// Reads `bytes`; what is taken must be written as them.
pub fn canonical<T, E: Debug, W: AsRef<[u8]>>(
    bytes: &[u8],
    read: impl FnOnce(&[u8]) -> Result<T, E>,
    write: impl FnOnce(&T) -> W,
) {
    if let Ok(value) = read(bytes) {
        assert_eq!(write(&value).as_ref(), bytes, "one value, one encoding");
    }
}

/// The first byte, which chooses, and the rest.
pub fn choice(data: &[u8]) -> Option<(u8, &[u8])> {
    data.split_first().map(|(first, rest)| (*first, rest))
}
