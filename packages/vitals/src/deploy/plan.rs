//! The five contracts, in the order in which each finds those it reads.

use serde::Serialize;
use serde_json::Value;
use vitals_api::{anchor, care, claims, consent, registry};

use super::progress::Progress;
use super::run::Job;
use crate::failure::Failure;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Contract {
    Consent,
    DeviceRegistry,
    VitalsAnchor,
    Care,
    Claims,
}

impl Contract {
    pub const IN_ORDER: [Contract; 5] = [
        Contract::Consent,
        Contract::DeviceRegistry,
        Contract::VitalsAnchor,
        Contract::Care,
        Contract::Claims,
    ];

    /// Of the artifact and in files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Consent => "consent",
            Self::DeviceRegistry => "device_registry",
            Self::VitalsAnchor => "vitals_anchor",
            Self::Care => "care",
            Self::Claims => "claims",
        }
    }

    pub fn label(self) -> String {
        format!("cw-vitals {}", self.name())
    }

    /// Fails where a contract it reads is not there yet.
    pub fn instantiate_msg(self, job: &Job, progress: &Progress) -> Result<Value, Failure> {
        let owner = job.owner.clone();
        let at = |contract| progress.address(contract);
        match self {
            Self::Consent => json(&consent::InstantiateMsg {
                owner,
                timing: job.settings.timing(),
            }),
            Self::DeviceRegistry => json(&registry::InstantiateMsg {
                owner,
                consent: at(Self::Consent)?,
            }),
            Self::VitalsAnchor => json(&anchor::InstantiateMsg {
                owner,
                consent: at(Self::Consent)?,
                registry: at(Self::DeviceRegistry)?,
            }),
            Self::Care => json(&care::InstantiateMsg {
                owner,
                consent: at(Self::Consent)?,
                registry: at(Self::DeviceRegistry)?,
                cooldown_s: job.settings.cooldown_s,
                min_tier_s: job.settings.min_tier_s,
                reopens_after_s: Some(job.settings.reopens_after_s),
            }),
            Self::Claims => json(&claims::InstantiateMsg {
                owner,
                consent: at(Self::Consent)?,
                registry: at(Self::DeviceRegistry)?,
                anchor: at(Self::VitalsAnchor)?,
                least_deadline_s: job.settings.least_deadline_s,
            }),
        }
    }
}

fn json(msg: &impl Serialize) -> Result<Value, Failure> {
    serde_json::to_value(msg).map_err(|cause| Failure::new("deploy/message", cause))
}
