//! What happened, by numbers and accounts. Nothing medical.

use cosmwasm_std::{Addr, Event};

use crate::alert::Alert;
use crate::ladder::LadderRef;

pub fn raised(number: u64, alert: &Alert) -> Event {
    Event::new("alert_raised")
        .add_attribute("alert", number.to_string())
        .add_attribute("patient", alert.origin.patient.to_string())
        .add_attribute("device", alert.device.to_string())
        .add_attribute("tier", alert.tier.to_string())
}

pub fn counted(number: u64) -> Event {
    Event::new("alert_counted").add_attribute("alert", number.to_string())
}

pub fn acknowledged(number: u64, by: &Addr) -> Event {
    Event::new("alert_acknowledged")
        .add_attribute("alert", number.to_string())
        .add_attribute("by", by)
}

pub fn resolved(number: u64) -> Event {
    Event::new("alert_resolved").add_attribute("alert", number.to_string())
}

pub fn escalated(number: u64, alert: &Alert) -> Event {
    Event::new("alert_escalated")
        .add_attribute("alert", number.to_string())
        .add_attribute("patient", alert.origin.patient.to_string())
        .add_attribute("tier", alert.tier.to_string())
}

pub fn ladder_set(patient: u64, ladder: LadderRef) -> Event {
    Event::new("ladder_set")
        .add_attribute("patient", patient.to_string())
        .add_attribute("ladder", ladder.ladder.to_string())
        .add_attribute("version", ladder.version.to_string())
}
