//! The query Usable.

use vitals_api::registry::Unusable;
use vitals_core::measure::Measure;
use vitals_testing::Suite;

use crate::support::{lost, pair_next, paired, reason, run, usable};

#[test]
fn a_device_is_usable_while_somebody_has_it() {
    let (suite, device, patient) = paired();
    let now = suite.now_ms();
    let found = usable(&suite, &device, now);
    assert!(found.usable && found.reason.is_none() && !found.calibrated);
    let pairing = found.pairing.unwrap();
    assert_eq!((pairing.pairing, pairing.patient.u64()), (1, patient));
    for before in [0, now - 1] {
        let free = Some(Unusable::NotPaired {});
        assert_eq!(reason(&suite, &device, before), free);
    }
    assert!(usable(&suite, &device, u64::MAX).usable, "it lasts");
}

#[test]
fn whose_it_was_is_found_among_many_pairings() {
    let mut suite = Suite::new();
    let patient = suite.enrol("patient");
    let mut device = suite.registered_device(1, &[Measure::HeartRate]);
    assert_eq!(reason(&suite, &device, 5), Some(Unusable::NotPaired {}));
    let start = suite.now_ms();
    for _ in 0..9 {
        let pair = pair_next(&mut device, patient);
        run(&mut suite, "patient", &pair).unwrap();
        suite.advance(10);
        let unpair = device.unpair_unsigned();
        run(&mut suite, "patient", &unpair).unwrap();
        suite.advance(10);
    }
    for n in 0..9u32 {
        let from = start + u64::from(n) * 20_000;
        for at in [from, from + 9_999] {
            let found = usable(&suite, &device, at).pairing.unwrap();
            assert_eq!(found.pairing, n + 1);
        }
        let between = reason(&suite, &device, from + 10_000);
        assert_eq!(between, Some(Unusable::NotPaired {}));
    }
}

#[test]
fn what_a_lost_device_measured_before_it_was_lost_still_counts() {
    let (mut suite, device, _) = paired();
    suite.advance(60);
    let from_ms = suite.now_ms() - 30_000;
    run(&mut suite, "patient", &lost(&device, from_ms)).unwrap();
    assert!(usable(&suite, &device, from_ms - 1).usable);
    let gone = Some(Unusable::Lost { from_ms });
    assert_eq!(reason(&suite, &device, from_ms), gone);
    assert_eq!(reason(&suite, &device, u64::MAX), gone);
}
