//! The tables of policies and of claims, state by action, on the contract itself: each state is
//! reached, each action tried in it, and what the table does not list changes nothing.

use vitals_core::insurance::{Act, ClaimState, PolicyState};

use super::deed::{Deed, Ground, Sale, Who};
use super::model::{ARBITER, INSURER, PATIENTS};
use super::plan::Coin;
use super::run::Run;

mod states;

/// Paid by instalments, every twelve hours with one of grace, after an hour of waiting.
const DAYS: usize = 1;
const PATIENT: Who = PATIENTS[0];
/// The first claim of the first policy.
const AT: (usize, u16) = (0, 1);

fn sale(product: usize) -> Sale {
    Sale {
        product,
        version: 1,
        patient: 0,
        payee: "other",
    }
}

impl Run {
    fn act(&self, act: Act) -> (Who, Deed, Option<(Coin, u128)>) {
        let (policy, ground) = (0, Ground::Patient);
        let premium = Some((Coin::Native, self.premium(DAYS)));
        let holder = self.model.policies[0].holder;
        match act {
            Act::Accept => (PATIENT, Deed::Accept { policy, ground }, None),
            Act::Withdraw => (holder, Deed::WithdrawOffer { policy }, None),
            Act::WithdrawOver => ("stranger", Deed::WithdrawOffer { policy }, None),
            Act::PayPremium => ("stranger", Deed::Pay { policy }, premium),
            Act::Cancel => (
                holder,
                Deed::Cancel {
                    policy,
                    ground: None,
                },
                None,
            ),
            Act::Lapse => ("stranger", Deed::Lapse { policy }, None),
            Act::Expire => ("stranger", Deed::Expire { policy }, None),
            Act::Claim => {
                let episode = self.model.episodes.len() - 1;
                (
                    PATIENT,
                    Deed::Claim {
                        policy,
                        ground,
                        episode,
                    },
                    None,
                )
            }
            Act::Rebind => (PATIENT, Deed::Bind(sale(DAYS), ground), premium),
        }
    }
}

#[test]
fn a_policy_does_in_each_state_what_its_table_lists_and_nothing_else() {
    for state in PolicyState::ALL {
        let mut run = Run::in_state(state);
        for act in Act::ALL {
            let is_offer = matches!(state, PolicyState::Offered | PolicyState::OfferOver);
            if act == Act::Rebind && is_offer {
                continue; // of what was bound: an offer keeps nobody from binding
            }
            let allowed = state.allows(act);
            if allowed {
                run = Run::in_state(state);
            }
            let (from, deed, funds) = run.act(act);
            assert_eq!(
                run.send(from, &deed, funds),
                Ok(allowed),
                "{state:?}, {act:?}"
            );
            run.check().unwrap();
            if allowed {
                run = Run::in_state(state);
            }
        }
        run.end().unwrap();
    }
}

#[test]
fn a_claim_does_in_each_state_what_its_table_lists_and_nothing_else() {
    let acts = [
        (
            INSURER,
            Deed::Assess {
                at: AT,
                award: 300,
                reasoned: false,
            },
            ClaimState::Filed,
        ),
        (
            PATIENT,
            Deed::Appeal {
                at: AT,
                ground: Ground::Patient,
            },
            ClaimState::Assessed,
        ),
        (
            ARBITER,
            Deed::Arbitrate { at: AT, award: 300 },
            ClaimState::Appealed,
        ),
        ("stranger", Deed::Settle { at: AT }, ClaimState::Overdue),
    ];
    for state in ClaimState::ALL {
        for (from, deed, only) in &acts {
            let mut run = Run::filed(state);
            let allowed = state == *only;
            assert_eq!(
                run.send(from, deed, None),
                Ok(allowed),
                "{state:?}, {deed:?}"
            );
            run.check().unwrap();
            run.end().unwrap();
        }
    }
}

#[test]
fn each_deadline_of_a_claim_is_the_first_millisecond_of_anybodys_turn() {
    for state in [
        ClaimState::Filed,
        ClaimState::Assessed,
        ClaimState::Appealed,
    ] {
        let mut run = Run::filed(state);
        let deadline = run.model.claim_at(AT).unwrap().deadline().unwrap();
        run.advance_ms(deadline * 1_000 - run.model.now_ms - 1);
        assert_eq!(
            run.send("stranger", &Deed::Settle { at: AT }, None),
            Ok(false)
        );
        run.advance_ms(1);
        assert_eq!(
            run.send("stranger", &Deed::Settle { at: AT }, None),
            Ok(true)
        );
        run.end().unwrap();
    }
}
