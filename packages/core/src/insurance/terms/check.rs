//! Refuses terms that promise what can never be had.

use super::{Benefit, EvidenceTerms, InvoiceTerms, Premium, Terms, TermsError};
use crate::insurance::book::sum;
use crate::insurance::cover::days_with_room;
use crate::insurance::limits::{
    MAX_CLAIMS, MAX_DAYS, MAX_EVIDENCE, MAX_INSTALMENTS, MAX_PRODUCT_MODELS, MAX_TERM_S,
};
use crate::insurance::{Amount, MoneyError, Reward};
use crate::measure::Measure;
use crate::rule::{Rule, MAX_READINGS};

impl Terms {
    /// Fails on the first term out of bounds, and on promises that can never be met. What only the
    /// chain knows (denomination, arbiter, models) is not checked here.
    pub fn check(&self) -> Result<(), TermsError> {
        self.check_times()?;
        self.check_benefit()?;
        self.check_premium()?;
        match &self.evidence {
            EvidenceTerms::Disclosed { rule, models } => self.check_disclosed(rule, models)?,
            EvidenceTerms::Invoice(invoice) => self.check_invoice(invoice)?,
        }
        if let Some(reward) = &self.reward {
            self.check_reward(reward)?;
        }
        self.check_sums()
    }

    fn check_times(&self) -> Result<(), TermsError> {
        bounded("term_s", self.term_s, 1, MAX_TERM_S)?;
        bounded("file_within_s", self.file_within_s, 1, MAX_TERM_S)?;
        if self.waiting_s >= self.term_s {
            return Err(TermsError::NoCover {
                waiting_s: self.waiting_s,
                term_s: self.term_s,
            });
        }
        Ok(())
    }

    fn check_benefit(&self) -> Result<(), TermsError> {
        if self.benefit.amount() == 0 {
            return Err(MoneyError::Zero.into());
        }
        match self.benefit {
            Benefit::Fixed { .. } => Ok(()),
            Benefit::PerEvent {
                max_claims,
                separation_s,
                ..
            } => {
                bounded("max_claims", max_claims.into(), 1, MAX_CLAIMS.into())?;
                bounded("separation_s", separation_s, 0, MAX_TERM_S)
            }
            Benefit::PerDay { max_days, .. } => {
                bounded("max_days", max_days.into(), 1, MAX_DAYS.into())
            }
        }
    }

    fn check_premium(&self) -> Result<(), TermsError> {
        if let Premium::Instalments {
            amount,
            every_s,
            grace_s,
        } = self.premium
        {
            if amount == 0 {
                return Err(MoneyError::Zero.into());
            }
            bounded("every_s", every_s, 1, MAX_TERM_S)?;
            let count = self.premium.payments(self.term_s).into();
            bounded("instalments", count, 2, MAX_INSTALMENTS.into())?;
            self.check_grace(grace_s)?;
        }
        let payment = self.premium.payment();
        if self.minimum_charge > payment {
            return Err(TermsError::MinimumCharge {
                minimum: self.minimum_charge,
                payment,
            });
        }
        Ok(())
    }

    /// What was measured just before an instalment was due can still be filed when its grace is
    /// over.
    fn check_grace(&self, grace_s: u32) -> Result<(), TermsError> {
        if grace_s < self.file_within_s {
            return Ok(());
        }
        Err(TermsError::GraceTooLong {
            grace_s,
            file_within_s: self.file_within_s,
        })
    }

    fn check_disclosed(&self, rule: &Rule, models: &[u32]) -> Result<(), TermsError> {
        rule.check()?;
        bounded("paired_for_s", rule.paired_for_s, 0, MAX_TERM_S)?;
        check_batches(rule)?;
        check_models(models)?;
        if let Benefit::PerDay { max_days, .. } = self.benefit {
            return self.check_days("max_days", max_days, rule.least_span_ms());
        }
        self.check_claims_fit(rule)
    }

    /// Every claim's window and the gaps between them must fit into the cover, whose first
    /// instant is inside and whose last is not.
    fn check_claims_fit(&self, rule: &Rule) -> Result<(), TermsError> {
        let claims = u64::from(self.benefit.most());
        let windows = claims.saturating_mul(rule.least_span_ms());
        let gaps = claims
            .saturating_sub(1)
            .saturating_mul(self.benefit.least_gap_ms());
        let needed_ms = windows.saturating_add(gaps).saturating_add(1);
        let cover_ms = u64::from(self.covered_s()).saturating_mul(1_000);
        if needed_ms <= cover_ms {
            return Ok(());
        }
        Err(TermsError::CoverTooShort {
            claims: self.benefit.most(),
            needed_ms,
            cover_ms,
        })
    }

    fn check_days(&self, term: &'static str, got: u16, span_ms: u64) -> Result<(), TermsError> {
        let room = days_with_room(self, span_ms);
        if u32::from(got) <= room {
            return Ok(());
        }
        Err(TermsError::TooFewDays { term, got, room })
    }

    fn check_invoice(&self, invoice: &InvoiceTerms) -> Result<(), TermsError> {
        match self.benefit {
            Benefit::PerDay { .. } => return Err(TermsError::InvoicePerDay),
            Benefit::PerEvent { separation_s, .. } => {
                bounded("separation_s", separation_s, 0, 0)?;
            }
            Benefit::Fixed { .. } => {}
        }
        bounded("assess_within_s", invoice.assess_within_s, 1, MAX_TERM_S)?;
        bounded("appeal_within_s", invoice.appeal_within_s, 1, MAX_TERM_S)?;
        bounded(
            "arbitrate_within_s",
            invoice.arbitrate_within_s,
            1,
            MAX_TERM_S,
        )
    }

    fn check_reward(&self, reward: &Reward) -> Result<(), TermsError> {
        reward.check_reach()?;
        bounded("reward.days", reward.days.into(), 1, MAX_DAYS.into())?;
        self.check_days("reward.days", reward.days, 0)?;
        self.check_rebate(reward.rebate)
    }

    /// A rebate gives back premium: at most all of it.
    fn check_rebate(&self, rebate: Amount) -> Result<(), TermsError> {
        if rebate == 0 {
            return Err(MoneyError::Zero.into());
        }
        let premiums = self.premiums()?;
        if rebate <= premiums {
            return Ok(());
        }
        Err(TermsError::RebateTooLarge { rebate, premiums })
    }

    /// All that a policy can ever lock can be counted.
    fn check_sums(&self) -> Result<(), TermsError> {
        sum(self.lock()?, self.premiums()?)?;
        Ok(())
    }
}

impl Reward {
    fn check_reach(&self) -> Result<(), TermsError> {
        if !matches!(self.measure, Measure::DoseTaken | Measure::Steps) {
            return Err(TermsError::RewardMeasure { got: self.measure });
        }
        bounded("reward.least_a_day", self.least_a_day, 1, u32::MAX)?;
        let most = self.most_shown();
        if u64::from(self.least_a_day) <= most {
            return Ok(());
        }
        Err(TermsError::RewardOutOfReach {
            measure: self.measure,
            least: self.least_a_day,
            most,
        })
    }

    /// All readings that one claim can carry, each as high as is plausible.
    fn most_shown(&self) -> u64 {
        let (_, high) = self.measure.info().plausible;
        let batches = u64::try_from(MAX_EVIDENCE).unwrap_or(u64::MAX);
        u64::try_from(high)
            .unwrap_or(0)
            .saturating_mul(MAX_READINGS.into())
            .saturating_mul(batches)
    }
}

fn check_batches(rule: &Rule) -> Result<(), TermsError> {
    let least = rule.least_batches();
    if usize::try_from(least).is_ok_and(|least| least <= MAX_EVIDENCE) {
        return Ok(());
    }
    Err(TermsError::RuleBatches {
        least,
        most: MAX_EVIDENCE,
    })
}

fn check_models(models: &[u32]) -> Result<(), TermsError> {
    let count = u32::try_from(models.len()).unwrap_or(u32::MAX);
    let most = u32::try_from(MAX_PRODUCT_MODELS).unwrap_or(u32::MAX);
    bounded("models", count, 0, most)?;
    for (at, model) in models.iter().enumerate() {
        if models.iter().take(at).any(|earlier| earlier == model) {
            return Err(TermsError::ModelTwice { model: *model });
        }
    }
    Ok(())
}

fn bounded(term: &'static str, got: u32, least: u32, most: u32) -> Result<(), TermsError> {
    if least <= got && got <= most {
        return Ok(());
    }
    Err(TermsError::Bounds {
        term,
        least,
        most,
        got,
    })
}

#[cfg(test)]
mod tests;
