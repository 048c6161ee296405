use alloc::collections::BTreeSet;
use alloc::string::ToString;
use alloc::vec;
use alloc::vec::Vec;

use proptest::prelude::*;

use super::*;
use crate::insurance::Reward;
use crate::measure::Measure;
use crate::reading::{Quality, Reading, ReadingFlags};
use crate::rule::{Assurance, Bar, Comparison, Condition, Evidence};

/// Half an hour into an epoch.
const BOUND: Seconds = 500_000 * 3_600 + 1_800;

fn claimable() -> Claimable {
    Claimable {
        rule: Rule {
            conditions: vec![Condition {
                measure: Measure::HeartRate,
                comparison: Comparison::AtLeast,
                threshold: 1_200,
            }],
            readings: 3,
            spaced_s: 60,
            within_s: 600,
            anchored_within_s: 3_600,
            min_assurance: Assurance::Maker,
            accept_questionable: false,
            paired_for_s: 0,
            calibrated: false,
            accept_simulated: false,
        },
        bound_at: BOUND,
        cover: Cover {
            from: BOUND + 100,
            until: BOUND + 1_000_000,
            file_until: BOUND + 2_000_000,
        },
        file_within_s: 10_000_000,
        by_day: false,
        least_gap_ms: 1,
        paid: Vec::new(),
        now_ms: to_ms(BOUND + 1_500_000),
    }
}

fn at(after_s: u64, value: i64) -> Candidate {
    let at_ms = to_ms(BOUND + after_s);
    Candidate {
        evidence: Evidence {
            reading: Reading {
                measure: Measure::HeartRate,
                value,
                offset_ms: 0,
                flags: ReadingFlags {
                    simulated: false,
                    quality: Quality::Good,
                },
            },
            at_ms,
            anchored_at_ms: at_ms,
            assurance: Assurance::Maker,
            paired_from_ms: 0,
            calibrated: false,
            simulated: false,
        },
        batch: (after_s / 3_600) as u32,
        index: 0,
        bar: None,
    }
}

fn three() -> Vec<Candidate> {
    vec![at(200, 1_300), at(300, 1_250), at(400, 1_200)]
}

#[test]
fn readings_that_meet_every_term_are_found_and_nothing_is_short() {
    let found = claimable().find(&three()).unwrap();
    assert_eq!(found.chosen, [0, 1, 2]);
}

/// What the nearest term is once one thing is changed.
fn nearest(
    change: impl FnOnce(&mut Claimable),
    candidates: impl FnOnce(&mut Vec<Candidate>),
) -> Shortfall {
    let (mut asked, mut held) = (claimable(), three());
    change(&mut asked);
    candidates(&mut held);
    assert_eq!(asked.find(&held), None);
    asked.nearest(&held)[0]
}

#[test]
fn the_nearest_term_says_how_near() {
    let threshold = nearest(|_| (), |held| held[1].evidence.reading.value = 1_180);
    assert_eq!(
        threshold.to_string(),
        "Heart rate of at least 120.0 /min is asked for; it would be met at 118.0 /min"
    );
    let readings = nearest(|_| (), |held| held.truncate(2));
    assert_eq!(readings, Shortfall::Readings { asked: 3, most: 2 });
    let spacing = nearest(|asked| asked.rule.spaced_s = 101, |_| ());
    assert_eq!(
        spacing,
        Shortfall::Spacing {
            asked_s: 101,
            widest_s: 100
        }
    );
    let within = nearest(|asked| asked.rule.within_s = 199, |_| ());
    assert_eq!(
        within,
        Shortfall::Within {
            asked_s: 199,
            shortest_s: 200
        }
    );
    let anchored = nearest(|_| (), |held| held[0].evidence.anchored_at_ms += 3_700_000);
    assert_eq!(
        anchored,
        Shortfall::AnchoredWithin {
            asked_s: 3_600,
            needed_s: 3_700
        }
    );
}

#[test]
fn a_term_that_is_no_number_is_named() {
    fn all(held: &mut [Candidate], change: impl Fn(&mut Candidate)) {
        held.iter_mut().for_each(change);
    }
    type Change = fn(&mut Claimable);
    let asked: [(Change, Shortfall); 4] = [
        (|asked| asked.rule.calibrated = true, Shortfall::Calibration),
        (|asked| asked.cover.from = BOUND + 350, Shortfall::Cover),
        (|asked| asked.file_within_s = 10, Shortfall::Filing),
        (
            |asked| {
                let at_ms = to_ms(BOUND + 300);
                asked.paid = vec![ClaimWindow {
                    from_ms: at_ms,
                    to_ms: at_ms,
                }];
            },
            Shortfall::TimeUsed,
        ),
    ];
    for (change, expected) in asked {
        let (mut asked, held) = (claimable(), three());
        change(&mut asked);
        assert_eq!(asked.find(&held), None);
        assert!(asked.nearest(&held).contains(&expected), "{expected}");
    }
    let barred = nearest(|_| (), |held| all(held, |c| c.bar = Some(Bar::Model)));
    assert_eq!(barred, Shortfall::Barred(Bar::Model));
    let simulated = nearest(|_| (), |held| all(held, |c| c.evidence.simulated = true));
    assert_eq!(simulated, Shortfall::Simulated);
    let quality = nearest(
        |_| (),
        |held| all(held, |c| c.evidence.reading.flags.quality = Quality::Poor),
    );
    assert_eq!(quality, Shortfall::Quality);
    let assurance = nearest(
        |_| (),
        |held| all(held, |c| c.evidence.assurance = Assurance::SelfDeclared),
    );
    assert_eq!(
        assurance,
        Shortfall::Assurance {
            asked: Assurance::Maker,
            had: Assurance::SelfDeclared
        }
    );
}

#[test]
fn no_one_term_is_named_where_none_alone_would_do() {
    let mut held = three();
    held.iter_mut().for_each(|c| c.bar = Some(Bar::Model));
    held.truncate(2);
    assert_eq!(claimable().nearest(&held), []);
    assert_eq!(claimable().nearest(&[]), []);
}

#[test]
fn by_the_day_a_claim_lies_in_one_unpaid_day() {
    let mut asked = claimable();
    asked.by_day = true;
    asked.rule.within_s = 86_400;
    // the first day ends 23.5 hours after binding, for its epoch was half over
    let edge = 23 * 3_600 + 1_800;
    let held = [at(edge - 60, 1_300), at(edge, 1_300), at(edge + 60, 1_300)];
    assert_eq!(asked.find(&held), None);
    asked.rule.readings = 2;
    assert_eq!(asked.find(&held).unwrap().chosen, [1, 2]);
    let at_ms = to_ms(BOUND + edge + 3_000);
    asked.paid = vec![ClaimWindow {
        from_ms: at_ms,
        to_ms: at_ms,
    }];
    assert_eq!(asked.find(&held), None);
}

#[test]
fn by_the_day_every_unpaid_day_of_cover_is_looked_through() {
    let mut asked = claimable();
    asked.by_day = true;
    asked.cover.until = BOUND + 3 * 86_400;
    let day = |day| day_window(BOUND, day).unwrap();
    let starts =
        |asked: &Claimable| -> Vec<_> { asked.area().spans.iter().map(|s| s.from_ms).collect() };
    let first = to_ms(asked.cover.from);
    // bound half an hour into an epoch, cover ends half an hour into the fourth day
    let all = [first, day(1).from_ms, day(2).from_ms, day(3).from_ms];
    assert_eq!(starts(&asked), all);
    let at_ms = day(2).to_ms;
    asked.paid = vec![ClaimWindow {
        from_ms: at_ms,
        to_ms: at_ms,
    }];
    assert_eq!(starts(&asked), [all[0], all[1], all[3]]);
}

fn reward() -> RewardSearch {
    RewardSearch {
        reward: Reward {
            measure: Measure::Steps,
            least_a_day: 100,
            days: 3,
            rebate: 1,
            accept_simulated: false,
        },
        bound_at: BOUND,
        cover: claimable().cover,
        file_within_s: 10_000_000,
        counted: BTreeSet::new(),
        wanted: 3,
        now_ms: claimable().now_ms,
    }
}

fn steps(after_s: u64, value: i64) -> Candidate {
    let mut candidate = at(after_s, value);
    candidate.evidence.reading.measure = Measure::Steps;
    candidate
}

#[test]
fn a_day_is_shown_by_its_fullest_batches_and_fewest_readings() {
    let held = [
        steps(3_700, 40),
        steps(7_300, 30),
        steps(7_400, 90),
        steps(86_400 * 2, 99),
        steps(86_400 * 3, 100),
    ];
    let days = reward().find(&held, 30);
    let shown: Vec<_> = days
        .iter()
        .map(|d| (d.day, d.chosen.clone(), d.sum))
        .collect();
    assert_eq!(shown, [(0, vec![1, 2], 120), (3, vec![4], 100)]);
    let evidence: Vec<_> = [1, 2, 4].map(|c: usize| held[c].evidence).into();
    assert_eq!(reward().reward.days_shown(&evidence, BOUND), Ok(vec![0, 3]));
    let mut counted = reward();
    counted.counted.insert(3);
    assert_eq!(counted.find(&held, 30).len(), 1);
    assert_eq!(reward().find(&held, 1).len(), 1);
    assert_eq!(reward().nearest(&held[3..4]), Some((2, 99)));
}

/// Whether a reading that would do for a day by itself is found, measured at a time.
fn is_shown(search: &RewardSearch, at_ms: Millis) -> bool {
    let mut candidate = steps(0, 100);
    candidate.evidence.at_ms = at_ms;
    !search.find(&[candidate], 30).is_empty()
}

#[test]
fn for_a_reward_a_reading_is_from_cover_measured_already_and_not_too_old_to_file() {
    let search = reward();
    let (from, until) = (to_ms(search.cover.from), to_ms(search.cover.until));
    assert!(!is_shown(&search, from - 1));
    assert!(is_shown(&search, from));
    assert!(is_shown(&search, until - 1));
    assert!(!is_shown(&search, until));

    let mut early = reward();
    early.now_ms = until - 5_000;
    assert!(is_shown(&early, early.now_ms - 1));
    assert!(!is_shown(&early, early.now_ms));

    let mut late = reward();
    late.file_within_s = 600_000;
    let oldest = late.now_ms - 600_000_000;
    assert!(oldest > from);
    assert!(!is_shown(&late, oldest - 1));
    assert!(is_shown(&late, oldest));
}

#[test]
fn for_a_reward_nothing_barred_or_of_no_amount_is_counted() {
    let found = |change: fn(&mut Candidate)| {
        let mut held = [steps(200, 100), steps(300, 1)];
        held.iter_mut().for_each(change);
        reward().find(&held, 30).len()
    };
    assert_eq!(found(|_| ()), 1);
    assert_eq!(
        found(|candidate| candidate.bar = Some(Bar::AnchoredBefore)),
        0
    );
    assert_eq!(found(|candidate| candidate.evidence.simulated = true), 0);
    let mut held = [steps(200, 100), steps(300, 0)];
    held[1].batch = held[0].batch;
    assert_eq!(reward().find(&held, 30)[0].chosen, [0]);
}

fn window(from: u64, length: u64) -> ClaimWindow {
    ClaimWindow {
        from_ms: to_ms(BOUND) + from,
        to_ms: to_ms(BOUND) + from + length,
    }
}

proptest! {
    /// The area holds exactly the windows that each term by itself allows.
    #[test]
    fn a_window_is_in_the_area_just_when_every_term_allows_it(
        from_s in 0u64..3, until_s in 1u64..6, now in 0u64..7_000, file_s in 0u32..4, gap in 1u64..900,
        paid in prop::collection::vec((0u64..6_000, 0u64..600), 0..3),
        at in 0u64..7_000, length in 0u64..900,
    ) {
        let mut asked = claimable();
        asked.cover.from = BOUND + from_s;
        asked.cover.until = BOUND + until_s;
        asked.now_ms = to_ms(BOUND) + now;
        asked.file_within_s = file_s;
        asked.least_gap_ms = gap;
        asked.paid = paid.into_iter().map(|(from, length)| window(from, length)).collect();
        let tried = window(at, length);
        let allowed = to_ms(asked.cover.from) <= tried.from_ms
            && tried.to_ms < to_ms(asked.cover.until)
            && tried.to_ms < asked.now_ms
            && asked.now_ms - tried.to_ms <= to_ms(file_s.into())
            && asked.paid.iter().all(|paid| paid.gap_ms(&tried) >= gap);
        let area = asked.area();
        let inside = tried.to_ms >= area.ends_from_ms
            && area.spans.iter().any(|s| s.from_ms <= tried.from_ms && tried.to_ms <= s.to_ms);
        prop_assert_eq!(inside, allowed);
        prop_assert!(area.spans.windows(2).all(|pair| pair[0].to_ms < pair[1].from_ms));
    }
}
