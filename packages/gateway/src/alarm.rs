//! What becomes an alert: a finding in readings, or the condition of a device or of the gateway.

use serde::{Deserialize, Serialize};
use vitals_analysis::{Finding, Severity};
use vitals_core::time::Millis;

use crate::GatewayError;

/// Conditions have rule numbers from here on; a threshold of a plan has a lower one.
pub(crate) const FIRST_RULE: u16 = 60_001;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Alarm {
    Finding(Finding),
    Condition(Occurred),
}

/// A condition, and since when it holds. This is the detail of its alert, as JSON.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Occurred {
    pub condition: Condition,
    /// When the gateway took it as given, milliseconds since 1970.
    pub at_ms: Millis,
    /// The same in words.
    pub text: String,
}

/// A device or the gateway itself needs somebody.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Condition {
    /// Rule 60001: no reading of it was stored for so long, though it is paired and in use.
    Silent { device: u64, for_s: u64 },
    /// Rule 60002: at 20 % or less; over above 25 %.
    BatteryLow { device: u64, percent: u8 },
    /// Rule 60003: its calibration ends within 7 days.
    CalibrationDue { device: u64, until_ms: Millis },
    /// Rule 60004: its calibration has ended.
    CalibrationOver { device: u64, until_ms: Millis },
    /// Rule 60005: the vault has taken nothing for an hour.
    VaultUnreachable { vault: String },
    /// Rule 60006: batches that are complete have waited longer than an hour to be anchored.
    BatchesWaiting { batches: u64 },
}

impl Condition {
    /// Fixed: alerts of one rule are one alert while it is open.
    pub fn rule(&self) -> u16 {
        let kind = match self {
            Self::Silent { .. } => 0,
            Self::BatteryLow { .. } => 1,
            Self::CalibrationDue { .. } => 2,
            Self::CalibrationOver { .. } => 3,
            Self::VaultUnreachable { .. } => 4,
            Self::BatchesWaiting { .. } => 5,
        };
        FIRST_RULE + kind
    }

    /// What it is about: a device's number, a vault's name, or nothing but the gateway.
    pub fn subject(&self) -> String {
        match self {
            Self::Silent { device, .. }
            | Self::BatteryLow { device, .. }
            | Self::CalibrationDue { device, .. }
            | Self::CalibrationOver { device, .. } => device.to_string(),
            Self::VaultUnreachable { vault } => vault.clone(),
            Self::BatchesWaiting { .. } => String::new(),
        }
    }

    fn text(&self) -> String {
        match self {
            Self::Silent { device, for_s } => {
                format!(
                    "Device {device} has sent no reading for {} minutes.",
                    for_s / 60
                )
            }
            Self::BatteryLow { device, percent } => {
                format!("The battery of device {device} is at {percent} %: charge or change it.")
            }
            Self::CalibrationDue { device, .. } => {
                format!("The calibration of device {device} ends within 7 days.")
            }
            Self::CalibrationOver { device, .. } => {
                format!("The calibration of device {device} has ended.")
            }
            Self::VaultUnreachable { vault } => {
                format!("The vault {vault} has taken no readings for an hour.")
            }
            Self::BatchesWaiting { batches } => {
                format!("{batches} batches of readings have waited for more than an hour.")
            }
        }
    }

    pub(crate) fn occurred(self, at_ms: Millis) -> Alarm {
        let text = self.text();
        Alarm::Condition(Occurred {
            condition: self,
            at_ms,
            text,
        })
    }
}

impl Alarm {
    /// No condition of a device or of the gateway goes before what was found of a person.
    pub(crate) fn severity(&self) -> Severity {
        match self {
            Self::Finding(finding) => finding.severity,
            Self::Condition(_) => Severity::Notice,
        }
    }

    pub(crate) fn rule(&self) -> u16 {
        match self {
            Self::Finding(finding) => finding.rule,
            Self::Condition(occurred) => occurred.condition.rule(),
        }
    }

    pub(crate) fn at_ms(&self) -> Millis {
        match self {
            Self::Finding(finding) => finding.to_ms,
            Self::Condition(occurred) => occurred.at_ms,
        }
    }

    /// What the patient reads.
    pub(crate) fn detail(&self) -> Result<Vec<u8>, GatewayError> {
        let json = match self {
            Self::Finding(finding) => serde_json::to_vec(finding),
            Self::Condition(occurred) => serde_json::to_vec(occurred),
        };
        json.map_err(|cause| GatewayError::damaged("alarm", cause))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_condition_has_a_rule_of_its_own_that_never_changes() {
        let device = 5;
        let until_ms = 1;
        let all = [
            Condition::Silent { device, for_s: 900 },
            Condition::BatteryLow { device, percent: 9 },
            Condition::CalibrationDue { device, until_ms },
            Condition::CalibrationOver { device, until_ms },
            Condition::VaultUnreachable { vault: "a".into() },
            Condition::BatchesWaiting { batches: 1 },
        ];
        let rules: Vec<u16> = all.iter().map(Condition::rule).collect();
        assert_eq!(rules, [60_001, 60_002, 60_003, 60_004, 60_005, 60_006]);
    }
}
