//! What happens around the contract: time, readings, and a token that breaks.

use vitals_core::insurance::{ClaimState, PolicyState};

use super::about::{one_in, one_of};
use crate::sequences::deed::Deed;
use crate::sequences::model::{Fault, INSURER, PATIENTS};
use crate::sequences::run::Run;

impl Run {
    /// Something is measured, and half of the times claimed at once.
    pub(super) fn episode(&mut self, by: [u8; 4]) -> Result<bool, String> {
        let steps = one_in(3, by[1]);
        let at = self.claimable(by, |policy| !steps || policy.plan.reward.is_some());
        let patient = at.map_or(0, |at| self.model.policies[at].patient);
        let episode = self.measure(patient, steps);
        match at {
            Some(policy) if !one_in(8, by[2]) => {
                let (from, deed) = self.shown(policy, episode, steps, by[3]);
                self.send(from, &deed, None)
            }
            _ => Ok(true),
        }
    }

    pub(super) fn advance(&mut self, by: [u8; 4]) {
        let ms = one_of(by[0], &[500, 1_000, 59_000, 61_000, 3_600_000, 12_000_000]);
        self.advance_ms(ms);
    }

    pub(super) fn jump(&mut self, by: [u8; 4]) {
        let deadlines = self.model.deadlines();
        let near = deadlines.len().min(6);
        if near == 0 {
            return self.advance(by);
        }
        let which = usize::from(by[0] / 16) % near;
        let at_ms = deadlines[if by[0] % 16 < 11 { 0 } else { which }] * 1_000;
        let from_then = one_of(by[1], &[-1_000_i64, -1, 0, 0, 1, 1_000]);
        let to_ms = at_ms.saturating_add_signed(from_then);
        self.advance_ms(to_ms.saturating_sub(self.model.now_ms));
    }

    /// One time in three it is well again.
    pub(super) fn take_fault(&mut self, by: [u8; 4]) {
        let faults = [
            Fault::TakesFee,
            Fault::LiesAboutAmount,
            Fault::MovesNothing,
            Fault::LiesAboutSender(PATIENTS[0]),
            Fault::FailsOnTransfer,
            Fault::FailsOnTransfer,
            Fault::FailsOnTransfer,
            Fault::FailsOnTransfer,
            Fault::Mute,
            self.reentry(by, true),
            self.reentry(by, false),
        ];
        let broken = one_of(by[0], &faults);
        let fault = if one_in(3, by[1]) {
            Fault::None
        } else {
            broken
        };
        self.break_token(fault);
    }

    pub(super) fn reentry(&self, by: [u8; 4], quietly: bool) -> Fault {
        use PolicyState as S;
        let untrue = Deed::Receive {
            from: INSURER,
            amount: 1_000_000,
            product: 2,
        };
        let settled = self
            .claim_at(by, ClaimState::Overdue)
            .map(|at| Deed::Settle { at });
        let expired = self
            .policy(by, &[S::Elapsed])
            .map(|policy| Deed::Expire { policy });
        let withdrawn = self
            .policy(by, &[S::OfferOver])
            .map(|policy| Deed::WithdrawOffer { policy });
        let product = 2;
        let collected = Deed::Collect { product, to: None };
        let deeds = [
            settled,
            expired,
            withdrawn,
            Some(collected),
            Some(untrue.clone()),
        ];
        let deed = Box::new(one_of(by[2], &deeds).unwrap_or(untrue));
        Fault::Reenters { deed, quietly }
    }
}
