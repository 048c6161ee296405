//! Whom an alert concerns.

use std::collections::BTreeSet;

use cosmwasm_std::Uint64;
use vitals_api::care::{self, AlertInfo, AlertState};
use vitals_core::decision::Power;
use vitals_ledger::{LedgerError, Reader};

use super::{look_later, Ask, Led, What};
use crate::undelivered::to_operators;
use crate::{Message, Telling, Urgency};

const HOUR_S: u64 = 3_600;
/// An alert on its last tier, and at least the time for one round of routes.
const LAST_TIER_S: u64 = 900;
const LEAST_S: u64 = 30;

impl<C: Reader> Ask<'_, C> {
    /// None where there is no such alert.
    pub fn alert(&self, number: u64) -> Result<Option<Led>, LedgerError> {
        let Some(info) = self.alert_info(number)? else {
            return Ok(None);
        };
        let mut led = Led {
            alert: number,
            ..Led::default()
        };
        if info.state != AlertState::Open {
            led.answered.push(number);
            return Ok(Some(led));
        }
        led.tellings = self.of_alert(number, &info)?;
        let again_s = info.escalates_at.unwrap_or(self.block_s + HOUR_S) + 1;
        led.later = look_later("alert", number.to_string(), again_s).later;
        Ok(Some(led))
    }

    pub fn alert_info(&self, number: u64) -> Result<Option<AlertInfo>, LedgerError> {
        let alert = Uint64::new(number);
        self.find(&self.at.care, &care::QueryMsg::Alert { alert })
    }

    fn of_alert(&self, number: u64, info: &AlertInfo) -> Result<Vec<Telling>, LedgerError> {
        let thing = format!("alert/{number}/{}", info.tier);
        let left_s = info.escalates_at.map(|at| at.saturating_sub(self.block_s));
        let called = What {
            thing: &thing,
            message: if info.tier == 0 {
                Message::Alert
            } else {
                Message::Escalated
            },
            urgency: match info.in_emergency_tier {
                true => Urgency::Emergency,
                false => Urgency::Urgent,
            },
            alert: Some((number, info.tier)),
            within_ms: left_s.unwrap_or(LAST_TIER_S).max(LEAST_S) * 1_000,
        };
        let mut tellings = self.tell(called, &info.responders);
        let own = self.of_own(number, info, called)?;
        if tellings.is_empty() && !own.is_empty() && !info.responders.is_empty() {
            // A patient of ours, and nobody who is called can be told.
            let thing = format!("unknown/{thing}");
            tellings = to_operators(&thing, called.urgency, self.people);
        }
        let called: BTreeSet<_> = tellings.iter().map(|told| told.person.clone()).collect();
        tellings.extend(
            own.into_iter()
                .filter(|told| !called.contains(&told.person)),
        );
        Ok(tellings)
    }

    /// The patient, and guardians who may answer. Of an emergency they are told as such.
    fn of_own(
        &self,
        number: u64,
        info: &AlertInfo,
        called: What<'_>,
    ) -> Result<Vec<Telling>, LedgerError> {
        let patient = info.patient.u64();
        let accounts = self.own(patient, Some(Power::Acknowledge))?;
        let (thing, message) = match info.emergency {
            Some(emergency) => (
                format!("emergency/{patient}/{emergency}"),
                Message::Emergency,
            ),
            None => (format!("alert/{number}"), Message::Alert),
        };
        let what = What {
            thing: &thing,
            message,
            ..called
        };
        Ok(self.tell(what, &accounts))
    }
}
