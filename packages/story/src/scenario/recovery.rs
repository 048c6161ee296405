//! Step 22: guardians recover a lost account. Their power begins after notice and what they decide
//! waits, days each: a real chain shows that it is not there yet, a clock that can be set the rest.

use anyhow::{bail, ensure, Result};
use cosmwasm_std::Uint64;
use vitals_api::consent::recovery::{RecoveryInfo, RecoveryStage, Timing};
use vitals_api::consent::{self, ExecuteMsg, PatientInfo};
use vitals_core::decision::Power;

use super::people::Patient;
use super::Stage;
use crate::screen;

const GUARDIANS: [&str; 2] = ["guardian", "relative"];
const DAY_S: u64 = 86_400;

impl Stage<'_> {
    pub fn recovery(&mut self, patient: &Patient) -> Result<()> {
        screen::step(22, "A lost account");
        self.report.step("recovery");
        let consent = self.at.consent.clone();
        let appoint = ExecuteMsg::AppointGuardian {
            patient: Uint64::new(patient.id),
            guardian: self.address("relative")?,
            powers: vec![Power::Recover],
            until: self.now_s()? + 365 * DAY_S,
        };
        self.act("patient", "appoint_guardian", &consent, &appoint)?;
        let timing: Timing = self.ask(&consent, &consent::QueryMsg::Timing {})?;
        screen::say(&format!(
            "the patient gave two guardians the power to recover; it counts after {} days' notice",
            timing.notice_s() / DAY_S
        ));
        let propose = self.proposal(patient)?;
        self.refused_tx(
            "a guardian recovering before its power counts",
            "consent/recovers_later",
            "guardian",
            &consent,
            &propose,
        )?;
        if !self.backend.sets_clock() {
            screen::say("days cannot be waited out here: proposal, veto, override and recovery are told where");
            screen::say("the clock can be set (cargo test -p vitals-story)");
            return Ok(());
        }
        self.by_clock = true;
        let told = self.after_notice(patient, &timing);
        self.by_clock = false;
        told
    }

    fn proposal(&self, patient: &Patient) -> Result<ExecuteMsg> {
        Ok(ExecuteMsg::ProposeRecovery {
            patient: Uint64::new(patient.id),
            account: self.address("new-phone")?,
        })
    }

    fn after_notice(&mut self, patient: &Patient, timing: &Timing) -> Result<()> {
        self.wait(timing.notice_s())?;
        self.both_vote(patient)?;
        let RecoveryStage::Waiting { .. } = self.stage_of(patient)? else {
            bail!("two votes of two do not decide");
        };
        self.object(patient)?;
        self.both_vote(patient)?;
        let RecoveryStage::Overriding { .. } = self.stage_of(patient)? else {
            bail!("all guardians together do not override the veto");
        };
        screen::say("both propose it again: all guardians together override a veto, whoever holds the account");
        self.wait(timing.override_delay_s)?;
        self.complete(patient)
    }

    fn wait(&self, seconds: u64) -> Result<()> {
        self.backend.wait_past(self.now_ms()? + seconds * 1_000)?;
        screen::say(&format!("{} days pass", seconds / DAY_S));
        Ok(())
    }

    fn both_vote(&mut self, patient: &Patient) -> Result<()> {
        let consent = self.at.consent.clone();
        let propose = self.proposal(patient)?;
        for guardian in GUARDIANS {
            self.act(guardian, "propose_recovery", &consent, &propose)?;
        }
        Ok(())
    }

    fn object(&mut self, patient: &Patient) -> Result<()> {
        let consent = self.at.consent.clone();
        screen::say("both guardians propose the account on a new phone; the delay begins");
        let veto = ExecuteMsg::VetoRecovery {
            patient: Uint64::new(patient.id),
        };
        self.act("patient", "veto_recovery", &consent, &veto)?;
        screen::say("the old account vetoes it");
        Ok(())
    }

    fn complete(&mut self, patient: &Patient) -> Result<()> {
        let consent = self.at.consent.clone();
        let number = Uint64::new(patient.id);
        let complete = ExecuteMsg::CompleteRecovery { patient: number };
        self.act("stranger", "complete_recovery", &consent, &complete)?;
        let info: PatientInfo =
            self.ask(&consent, &consent::QueryMsg::Patient { patient: number })?;
        ensure!(
            info.controller == self.address("new-phone")? && info.pending,
            "the patient was not recovered: {info:?}"
        );
        self.report.care.recoveries += 1;
        screen::say("the new phone controls the patient, under a generation of new keys");
        let revoke = ExecuteMsg::Revoke {
            patient: number,
            grant: Uint64::new(patient.sealing),
        };
        self.refused_tx(
            "the old account acting for the patient it lost",
            "consent/not_the_patient",
            "patient",
            &consent,
            &revoke,
        )
    }

    fn stage_of(&self, patient: &Patient) -> Result<RecoveryStage> {
        let info: RecoveryInfo = self.ask(
            &self.at.consent,
            &consent::QueryMsg::Recovery {
                patient: Uint64::new(patient.id),
            },
        )?;
        info.stage
            .ok_or_else(|| anyhow::anyhow!("no recovery is open"))
    }
}
