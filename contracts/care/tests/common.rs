//! A patient with a gateway, a ladder of clinician, then guardian and stranger, and grants.

// each test file is a crate of its own and uses a part of this
#![allow(dead_code)]

use cosmwasm_std::{Addr, Event, Uint64};
use cw_multi_test::{AppResponse, Executor};
use vitals_api::admin::AdminMsg;
use vitals_api::care::{AlertInfo, AlertsPage, ExecuteMsg, LadderInfo, QueryMsg, TierMsg};
use vitals_api::consent::hook::ConsentHookMsg;
use vitals_api::{consent, registry};
use vitals_core::decision::{Action, GroundRef, Power, Purpose};
use vitals_core::measure::{Category, Measure};
use vitals_testing::suite::{contracts_own, number, Refused};
use vitals_testing::{Suite, TestDevice};

pub mod plans;

pub const LADDER: u8 = 1;
pub const RULE: u16 = 7;
/// Seconds of the ladder's tiers.
pub const WITHIN_S: [u32; 2] = [30, 60];
/// As the suite instantiates it.
pub const COOLDOWN_S: u64 = 60;
/// The default: the suite sets none.
pub const REOPENS_S: u64 = 1_800;

pub type Outcome = Result<AppResponse, Refused>;

pub struct Ward {
    pub suite: Suite,
    pub patient: u64,
    pub device: TestDevice,
    /// Lets the gateway seal.
    pub sealing: GroundRef,
    /// Lets the clinician receive alerts.
    pub receiving: GroundRef,
    pub receiving_id: u64,
}

impl Ward {
    pub fn new() -> Self {
        let mut suite = Suite::new();
        let patient = suite.enrol("patient");
        let measures = [Measure::HeartRate, Measure::OxygenSaturation];
        let device = suite.paired_device(1, &measures, "patient", patient);
        let mut granted = |to, action| {
            let respiratory = [Category::Respiratory];
            suite.grant(
                "patient",
                patient,
                to,
                Purpose::Treatment,
                &respiratory,
                &[action],
            )
        };
        let sealing = granted("gateway", Action::Seal);
        let receiving_id = granted("clinician", Action::ReceiveAlerts);
        let mut ward = Self {
            suite,
            patient,
            device,
            sealing: GroundRef::Grant { id: sealing },
            receiving: GroundRef::Grant { id: receiving_id },
            receiving_id,
        };
        let tiers = [
            ward.tier(&["clinician"], WITHIN_S[0]),
            ward.tier(&["guardian", "stranger"], WITHIN_S[1]),
        ];
        ward.set_ladder("patient", LADDER, &tiers).unwrap();
        ward
    }

    pub fn tier(&self, responders: &[&str], within_s: u32) -> TierMsg {
        TierMsg {
            responders: responders
                .iter()
                .map(|r| self.suite.actor(r).into())
                .collect(),
            within_s,
        }
    }

    pub fn run(&mut self, sender: &str, msg: &ExecuteMsg) -> Outcome {
        let care = self.suite.at.care.clone();
        self.suite.execute(sender, &care, msg)
    }

    pub fn set_ladder(&mut self, sender: &str, ladder: u8, tiers: &[TierMsg]) -> Outcome {
        let msg = ExecuteMsg::SetLadder {
            patient: Uint64::new(self.patient),
            ladder,
            tiers: tiers.to_vec(),
            ends_in_emergency: false,
        };
        self.run(sender, &msg)
    }

    /// The device's next notice, of now.
    pub fn notice(&mut self, rule: u16) -> ExecuteMsg {
        let at_ms = self.suite.now_ms();
        self.notice_at(at_ms, rule, LADDER)
    }

    pub fn notice_at(&mut self, at_ms: u64, rule: u16, ladder: u8) -> ExecuteMsg {
        let (body, signature) = self.device.alert(at_ms, rule, ladder);
        ExecuteMsg::RaiseAlert {
            body,
            signature,
            ground: self.sealing,
        }
    }

    /// An alert of this rule, raised by the gateway now.
    pub fn raise(&mut self, rule: u16) -> u64 {
        let msg = self.notice(rule);
        let raised = self.run("gateway", &msg).unwrap();
        number(&raised.events, "alert_raised", "alert")
    }

    /// The same, brought by the patient.
    pub fn raise_as_patient(&mut self, rule: u16) -> u64 {
        let (body, signature) = self.device.alert(self.suite.now_ms(), rule, LADDER);
        let msg = ExecuteMsg::RaiseAlert {
            body,
            signature,
            ground: GroundRef::Patient {},
        };
        let raised = self.run("patient", &msg).unwrap();
        number(&raised.events, "alert_raised", "alert")
    }

    /// One more notice of this rule, which counts on the alert returned.
    pub fn count(&mut self, rule: u16) -> u64 {
        let msg = self.notice(rule);
        let counted = self.run("gateway", &msg).unwrap();
        assert!(event(&counted, "alert_raised").is_none());
        number(&counted.events, "alert_counted", "alert")
    }

    pub fn acknowledge(&mut self, sender: &str, alert: u64, ground: GroundRef) -> Outcome {
        let alert = Uint64::new(alert);
        self.run(sender, &ExecuteMsg::Acknowledge { alert, ground })
    }

    pub fn resolve(&mut self, sender: &str, alert: u64) -> Outcome {
        let alert = Uint64::new(alert);
        self.run(sender, &ExecuteMsg::Resolve { alert })
    }

    pub fn escalate(&mut self, sender: &str, alert: u64) -> Outcome {
        let alert = Uint64::new(alert);
        self.run(sender, &ExecuteMsg::Escalate { alert })
    }

    /// Acknowledged and resolved by the patient, now.
    pub fn settle(&mut self, alert: u64) {
        self.acknowledge("patient", alert, GroundRef::Patient {})
            .unwrap();
        self.resolve("patient", alert).unwrap();
    }

    /// As consent tells it, to the patient's ladders; its alert's number.
    pub fn emergency(&mut self, emergency: u64, responder: &str) -> Result<u64, Refused> {
        let told = self.emergency_msg(emergency, responder);
        let consent = self.suite.at.consent.clone();
        let done = self.run_as(&consent, &told)?;
        Ok(number(&done.events, "alert_raised", "alert"))
    }

    pub fn emergency_msg(&self, emergency: u64, responder: &str) -> ExecuteMsg {
        ExecuteMsg::ConsentHook(ConsentHookMsg::EmergencyOpened {
            patient: Uint64::new(self.patient),
            emergency: Uint64::new(emergency),
            responder: self.suite.actor(responder).into(),
            until: self.suite.now_s() + 3_600,
        })
    }

    /// Sent by an address rather than an actor: a contract.
    pub fn run_as(&mut self, sender: &Addr, msg: &ExecuteMsg) -> Outcome {
        let care = self.suite.at.care.clone();
        let sent = self
            .suite
            .app
            .execute_contract(sender.clone(), care, msg, &[]);
        sent.map_err(|error| contracts_own(&error.to_string()))
    }

    pub fn pause(&mut self) {
        self.run("owner", &ExecuteMsg::Admin(AdminMsg::Pause {}))
            .unwrap();
    }

    pub fn revoke(&mut self, grant: u64) {
        let msg = consent::ExecuteMsg::Revoke {
            patient: Uint64::new(self.patient),
            grant: Uint64::new(grant),
        };
        self.consent(&msg);
    }

    pub fn deny(&mut self, account: &str) {
        let msg = consent::ExecuteMsg::Deny {
            patient: Uint64::new(self.patient),
            whom: consent::Party::Account(self.suite.actor(account).into()),
        };
        self.consent(&msg);
    }

    pub fn appoint(&mut self, guardian: &str, powers: &[Power]) {
        let msg = consent::ExecuteMsg::AppointGuardian {
            patient: Uint64::new(self.patient),
            guardian: self.suite.actor(guardian).into(),
            powers: powers.to_vec(),
            until: self.suite.now_s() + 86_400,
        };
        self.consent(&msg);
    }

    pub fn consent(&mut self, msg: &consent::ExecuteMsg) {
        let consent = self.suite.at.consent.clone();
        self.suite.execute("patient", &consent, msg).unwrap();
    }

    pub fn unpair(&mut self) {
        let unpair = self.device.unpair_unsigned();
        self.registry("patient", &unpair);
    }

    /// Pairs the device with the patient of another account.
    pub fn pair_with(&mut self, account: &str, patient: u64) {
        let (body, signature) = self.device.pairing_action(patient);
        self.registry(account, &registry::ExecuteMsg::Pair { body, signature });
        self.device.pairing += 1;
    }

    pub fn registry(&mut self, sender: &str, msg: &registry::ExecuteMsg) {
        let registry = self.suite.at.registry.clone();
        self.suite.execute(sender, &registry, msg).unwrap();
    }

    pub fn alert(&self, alert: u64) -> AlertInfo {
        let alert = Uint64::new(alert);
        self.ask(&QueryMsg::Alert { alert })
    }

    pub fn alerts(&self, start_after: Option<u64>, limit: Option<u32>) -> Vec<u64> {
        let page: AlertsPage = self.ask(&QueryMsg::Alerts {
            patient: Uint64::new(self.patient),
            start_after: start_after.map(Uint64::new),
            limit,
        });
        page.alerts.iter().map(|a| a.alert.u64()).collect()
    }

    pub fn ladder(&self, ladder: u8) -> LadderInfo {
        let patient = Uint64::new(self.patient);
        self.ask(&QueryMsg::Ladder { patient, ladder })
    }

    pub fn ask<T: serde::de::DeserializeOwned>(&self, msg: &QueryMsg) -> T {
        self.suite.query(&self.suite.at.care, msg).unwrap()
    }
}

/// The attributes of the one event of this name that care wrote, its own address left out.
pub fn event(of: &AppResponse, name: &str) -> Option<Vec<(String, String)>> {
    let ty = format!("wasm-{name}");
    let attributes = |e: &Event| {
        let own = e.attributes.iter().filter(|a| !a.key.starts_with('_'));
        own.map(|a| (a.key.clone(), a.value.clone())).collect()
    };
    of.events.iter().find(|e| e.ty == ty).map(attributes)
}

pub fn pairs(of: &[(&str, String)]) -> Option<Vec<(String, String)>> {
    Some(of.iter().map(|(k, v)| ((*k).into(), v.clone())).collect())
}

/// The refusal says this stable code.
#[track_caller]
pub fn assert_refused(outcome: Outcome, code: &str) {
    let refused = outcome.unwrap_err();
    assert!(refused.contains(&format!("{code}: ")), "{refused}");
}
