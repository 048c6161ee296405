//! Three weeks to learn from, then a week as it is and five days that go wrong.

use vitals_analysis::{Alerts, Monitor, Personal, Plan, Spo2Scale, FIGURES_OF};

use super::deterioration::{Kind, KINDS};
use super::methods::{scores, Scores, Thresholds};
use super::model::{Anomaly, Model, MODEL_MEASURES};
use super::patient::{Patient, Shift, BEGIN, DAY};
use super::random::Random;

pub const LEARN_DAYS: u64 = 21;
pub const CLEAN_DAYS: u64 = 7;
/// After the onset.
pub const HORIZON: usize = 288;

/// Scores of each slot after the learning, and at which slots somebody is told by the whole
/// monitor.
pub struct Course {
    pub scores: Vec<Scores>,
    pub told: Vec<usize>,
}

pub struct Runs {
    pub clean: Course,
    /// With the slot of the onset.
    pub ill: Vec<(Kind, usize, Course)>,
}

pub fn plan() -> Plan {
    Plan {
        personal: Some(Personal {
            first_rule: 100,
            ladder: 1,
            news2: Some(Spo2Scale::One),
        }),
        ..Plan::default()
    }
}

#[derive(Clone)]
struct State {
    patient: Patient,
    monitor: Monitor,
    thresholds: Thresholds,
    model: Model,
    alerts: Alerts,
}

impl State {
    fn new(seed: u64) -> Self {
        let plan = plan();
        Self {
            patient: Patient::new(seed),
            monitor: Monitor::of_plan(&plan).unwrap(),
            thresholds: Thresholds::default(),
            model: Model::default(),
            alerts: Alerts::new(plan.alerts),
        }
    }

    /// One slot, and whether somebody is told.
    fn step(
        &mut self,
        slot: u64,
        shift: Shift,
        real: &[f64],
    ) -> (Option<i64>, Option<Anomaly>, bool) {
        let readings = self.patient.slot(slot, shift, real);
        let mut found = Vec::new();
        for (reading, at_ms) in &readings {
            found.extend(self.monitor.push(reading, *at_ms));
        }
        found.extend(self.monitor.tick((slot + 1) * super::patient::SLOT_MS));
        let told = found
            .iter()
            .filter(|f| self.alerts.take(f).is_told())
            .count()
            > 0;
        let anomaly = self.anomaly(slot);
        (self.thresholds.score(&readings), anomaly, told)
    }

    /// The model takes what the monitor found of the slot.
    fn anomaly(&mut self, slot: u64) -> Option<Anomaly> {
        let all = self.monitor.figures()?.distances_milli;
        let distances = MODEL_MEASURES.map(|measure| {
            let at = FIGURES_OF.iter().position(|known| *known == measure)?;
            all[at]
        });
        self.model.take(&distances, slot * super::patient::SLOT_MS)
    }

    fn course(mut self, slots: u64, real: &[f64], shift: impl Fn(u64) -> Shift) -> Course {
        let mut course = Course {
            scores: Vec::new(),
            told: Vec::new(),
        };
        let mut news2 = 0;
        for at in 0..slots {
            let (thresholds, anomaly, told) =
                self.step(BEGIN + LEARN_DAYS * DAY + at, shift(at), real);
            let figures = self.monitor.figures().unwrap();
            course.scores.push(scores(
                thresholds,
                figures,
                news2,
                anomaly.map(|a| a.ratio_milli),
            ));
            news2 = figures.news2_at_least;
            if told {
                course.told.push(at as usize);
            }
        }
        course
    }
}

pub fn run(seed: u64, real: &[f64]) -> Runs {
    let mut state = State::new(seed);
    for slot in 0..LEARN_DAYS * DAY {
        state.step(BEGIN + slot, Shift::default(), real);
    }
    let mut random = Random::new(seed ^ 0x5eed);
    let ill = KINDS.map(|kind| {
        let onset = DAY / 2 + random.below(DAY);
        let how = random.between(0.5, 1.0);
        let shift = |at: u64| kind.shift((at as f64 - onset as f64) / 12.0, how);
        let course = state.clone().course(onset + HORIZON as u64, real, shift);
        (kind, onset as usize, course)
    });
    Runs {
        clean: state.course(CLEAN_DAYS * DAY, real, |_| Shift::default()),
        ill: ill.into(),
    }
}
