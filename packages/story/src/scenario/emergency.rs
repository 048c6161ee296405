//! Step 17: access in an emergency. What is shown is the decision, the alert and the review; keys
//! are with custodians, and this patient named none.

use anyhow::{bail, ensure, Context, Result};
use cosmwasm_std::{Binary, Uint64};
use vitals_api::care::{self, AlertInfo};
use vitals_api::consent::emergency::EmergencyInfo;
use vitals_api::consent::{self, Decision, ExecuteMsg};
use vitals_core::decision::{GroundRef, Purpose};
use vitals_core::time::{epoch_of, Window};
use vitals_vault_client::digest;

use super::people::Patient;
use super::team::Asked;
use super::{number, Stage};
use crate::screen;

const REASON: &[u8] = b"found unconscious on the stairs, no one to ask";
/// Seconds it is opened for.
const FOR_S: u64 = 600;

impl Stage<'_> {
    pub fn emergency(&mut self, patient: &Patient) -> Result<()> {
        screen::step(17, "An emergency");
        self.report.step("emergency");
        let consent = self.at.consent.clone();
        let open = open_emergency(patient);
        self.refused_tx(
            "a stranger opening an emergency",
            "consent/not_a_holder",
            "stranger",
            &consent,
            &open,
        )?;
        let (emergency, alert) = self.open(patient, &open)?;
        let asked = Asked {
            purpose: Purpose::Emergency,
            window: Window::one(epoch_of(self.now_ms()?).context("no such time")?),
            ground: GroundRef::Emergency { id: emergency },
        };
        self.permitted("responder", patient, &asked)?;
        screen::say(
            "the patient named no custodians: permission is all there is, no key is released",
        );
        let acknowledge = care::ExecuteMsg::Acknowledge {
            alert: Uint64::new(alert),
            ground: GroundRef::Guardian {},
        };
        let care = self.at.care.clone();
        self.act("guardian", "acknowledge_as_guardian", &care, &acknowledge)?;
        screen::say(&format!("alert {alert}: the guardian took it on"));
        self.end_emergency(patient, emergency)?;
        self.refused_decision(patient, &asked)?;
        self.review(patient, emergency)?;
        self.count_alerts(patient)
    }

    /// One transaction: consent opens it, care hears of it and raises an alert.
    fn open(&mut self, patient: &Patient, open: &ExecuteMsg) -> Result<(u64, u64)> {
        let (consent, care) = (self.at.consent.clone(), self.at.care.clone());
        let opened = self.act("responder", "open_emergency", &consent, open)?;
        let emergency = number(&opened, &consent, "emergency_opened", "emergency")?;
        let alert = number(&opened, &care, "alert_raised", "alert")?;
        let told: AlertInfo = self.ask(
            &care,
            &care::QueryMsg::EmergencyAlert {
                patient: Uint64::new(patient.id),
                emergency: Uint64::new(emergency),
            },
        )?;
        ensure!(told.alert.u64() == alert, "care keeps another alert of it");
        screen::say(&format!(
            "emergency {emergency}: opened by the responder for {FOR_S} s, with the digest of its reason"
        ));
        screen::say(&format!(
            "alert {alert}: raised by care in the same transaction (event alert_raised, emergency {emergency})"
        ));
        Ok((emergency, alert))
    }

    fn end_emergency(&mut self, patient: &Patient, emergency: u64) -> Result<()> {
        let consent = self.at.consent.clone();
        let end = ExecuteMsg::EndEmergency {
            patient: Uint64::new(patient.id),
            emergency: Uint64::new(emergency),
        };
        self.act("responder", "end_emergency", &consent, &end)?;
        screen::say("the responder ended it");
        Ok(())
    }

    fn refused_decision(&mut self, patient: &Patient, asked: &Asked) -> Result<()> {
        match self.decide("responder", patient, asked)? {
            Decision::Permit { .. } => bail!("an emergency that ended still permits"),
            Decision::Refuse { code, reason } => self.refused(
                "the responder reading after the end of the emergency",
                "consent/emergency_over",
                code,
                reason,
            ),
        }
    }

    fn review(&mut self, patient: &Patient, emergency: u64) -> Result<()> {
        let consent = self.at.consent.clone();
        let review = ExecuteMsg::ReviewEmergency {
            patient: Uint64::new(patient.id),
            emergency: Uint64::new(emergency),
            upheld: true,
        };
        self.act("patient", "review_emergency", &consent, &review)?;
        let info: EmergencyInfo = self.ask(
            &consent,
            &consent::QueryMsg::Emergency {
                patient: Uint64::new(patient.id),
                emergency: Uint64::new(emergency),
            },
        )?;
        ensure!(
            info.review.is_some_and(|review| review.upheld),
            "the review is not kept"
        );
        self.report.care.emergencies += 1;
        screen::say("the patient reviewed it, and it was right");
        Ok(())
    }
}

fn open_emergency(patient: &Patient) -> ExecuteMsg {
    ExecuteMsg::OpenEmergency {
        patient: Uint64::new(patient.id),
        reason: Binary::new(digest(REASON).to_vec()),
        hours_back: 1,
        for_s: FOR_S,
    }
}
