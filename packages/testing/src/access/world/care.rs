//! A ladder, alerts and plans.

use cosmwasm_std::{Binary, Uint64};
use cw_multi_test::AppResponse;
use vitals_api::care::{ExecuteMsg, PlanMsg, TierMsg};
use vitals_core::decision::GroundRef;
use vitals_core::measure::Category;

use super::World;
use crate::access::actor;
use crate::suite::number;

pub const LADDER: u8 = 1;
/// Seconds a tier may take.
pub const WITHIN_S: u32 = 30;

impl World {
    /// As somebody, to care.
    ///
    /// # Panics
    /// Where it is refused.
    #[track_caller]
    pub fn care(&mut self, name: &str, msg: &ExecuteMsg) -> AppResponse {
        let care = self.suite.at.care.clone();
        self.act(name, &care, msg)
    }

    pub(super) fn set_ladder_and_plans(&mut self) {
        let ladder = self.ladder_msg();
        self.care("patient", &ladder);
        self.write_plan("denied author", 0);
        let version = self.write_plan("plan author", 1);
        let accept = ExecuteMsg::AcknowledgePlan {
            patient: Uint64::new(self.patient),
            version,
        };
        self.care("patient", &accept);
    }

    pub fn ladder_msg(&self) -> ExecuteMsg {
        let tier = |responders: &[&str]| TierMsg {
            responders: responders.iter().map(|r| self.address(r).into()).collect(),
            within_s: WITHIN_S,
        };
        ExecuteMsg::SetLadder {
            patient: Uint64::new(self.patient),
            ladder: LADDER,
            tiers: vec![
                tier(&["called responder", "acknowledger"]),
                tier(&["waiting responder"]),
            ],
            ends_in_emergency: false,
        }
    }

    pub fn plan_msg(&self, ground: GroundRef, replaces: u32) -> ExecuteMsg {
        ExecuteMsg::WritePlan {
            patient: Uint64::new(self.patient),
            ground,
            replaces,
            plan: PlanMsg {
                digest: Binary::new(vec![4; 32]),
                length: 1_000,
                categories: vec![Category::Cardiac],
            },
        }
    }

    /// Its version.
    pub fn write_plan(&mut self, author: &str, replaces: u32) -> u32 {
        let msg = self.plan_msg(self.ground(actor(author)), replaces);
        let written = self.care(author, &msg);
        let version = number(&written.events, "plan_written", "version");
        u32::try_from(version).expect("a version is small")
    }

    /// An alert that the patient's device signs now.
    pub fn alert_msg(&self, ground: GroundRef) -> ExecuteMsg {
        let mut device = self.device(self.devices.paired);
        let (body, signature) = device.alert(self.suite.now_ms(), 7, LADDER);
        ExecuteMsg::RaiseAlert {
            body,
            signature,
            ground,
        }
    }

    /// Its number.
    pub fn raise_alert(&mut self) -> u64 {
        let msg = self.alert_msg(GroundRef::Patient {});
        let raised = self.care("patient", &msg);
        number(&raised.events, "alert_raised", "alert")
    }

    /// An alert that somebody who was called has acknowledged.
    pub fn acknowledged_alert(&mut self, by: &str) -> u64 {
        let alert = self.raise_alert();
        let msg = ExecuteMsg::Acknowledge {
            alert: Uint64::new(alert),
            ground: self.ground(actor(by)),
        };
        self.care(by, &msg);
        alert
    }
}
