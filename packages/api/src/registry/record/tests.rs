use vitals_core::key::SignatureScheme;
use vitals_core::measure::{Category, Measure};
use vitals_core::rule::Assurance;
use vitals_core::set::Set;

use super::*;

mod halts;

fn fresh(scheme: SignatureScheme) -> Device {
    let bytes = vec![3; scheme.key_len()];
    let key = PublicKey::new(scheme, &bytes).unwrap();
    Device::new(
        key,
        1,
        2,
        Assurance::Maker,
        Set::of(&[Measure::HeartRate, Measure::Glucose]),
    )
}

const HALTS: Halts = Halts {
    last: Some(Halt {
        from_ms: 10,
        to_ms: Some(11),
    }),
    usable_from_ms: 12,
};

fn full() -> Device {
    Device {
        status: Status::Suspended,
        recalled: true,
        action: 3,
        pairing: 4,
        paired: Some(Paired {
            patient: 5,
            from_ms: 6,
        }),
        lost_from_ms: Some(7),
        calibration: Some(Calibration { from: 8, until: 9 }),
        halts: HALTS,
        rotation: Some(Rotation {
            number: 13,
            from_sequence: 14,
        }),
        ..fresh(SignatureScheme::Secp256r1)
    }
}

fn comes_back<R: Record + PartialEq + std::fmt::Debug>(record: &R, newest: u8) {
    let bytes = record.to_bytes().unwrap();
    assert_eq!(R::from_bytes(&bytes).as_ref(), Ok(record));
    assert_eq!(bytes[0], newest);
    for version in [0, newest + 1] {
        let mut other = bytes.clone();
        other[0] = version;
        assert!(R::from_bytes(&other).is_err(), "another version");
    }
    assert!(R::from_bytes(&bytes[..bytes.len() - 1]).is_err(), "cut");
    assert!(R::from_bytes(&[&bytes[..], &[0]].concat()).is_err(), "more");
}

#[test]
fn records_come_back_whole_and_nothing_else_is_read() {
    for scheme in [1, 2, 3].map(|code| SignatureScheme::from_code(code).unwrap()) {
        comes_back(&fresh(scheme), 2);
    }
    comes_back(&full(), 2);
    comes_back(&Deployment([4; 32]), 1);
    comes_back(
        &OldKey {
            key: full().key,
            from_sequence: 1,
            rotated_at_ms: 2,
        },
        1,
    );
    let recall = Recall {
        from_firmware: 1,
        to_firmware: 2,
        at_ms: 3,
        reason: [4; 32],
    };
    comes_back(&Recalls(vec![recall, recall]), 1);
    for to_ms in [None, Some(9)] {
        let (patient, from_ms) = (5, 6);
        comes_back(
            &Pairing {
                patient,
                from_ms,
                to_ms,
                halts: Halts::default(),
            },
            1,
        );
    }
    for last_sequence in [None, Some(0), Some(7)] {
        comes_back(
            &Retirement {
                at_ms: 1,
                last_sequence,
            },
            1,
        );
    }
}

#[test]
fn each_part_of_a_device_is_there_or_not_by_itself() {
    let parts: [fn(&mut Device); 8] = [
        |d| d.action = 1,
        |d| d.pairing = 1,
        |d| d.paired = full().paired,
        |d| d.lost_from_ms = Some(1),
        |d| d.calibration = full().calibration,
        |d| d.halts.last = HALTS.last,
        |d| d.halts.usable_from_ms = 1,
        |d| d.rotation = full().rotation,
    ];
    for part in parts {
        let mut device = fresh(SignatureScheme::Ed25519);
        part(&mut device);
        comes_back(&device, 2);
    }
    let bytes = fresh(SignatureScheme::Ed25519).to_bytes().unwrap();
    assert_eq!(bytes.len(), 45, "30 gas a byte at registration");
    for at in [1, 2] {
        let mut unknown = bytes.clone();
        unknown[at] |= 0x80;
        assert!(Device::from_bytes(&unknown).is_err(), "unknown bit");
    }
}

/// As release 0.1.0 wrote it.
const FIRST_LAYOUT: &str = concat!(
    "01",
    "0120",
    "0909090909090909090909090909090909090909090909090909090909090909",
    "00000001",
    "01000000",
    "03",
    "0009",
    "0000000000000003",
    "00000004",
    "01",
    "0000000000000005",
    "0000000000000006",
    "0000000000000007",
    "0000000000000008",
);

fn from_hex(hex: &str) -> Vec<u8> {
    (0..hex.len())
        .step_by(2)
        .map(|at| u8::from_str_radix(&hex[at..at + 2], 16).unwrap())
        .collect()
}

#[test]
fn the_first_layout_keeps_its_meaning() {
    let bytes = from_hex(FIRST_LAYOUT);
    let device = Device::from_bytes(&bytes).unwrap();
    let (patient, from_ms) = (5, 6);
    let expected = Device {
        action: 3,
        pairing: 4,
        paired: Some(Paired { patient, from_ms }),
        lost_from_ms: Some(7),
        calibration: Some(Calibration { from: 0, until: 8 }),
        ..Device::new(
            PublicKey::new(SignatureScheme::Ed25519, &[9; 32]).unwrap(),
            1,
            0x0100_0000,
            Assurance::Maker,
            Set::of(&[
                Measure::HeartRate,
                Measure::SystolicPressure,
                Measure::DiastolicPressure,
                Measure::Glucose,
            ]),
        )
    };
    assert_eq!(device, expected);
    let categories = Set::of(&[Category::Cardiac, Category::Metabolic]);
    assert_eq!(device.categories(), categories);
    assert!(device.was_calibrated_at(0) && !device.was_calibrated_at(8_000));
    comes_back(&device, 2);
    assert!(Device::from_bytes(&bytes[..bytes.len() - 1]).is_err());
    assert!(Device::from_bytes(&[&bytes[..], &[0]].concat()).is_err());
}

#[test]
fn a_calibration_says_nothing_about_what_was_measured_before_it() {
    let device = Device {
        calibration: Some(Calibration { from: 2, until: 4 }),
        ..fresh(SignatureScheme::Ed25519)
    };
    assert!(!device.was_calibrated_at(1_999) && device.was_calibrated_at(2_000));
    assert!(device.was_calibrated_at(3_999) && !device.was_calibrated_at(4_000));
}

#[test]
fn a_recall_covers_both_ends_of_its_range() {
    let recall = Recall {
        from_firmware: 5,
        to_firmware: 6,
        at_ms: 1,
        reason: [0; 32],
    };
    let recalls = Recalls(vec![recall]);
    assert_eq!(recalls.of(4), None);
    assert_eq!(recalls.of(5), Some(&recall));
    assert_eq!(recalls.of(6), Some(&recall));
    assert_eq!(recalls.of(7), None);
}

#[test]
fn a_pairing_holds_from_its_start_until_just_before_its_end() {
    let ended = Pairing {
        patient: 1,
        from_ms: 10,
        to_ms: Some(20),
        halts: Halts::default(),
    };
    assert!(ended.held(10, 19));
    assert!(!ended.held(9, 19) && !ended.held(10, 20));
    let lasting = Pairing {
        to_ms: None,
        ..ended
    };
    assert!(lasting.held(10, u64::MAX));
}
