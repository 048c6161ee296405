//! What happened, by numbers and accounts. Nothing medical.

use cosmwasm_std::{Addr, Event};

use crate::adherence::Adherence;
use crate::alert::{Alert, Cause, Found};
use crate::ladder::{Ladder, LadderRef};

pub fn raised(number: u64, alert: &Alert) -> Event {
    let named = of_alert("alert_raised", number, alert.origin.patient);
    let caused = match &alert.cause {
        Cause::Device(found) => named.add_attribute("device", found.device.to_string()),
        Cause::Emergency { number, .. } => named.add_attribute("emergency", number.to_string()),
    };
    let event = caused.add_attribute("tier", alert.tier.to_string());
    match alert.follows {
        Some(follows) => event.add_attribute("follows", follows.to_string()),
        None => event,
    }
}

pub fn counted(number: u64, alert: &Alert, found: &Found) -> Event {
    of_alert("alert_counted", number, alert.origin.patient)
        .add_attribute("device", found.device.to_string())
}

pub fn acknowledged(number: u64, patient: u64, by: &Addr) -> Event {
    of_alert("alert_acknowledged", number, patient).add_attribute("by", by)
}

pub fn resolved(number: u64, patient: u64) -> Event {
    of_alert("alert_resolved", number, patient)
}

pub fn escalated(number: u64, alert: &Alert, ladder: &Ladder) -> Event {
    of_alert("alert_escalated", number, alert.origin.patient)
        .add_attribute("tier", alert.tier.to_string())
        .add_attribute("emergency", ladder.is_emergency(alert.tier).to_string())
}

fn of_alert(name: &str, number: u64, patient: u64) -> Event {
    Event::new(name)
        .add_attribute("alert", number.to_string())
        .add_attribute("patient", patient.to_string())
}

pub fn ladder_set(patient: u64, ladder: LadderRef) -> Event {
    Event::new("ladder_set")
        .add_attribute("patient", patient.to_string())
        .add_attribute("ladder", ladder.ladder.to_string())
        .add_attribute("version", ladder.version.to_string())
}

pub fn plan_written(patient: u64, version: u32, by: &Addr) -> Event {
    of_plan("plan_written", patient, version, by)
}

pub fn plan_acknowledged(patient: u64, version: u32, by: &Addr) -> Event {
    of_plan("plan_acknowledged", patient, version, by)
}

pub fn plan_withdrawn(patient: u64, version: u32, by: &Addr) -> Event {
    of_plan("plan_withdrawn", patient, version, by)
}

fn of_plan(name: &str, patient: u64, version: u32, by: &Addr) -> Event {
    Event::new(name)
        .add_attribute("patient", patient.to_string())
        .add_attribute("version", version.to_string())
        .add_attribute("by", by)
}

pub fn adherence_recorded(patient: u64, number: u32, report: &Adherence) -> Event {
    Event::new("adherence_recorded")
        .add_attribute("patient", patient.to_string())
        .add_attribute("report", number.to_string())
        .add_attribute("plan", report.plan.to_string())
        .add_attribute("by", &report.by)
}
