//! The days of a reward, found as a claim's readings are.

use cosmwasm_std::Uint64;
use vitals_api::claims::ExecuteMsg;
use vitals_core::decision::GroundRef;
use vitals_core::insurance::{RewardSearch, Shown, MAX_EVIDENCE};

use crate::{Holdings, InsuranceError, Prepared};

impl Holdings {
    /// The claim that shows as many days as one message carries, the cheapest first; or the day
    /// that is nearest to what is asked.
    pub fn reward(
        &self,
        policy: u64,
        ground: GroundRef,
        search: &RewardSearch,
    ) -> Result<Prepared, InsuranceError> {
        let measure = search.reward.measure;
        let candidates = self.candidates(|m| m == measure);
        let days = search.find(&candidates, MAX_EVIDENCE);
        if days.is_empty() {
            let nearest = search
                .nearest(&candidates)
                .ok_or(InsuranceError::NoReadings)?;
            return Err(too_little(search, nearest));
        }
        let chosen: Vec<usize> = days.iter().flat_map(|day| day.chosen.clone()).collect();
        Ok(Prepared {
            msg: ExecuteMsg::ClaimReward {
                policy: Uint64::new(policy),
                ground,
                evidence: self.evidence(&candidates, &chosen)?,
            },
            published: self.published(&candidates, &chosen),
            window: None,
            days: days.into_iter().map(|day| day.day).collect(),
        })
    }
}

fn too_little(search: &RewardSearch, (day, sum): (u16, i64)) -> InsuranceError {
    let measure = search.reward.measure;
    InsuranceError::NotMet {
        reasons: format!(
            "a day of {} is asked for; the fullest day that is not counted yet, day {day}, adds up to {}",
            Shown(measure, search.reward.least_a_day.into()),
            Shown(measure, sum)
        ),
    }
}
