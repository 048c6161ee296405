//! The seconds at which something begins or ends.

use vitals_api::consent::{PROPOSAL_OPEN_S, TEAM_ROLL_S};

use super::{Fact, Log, What};
use crate::common::EPOCH_S;

impl Log {
    /// Those to come, the next one first.
    pub fn boundaries(&self) -> Vec<u64> {
        let next_hour = self.now - self.now % EPOCH_S + EPOCH_S;
        let all = self.facts.iter().flat_map(|fact| self.begun_by(fact));
        let mut ahead: Vec<u64> = all.chain([next_hour]).filter(|at| *at > self.now).collect();
        ahead.sort_unstable();
        ahead.dedup();
        ahead
    }

    fn begun_by(&self, fact: &Fact) -> Vec<u64> {
        let (at, notice) = (fact.at, self.timing.notice_s());
        match &fact.what {
            What::Grant(given) => vec![
                fact.said + given.from_s,
                fact.said + given.valid_s,
                u64::from(given.window(fact.said).to) * EPOCH_S,
            ],
            What::Issue { for_s, .. } => vec![at + for_s],
            What::Appoint { for_s, .. } => vec![at + for_s, at + notice],
            What::Dismiss(_) | What::Quorum { .. } => vec![at + notice],
            What::OpenEmergency { for_s, .. } => {
                let over = at + for_s;
                vec![over, over + self.timing.review_within_s]
            }
            What::Decided { ready, .. } => vec![*ready, ready + PROPOSAL_OPEN_S],
            What::Proposed { .. }
            | What::ProposeRecovery(_)
            | What::ApproveRecovery(_)
            | What::Vetoed { .. } => vec![at + PROPOSAL_OPEN_S],
            What::Leave { .. } | What::Remove { .. } => vec![at + TEAM_ROLL_S],
            _ => Vec::new(),
        }
    }
}
