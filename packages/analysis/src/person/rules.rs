//! Numbers of the personal rules, and the shape that their findings share.

use vitals_core::measure::Measure;

use crate::finding::{Evidence, Explanation, Finding, FindingKind, Severity};
use crate::plan::Personal;

/// Measures there may be: of each kind of rule there is one a measure.
const MEASURES: u16 = 9;
const NEWS2: u16 = 4 * MEASURES;
const ADHERENCE: u16 = NEWS2 + 1;

#[derive(Debug, Clone, Copy)]
pub(super) struct Rules(pub Personal);

/// What a rule has found.
pub(super) struct Found {
    pub measure: Measure,
    pub kind: FindingKind,
    pub severity: Severity,
    pub evidence: Vec<Evidence>,
    pub simulated: bool,
    /// Where there is no evidence.
    pub at_ms: u64,
    pub explanation: Explanation,
}

impl Rules {
    pub fn finding(self, found: Found) -> Finding {
        let time = |evidence: &Evidence| evidence.at_ms;
        let from_ms = found.evidence.iter().map(time).min();
        let to_ms = found.evidence.iter().map(time).max();
        Finding {
            rule: self.number(found.kind, found.measure),
            measure: found.measure,
            kind: found.kind,
            severity: found.severity,
            ladder: self.0.ladder,
            from_ms: from_ms.unwrap_or(found.at_ms),
            to_ms: to_ms.unwrap_or(found.at_ms),
            simulated: found.simulated,
            evidence: found.evidence,
            explanation: Some(found.explanation),
        }
    }

    fn number(self, kind: FindingKind, measure: Measure) -> u16 {
        let of_measure = |place: u16| place * MEASURES + measure.code().saturating_sub(1);
        let place = match kind {
            FindingKind::SustainedDeviation | FindingKind::High | FindingKind::Low => of_measure(0),
            FindingKind::ChangePoint => of_measure(1),
            FindingKind::Trend => of_measure(2),
            FindingKind::Signal => of_measure(3),
            FindingKind::News2 => NEWS2,
            FindingKind::Adherence => ADHERENCE,
        };
        self.0.first_rule.saturating_add(place)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::PERSONAL_RULES;

    #[test]
    fn every_rule_has_a_number_of_its_own_within_the_block() {
        let personal = Personal {
            first_rule: 1_000,
            ladder: 1,
            news2: None,
        };
        let of = |kind| Measure::ALL.map(|measure| Rules(personal).number(kind, measure));
        let mut numbers: Vec<u16> = [
            FindingKind::SustainedDeviation,
            FindingKind::ChangePoint,
            FindingKind::Trend,
            FindingKind::Signal,
        ]
        .into_iter()
        .flat_map(of)
        .collect();
        let single = [FindingKind::News2, FindingKind::Adherence];
        numbers.extend(single.map(|kind| Rules(personal).number(kind, Measure::HeartRate)));
        numbers.sort_unstable();
        assert!(numbers.windows(2).all(|pair| pair[0] < pair[1]));
        assert!(numbers
            .iter()
            .all(|n| (1_000..1_000 + PERSONAL_RULES).contains(n)));
    }
}
