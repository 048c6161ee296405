//! Emergencies that nobody reviewed. A review takes a person; the keeper says that one is missing.

use serde::{Deserialize, Serialize};
use vitals_api::consent::emergency::EmergencyInfo;

use crate::memory::Emergency;

/// An overdue review is told of again after a day.
const AGAIN_S: u64 = 86_400;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReviewStage {
    /// The emergency is over, and its review not late yet.
    Due,
    Overdue,
}

impl ReviewStage {
    pub fn name(self) -> &'static str {
        match self {
            Self::Due => "due",
            Self::Overdue => "overdue",
        }
    }
}

/// A review that the patient, or a guardian who may revoke, has not given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Review {
    pub patient: u64,
    pub emergency: u64,
    /// First second at which it is overdue.
    pub review_by: u64,
    pub stage: ReviewStage,
}

impl Review {
    /// None while the emergency lasts and where it was reviewed.
    pub(crate) fn of(patient: u64, info: &EmergencyInfo, now: u64) -> Option<Self> {
        if info.review.is_some() || !is_over(info, now) {
            return None;
        }
        Some(Self {
            patient,
            emergency: info.emergency.u64(),
            review_by: info.review_by,
            stage: match info.review_by <= now {
                true => ReviewStage::Overdue,
                false => ReviewStage::Due,
            },
        })
    }
}

pub(crate) fn is_over(info: &EmergencyInfo, now: u64) -> bool {
    info.ended_at.is_some() || info.until <= now
}

/// What somebody was told, and when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Told {
    emergency: Emergency,
    stage: ReviewStage,
    at: u64,
}

/// Of all reviews that are missing, those to tell of now; remembers that.
pub(crate) fn news(told: &mut Vec<Told>, missing: &[Review], now: u64) -> Vec<Review> {
    let of = |review: &Review| Emergency {
        patient: review.patient,
        emergency: review.emergency,
    };
    told.retain(|old| missing.iter().any(|review| of(review) == old.emergency));
    let mut news = Vec::new();
    for review in missing {
        let emergency = of(review);
        let old = told.iter().position(|old| old.emergency == emergency);
        let known = old.is_some_and(|old| {
            let old = &told[old];
            old.stage == review.stage
                && (old.stage == ReviewStage::Due || now < old.at.saturating_add(AGAIN_S))
        });
        if known {
            continue;
        }
        if let Some(old) = old {
            told.swap_remove(old);
        }
        told.push(Told {
            emergency,
            stage: review.stage,
            at: now,
        });
        news.push(review.clone());
    }
    news
}

#[cfg(test)]
mod tests {
    use super::*;

    fn missing(stage: ReviewStage) -> Review {
        Review {
            patient: 7,
            emergency: 1,
            review_by: 100,
            stage,
        }
    }

    #[test]
    fn a_missing_review_is_told_when_due_when_overdue_and_once_a_day_after() {
        let mut told = Vec::new();
        let mut tell = |stage, now| news(&mut told, &[missing(stage)], now).len();
        assert_eq!(tell(ReviewStage::Due, 10), 1);
        assert_eq!(tell(ReviewStage::Due, 99), 0);
        assert_eq!(tell(ReviewStage::Overdue, 100), 1);
        assert_eq!(tell(ReviewStage::Overdue, 100 + AGAIN_S - 1), 0);
        assert_eq!(tell(ReviewStage::Overdue, 100 + AGAIN_S), 1);
        assert!(news(&mut told, &[], 200_000).is_empty());
        assert!(told.is_empty(), "a review that was given is forgotten");
    }
}
