use super::*;
use crate::insurance::fixture::invoice;
use alloc::string::ToString;

mod walk;

const NOW: Seconds = 1_000;

fn silence(silence: Silence) -> InvoiceTerms {
    InvoiceTerms {
        silence,
        ..invoice()
    }
}

fn filed() -> Dispute {
    Dispute::filed(100, &invoice(), NOW)
}

fn assess(award: Amount) -> ClaimAct {
    ClaimAct::Assess {
        award,
        reasoned: true,
    }
}

fn arbitrate(award: Amount) -> ClaimAct {
    ClaimAct::Arbitrate { award }
}

/// The acts one after another, each in the second after the last.
fn after_acts(terms: &InvoiceTerms, acts: &[ClaimAct]) -> Outcome {
    let mut dispute = Dispute::filed(100, terms, NOW);
    let mut last = None;
    for (now, act) in (NOW..).zip(acts) {
        let outcome = dispute.step(terms, *act, now).unwrap();
        dispute = outcome.dispute;
        last = Some(outcome);
    }
    last.unwrap()
}

fn settled(terms: &InvoiceTerms, acts: &[ClaimAct]) -> Outcome {
    let dispute = match acts {
        [] => Dispute::filed(100, terms, NOW),
        _ => after_acts(terms, acts).dispute,
    };
    let until = dispute.deadline().unwrap();
    dispute.step(terms, ClaimAct::Settle, until).unwrap()
}

#[test]
fn a_claim_approved_in_full_is_paid_and_closed_with_its_deposit_back() {
    let full = ClaimAct::Assess {
        award: 100,
        reasoned: false,
    };
    let outcome = after_acts(&invoice(), &[full]);
    assert_eq!(
        (outcome.pay, outcome.deposit),
        (100, Some(DepositFate::Return))
    );
    assert_eq!(outcome.dispute.state(NOW), ClaimState::Paid);
}

#[test]
fn a_part_is_paid_at_once_and_stands_when_nobody_appeals() {
    let part = after_acts(&invoice(), &[assess(40)]);
    assert_eq!((part.pay, part.deposit), (40, None));
    let stands = settled(&invoice(), &[assess(40)]);
    assert_eq!((stands.pay, stands.deposit), (0, Some(DepositFate::Return)));
    assert_eq!(stands.dispute.state(u64::MAX), ClaimState::Paid);
}

#[test]
fn a_refusal_that_nobody_appeals_costs_the_deposit() {
    let stands = settled(&invoice(), &[assess(0)]);
    assert_eq!(
        (stands.pay, stands.deposit),
        (0, Some(DepositFate::Forfeit))
    );
    assert_eq!(stands.dispute.state(u64::MAX), ClaimState::Refused);
}

#[test]
fn the_arbiter_pays_the_difference_and_who_lost_pays_the_fee() {
    let acts = |award| [assess(40), ClaimAct::Appeal, arbitrate(award)];
    let won = after_acts(&invoice(), &acts(41));
    assert_eq!((won.pay, won.deposit), (1, Some(DepositFate::Return)));
    assert!(won.bond_pays);
    let lost = after_acts(&invoice(), &acts(40));
    assert_eq!((lost.pay, lost.deposit), (0, Some(DepositFate::Arbiter)));
    assert!(!lost.bond_pays);
    let refused = after_acts(&invoice(), &[assess(0), ClaimAct::Appeal, arbitrate(0)]);
    assert_eq!(refused.deposit, Some(DepositFate::Arbiter));
    assert_eq!(refused.dispute.state(NOW), ClaimState::Refused);
}

#[test]
fn an_assessors_silence_approves_where_the_terms_say_so() {
    let approved = settled(&silence(Silence::Approves), &[]);
    assert_eq!(
        (approved.pay, approved.deposit, approved.bond_pays),
        (100, Some(DepositFate::Return), false)
    );
}

#[test]
fn an_assessors_silence_goes_to_the_arbiter_where_the_terms_say_so() {
    let terms = silence(Silence::ToArbiter);
    let goes_on = settled(&terms, &[]);
    let now = NOW + 100;
    assert_eq!((goes_on.pay, goes_on.deposit), (0, None));
    assert_eq!(goes_on.dispute.state(now), ClaimState::Appealed);
    assert_eq!(goes_on.dispute.deadline(), Some(now + 200));
    let decide = |award| goes_on.dispute.step(&terms, arbitrate(award), now).unwrap();
    assert!(decide(1).bond_pays, "an insurer that said nothing has lost");
    assert_eq!(decide(0).deposit, Some(DepositFate::Arbiter));
}

#[test]
fn an_arbiters_silence_leaves_the_last_decision_standing_else_approves() {
    for (award, state) in [(0, ClaimState::Refused), (40, ClaimState::Paid)] {
        let stands = settled(&invoice(), &[assess(award), ClaimAct::Appeal]);
        assert_eq!((stands.pay, stands.deposit), (0, Some(DepositFate::Return)));
        assert_eq!(stands.dispute.state(NOW), state);
    }
    let terms = silence(Silence::ToArbiter);
    let waiting = settled(&terms, &[]).dispute;
    let until = waiting.deadline().unwrap();
    let approved = waiting.step(&terms, ClaimAct::Settle, until).unwrap();
    assert_eq!((approved.pay, approved.bond_pays), (100, false));
    assert_eq!(approved.deposit, Some(DepositFate::Return));
}

#[test]
fn whoever_is_to_act_may_until_just_before_the_deadline() {
    let until = NOW + 100;
    let act = |now| filed().step(&invoice(), assess(1), now);
    assert!(act(until - 1).is_ok());
    assert!(act(until).is_err() && act(until + 1).is_err());
    let settle = |now| filed().step(&invoice(), ClaimAct::Settle, now);
    assert!(settle(until - 1).is_err());
    assert!(settle(until).is_ok() && settle(until + 1).is_ok());
}

#[test]
fn each_refusal_names_the_value_and_the_rule() {
    let says = |dispute: Dispute, act| dispute.step(&invoice(), act, NOW).unwrap_err().to_string();
    assert_eq!(
        says(filed(), assess(101)),
        "claims/award_too_large: 101 is more than the 100 claimed"
    );
    let unexplained = ClaimAct::Assess {
        award: 99,
        reasoned: false,
    };
    assert_eq!(
        says(filed(), unexplained),
        "claims/award_without_reason: an award of 99 of the 100 claimed takes a reason"
    );
    assert_eq!(
        says(filed(), ClaimAct::Appeal),
        "claims/claim_state: the claim is Filed, which does not allow to appeal"
    );
    let appealed = after_acts(&invoice(), &[assess(40), ClaimAct::Appeal]).dispute;
    assert_eq!(
        says(appealed, arbitrate(39)),
        "claims/award_below_paid: 39 is less than the 40 that was awarded and paid"
    );
    assert_eq!(
        says(appealed, arbitrate(101)),
        "claims/award_too_large: 101 is more than the 100 claimed"
    );
}

#[test]
fn a_deadline_past_the_end_of_time_never_comes_early() {
    let late = Dispute::filed(100, &invoice(), u64::MAX - 1);
    assert_eq!(late.deadline(), Some(u64::MAX));
    assert_eq!(late.state(u64::MAX - 1), ClaimState::Filed);
}
