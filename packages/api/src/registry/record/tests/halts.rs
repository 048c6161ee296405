//! What a device measured while it was not in use.

use super::*;
use crate::registry::Unusable;

#[test]
fn a_device_lost_is_unusable_from_then_on_for_ever() {
    let device = Device {
        lost_from_ms: Some(7),
        ..fresh(SignatureScheme::Ed25519)
    };
    assert!(device.was_lost_at(7) && !device.was_lost_at(6));
    assert_eq!(device.unusable_during(0, 6), None);
    let lost = Some(Unusable::Lost { from_ms: 7 });
    assert_eq!(device.unusable_during(0, 7), lost);
    assert_eq!(device.unusable_during(9, 9), lost);
}

#[test]
fn what_touches_a_halt_does_not_count_and_what_came_before_or_after_does() {
    let mut device = fresh(SignatureScheme::Ed25519);
    device.status = Status::Suspended;
    device.begin_halt(10);
    device.end_halt(15);
    assert_eq!(device.halts.last.unwrap().to_ms, None, "still suspended");
    device.status = Status::Active;
    device.end_halt(20);
    device.end_halt(25);
    let halted = Some(Unusable::Halted {
        from_ms: 10,
        to_ms: Some(20),
    });
    for touched in [(0, 10), (19, 30), (0, 30), (12, 13)] {
        assert_eq!(device.unusable_during(touched.0, touched.1), halted);
    }
    assert_eq!(device.unusable_during(0, 9), None);
    assert_eq!(device.unusable_during(20, 30), None);
}

#[test]
fn a_second_halt_gives_up_what_came_before_the_end_of_the_first() {
    let mut device = fresh(SignatureScheme::Ed25519);
    device.begin_halt(10);
    device.end_halt(20);
    device.begin_halt(30);
    assert!(device.unusable_during(0, 9).is_some());
    assert!(device.unusable_during(12, 13).is_some());
    assert_eq!(device.unusable_during(20, 29), None);
    assert!(device.unusable_during(20, 30).is_some());
}

#[test]
fn an_ended_pairing_is_judged_by_its_own_halts_and_the_one_that_lasts_by_the_devices() {
    let mut device = fresh(SignatureScheme::Ed25519);
    for (from_ms, to_ms) in [(30, 40), (50, 60)] {
        device.begin_halt(from_ms);
        device.end_halt(to_ms);
    }
    let lasting = Pairing {
        patient: 2,
        from_ms: 25,
        to_ms: None,
        halts: Halts::default(),
    };
    assert!(device.unusable_in(&lasting, 26, 27).is_some());
    let mut ended = Pairing {
        patient: 1,
        from_ms: 1,
        to_ms: Some(20),
        halts: Halts::default(),
    };
    assert_eq!(device.unusable_in(&ended, 2, 19), None);
    ended.halts = HALTS;
    assert!(device.unusable_in(&ended, 2, 19).is_some());
    device.status = Status::Retired;
    let halted = Some(Unusable::Halted {
        from_ms: 10,
        to_ms: Some(11),
    });
    assert_eq!(device.unusable_in(&ended, 10, 10), halted, "not retired");
    device.lost_from_ms = Some(15);
    let lost = Some(Unusable::Lost { from_ms: 15 });
    assert_eq!(device.unusable_in(&ended, 12, 15), lost);
}

#[test]
fn a_pairing_with_halts_comes_back_in_the_second_layout() {
    let halted = Pairing {
        patient: 5,
        from_ms: 6,
        to_ms: Some(9),
        halts: HALTS,
    };
    comes_back(&halted, 2);
}

#[test]
fn a_halt_that_began_earlier_than_was_known_grows() {
    let mut device = fresh(SignatureScheme::Ed25519);
    device.begin_halt(10);
    device.begin_halt(5);
    device.begin_halt(7);
    assert_eq!(device.halts.last.map(|halt| halt.from_ms), Some(5));
    device.end_halt(20);
    device.begin_halt(15);
    let open = Halt {
        from_ms: 5,
        to_ms: None,
    };
    assert_eq!(
        (device.halts.last, device.halts.usable_from_ms),
        (Some(open), 0)
    );
}
