//! How each state is reached.

use vitals_core::insurance::{ClaimState, PolicyState};

use super::{sale, AT, DAYS, PATIENT};
use crate::sequences::deed::{Bill, Deed, Ground, Who};
use crate::sequences::model::INSURER;
use crate::sequences::plan::Coin;
use crate::sequences::run::Run;

/// Invoices that an arbiter decides where the assessor does not.
const INVOICES: usize = 3;
const EMPLOYER: Who = "maker";
const HOUR_MS: u64 = 3_600_000;

impl Run {
    #[track_caller]
    fn done(&mut self, from: Who, deed: Deed) {
        let premium = match deed {
            Deed::Bind(ref sale, _) | Deed::Offer(ref sale, _) => Some(sale.product),
            Deed::Pay { .. } => Some(DAYS),
            _ => None,
        };
        let funds = premium.map(|at| (self.model.products[at].coin, self.premium(at)));
        assert_eq!(self.send(from, &deed, funds), Ok(true));
    }

    pub(super) fn premium(&self, product: usize) -> u128 {
        self.model.products[product].versions[0].premium
    }

    fn wait_hours(&mut self, hours: u64) {
        self.advance_ms(hours * HOUR_MS);
    }

    /// In the state, with something measured that could be claimed where anything can.
    pub(super) fn in_state(state: PolicyState) -> Self {
        let mut run = Self::new();
        match state {
            PolicyState::Offered | PolicyState::OfferOver | PolicyState::Withdrawn => {
                run.offered(state)
            }
            PolicyState::RunOff | PolicyState::Exhausted => run.paid_in_full(state),
            _ => run.bound(state),
        }
        assert_eq!(run.model.policies[0].state(run.model.now()), state);
        run.check().unwrap();
        run
    }

    fn offered(&mut self, state: PolicyState) {
        let until = self.model.now() + 3_600;
        self.done(EMPLOYER, Deed::Offer(sale(DAYS), until));
        self.measure(0, false);
        match state {
            PolicyState::OfferOver => self.wait_hours(1),
            PolicyState::Withdrawn => self.done(EMPLOYER, Deed::WithdrawOffer { policy: 0 }),
            _ => {}
        }
    }

    fn bound(&mut self, state: PolicyState) {
        let from = self.model.now_ms;
        self.done(PATIENT, Deed::Bind(sale(DAYS), Ground::Patient));
        if state != PolicyState::Bound {
            self.wait_hours(11);
        }
        self.measure(0, false);
        let policy = 0;
        let ground = None;
        match state {
            PolicyState::Cancelled => self.done(PATIENT, Deed::Cancel { policy, ground }),
            PolicyState::Grace => self.wait_hours(1),
            PolicyState::Overdue | PolicyState::Lapsed => self.wait_hours(2),
            PolicyState::Elapsed | PolicyState::Expired => self.wait_hours(5),
            _ => assert!(self.model.now_ms - from < 12 * HOUR_MS),
        }
        match state {
            PolicyState::Lapsed => self.done("stranger", Deed::Lapse { policy }),
            PolicyState::Expired => self.done("stranger", Deed::Expire { policy }),
            _ => {}
        }
    }

    /// One day is claimed; for a policy that is exhausted the other too.
    fn paid_in_full(&mut self, state: PolicyState) {
        let policy = 0;
        self.done(PATIENT, Deed::Bind(sale(DAYS), Ground::Patient));
        for _ in 0..3 {
            self.done("stranger", Deed::Pay { policy });
        }
        for hours in [11, 36] {
            self.wait_hours(hours);
            let episode = self.measure(0, false);
            if state == PolicyState::Exhausted {
                let ground = Ground::Patient;
                self.done(
                    PATIENT,
                    Deed::Claim {
                        policy,
                        ground,
                        episode,
                    },
                );
            }
        }
        self.wait_hours(1);
    }

    pub(super) fn filed(state: ClaimState) -> Self {
        let mut run = Self::new();
        run.done(PATIENT, Deed::Bind(sale(INVOICES), Ground::Patient));
        run.wait_hours(1);
        let served_until = run.model.now();
        let bill = Bill {
            digest: 1,
            amount: 300,
            served_from: served_until - 60,
            served_until,
        };
        let (policy, ground) = (0, Ground::Patient);
        let filing = Deed::File {
            policy,
            ground,
            bill,
        };
        assert_eq!(run.send(PATIENT, &filing, Some((Coin::Bad, 7))), Ok(true));
        run.decided(state);
        let claim = run.model.claim_at(AT).unwrap();
        assert_eq!(claim.state(run.model.now()), state);
        run
    }

    fn decided(&mut self, state: ClaimState) {
        let assess = |award| Deed::Assess {
            at: AT,
            award,
            reasoned: true,
        };
        match state {
            ClaimState::Filed => {}
            ClaimState::Overdue => self.wait_hours(2),
            ClaimState::Paid => self.done(INSURER, assess(300)),
            ClaimState::Assessed => self.done(INSURER, assess(100)),
            ClaimState::Appealed => {
                self.done(INSURER, assess(100));
                let ground = Ground::Patient;
                self.done(PATIENT, Deed::Appeal { at: AT, ground });
            }
            ClaimState::Refused => {
                self.done(INSURER, assess(0));
                self.wait_hours(3);
                self.done("stranger", Deed::Settle { at: AT });
            }
        }
    }
}
