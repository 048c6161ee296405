//! The registry's answers that take more than one record, wherever they are read from.

use vitals_core::key::PublicKey;

use super::record::{Device, Pairing, Recall, OLD_KEYS, PAIRINGS, RECALLS};
use crate::store::Source;
use crate::ApiError;

/// The key a batch or gap notice of this sequence number is signed by. A read for each rotation
/// since, none where the newest key holds: what is anchored next almost always is of that.
pub fn key_for(
    from: &impl Source,
    number: u64,
    device: &Device,
    sequence: u64,
) -> Result<PublicKey, ApiError> {
    let Some(rotation) = device.rotation else {
        return Ok(device.key.clone());
    };
    if sequence >= rotation.from_sequence {
        return Ok(device.key.clone());
    }
    let mut rotations = rotation.number;
    loop {
        let old = OLD_KEYS.load(from, &(number, rotations))?;
        if sequence >= old.from_sequence {
            return Ok(old.key);
        }
        // the first key holds from 0, so that this ends before the number does
        rotations = rotations.saturating_sub(1);
    }
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
    use cosmwasm_std::testing::MockStorage;
    use cosmwasm_std::Storage;
    use vitals_core::key::SignatureScheme;
    use vitals_core::measure::Measure;
    use vitals_core::rule::Assurance;
    use vitals_core::set::Set;

    use super::*;
    use crate::registry::record::{OldKey, Recalls, Rotation};

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
