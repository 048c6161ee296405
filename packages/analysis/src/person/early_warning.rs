//! NEWS2 of the latest observations, as a finding.

use serde::{Deserialize, Serialize};
use vitals_core::measure::Measure;
use vitals_core::time::Millis;

use super::rules::{Found, Rules};
use super::stream::Stream;
use crate::finding::{Evidence, Explanation, Finding, FindingKind, Severity};
use crate::latch::Latch;
use crate::news2::{News2, Parameter, Risk, Round, Spo2Scale, MAX_AGE_MS};

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct EarlyWarning {
    latch: Latch,
    /// Of the slot before: what is seen in one slot alone is not told.
    before: Option<Severity>,
    /// What scored when the finding opened: unless these are observed, nothing is calm.
    scored: Vec<Parameter>,
    at_least: u8,
}

impl EarlyWarning {
    pub fn at_least(&self) -> u8 {
        self.at_least
    }

    pub fn close(
        &mut self,
        rules: Rules,
        round: &Round,
        scale: Spo2Scale,
        end_ms: Millis,
        streams: &[Stream],
    ) -> Option<Finding> {
        let score = round.score(scale, end_ms, MAX_AGE_MS).news2;
        self.at_least = score.at_least;
        let now = severity(score.risk_at_least);
        let found = now.min(self.before);
        self.before = now;
        let still_missing = self.scored.iter().any(|one| score.missing.contains(one));
        let severity = self.latch.step(found, now.is_none() && !still_missing);
        if !self.latch.is_open() {
            self.scored.clear();
        }
        let severity = severity?;
        self.scored = scored(&score);
        Some(finding(rules, severity, score, streams, end_ms))
    }
}

/// The RCP asks for an urgent review at a total of 5 or a single 3, for an emergency assessment
/// at 7 (2017, chart 4).
fn severity(risk: Risk) -> Option<Severity> {
    match risk {
        Risk::Low => None,
        Risk::LowMedium | Risk::Medium => Some(Severity::Urgent),
        Risk::High => Some(Severity::Emergency),
    }
}

fn scored(score: &News2) -> Vec<Parameter> {
    let points = score.points.iter().filter(|(_, points)| *points > 0);
    points.map(|(parameter, _)| *parameter).collect()
}

fn finding(
    rules: Rules,
    severity: Severity,
    score: News2,
    streams: &[Stream],
    end_ms: Millis,
) -> Finding {
    let worst = score.points.iter().max_by_key(|(_, points)| *points);
    let measure = worst.and_then(|(parameter, _)| measure_of(*parameter));
    let (evidence, simulated) = evidence(&score, streams);
    rules.finding(Found {
        measure: measure.unwrap_or(Measure::HeartRate),
        kind: FindingKind::News2,
        severity,
        evidence,
        simulated,
        at_ms: end_ms,
        explanation: Explanation::News2 {
            at_least: score.at_least,
            scored: scored(&score),
            missing: score.missing,
        },
    })
}

/// The latest of what was scored, as far as there is a history of it.
fn evidence(score: &News2, streams: &[Stream]) -> (Vec<Evidence>, bool) {
    let measures = score
        .points
        .iter()
        .filter_map(|(parameter, _)| measure_of(*parameter));
    let latest: Vec<(Evidence, bool)> = measures
        .filter_map(|measure| {
            let stream = streams.iter().find(|stream| stream.measure() == measure)?;
            let (evidence, simulated) = stream.latest()?;
            let measure = Some(measure);
            Some((
                Evidence {
                    measure,
                    ..evidence
                },
                simulated,
            ))
        })
        .collect();
    let simulated = latest.iter().any(|(_, simulated)| *simulated);
    (
        latest.into_iter().map(|(evidence, _)| evidence).collect(),
        simulated,
    )
}

fn measure_of(parameter: Parameter) -> Option<Measure> {
    match parameter {
        Parameter::Respiration => Some(Measure::RespiratoryRate),
        Parameter::OxygenSaturation => Some(Measure::OxygenSaturation),
        Parameter::SystolicPressure => Some(Measure::SystolicPressure),
        Parameter::Pulse => Some(Measure::HeartRate),
        Parameter::Temperature => Some(Measure::BodyTemperature),
        Parameter::SupplementalOxygen | Parameter::Consciousness => None,
    }
}
