use std::cell::Cell;

use cosmwasm_std::Uint128;
use vitals_api::claims::{DenomMsg, InvoiceInfo};
use vitals_core::insurance::{ClaimState, PolicyState};

use super::*;
use crate::{read_product, Kind, Template};

fn facts(kind: Kind) -> PolicyFacts {
    let template = Template {
        kind,
        denom: "uvital",
        arbiter: Some("wasm1arbiter"),
    };
    let text = template.fill().unwrap();
    let terms = read_product("t.toml".as_ref(), &text, Some(b"words"))
        .unwrap()
        .terms;
    PolicyFacts {
        reward_days: Default::default(),
        policy: policy(),
        product: ProductInfo {
            product: Uint64::new(3),
            insurer: "wasm1insurer".into(),
            denom: DenomMsg::Native("uvital".into()),
            on_sale: true,
            two_people_above: None,
            latest: 1,
            version: 1,
            terms,
        },
        claims: Vec::new(),
        now_ms: 1_795_392_000_000,
    }
}

fn policy() -> PolicyInfo {
    PolicyInfo {
        policy: Uint64::new(7),
        product: Uint64::new(3),
        version: 1,
        patient: Uint64::new(1),
        policyholder: Some("wasm1patient".into()),
        payee: "wasm1patient".into(),
        state: PolicyState::Active,
        offered_until: None,
        bound_at: 1_795_000_000,
        covered_from: 1_795_100_000,
        covered_until: 1_796_000_000,
        file_until: 1_797_000_000,
        premium_paid: Uint128::new(1),
        next_due: None,
        next_amount: Uint128::zero(),
        claims_paid: 0,
        claims_most: 4,
        claims_open: 0,
        used_until_ms: None,
        reward_days: 0,
        rebated: false,
        locked: Uint128::zero(),
        arbiter: None,
    }
}

fn claim(evidence: ClaimEvidenceInfo) -> ClaimInfo {
    ClaimInfo {
        policy: Uint64::new(7),
        claim: 1,
        state: ClaimState::Paid,
        claimant: "wasm1patient".into(),
        filed_at: 1,
        paid: Uint128::new(1),
        evidence,
    }
}

#[test]
fn a_policy_by_the_event_keeps_its_distance_from_what_is_paid() {
    let mut facts = facts(Kind::HeartEpisode);
    facts.claims = vec![claim(ClaimEvidenceInfo::Disclosed {
        from_ms: 5,
        to_ms: 9,
    })];
    let claimable = facts.claimable().unwrap();
    assert_eq!(
        (claimable.by_day, claimable.least_gap_ms),
        (false, 86_400_000)
    );
    assert_eq!(
        claimable.paid,
        [ClaimWindow {
            from_ms: 5,
            to_ms: 9
        }]
    );
    assert_eq!(
        PolicyFacts::claim_categories(&claimable),
        [Category::Cardiac]
    );
}

#[test]
fn a_policy_by_the_day_has_days_and_two_measures_of_one_category_are_read_once() {
    let claimable = facts(Kind::HospitalDays).claimable().unwrap();
    assert_eq!((claimable.by_day, claimable.least_gap_ms), (true, 1));
    assert_eq!(
        PolicyFacts::claim_categories(&claimable),
        [Category::Respiratory]
    );
}

/// Whether a claim on just this instant is looked for.
fn is_sought(facts: &PolicyFacts, at_ms: u64) -> bool {
    let area = facts.claimable().unwrap().area();
    let in_time = at_ms >= area.ends_from_ms;
    in_time
        && area
            .spans
            .iter()
            .any(|s| (s.from_ms..=s.to_ms).contains(&at_ms))
}

#[test]
fn what_an_earlier_policy_used_up_is_not_proposed_again() {
    let mut facts = facts(Kind::HeartEpisode);
    facts.policy.covered_from = facts.policy.bound_at;
    let used_until_ms = facts.policy.bound_at * 1_000 - 60_000;
    facts.policy.used_until_ms = Some(used_until_ms);
    let separated_ms = used_until_ms + 86_400_000;
    assert!(!is_sought(&facts, separated_ms - 1));
    assert!(is_sought(&facts, separated_ms));
}

/// The terms were of days when that one was sold: its last day reaches into this policy.
#[test]
fn what_an_earlier_policy_used_up_may_end_after_this_one_began() {
    let mut facts = facts(Kind::HeartEpisode);
    facts.policy.covered_from = facts.policy.bound_at;
    facts.now_ms = facts.policy.bound_at * 1_000 + 260_000_000;
    let used_until_ms = facts.policy.bound_at * 1_000 + 80_000_000;
    facts.policy.used_until_ms = Some(used_until_ms);
    assert!(!is_sought(&facts, facts.policy.bound_at * 1_000));
    assert!(!is_sought(&facts, used_until_ms + 86_399_999));
    assert!(is_sought(&facts, used_until_ms + 86_400_000));
}

#[test]
fn a_first_day_that_an_earlier_policy_was_paid_for_is_not_proposed_again() {
    let mut facts = facts(Kind::HospitalDays);
    facts.policy.covered_from = facts.policy.bound_at;
    let day_ms = 86_400_000;
    facts.now_ms = facts.policy.bound_at * 1_000 + 2 * day_ms;
    let first_day_ms = facts.policy.bound_at / 3_600 * 3_600_000;
    let second_day_ms = first_day_ms + day_ms;
    for used_until_ms in [first_day_ms, second_day_ms - 1] {
        facts.policy.used_until_ms = Some(used_until_ms);
        assert!(!is_sought(&facts, second_day_ms - 1));
        assert!(is_sought(&facts, second_day_ms));
    }
    facts.policy.used_until_ms = Some(first_day_ms - 1);
    assert!(is_sought(&facts, facts.policy.bound_at * 1_000));
}

#[test]
fn what_cannot_be_claimed_says_why_before_anything_is_read() {
    let code = |facts: &PolicyFacts| {
        let text = facts.claimable().unwrap_err().to_string();
        text.split(':').next().unwrap().to_string()
    };
    assert_eq!(code(&facts(Kind::Invoice)), "insurance/not_of_readings");
    let mut grace = facts(Kind::HeartEpisode);
    grace.policy.state = PolicyState::Grace;
    assert_eq!(code(&grace), "insurance/policy_state");
    let mut done = facts(Kind::HeartEpisode);
    done.policy.claims_paid = 4;
    assert_eq!(code(&done), "insurance/all_claimed");
    let reward = facts(Kind::HeartEpisode).reward().unwrap_err();
    assert_eq!(reward, InsuranceError::NoReward { product: 3 });
}

#[test]
fn an_invoice_uses_up_no_time_of_readings() {
    let mut facts = facts(Kind::HeartEpisode);
    facts.claims = vec![claim(ClaimEvidenceInfo::Invoice(Box::new(InvoiceInfo {
        digest: vec![0; 32].into(),
        claimed: Uint128::new(1),
        served_from: 1,
        served_until: 2,
        deposit: Uint128::zero(),
        deadline: None,
        assessed: None,
        appealed: None,
        arbitrated: None,
        closed_at: None,
    })))];
    assert_eq!(facts.claimable().unwrap().paid, []);
}

#[test]
fn readings_are_looked_for_from_binding_until_now_or_the_end_of_cover() {
    let mut facts = facts(Kind::HeartEpisode);
    let hours = |facts: &PolicyFacts| facts.epochs().map(|w| (w.from, w.to));
    let (bound, now) = (1_795_000_000 / 3_600, 1_795_392_000 / 3_600);
    assert_eq!(hours(&facts), Some((bound, now + 1)));
    facts.policy.covered_until = 1_795_003_600;
    assert_eq!(hours(&facts), Some((bound, bound + 2)));
}

#[test]
fn a_list_is_read_to_its_last_page() {
    let asked = Cell::new(0);
    let all = pages(|last: Option<&u32>, limit| {
        asked.set(asked.get() + 1);
        let from = last.map_or(0, |last| last + 1);
        Ok((from..65).take(limit as usize).collect())
    });
    assert_eq!((all.unwrap().len(), asked.get()), (65, 4));
}
