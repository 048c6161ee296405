//! Care: alerts in their order, and the plan in force.

use cosmwasm_std::Uint64;
use serde_json::{json, Value};
use vitals_api::care;
use vitals_core::alert::AlertNotice;
use vitals_core::key::{HostVerifier, Verifier};
use vitals_ledger::LedgerError;

use super::{refused, State, DEPLOYMENT};

impl State {
    pub(super) fn care(&self, msg: care::QueryMsg) -> Result<Value, LedgerError> {
        let number = Uint64::new(self.alerts.len() as u64);
        match msg {
            care::QueryMsg::CurrentPlan { .. } => Ok(json!(care::CurrentPlan {
                plan: self.plan.clone(),
                newest: self.plan.as_ref().map_or(0, |plan| plan.version),
            })),
            _ => Ok(json!(care::DeviceAlerts { number })),
        }
    }

    pub(super) fn execute_care(&mut self, msg: care::ExecuteMsg) -> Result<(), LedgerError> {
        let care::ExecuteMsg::RaiseAlert {
            body, signature, ..
        } = msg
        else {
            return refused("unasked");
        };
        let notice = AlertNotice::from_bytes(body.as_slice()).unwrap();
        let (key, _) = &self.devices[&notice.device];
        let signature = signature.as_slice().try_into().unwrap();
        assert!(HostVerifier.verify(key, &notice.digest(&DEPLOYMENT), &signature));
        if let Some(reason) = &self.refuse_alerts {
            return refused(reason);
        }
        if notice.number != self.alerts.len() as u64 + 1 {
            return refused("care/number: not the next");
        }
        self.alerts.push(notice);
        Ok(())
    }
}
