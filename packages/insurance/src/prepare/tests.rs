use std::collections::BTreeSet;

use vitals_core::insurance::{Reward, RewardSearch};
use vitals_core::proof::Multiproof;

use super::fixture::*;
use super::*;

#[test]
fn a_claim_proves_its_readings_and_lists_what_it_publishes() {
    let held = holdings(vec![
        holding(EPOCH, Measure::HeartRate, &[800, 1_250, 900]),
        holding(
            EPOCH + 1,
            Measure::HeartRate,
            &[800, 1_210, 1_220, 700, 1_230],
        ),
    ]);
    let prepared = prepared(&held).unwrap();
    let values: Vec<i64> = prepared.published.iter().map(|r| r.value).collect();
    assert_eq!(values, [1_210, 1_220, 1_230]);
    assert!(prepared
        .published
        .iter()
        .all(|r| (r.device, r.model) == (4, 6)));
    let ExecuteMsg::Claim {
        evidence, policy, ..
    } = prepared.msg
    else {
        panic!("not a claim");
    };
    assert_eq!((policy.u64(), evidence.len()), (8, 1));
    let info = &held.batches[1].info;
    assert_eq!(evidence[0].batch, info.id);
    let root: [u8; 32] = info.root.as_slice().try_into().unwrap();
    let proof = Multiproof::from_bytes(&evidence[0].proof).unwrap();
    let proven = proof.verify(&root, info.count).unwrap();
    assert_eq!(
        proven.iter().map(|p| p.index).collect::<Vec<_>>(),
        [1, 2, 4]
    );
}

#[test]
fn a_claim_over_two_hours_has_a_proof_for_each_batch() {
    let held = holdings(vec![
        holding(EPOCH + 1, Measure::HeartRate, &[1_210, 1_220]),
        holding(EPOCH, Measure::HeartRate, &[800, 1_250, 900]),
    ]);
    let prepared = prepared(&held).unwrap();
    let ExecuteMsg::Claim { evidence, .. } = prepared.msg else {
        panic!("not a claim");
    };
    assert_eq!(evidence.len(), 2);
    let times: Vec<u64> = prepared.published.iter().map(|r| r.at_ms).collect();
    assert!(times.is_sorted());
    let window = prepared.window.unwrap();
    assert_eq!((window.from_ms, window.to_ms), (times[0], times[2]));
}

#[test]
fn what_the_chain_would_refuse_is_barred_and_named() {
    type Change = fn(&mut Holding);
    let cases: [(Change, Bar); 6] = [
        (|held| held.recalled_from_ms = Some(0), Bar::Unusable),
        (|held| held.info.measures.clear(), Bar::Unsigned),
        (
            |held| held.info.anchored_at_ms = bound_at() * 1_000,
            Bar::AnchoredBefore,
        ),
        (|held| held.device.model = 7, Bar::Model),
        (
            |held| held.pairing.to_ms = Some(held.info.first_at_ms),
            Bar::Unpaired,
        ),
        (
            |held| held.device.lost_from_ms = Some(held.info.first_at_ms),
            Bar::Unusable,
        ),
    ];
    for (change, bar) in cases {
        let mut batch = holding(EPOCH, Measure::HeartRate, &[1_300; 5]);
        change(&mut batch);
        let error = prepared(&holdings(vec![batch])).unwrap_err().to_string();
        assert!(error.starts_with("insurance/not_met: "), "{error}");
        assert!(error.contains(&bar.to_string()), "{error}");
    }
}

#[test]
fn readings_that_fall_short_say_by_how_much() {
    let held = holdings(vec![holding(
        EPOCH,
        Measure::HeartRate,
        &[1_300, 1_300, 1_190],
    )]);
    assert_eq!(
        prepared(&held).unwrap_err().to_string(),
        "insurance/not_met: no readings meet the rule: Heart rate of at least 120.0 /min is asked \
         for; it would be met at 119.0 /min; or 3 readings of each measure are asked for; 2 lie together"
    );
    assert_eq!(prepared(&holdings(vec![])), Err(InsuranceError::NoReadings));
}

#[test]
fn where_no_one_term_is_all_that_is_wrong_readings_are_counted() {
    let mut batch = holding(EPOCH, Measure::HeartRate, &[700, 1_300]);
    batch.info.calibrated = false;
    let error = prepared(&holdings(vec![batch])).unwrap_err().to_string();
    assert!(
        error.contains("more than one term is not met; of 2 readings"),
        "{error}"
    );
    assert!(error.contains("1 by claims/below_threshold"), "{error}");
    assert!(error.contains("1 by claims/not_calibrated"), "{error}");
}

#[test]
fn a_reward_shows_full_days_and_names_the_fullest_of_others() {
    let search = RewardSearch {
        reward: Reward {
            measure: Measure::Steps,
            least_a_day: 1_000,
            days: 5,
            rebate: 1,
            accept_simulated: false,
        },
        bound_at: bound_at(),
        cover: cover(),
        file_within_s: 1_000_000,
        counted: BTreeSet::new(),
        wanted: 5,
        now_ms: claimable().now_ms,
    };
    let held = holdings(vec![
        holding(EPOCH, Measure::Steps, &[600, 500]),
        holding(EPOCH + 30, Measure::Steps, &[900, 50]),
    ]);
    let reward = |search| held.reward(8, GroundRef::Patient {}, search);
    let prepared = reward(&search).unwrap();
    assert_eq!((prepared.days, prepared.published.len()), (vec![0], 2));
    let counted = RewardSearch {
        counted: BTreeSet::from([0]),
        ..search.clone()
    };
    assert_eq!(
        reward(&counted).unwrap_err().to_string(),
        "insurance/not_met: no readings meet the rule: a day of 1000 {steps} is asked for; the \
         fullest day that is not counted yet, day 1, adds up to 950 {steps}"
    );
}
