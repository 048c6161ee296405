//! The registry's answers that take more than one record, wherever they are read from.

use vitals_core::key::PublicKey;

use super::record::{Device, Halts, OldKey, Pairing, Recall, OLD_KEYS, PAIRINGS, RECALLS};
use crate::store::{Record, Source};
use crate::ApiError;

/// The key a batch or gap notice of this sequence number is signed by. No read where the newest key
/// holds, as it almost always does for what is anchored next.
pub fn key_for(
    from: &impl Source,
    number: u64,
    device: &Device,
    sequence: u64,
) -> Result<PublicKey, ApiError> {
    match device.rotation {
        Some(rotation) if sequence < rotation.from_sequence => {
            old_key(from, number, rotation.number, sequence)
        }
        _ => Ok(device.key.clone()),
    }
}

/// The numbers that keys hold from rise with their rotations, so that the key is found by halving:
/// 6 reads at most, of `MAX_ROTATIONS` keys.
fn old_key(
    from: &impl Source,
    number: u64,
    rotations: u32,
    sequence: u64,
) -> Result<PublicKey, ApiError> {
    let mut found = None;
    // the key is at `first` or above, unless found; and below `end`
    let (mut first, mut end) = (1u32, rotations.saturating_add(1));
    while first < end {
        let middle = first.midpoint(end);
        let old = OLD_KEYS.load(from, &(number, middle))?;
        if old.from_sequence <= sequence {
            found = Some(old.key);
            first = middle.saturating_add(1);
        } else {
            end = middle;
        }
    }
    // the first key holds from 0
    found.ok_or_else(|| ApiError::NotFound {
        what: OldKey::NAME,
        key: number.to_string(),
    })
}

/// A pairing by its number: the one that lasts is in the device's record, others take a read.
pub fn pairing_of(
    from: &impl Source,
    number: u64,
    device: &Device,
    pairing: u32,
) -> Result<Pairing, ApiError> {
    match device.paired {
        Some(paired) if device.pairing == pairing => Ok(Pairing {
            patient: paired.patient,
            from_ms: paired.from_ms,
            to_ms: None,
            halts: Halts::default(),
        }),
        _ => PAIRINGS.load(from, &(number, pairing)),
    }
}

/// The recall of a device's model and firmware, whether or not the device was marked for it.
pub fn recall_of(from: &impl Source, device: &Device) -> Result<Option<Recall>, ApiError> {
    let recalls = RECALLS.may_load(from, &device.model)?;
    Ok(recalls.and_then(|recalls| recalls.of(device.firmware).copied()))
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use cosmwasm_std::testing::MockStorage;
    use cosmwasm_std::Storage;
    use vitals_core::key::SignatureScheme;
    use vitals_core::measure::Measure;
    use vitals_core::rule::Assurance;
    use vitals_core::set::Set;

    use super::*;
    use crate::registry::record::{Recalls, Rotation};
    use crate::registry::MAX_ROTATIONS;
    use crate::ApiError;

    fn key(byte: u8) -> PublicKey {
        PublicKey::new(SignatureScheme::Ed25519, &[byte; 32]).unwrap()
    }

    fn device(rotation: Option<Rotation>) -> Device {
        Device {
            rotation,
            ..Device::new(
                key(9),
                1,
                5,
                Assurance::Maker,
                Set::of(&[Measure::HeartRate]),
            )
        }
    }

    #[test]
    fn each_key_is_found_for_the_batches_it_signs() {
        let mut storage = MockStorage::new();
        for (rotation, byte, from_sequence) in [(1, 7, 0), (2, 8, 5)] {
            let old = OldKey {
                key: key(byte),
                from_sequence,
                rotated_at_ms: 1,
            };
            OLD_KEYS.save(&mut storage, &(3, rotation), &old).unwrap();
        }
        let rotated = device(Some(Rotation {
            number: 2,
            from_sequence: 10,
        }));
        let source: &dyn Storage = &storage;
        let found = |sequence| key_for(&source, 3, &rotated, sequence).unwrap();
        for (sequence, byte) in [(0, 7), (4, 7), (5, 8), (9, 8), (10, 9), (u64::MAX, 9)] {
            assert_eq!(found(sequence), key(byte), "{sequence}");
        }
        assert_eq!(key_for(&source, 4, &device(None), 1), Ok(key(9)));
        assert!(key_for(&source, 4, &rotated, 1).is_err(), "nothing there");
    }

    /// Counts what is read of another's storage.
    struct Counted<'a>(&'a dyn Storage, Cell<u32>);

    impl Source for Counted<'_> {
        fn raw(&self, what: &'static str, key: &[u8]) -> Result<Option<Vec<u8>>, ApiError> {
            self.1.set(self.1.get() + 1);
            self.0.raw(what, key)
        }
        fn contract(&self) -> String {
            self.0.contract()
        }
    }

    #[test]
    fn the_key_of_any_batch_is_found_in_six_reads_after_the_most_rotations() {
        let mut storage = MockStorage::new();
        for rotation in 1..=MAX_ROTATIONS {
            let old = OldKey {
                key: key(u8::try_from(rotation).unwrap()),
                from_sequence: u64::from(rotation - 1) * 10,
                rotated_at_ms: 1,
            };
            OLD_KEYS.save(&mut storage, &(3, rotation), &old).unwrap();
        }
        let rotated = device(Some(Rotation {
            number: MAX_ROTATIONS,
            from_sequence: u64::from(MAX_ROTATIONS) * 10,
        }));
        for sequence in 0..u64::from(MAX_ROTATIONS) * 10 {
            let source = Counted(&storage, Cell::new(0));
            let found = key_for(&source, 3, &rotated, sequence).unwrap();
            assert_eq!(found, key(u8::try_from(sequence / 10 + 1).unwrap()));
            assert!(source.1.get() <= 6, "{} reads", source.1.get());
        }
    }

    #[test]
    fn a_key_that_is_missing_or_unreadable_is_an_error() {
        let mut storage = MockStorage::new();
        let rotated = device(Some(Rotation {
            number: 1,
            from_sequence: 10,
        }));
        let late = OldKey {
            key: key(7),
            from_sequence: 5,
            rotated_at_ms: 1,
        };
        OLD_KEYS.save(&mut storage, &(3, 1), &late).unwrap();
        let asked = |storage: &dyn Storage| {
            let source = Counted(storage, Cell::new(0));
            (key_for(&source, 3, &rotated, 4), source.contract())
        };
        let (what, key) = (OldKey::NAME, "3".into());
        assert_eq!(asked(&storage).0, Err(ApiError::NotFound { what, key }));
        storage.set(&OLD_KEYS.key(&(3, 1)), &[9]);
        let (refused, named) = asked(&storage);
        let Err(ApiError::Unreadable { contract, .. }) = refused else {
            panic!("{refused:?}");
        };
        assert_eq!(contract, named);
    }

    #[test]
    fn a_recall_is_found_by_model_and_firmware() {
        let mut storage = MockStorage::new();
        let recall = Recall {
            from_firmware: 5,
            to_firmware: 5,
            at_ms: 7,
            reason: [1; 32],
        };
        RECALLS
            .save(&mut storage, &1, &Recalls(vec![recall]))
            .unwrap();
        let source: &dyn Storage = &storage;
        let with = |model, firmware| Device {
            model,
            firmware,
            ..device(None)
        };
        assert_eq!(recall_of(&source, &with(1, 5)), Ok(Some(recall)));
        assert_eq!(recall_of(&source, &with(1, 6)), Ok(None));
        assert_eq!(recall_of(&source, &with(2, 5)), Ok(None));
    }
}
