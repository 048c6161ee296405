//! What a batch must meet, one rule each. Nothing here reads or writes storage.

use vitals_api::anchor::{CLOCK_AHEAD_MS, MAX_GAP, MAX_SEALED, MIN_SEALED};
use vitals_api::consent::record::Patient;
use vitals_api::registry::record::{Device, Pairing};
use vitals_api::registry::Unusable;
use vitals_core::key::{PublicKey, Signature, Verifier};
use vitals_core::measured::{GapNotice, GapReason, Measured, Seal};
use vitals_core::time::Millis;

use crate::error::ContractError;
use crate::record::Head;

/// The digest is over action and deployment too: nothing signed elsewhere passes.
pub fn signature(
    verifier: &impl Verifier,
    device: u64,
    key: &PublicKey,
    digest: &[u8; 32],
    signature: &Signature,
) -> Result<(), ContractError> {
    if verifier.verify(key, digest, signature) {
        return Ok(());
    }
    Err(ContractError::Signature { device })
}

/// Exactly the last number plus one: nothing twice, nothing left out.
pub fn sequence(head: &Head, device: u64, got: u64) -> Result<(), ContractError> {
    let next = head.sequence.checked_add(1);
    let expected = next.ok_or(ContractError::SequenceUsedUp { device })?;
    match got.cmp(&expected) {
        std::cmp::Ordering::Equal => Ok(()),
        std::cmp::Ordering::Less => Err(ContractError::SequenceReplayed {
            device,
            expected,
            got,
        }),
        std::cmp::Ordering::Greater => Err(ContractError::SequenceSkipped {
            device,
            expected,
            got,
        }),
    }
}

pub fn category(device: &Device, measured: &Measured) -> Result<(), ContractError> {
    if device.categories().contains(measured.category) {
        return Ok(());
    }
    Err(ContractError::CategoryUnmeasured {
        device: measured.device,
        category: measured.category,
    })
}

/// Whether the device was with the patient, and in use, all the time it measured.
pub fn usable(
    device: &Device,
    pairing: &Pairing,
    measured: &Measured,
) -> Result<(), ContractError> {
    let (first_at, last_at) = (measured.first_at(), measured.last_at());
    if !pairing.held(first_at, last_at) {
        return Err(ContractError::PairingNotHeld {
            pairing: measured.pairing,
            first_at,
            last_at,
            from: pairing.from_ms,
            to: pairing.to_ms,
        });
    }
    match device.unusable_in(pairing, first_at, last_at) {
        None => Ok(()),
        Some(Unusable::Lost { from_ms }) => Err(ContractError::DeviceLost {
            device: measured.device,
            last_at,
            lost_from: from_ms,
        }),
        Some(why) => Err(ContractError::DeviceNotInUse {
            device: measured.device,
            first_at,
            last_at,
            why,
        }),
    }
}

/// After the device's previous batch of the category, and not ahead of the chain.
pub fn times(head: &Head, measured: &Measured, now: Millis) -> Result<(), ContractError> {
    let first_at = measured.first_at();
    not_ahead(measured.last_at(), now)?;
    match head.last_at(measured.category) {
        Some(previous) if first_at <= previous => Err(ContractError::TimeOutOfOrder {
            category: measured.category,
            first_at,
            previous,
        }),
        _ => Ok(()),
    }
}

fn not_ahead(last_at: Millis, now: Millis) -> Result<(), ContractError> {
    let latest = now.saturating_add(CLOCK_AHEAD_MS);
    if last_at <= latest {
        return Ok(());
    }
    Err(ContractError::TimeAhead { last_at, latest })
}

/// A hole of a size that a device can leave, after what it anchored, before it was lost and, where
/// it is what an earlier pairing left, before this one.
pub fn gap(
    head: &Head,
    device: &Device,
    pairing: &Pairing,
    notice: &GapNotice,
    now: Millis,
) -> Result<(), ContractError> {
    let last_at = notice.last_at;
    if notice.missing() > MAX_GAP {
        return Err(ContractError::GapTooLong {
            most: MAX_GAP,
            got: notice.missing(),
        });
    }
    not_ahead(last_at, now)?;
    if let Some(anchored) = head.last_of_all().filter(|anchored| last_at < *anchored) {
        return Err(ContractError::GapBackDated { last_at, anchored });
    }
    if let Some(lost_from) = device.lost_from_ms.filter(|lost| last_at >= *lost) {
        return Err(ContractError::DeviceLost {
            device: notice.device,
            last_at,
            lost_from,
        });
    }
    left_by_an_earlier_pairing(pairing, notice)
}

fn left_by_an_earlier_pairing(pairing: &Pairing, notice: &GapNotice) -> Result<(), ContractError> {
    let is_earlier = notice.pairing > 1 && notice.last_at < pairing.from_ms;
    if notice.reason != GapReason::PairingEnded || is_earlier {
        return Ok(());
    }
    Err(ContractError::NoEarlierPairing {
        pairing: notice.pairing,
        from: pairing.from_ms,
        last_at: notice.last_at,
    })
}

/// Sealed under keys that whoever lost access cannot derive.
pub fn seal(patient: &Patient, seal: &Seal, last_at: Millis) -> Result<(), ContractError> {
    if !patient.admits(seal.generation, last_at) {
        return Err(ContractError::GenerationStale {
            sealed: seal.generation,
            open: patient.generation,
            raised_at: patient.raised_at_ms,
            pending: patient.pending,
        });
    }
    if seal.length < MIN_SEALED || seal.length > MAX_SEALED {
        return Err(ContractError::SealLength {
            least: MIN_SEALED,
            most: MAX_SEALED,
            got: seal.length,
        });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_replay_and_a_skip_are_told_apart_and_the_last_number_has_no_next() {
        let head = Head {
            sequence: 4,
            ..Head::default()
        };
        assert_eq!(sequence(&head, 1, 5), Ok(()));
        assert_eq!(
            sequence(&head, 1, 4),
            Err(ContractError::SequenceReplayed {
                device: 1,
                expected: 5,
                got: 4
            })
        );
        assert_eq!(
            sequence(&head, 1, 6),
            Err(ContractError::SequenceSkipped {
                device: 1,
                expected: 5,
                got: 6
            })
        );
        let full = Head {
            sequence: u64::MAX,
            ..Head::default()
        };
        let refused = sequence(&full, 1, u64::MAX);
        assert_eq!(refused, Err(ContractError::SequenceUsedUp { device: 1 }));
    }
}
