use super::*;
use crate::insurance::fixture::reward;
use crate::reading::{Reading, ReadingFlags};
use alloc::string::ToString;

/// The first second of an epoch.
const BOUND_AT: Seconds = 1_800_000_000;
const DAY_MS: u64 = 86_400_000;

fn steps(day: u64, into_day_ms: u64, value: i64) -> Evidence {
    let at_ms = BOUND_AT * 1_000 + day * DAY_MS + into_day_ms;
    Evidence {
        reading: Reading {
            measure: Measure::Steps,
            value,
            offset_ms: 0,
            flags: ReadingFlags::MEASURED_GOOD,
        },
        at_ms,
        anchored_at_ms: at_ms + 1,
        assurance: Assurance::Maker,
        paired_from_ms: 0,
        calibrated: true,
        simulated: false,
    }
}

fn shown(evidence: &[Evidence]) -> Result<Vec<u16>, RewardError> {
    reward().days_shown(evidence, BOUND_AT)
}

fn with(change: impl FnOnce(&mut Evidence)) -> Result<Vec<u16>, RewardError> {
    let mut evidence = steps(0, 0, 8_000);
    change(&mut evidence);
    shown(&[evidence])
}

#[test]
fn a_day_counts_once_its_readings_add_up_to_the_least() {
    assert_eq!(shown(&[steps(0, 0, 8_000)]), Ok([0].to_vec()));
    assert_eq!(
        shown(&[steps(0, 0, 4_000), steps(0, DAY_MS - 1, 4_000)]),
        Ok([0].to_vec())
    );
    assert_eq!(
        shown(&[steps(0, 0, 4_000), steps(0, 5, 3_999)]),
        Err(RewardError::DayTooLittle {
            day: 0,
            got: 7_999,
            least: 8_000
        })
    );
}

#[test]
fn days_come_in_order_and_each_once_however_the_readings_come() {
    let evidence = [
        steps(3, 9, 8_000),
        steps(0, 0, 8_000),
        steps(3, 0, 1),
        steps(1, DAY_MS - 1, 8_001),
    ];
    assert_eq!(shown(&evidence), Ok([0, 1, 3].to_vec()));
    assert_eq!(shown(&[]), Ok([].to_vec()));
}

#[test]
fn one_day_too_little_refuses_all() {
    let refused = shown(&[steps(0, 0, 8_000), steps(1, 0, 1)]).unwrap_err();
    assert_eq!(
        refused.to_string(),
        "claims/reward_day: day 1 adds up to 1, the product asks for 8000"
    );
}

#[test]
fn a_reading_either_side_of_midnight_belongs_to_its_own_day() {
    let halves = [steps(0, DAY_MS - 1, 8_000), steps(1, 0, 8_000)];
    assert_eq!(shown(&halves), Ok([0, 1].to_vec()));
    let split = [steps(0, DAY_MS - 1, 4_000), steps(1, 0, 4_000)];
    assert!(matches!(
        shown(&split),
        Err(RewardError::DayTooLittle { day: 0, .. })
    ));
}

#[test]
fn a_reading_before_the_first_day_is_refused() {
    let before = with(|e| e.at_ms -= 1);
    assert!(matches!(before, Err(RewardError::BeforePolicy { .. })));
}

#[test]
fn what_is_no_raw_reading_of_the_measure_by_an_attested_device_is_refused() {
    assert!(matches!(
        with(|e| e.reading.measure = Measure::DoseTaken),
        Err(RewardError::Measure {
            asked: Measure::Steps,
            got: Measure::DoseTaken
        })
    ));
    for value in [-1, 30_001] {
        assert!(matches!(
            with(|e| e.reading.value = value),
            Err(RewardError::Implausible { .. })
        ));
    }
    assert!(with(|e| e.reading.value = 30_000).is_ok());
    for got in [Assurance::Gateway, Assurance::SelfDeclared] {
        assert_eq!(
            with(|e| e.assurance = got),
            Err(RewardError::Assurance { got })
        );
    }
    for quality in [Quality::Questionable, Quality::Poor] {
        assert_eq!(
            with(|e| e.reading.flags.quality = quality),
            Err(RewardError::Quality { quality })
        );
    }
}

#[test]
fn simulated_readings_count_only_where_the_reward_says_so() {
    assert_eq!(with(|e| e.simulated = true), Err(RewardError::Simulated));
    assert_eq!(
        with(|e| e.reading.flags.simulated = true),
        Err(RewardError::Simulated)
    );
    let trial = Reward {
        accept_simulated: true,
        ..reward()
    };
    let mut simulated = steps(0, 0, 8_000);
    simulated.simulated = true;
    simulated.reading.flags.simulated = true;
    assert_eq!(trial.days_shown(&[simulated], BOUND_AT), Ok([0].to_vec()));
}
