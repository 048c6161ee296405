//! What a gateway is told.

use std::path::PathBuf;

use vitals_analysis::Threshold;
use vitals_core::decision::GroundRef;
use vitals_ledger::Deployment;

use crate::conditions::ConditionRules;
use crate::GatewayError;

/// One patient's gateway.
#[derive(Debug, Clone)]
pub struct Config {
    pub deployment: Deployment,
    pub patient: u64,
    /// Why the gateway's account may seal and raise alerts for the patient.
    pub ground: GroundRef,
    /// Devices it asks to measure. Others that are paired with the patient are taken as well.
    pub devices: Vec<u64>,
    /// Watched whether there is a care plan or not; a threshold of the plan under the same rule
    /// number takes the place of one here. Their rules are below 60,001: those from there on are
    /// the gateway's own conditions.
    pub thresholds: Vec<Threshold>,
    pub conditions: ConditionRules,
    /// A batch closes once it holds this many readings. 1 to 65,535.
    pub max_readings: u16,
    /// Hours for which keys are kept after they passed, so that a device that was out of reach can
    /// still deliver. Keys of hours with batches not anchored yet are kept in any case.
    pub keep_epochs: u32,
    /// Where the patient's key agent leaves key packages. A package is taken in and the file
    /// removed: kept, it would open the hours whose keys are erased here.
    pub key_package: Option<PathBuf>,
    /// Where the file of the care plan in force is left, encrypted to the gateway's identity. It is
    /// removed when it was taken in or refused.
    pub care_plan: Option<PathBuf>,
}

impl Config {
    pub(crate) fn check(&self) -> Result<(), GatewayError> {
        self.deployment.id()?;
        match self.max_readings {
            0 => Err(GatewayError::MaxReadings),
            _ => Ok(()),
        }
    }
}
