//! Everything that can be done to a claim, in every order, just before, at and after each deadline.

use super::*;
use alloc::collections::BTreeSet;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use proptest::prelude::*;

/// A claim on its way, with what was paid for it in all.
#[derive(Clone, Copy)]
struct Walked {
    dispute: Dispute,
    now: Seconds,
    paid: Amount,
    appealed: bool,
}

fn awards(claimed: Amount) -> BTreeSet<Amount> {
    [0, 1, claimed / 2, claimed - 1, claimed]
        .into_iter()
        .chain([claimed.saturating_add(1), u128::MAX])
        .collect()
}

fn acts(claimed: Amount) -> Vec<ClaimAct> {
    let mut acts = [ClaimAct::Appeal, ClaimAct::Settle].to_vec();
    for award in awards(claimed) {
        acts.push(arbitrate(award));
        for reasoned in [false, true] {
            acts.push(ClaimAct::Assess { award, reasoned });
        }
    }
    acts
}

fn times(at: &Walked) -> Vec<Seconds> {
    let deadline = at.dispute.deadline().unwrap_or(at.now);
    let mut times = [at.now, deadline - 1, deadline, deadline + 1].to_vec();
    times.retain(|now| *now >= at.now);
    times
}

fn check_step(before: &Walked, act: ClaimAct, outcome: &Outcome) {
    let after = &outcome.dispute;
    let closed = after.stage == Stage::Closed;
    assert_eq!(after.claimed, before.dispute.claimed);
    assert_eq!(after.paid, before.paid + outcome.pay);
    assert!(after.paid <= after.claimed, "never more than is claimed");
    assert_eq!(outcome.deposit.is_some(), closed, "one fate, when closed");
    assert!(!(before.appealed && act == ClaimAct::Appeal), "one appeal");
    let awarded = match act {
        ClaimAct::Assess { award, .. } | ClaimAct::Arbitrate { award } => Some(award),
        ClaimAct::Appeal | ClaimAct::Settle => None,
    };
    if let Some(award) = awarded {
        assert_eq!(after.paid, award, "an award is paid, and once");
    }
    check_fees(before, act, outcome);
}

/// The arbiter has one fee for a decision and none without; from whoever lost.
fn check_fees(before: &Walked, act: ClaimAct, outcome: &Outcome) {
    let from_claimant = outcome.deposit == Some(DepositFate::Arbiter);
    let decided = matches!(act, ClaimAct::Arbitrate { .. });
    assert_eq!(
        u8::from(from_claimant) + u8::from(outcome.bond_pays),
        u8::from(decided)
    );
    let last_word = before.dispute.assessed.unwrap_or(0);
    let insurer_lost = decided && outcome.dispute.paid > last_word;
    assert_eq!(outcome.bond_pays, insurer_lost);
    if outcome.bond_pays {
        assert!(
            outcome.dispute.paid > 0,
            "bonds are locked for claims that pay"
        );
    }
    if outcome.deposit == Some(DepositFate::Forfeit) {
        assert_eq!(outcome.dispute.paid, 0);
        assert!(
            !before.appealed,
            "who appealed and heard nothing lost nothing"
        );
    }
}

/// Anybody can close it, by nothing but waiting and settling.
fn check_can_be_closed(from: &Walked, terms: &InvoiceTerms) {
    let mut dispute = from.dispute;
    let mut settlements = 0;
    while let Some(until) = dispute.deadline() {
        let now = until.max(from.now);
        dispute = dispute.step(terms, ClaimAct::Settle, now).unwrap().dispute;
        settlements += 1;
        assert!(settlements <= 2);
    }
}

/// Walks on from a claim; gives how many claims were met, itself counted.
fn walk(at: &Walked, terms: &InvoiceTerms) -> usize {
    check_can_be_closed(at, terms);
    let mut met = 1;
    for now in times(at) {
        for act in acts(at.dispute.claimed) {
            let Ok(outcome) = at.dispute.step(terms, act, now) else {
                continue;
            };
            assert!(at.dispute.stage != Stage::Closed, "closed is closed");
            check_step(at, act, &outcome);
            let next = Walked {
                dispute: outcome.dispute,
                now,
                paid: outcome.dispute.paid,
                appealed: at.appealed || matches!(outcome.dispute.stage, Stage::Appealed { .. }),
            };
            met += walk(&next, terms);
        }
    }
    met
}

fn walk_all(claimed: Amount, terms: &InvoiceTerms) -> usize {
    let start = Walked {
        dispute: Dispute::filed(claimed, terms, NOW),
        now: NOW,
        paid: 0,
        appealed: false,
    };
    walk(&start, terms)
}

#[test]
fn no_way_through_pays_twice_or_too_much_or_gets_stuck() {
    for means in [Silence::Approves, Silence::ToArbiter] {
        for claimed in [1, 2, 3, 100, u128::MAX] {
            assert!(walk_all(claimed, &silence(means)) > 40);
        }
    }
}

/// Stages, each a claim whose deadline is [`DEADLINE`].
fn stages() -> [(&'static str, Dispute); 5] {
    let at = |stage, assessed, paid| Dispute {
        claimed: 100,
        stage,
        assessed,
        paid,
    };
    let until = DEADLINE;
    [
        ("filed", at(Stage::Filed { until }, None, 0)),
        ("assessed", at(Stage::Assessed { until }, Some(40), 40)),
        ("appealed", at(Stage::Appealed { until }, Some(40), 40)),
        ("paid", at(Stage::Closed, Some(40), 40)),
        ("refused", at(Stage::Closed, Some(0), 0)),
    ]
}

const DEADLINE: Seconds = 5_000;

#[test]
fn the_table_of_stages_acts_and_deadlines_is_this() {
    let acts = [
        assess(50),
        ClaimAct::Appeal,
        arbitrate(50),
        ClaimAct::Settle,
    ];
    let allowed = |dispute: &Dispute, now| -> String {
        let ok = |act: &&ClaimAct| dispute.step(&invoice(), **act, now).is_ok();
        let names: Vec<_> = acts.iter().filter(ok).map(|act| act.name()).collect();
        names.join(",")
    };
    let rows: Vec<String> = stages()
        .iter()
        .map(|(name, dispute)| {
            let [before, on, after] =
                [DEADLINE - 1, DEADLINE, DEADLINE + 1].map(|now| allowed(dispute, now));
            format!("{name}: {before} | {on} | {after}")
        })
        .collect();
    assert_eq!(
        rows,
        [
            "filed: assess | settle | settle",
            "assessed: appeal | settle | settle",
            "appealed: arbitrate | settle | settle",
            "paid:  |  | ",
            "refused:  |  | ",
        ]
    );
}

#[test]
fn a_state_is_open_until_it_is_paid_or_refused() {
    for state in ClaimState::ALL {
        let closed = [ClaimState::Paid, ClaimState::Refused].contains(&state);
        assert_eq!(state.is_open(), !closed);
    }
    for (_, dispute) in stages() {
        assert_eq!(dispute.state(0).is_open(), dispute.deadline().is_some());
    }
}

proptest! {
    #[test]
    fn any_sums_at_all_are_walked_the_same_way(
        claimed in 1..=u128::MAX,
        first in any::<u128>(),
        last in any::<u128>(),
        means in prop::sample::select([Silence::Approves, Silence::ToArbiter].to_vec()),
    ) {
        let terms = silence(means);
        let mut at = Walked {
            dispute: Dispute::filed(claimed, &terms, NOW),
            now: NOW,
            paid: 0,
            appealed: false,
        };
        // half of what is drawn is too much as it is; the rest of it is not
        for act in [assess(first), assess(first % claimed), ClaimAct::Appeal, arbitrate(last), arbitrate(last % claimed)] {
            if let Ok(outcome) = at.dispute.step(&terms, act, NOW) {
                check_step(&at, act, &outcome);
                at.dispute = outcome.dispute;
                at.paid = outcome.dispute.paid;
                at.appealed |= act == ClaimAct::Appeal;
            }
            check_can_be_closed(&at, &terms);
        }
    }
}
