//! Binary records under flat keys: fixed layouts cost the least gas, and the contract that writes
//! a record and the contracts that read it by raw key share one definition.

use std::marker::PhantomData;

use cosmwasm_std::{Addr, Empty, HexBinary, Order, QuerierWrapper, Storage};
use cw_storage_plus::Map;
use vitals_core::FormatError;

use crate::ApiError;

/// A record with a fixed, versioned layout.
pub trait Record: Sized {
    const NAME: &'static str;
    fn to_bytes(&self) -> Result<Vec<u8>, FormatError>;
    fn from_bytes(bytes: &[u8]) -> Result<Self, FormatError>;
}

/// A key whose parts are joined without separators: every part but the last has a fixed length,
/// so no two keys are the same bytes, and numbers sort in order.
pub trait Key {
    fn flat(&self) -> Vec<u8>;
    /// How the key reads in an error.
    fn shown(&self) -> String;
}

impl Key for u16 {
    fn flat(&self) -> Vec<u8> {
        self.to_be_bytes().to_vec()
    }
    fn shown(&self) -> String {
        self.to_string()
    }
}

impl Key for u32 {
    fn flat(&self) -> Vec<u8> {
        self.to_be_bytes().to_vec()
    }
    fn shown(&self) -> String {
        self.to_string()
    }
}

impl Key for u64 {
    fn flat(&self) -> Vec<u8> {
        self.to_be_bytes().to_vec()
    }
    fn shown(&self) -> String {
        self.to_string()
    }
}

impl Key for &str {
    fn flat(&self) -> Vec<u8> {
        self.as_bytes().to_vec()
    }
    fn shown(&self) -> String {
        (*self).to_string()
    }
}

/// Text before another part: its length goes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Leading<'a>(pub &'a str);

impl Key for Leading<'_> {
    fn flat(&self) -> Vec<u8> {
        let length = u16::try_from(self.0.len()).unwrap_or(u16::MAX);
        [&length.to_be_bytes(), self.0.as_bytes()].concat()
    }
    fn shown(&self) -> String {
        self.0.to_string()
    }
}

/// A digest.
impl Key for [u8; 32] {
    fn flat(&self) -> Vec<u8> {
        self.to_vec()
    }
    fn shown(&self) -> String {
        HexBinary::from(self).to_string()
    }
}

impl Key for () {
    fn flat(&self) -> Vec<u8> {
        Vec::new()
    }
    fn shown(&self) -> String {
        String::new()
    }
}

impl<A: Key, B: Key> Key for (A, B) {
    fn flat(&self) -> Vec<u8> {
        [self.0.flat(), self.1.flat()].concat()
    }
    fn shown(&self) -> String {
        format!("{}/{}", self.0.shown(), self.1.shown())
    }
}

/// What a map is keyed by. Text keys are borrowed when they are used.
pub trait KeyShape {
    type Of<'a>: Key;
}

/// A key part that is text: an address. Only ever the last part.
pub struct Text;

impl KeyShape for Text {
    type Of<'a> = &'a str;
}

/// A key part that is text, and not the last part.
pub struct LeadingText;

impl KeyShape for LeadingText {
    type Of<'a> = Leading<'a>;
}

impl KeyShape for [u8; 32] {
    type Of<'a> = [u8; 32];
}

impl KeyShape for u16 {
    type Of<'a> = u16;
}

impl KeyShape for () {
    type Of<'a> = ();
}

impl KeyShape for u32 {
    type Of<'a> = u32;
}

impl KeyShape for u64 {
    type Of<'a> = u64;
}

impl<A: KeyShape, B: KeyShape> KeyShape for (A, B) {
    type Of<'a> = (A::Of<'a>, B::Of<'a>);
}

/// Where records are read from: the contract's own storage, or another contract by raw key.
pub trait Source {
    fn raw(&self, what: &'static str, key: &[u8]) -> Result<Option<Vec<u8>>, ApiError>;
    fn contract(&self) -> String;
}

impl Source for &dyn Storage {
    fn raw(&self, _what: &'static str, key: &[u8]) -> Result<Option<Vec<u8>>, ApiError> {
        Ok(self.get(key))
    }
    fn contract(&self) -> String {
        "own storage".into()
    }
}

/// Another contract's storage. A raw read of one key costs no instance of its code.
#[derive(Clone, Copy)]
pub struct Remote<'a> {
    pub querier: QuerierWrapper<'a>,
    pub contract: &'a Addr,
}

impl Source for Remote<'_> {
    fn raw(&self, what: &'static str, key: &[u8]) -> Result<Option<Vec<u8>>, ApiError> {
        self.querier
            .query_wasm_raw(self.contract, key)
            .map_err(|cause| ApiError::Unreadable {
                what,
                contract: self.contract.to_string(),
                cause: cause.to_string(),
            })
    }
    fn contract(&self) -> String {
        self.contract.to_string()
    }
}

/// A map of records. Namespaces of one contract are unique; each contract tests that of its own.
pub struct RecordMap<K, R> {
    namespace: &'static str,
    types: PhantomData<fn(K) -> R>,
}

impl<K: KeyShape, R: Record> RecordMap<K, R> {
    pub const fn new(namespace: &'static str) -> Self {
        Self {
            namespace,
            types: PhantomData,
        }
    }

    pub fn namespace(&self) -> &'static str {
        self.namespace
    }

    /// The raw storage key: u16 length of the namespace ‖ namespace ‖ flat key.
    pub fn key(&self, key: &K::Of<'_>) -> Vec<u8> {
        self.prefixed(&key.flat())
    }

    fn prefixed(&self, flat: &[u8]) -> Vec<u8> {
        Map::<&[u8], Empty>::new(self.namespace).key(flat).to_vec()
    }

    pub fn may_load(&self, from: &impl Source, key: &K::Of<'_>) -> Result<Option<R>, ApiError> {
        let Some(bytes) = from.raw(R::NAME, &self.key(key))? else {
            return Ok(None);
        };
        R::from_bytes(&bytes)
            .map(Some)
            .map_err(|cause| ApiError::Unreadable {
                what: R::NAME,
                contract: from.contract(),
                cause: cause.to_string(),
            })
    }

    pub fn load(&self, from: &impl Source, key: &K::Of<'_>) -> Result<R, ApiError> {
        self.may_load(from, key)?.ok_or_else(|| ApiError::NotFound {
            what: R::NAME,
            key: key.shown(),
        })
    }

    pub fn save(
        &self,
        storage: &mut dyn Storage,
        key: &K::Of<'_>,
        record: &R,
    ) -> Result<(), ApiError> {
        storage.set(&self.key(key), &record.to_bytes()?);
        Ok(())
    }

    pub fn remove(&self, storage: &mut dyn Storage, key: &K::Of<'_>) {
        storage.remove(&self.key(key));
    }

    /// Records whose flat keys begin with `prefix`, after `start_after` (a flat key), in order;
    /// with each, what follows the prefix in its key.
    pub fn page(
        &self,
        storage: &dyn Storage,
        prefix: &[u8],
        start_after: Option<&[u8]>,
        limit: usize,
    ) -> Result<Vec<(Vec<u8>, R)>, ApiError> {
        let start = match start_after {
            // the next key after `after` is `after` with a zero byte
            Some(after) => [self.prefixed(after), vec![0]].concat(),
            None => self.prefixed(prefix),
        };
        let whole = self.prefixed(prefix);
        let end = next_prefix(&whole);
        storage
            .range(Some(&start), end.as_deref(), Order::Ascending)
            .take(limit)
            .map(|(key, bytes)| {
                let record = R::from_bytes(&bytes)?;
                Ok((key.get(whole.len()..).unwrap_or_default().to_vec(), record))
            })
            .collect()
    }
}

/// The first key that does not begin with `prefix`; none where all bytes are 0xff.
fn next_prefix(prefix: &[u8]) -> Option<Vec<u8>> {
    let mut next = prefix.to_vec();
    while let Some(last) = next.pop() {
        if let Some(up) = last.checked_add(1) {
            next.push(up);
            return Some(next);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use cosmwasm_std::testing::MockStorage;

    #[derive(Debug, PartialEq)]
    struct Number(u8);

    impl Record for Number {
        const NAME: &'static str = "number";
        fn to_bytes(&self) -> Result<Vec<u8>, FormatError> {
            Ok(vec![1, self.0])
        }
        fn from_bytes(bytes: &[u8]) -> Result<Self, FormatError> {
            let mut r = vitals_core::bytes::Reader::versioned("number", 1, bytes)?;
            let number = Number(r.u8()?);
            r.end()?;
            Ok(number)
        }
    }

    const NUMBERS: RecordMap<(u64, u32), Number> = RecordMap::new("n");

    fn filled() -> MockStorage {
        let mut storage = MockStorage::new();
        for (a, b) in [(1u64, 1u32), (1, 2), (1, 255), (1, 256), (2, 1)] {
            NUMBERS
                .save(
                    &mut storage,
                    &(a, b),
                    &Number(u8::try_from(b % 250).unwrap()),
                )
                .unwrap();
        }
        storage
    }

    #[test]
    fn a_page_keeps_to_its_prefix_and_goes_on_where_it_stopped() {
        let storage = filled();
        let prefix = 1u64.flat();
        let first = NUMBERS.page(&storage, &prefix, None, 3).unwrap();
        let keys: Vec<_> = first.iter().map(|(k, _)| k.clone()).collect();
        assert_eq!(keys, [1u32.flat(), 2u32.flat(), 255u32.flat()]);
        let after = (1u64, 255u32).flat();
        let rest = NUMBERS.page(&storage, &prefix, Some(&after), 30).unwrap();
        assert_eq!(rest.len(), 1, "the next prefix is not read");
        assert_eq!(rest[0].0, 256u32.flat());
    }

    #[test]
    fn a_record_of_another_version_is_an_error_and_absent_is_not_a_default() {
        let mut storage = filled();
        storage.set(&NUMBERS.key(&(1, 1)), &[2, 0]);
        let source: &dyn Storage = &storage;
        assert!(matches!(
            NUMBERS.load(&source, &(1, 1)),
            Err(ApiError::Unreadable { .. })
        ));
        assert!(matches!(
            NUMBERS.load(&source, &(9, 9)),
            Err(ApiError::NotFound { .. })
        ));
    }

    #[test]
    fn texts_before_another_part_do_not_run_into_it() {
        let keys = [("ab", "c"), ("a", "bc"), ("", "abc")];
        let flat = keys.map(|(first, last)| (Leading(first), last).flat());
        assert_eq!(flat[0], b"\0\x02abc");
        assert!(flat[0] != flat[1] && flat[1] != flat[2]);
        assert_eq!(
            (Leading("a"), [1u8; 32]).shown(),
            format!("a/{}", "01".repeat(32))
        );
    }

    #[test]
    fn a_prefix_of_all_ones_has_no_next() {
        assert_eq!(next_prefix(&[1, 0xff]), Some(vec![2]));
        assert_eq!(next_prefix(&[0xff, 0xff]), None);
    }
}
