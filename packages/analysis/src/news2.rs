//! NEWS2, the early warning score of the Royal College of Physicians.
//!
//! Source and acknowledgement: Royal College of Physicians. National Early Warning Score (NEWS) 2:
//! Standardising the assessment of acute-illness severity in the NHS. Updated report of a working
//! party. London: RCP, 2017. For adults; not for children or in pregnancy.
//!
//! What was not observed is never taken as normal: it is listed as missing, and the score is then
//! only a lower bound. What was observed too long ago is missing too: see `Round`.

mod round;

use serde::{Deserialize, Serialize};

pub use round::{Round, RoundScore, MAX_AGE_MS};

/// What the score looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Parameter {
    Respiration,
    OxygenSaturation,
    SupplementalOxygen,
    SystolicPressure,
    Pulse,
    Consciousness,
    Temperature,
}

/// Scale 2 is for patients with hypercapnic respiratory failure, on a clinician's decision.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Spo2Scale {
    One,
    Two,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Consciousness {
    Alert,
    /// New confusion, responds to voice or pain, or unresponsive.
    Cvpu,
}

/// What was observed, in the fixed point of `vitals_core::measure`. Absent is unknown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Observations {
    /// Tenths per minute.
    pub respiration: Option<i64>,
    /// Tenths of a percent.
    pub oxygen_saturation: Option<i64>,
    pub supplemental_oxygen: Option<bool>,
    /// mmHg.
    pub systolic_pressure: Option<i64>,
    /// Tenths per minute.
    pub pulse: Option<i64>,
    pub consciousness: Option<Consciousness>,
    /// Hundredths of a degree Celsius.
    pub temperature: Option<i64>,
}

/// Clinical risk and the response it asks for (RCP 2017, charts 2 and 4).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Risk {
    /// 0 to 4.
    Low,
    /// A single parameter scores 3: urgent review.
    LowMedium,
    /// 5 or 6: urgent review.
    Medium,
    /// 7 or more: emergency assessment, continuous monitoring.
    High,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct News2 {
    /// Sum over what was observed: the score is this or more.
    pub at_least: u8,
    /// The score, where nothing is missing.
    pub score: Option<u8>,
    /// What each parameter that was observed scores.
    pub points: Vec<(Parameter, u8)>,
    pub missing: Vec<Parameter>,
    /// The risk by what was observed; with anything missing it may be higher, never lower.
    pub risk_at_least: Risk,
}

impl News2 {
    /// The "red scores": parameters that score 3 by themselves.
    pub fn red(&self) -> impl Iterator<Item = Parameter> + '_ {
        self.points
            .iter()
            .filter(|(_, points)| *points == RED)
            .map(|(parameter, _)| *parameter)
    }
}

/// Points up to and including an upper bound, in ascending order; above the last, `above`.
struct Bands {
    /// Rounds a value to the precision of the chart: 10 for tenths to whole numbers.
    unit: i64,
    up_to: &'static [(i64, u8)],
    above: u8,
}

const RESPIRATION: Bands = Bands {
    unit: 10,
    up_to: &[(8, 3), (11, 1), (20, 0), (24, 2)],
    above: 3,
};
const SPO2_SCALE_1: Bands = Bands {
    unit: 10,
    up_to: &[(91, 3), (93, 2), (95, 1)],
    above: 0,
};
const SPO2_SCALE_2_ON_AIR: Bands = Bands {
    unit: 10,
    up_to: &[(83, 3), (85, 2), (87, 1)],
    above: 0,
};
const SPO2_SCALE_2_ON_OXYGEN: Bands = Bands {
    unit: 10,
    up_to: &[(83, 3), (85, 2), (87, 1), (92, 0), (94, 1), (96, 2)],
    above: 3,
};
const SYSTOLIC: Bands = Bands {
    unit: 1,
    up_to: &[(90, 3), (100, 2), (110, 1), (219, 0)],
    above: 3,
};
const PULSE: Bands = Bands {
    unit: 10,
    up_to: &[(40, 3), (50, 1), (90, 0), (110, 1), (130, 2)],
    above: 3,
};
/// In tenths of a degree, as the chart has it.
const TEMPERATURE: Bands = Bands {
    unit: 10,
    up_to: &[(350, 3), (360, 1), (380, 0), (390, 1)],
    above: 2,
};
const ON_OXYGEN: u8 = 2;
const CVPU: u8 = 3;
const RED: u8 = 3;

impl Bands {
    fn points(&self, value: i64) -> u8 {
        let rounded = value.saturating_add(self.unit / 2).div_euclid(self.unit);
        self.up_to
            .iter()
            .find(|(most, _)| rounded <= *most)
            .map_or(self.above, |(_, points)| *points)
    }
}

/// Scores what was observed.
pub fn news2(observed: &Observations, scale: Spo2Scale) -> News2 {
    let (mut scored, mut missing) = (Vec::new(), Vec::new());
    for (parameter, points) in points(observed, scale) {
        match points {
            Some(points) => scored.push((parameter, points)),
            None => missing.push(parameter),
        }
    }
    let at_least = scored.iter().map(|(_, points)| points).sum();
    let single_three = scored.iter().any(|(_, points)| *points == RED);
    News2 {
        at_least,
        score: missing.is_empty().then_some(at_least),
        points: scored,
        missing,
        risk_at_least: risk(at_least, single_three),
    }
}

fn points(observed: &Observations, scale: Spo2Scale) -> [(Parameter, Option<u8>); 7] {
    let by = |bands: &Bands, value: Option<i64>| value.map(|value| bands.points(value));
    let saturation = spo2_bands(scale, observed.supplemental_oxygen);
    [
        (
            Parameter::Respiration,
            by(&RESPIRATION, observed.respiration),
        ),
        (
            Parameter::OxygenSaturation,
            by(saturation, observed.oxygen_saturation),
        ),
        (
            Parameter::SupplementalOxygen,
            observed
                .supplemental_oxygen
                .map(|on| if on { ON_OXYGEN } else { 0 }),
        ),
        (
            Parameter::SystolicPressure,
            by(&SYSTOLIC, observed.systolic_pressure),
        ),
        (Parameter::Pulse, by(&PULSE, observed.pulse)),
        (
            Parameter::Consciousness,
            observed.consciousness.map(|state| match state {
                Consciousness::Alert => 0,
                Consciousness::Cvpu => CVPU,
            }),
        ),
        (
            Parameter::Temperature,
            by(&TEMPERATURE, observed.temperature),
        ),
    ]
}

/// Where it is unknown whether oxygen is given, scale 2 counts as on air: the lower bound. Oxygen
/// itself is then listed as missing.
fn spo2_bands(scale: Spo2Scale, oxygen: Option<bool>) -> &'static Bands {
    match (scale, oxygen) {
        (Spo2Scale::One, _) => &SPO2_SCALE_1,
        (Spo2Scale::Two, Some(true)) => &SPO2_SCALE_2_ON_OXYGEN,
        (Spo2Scale::Two, _) => &SPO2_SCALE_2_ON_AIR,
    }
}

fn risk(total: u8, single_three: bool) -> Risk {
    match total {
        7.. => Risk::High,
        5..=6 => Risk::Medium,
        _ if single_three => Risk::LowMedium,
        _ => Risk::Low,
    }
}
