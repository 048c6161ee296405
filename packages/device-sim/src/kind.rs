//! Kinds of devices: what they measure, how often, and what is usual.

use std::fmt;
use std::str::FromStr;

use vitals_core::measure::Measure;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    HeartMonitor,
    PulseOximeter,
    RespirationMonitor,
    Thermometer,
    BloodPressureMonitor,
    MedicationDispenser,
}

/// Values of one measure, in its fixed point.
#[derive(Debug, Clone, Copy)]
pub struct Signal {
    pub measure: Measure,
    /// About which they lie, as a rule and in an episode; none then: nothing is measured.
    pub usual: i64,
    pub in_episode: Option<i64>,
    /// How far they may lie from it.
    pub spread: u32,
}

const fn signal(measure: Measure, usual: i64, in_episode: Option<i64>, spread: u32) -> Signal {
    Signal {
        measure,
        usual,
        in_episode,
        spread,
    }
}

// Usual values score 0 in NEWS2 (Royal College of Physicians, 2017), those of an episode 3, except
// the temperature, for which 2 is the most.
const HEART: [Signal; 1] = [signal(Measure::HeartRate, 720, Some(1_380), 40)];
const OXYGEN: [Signal; 1] = [signal(Measure::OxygenSaturation, 975, Some(860), 11)];
const RESPIRATION: [Signal; 1] = [signal(Measure::RespiratoryRate, 150, Some(270), 15)];
const TEMPERATURE: [Signal; 1] = [signal(Measure::BodyTemperature, 3_690, Some(3_940), 20)];
const PRESSURE: [Signal; 2] = [
    signal(Measure::SystolicPressure, 122, Some(84), 5),
    signal(Measure::DiastolicPressure, 78, Some(52), 4),
];
const DOSES: [Signal; 1] = [signal(Measure::DoseTaken, 1, None, 0)];

impl Kind {
    pub const ALL: [Self; 6] = [
        Self::HeartMonitor,
        Self::PulseOximeter,
        Self::RespirationMonitor,
        Self::Thermometer,
        Self::BloodPressureMonitor,
        Self::MedicationDispenser,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Self::HeartMonitor => "heart-monitor",
            Self::PulseOximeter => "pulse-oximeter",
            Self::RespirationMonitor => "respiration-monitor",
            Self::Thermometer => "thermometer",
            Self::BloodPressureMonitor => "blood-pressure-monitor",
            Self::MedicationDispenser => "medication-dispenser",
        }
    }

    pub(crate) fn signals(self) -> &'static [Signal] {
        match self {
            Self::HeartMonitor => &HEART,
            Self::PulseOximeter => &OXYGEN,
            Self::RespirationMonitor => &RESPIRATION,
            Self::Thermometer => &TEMPERATURE,
            Self::BloodPressureMonitor => &PRESSURE,
            Self::MedicationDispenser => &DOSES,
        }
    }

    pub fn measures(self) -> Vec<Measure> {
        self.signals().iter().map(|signal| signal.measure).collect()
    }

    /// Seconds from one reading to the next; the heart beats as it did when it was recorded.
    pub fn every_s(self) -> u32 {
        match self {
            Self::HeartMonitor => 1,
            Self::PulseOximeter => 4,
            Self::RespirationMonitor => 10,
            Self::Thermometer => 30,
            Self::BloodPressureMonitor => 60,
            Self::MedicationDispenser => 300,
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("device_sim/kind: {got:?} is none of {}", known())]
pub struct UnknownKind {
    got: String,
}

fn known() -> String {
    Kind::ALL.map(Kind::name).join(", ")
}

impl FromStr for Kind {
    type Err = UnknownKind;

    fn from_str(text: &str) -> Result<Self, UnknownKind> {
        let named = Self::ALL.into_iter().find(|kind| kind.name() == text);
        named.ok_or_else(|| UnknownKind { got: text.into() })
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kind_is_known_by_its_name_alone() {
        for kind in Kind::ALL {
            assert_eq!(kind.name().parse(), Ok(kind));
        }
        let error = "toaster".parse::<Kind>().unwrap_err().to_string();
        assert!(error.contains("heart-monitor, pulse-oximeter"), "{error}");
    }

    #[test]
    fn every_value_of_a_kind_is_plausible_and_of_one_category() {
        for kind in Kind::ALL {
            let category = kind.measures()[0].category();
            for signal in kind.signals() {
                assert_eq!(signal.measure.category(), category);
                for middle in [Some(signal.usual), signal.in_episode]
                    .into_iter()
                    .flatten()
                {
                    for value in [
                        middle - i64::from(signal.spread),
                        middle + i64::from(signal.spread),
                    ] {
                        assert!(signal.measure.is_plausible(value), "{kind}: {value}");
                    }
                }
            }
        }
    }
}
