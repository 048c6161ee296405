//! Claim: what it pays.

use crate::common::{refused, World, BENEFIT, DEPOSIT, HIGH, PREMIUM, SEPARATION_S, WAITING_S};
use cosmwasm_std::{coin, Uint64};
use vitals_api::claims::{ClaimEvidenceInfo, ClaimsPage, ExecuteMsg, QueryMsg};
use vitals_core::decision::GroundRef;
use vitals_core::insurance::{ClaimState, PolicyState};
use vitals_core::measure::Measure;
use vitals_testing::suite::{number, DENOM};

#[test]
fn a_claim_that_meets_the_rule_is_paid_in_the_same_transaction() {
    let (mut world, policy) = World::covered();
    let from_ms = world.suite.now_ms();
    let evidence = world.episode();
    let before = world.suite.balance("other");
    let done = world.claim(policy, &evidence).unwrap();
    assert_eq!(world.suite.balance("other"), before + BENEFIT);
    assert_eq!(number(&done.events, "claim_paid", "claim"), 1);
    assert_eq!(number(&done.events, "claim_paid", "policy"), policy);
    assert_eq!(number(&done.events, "claim_paid", "amount"), BENEFIT as u64);

    let lock = BENEFIT + PREMIUM;
    assert_eq!(world.money(), [DEPOSIT - 2 * BENEFIT, lock, BENEFIT, 0]);
    assert_eq!(world.policy(policy).locked.u128(), lock);
    let claim = world.claim_info((policy, 1));
    let to_ms = from_ms + 2_000;
    assert_eq!(
        claim.evidence,
        ClaimEvidenceInfo::Disclosed { from_ms, to_ms }
    );
    assert_eq!(
        (claim.state, claim.paid.u128()),
        (ClaimState::Paid, BENEFIT)
    );
    assert_eq!(claim.claimant, world.suite.actor("patient").as_str());
    assert_eq!(claim.filed_at, world.suite.now_s());
}

#[test]
fn the_last_claim_exhausts_the_policy_and_earns_its_premium() {
    let (mut world, policy) = World::covered();
    for _ in 0..2 {
        let evidence = world.episode();
        world.claim(policy, &evidence).unwrap();
        world.suite.advance(SEPARATION_S);
    }
    assert_eq!(world.policy(policy).state, PolicyState::Exhausted);
    let free = DEPOSIT - 2 * BENEFIT + PREMIUM;
    assert_eq!(world.money(), [free, 0, 2 * BENEFIT, 0]);
    let evidence = world.episode();
    refused(world.claim(policy, &evidence), "claims/wrong_state");
    refused(world.expire(policy), "claims/wrong_state");

    let asked = |limit| QueryMsg::Claims {
        policy: Uint64::new(policy),
        start_after: None,
        limit,
    };
    let list: ClaimsPage = world.query(&asked(None)).unwrap();
    let numbers: Vec<u16> = list.claims.iter().map(|c| c.claim).collect();
    assert_eq!((numbers, list.next), (vec![1, 2], None));
    let first: ClaimsPage = world.query(&asked(Some(1))).unwrap();
    assert_eq!(first.next.map(|id| id.claim), Some(1));
    let exposure = world.exposure();
    let counts = [exposure.claims_paid, exposure.policies_bound];
    assert_eq!(counts.map(|count| count.u64()), [2, 1]);
    world.assert_nothing_stays();
}

#[test]
fn an_exhausted_policy_can_be_followed_by_another() {
    let (mut world, policy) = World::covered();
    for _ in 0..2 {
        let evidence = world.episode();
        world.claim(policy, &evidence).unwrap();
        world.suite.advance(SEPARATION_S);
    }
    let next = world.bind().unwrap();
    let early = world.episode();
    refused(world.claim(next, &early), "claims/wrong_state");
    world.suite.advance(WAITING_S);
    refused(world.claim(next, &early), "claims/measured_before_cover");
    let evidence = world.episode();
    assert!(world.claim(next, &evidence).is_ok());
}

#[test]
fn an_episode_may_lie_in_two_batches() {
    let (mut world, policy) = World::covered();
    let from = world.suite.now_ms();
    let measure = Measure::HeartRate;
    let first = world.device.measure(measure, from, &[HIGH, HIGH]);
    let second = world.device.measure(measure, from + 5_000, &[HIGH]);
    world.suite.advance(60);
    for batch in [&first, &second] {
        world.suite.anchor("patient", batch).unwrap();
    }
    let evidence = vec![world.shown(&second, &[0]), world.shown(&first, &[0, 1])];
    let patient = GroundRef::Patient {};
    assert!(world.claim_as("patient", patient, policy, evidence).is_ok());
}

#[test]
fn a_claim_takes_no_coins() {
    let (mut world, policy) = World::covered();
    let msg = ExecuteMsg::Claim {
        policy: Uint64::new(policy),
        ground: GroundRef::Patient {},
        evidence: vec![world.episode()],
    };
    refused(
        world.send("patient", &msg, &[coin(1, DENOM)]),
        "input/funds",
    );
    assert!(world.send("patient", &msg, &[]).is_ok());
}
