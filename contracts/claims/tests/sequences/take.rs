//! From a step to what is done: mostly what makes sense just then, now and then what does not.

use vitals_core::insurance::{ClaimState, PolicyState};

use super::deed::{Deed, Who};
use super::model::{ARBITER, CONTRACT, INSURER, STAFF, TOKEN};
use super::plan::Coin;
use super::run::Run;
use super::step::{Kind, Step};

mod about;
mod around;
mod asked;

use about::{one_in, one_of};

impl Run {
    /// The contract did as the model did.
    pub fn take(&mut self, step: &Step) -> Result<bool, String> {
        match step.kind {
            Kind::Advance => self.advance(step.by),
            Kind::Jump => self.jump(step.by),
            Kind::Episode => return self.episode(step.by),
            Kind::Break => self.take_fault(step.by),
            Kind::Stray => {
                let coin = Coin::ALL[usize::from(step.by[0]) % 3];
                self.stray("stranger", coin, u128::from(step.by[1] % 40) + 1)?;
            }
            _ => {
                let Some((from, deed)) = self.deed(step) else {
                    return Ok(false);
                };
                let funds = self.funds(&deed, step.by[3]);
                return self.send(from, &deed, funds);
            }
        }
        Ok(true)
    }

    fn deed(&self, step: &Step) -> Option<(Who, Deed)> {
        let by = step.by;
        use PolicyState as S;
        Some(match step.kind {
            Kind::Bind => self.binding(by),
            Kind::Offer => self.offering(by),
            Kind::WithdrawOffer => {
                let policy = self.policy(by, &[S::Offered, S::OfferOver])?;
                (
                    self.holder_or_stranger(policy, by[1]),
                    Deed::WithdrawOffer { policy },
                )
            }
            Kind::Accept => {
                let policy = self.policy(by, &[S::Offered])?;
                let (from, ground) = self.holder_of(policy, by[1]);
                (from, Deed::Accept { policy, ground })
            }
            Kind::Pay => {
                let policy = self.policy(by, &[S::Grace, S::Active, S::Bound])?;
                (self.holder_or_stranger(policy, by[1]), Deed::Pay { policy })
            }
            Kind::Cancel => self.cancelling(by)?,
            Kind::Lapse => {
                let policy = self.policy(by, &[S::Overdue])?;
                ("stranger", Deed::Lapse { policy })
            }
            Kind::Expire => {
                let policy = self.policy(by, &[S::Elapsed])?;
                ("stranger", Deed::Expire { policy })
            }
            Kind::Claim | Kind::Reward => self.claiming(by, matches!(step.kind, Kind::Reward))?,
            Kind::File => self.filing(by)?,
            Kind::Assess | Kind::Appeal | Kind::Arbitrate | Kind::Settle => self.deciding(step)?,
            _ => self.housekeeping(step)?,
        })
    }

    fn deciding(&self, step: &Step) -> Option<(Who, Deed)> {
        let by = step.by;
        Some(match step.kind {
            Kind::Assess => {
                let at = self.claim_at(by, ClaimState::Filed)?;
                let claimed = self.model.claim_at(at)?.claimed;
                let award = one_of(
                    by[1],
                    &[claimed, claimed / 2, 0, claimed / 2, 0, 1, claimed + 1],
                );
                let from = one_of(by[2], &[INSURER, STAFF[0], STAFF[1], INSURER, "stranger"]);
                let reasoned = !one_in(8, by[3]);
                let deed = Deed::Assess {
                    at,
                    award,
                    reasoned,
                };
                (from, deed)
            }
            Kind::Appeal => {
                let at = self.claim_at(by, ClaimState::Assessed)?;
                let (from, ground) = self.holder_of(at.0, by[1]);
                (from, Deed::Appeal { at, ground })
            }
            Kind::Arbitrate => {
                let at = self.claim_at(by, ClaimState::Appealed)?;
                let claim = self.model.claim_at(at)?;
                let assessed = claim.assessed.unwrap_or(0);
                let claimed = claim.claimed;
                let award = one_of(by[1], &[claimed, assessed, assessed + 1, 0, claimed + 1]);
                let from = one_of(by[2], &[ARBITER, ARBITER, ARBITER, ARBITER, INSURER]);
                (from, Deed::Arbitrate { at, award })
            }
            _ => {
                let at = self.claim_at(by, ClaimState::Overdue)?;
                ("stranger", Deed::Settle { at })
            }
        })
    }

    fn housekeeping(&self, step: &Step) -> Option<(Who, Deed)> {
        let by = step.by;
        let product = usize::from(by[0]) % self.model.products.len();
        Some(match step.kind {
            Kind::Deposit => ("stranger", Deed::Deposit { product }),
            Kind::Withdraw => {
                let free = self.model.free(product)?;
                let amount = one_of(by[1], &[free, free / 2, 200, 121, free + 1, 1, 0]);
                let from = one_of(by[2], &[INSURER, STAFF[0], STAFF[1], "stranger"]);
                (from, Deed::Withdraw { product, amount })
            }
            Kind::Collect => {
                let (product, account) = self.creditor(by)?;
                let to = one_of(
                    by[1],
                    &[None, Some("vault"), None, Some(CONTRACT), Some(TOKEN)],
                );
                (account, Deed::Collect { product, to })
            }
            Kind::Reclaim => {
                let (product, account) = self.creditor(by)?;
                ("stranger", Deed::Reclaim { product, account })
            }
            Kind::TwoPeople => {
                let amount = one_of(by[1], &[None, Some(0), Some(100)]);
                (INSURER, Deed::TwoPeopleAbove { product, amount })
            }
            Kind::Amend => {
                let benefit = self.model.products[product].versions.last()?.benefit + 1;
                let from = one_of(by[1], &[INSURER, STAFF[0], STAFF[1], "stranger"]);
                (from, Deed::Amend { product, benefit })
            }
            Kind::OnSale => {
                let closed = self.model.products.iter().position(|it| !it.on_sale);
                let product = closed.unwrap_or(product);
                let on_sale = !self.model.products[product].on_sale;
                (INSURER, Deed::SetOnSale { product, on_sale })
            }
            Kind::Pause => ("owner", Deed::SetPaused(!self.model.paused)),
            _ => return None,
        })
    }

    /// What is due, now and then not quite.
    fn funds(&self, deed: &Deed, by: u8) -> Option<(Coin, u128)> {
        let of_policy = |at: usize| {
            (
                &self.model.policies[at].plan,
                self.model.policies[at].product,
            )
        };
        let (due, product) = match *deed {
            Deed::Deposit { product } => (u128::from(by) + 1, product),
            Deed::Offer(ref sale, _) | Deed::Bind(ref sale, _) => {
                let versions = &self.model.products[sale.product].versions;
                (versions.last()?.premium, sale.product)
            }
            Deed::Pay { policy } => {
                let (plan, product) = of_policy(policy);
                (plan.premium, product)
            }
            Deed::File { policy, .. } => {
                let (plan, product) = of_policy(policy);
                (plan.bond(), product)
            }
            _ => return None,
        };
        let coin = self.model.products[product].coin;
        let (coin, amount) = match by % 32 {
            9 => (coin, due + 1),
            10 => (Coin::Native, due),
            11 => (Coin::Bad, due),
            _ => (coin, due),
        };
        (amount > 0).then_some((coin, amount))
    }
}
