//! Step 12: a care plan that the clinician writes and the patient acknowledges. The chain holds its
//! digest alone.

use std::collections::BTreeSet;

use anyhow::{bail, ensure, Context, Result};
use cosmwasm_std::{Binary, Uint64};
use vitals_analysis::{Medication, Personal, Plan};
use vitals_api::care::{self, CurrentPlan, PlanMsg, MAX_PLAN};
use vitals_core::agefile;
use vitals_core::decision::{Action, GroundRef, Purpose};
use vitals_core::time::{epoch_of, epoch_start};
use vitals_keyring::{readers, Document};
use vitals_ledger::Account;
use vitals_vault_client::digest;

use super::people::{Patient, LADDER, PLANNED};
use super::recording::{thresholds, Played};
use super::Stage;
use crate::screen;

/// Doses of the schedule: as many as the story holds against it.
const DOSES: u32 = 4;
/// Between two doses, at the speed of the recording.
const APART_MS: u32 = 300_000;
/// How often a gateway is asked whether it watches by the plan, and after how long again: it asks
/// the chain every minute, and the vault every half.
const PLAN_TRIES: u32 = 60;
const PLAN_PAUSE_MS: u64 = 5_000;

/// A plan's file, and for whom besides the patient.
pub struct Sealed {
    pub file: Vec<u8>,
    readers: BTreeSet<String>,
}

impl Sealed {
    /// For those whom consent lets read it now, and the patient's `own` recipient.
    pub fn plan(
        chain: &dyn Account,
        consent: &str,
        document: &Document,
        own: &str,
        plan: &Plan,
    ) -> Result<Self> {
        let named = readers(chain, consent, document)?;
        let recipients = named.values().map(String::as_str).chain([own]);
        let recipients: Vec<&str> = recipients.collect();
        Ok(Self {
            file: agefile::seal(&serde_json::to_vec(plan)?, &recipients)?,
            readers: named.into_keys().collect(),
        })
    }
}

impl Stage<'_> {
    pub fn plan(&mut self, patient: &Patient, played: &Played) -> Result<Plan> {
        screen::step(12, "A care plan");
        self.report.step("plan");
        let plan = drawn(Plan {
            thresholds: thresholds(),
            medication: vec![self.medication()?],
            ..Plan::default()
        })?;
        let Sealed { file, readers } = self.seal_plan(patient, played, &plan)?;
        let ground = GroundRef::Grant { id: patient.caring };
        self.vault_as("clinician", &played.vault)?
            .put_plan(patient.id, PLANNED[0], &ground, &file)?;
        self.write_plan("clinician", patient.caring, patient, &file)?;
        screen::say(&format!(
            "the clinician writes {} thresholds and {DOSES} doses: {} bytes encrypted",
            plan.thresholds.len(),
            file.len()
        ));
        screen::say(&format!(
            "to the patient, and to {} whom consent lets read it: the clinician and the gateway",
            readers.len()
        ));
        screen::say("the vault keeps the file, the chain its digest");
        let read = self.acknowledge_plan(patient, played)?;
        self.outdated_plan(patient, &file)?;
        Ok(read)
    }

    /// For the patient and whoever may read it now.
    fn seal_plan(&self, patient: &Patient, played: &Played, plan: &Plan) -> Result<Sealed> {
        let now = epoch_of(self.now_ms()?).context("no such time")?;
        let document = Document::plan(patient.id, &PLANNED, now);
        let own = played.agent.keys().recipient();
        let chain = self.account("clinician")?;
        let sealed = Sealed::plan(&*chain, &self.at.consent, &document, own, plan)?;
        for who in ["clinician", "gateway"] {
            let reads = sealed.readers.contains(&self.address(who)?);
            ensure!(reads, "the {who} is no reader of the plan");
        }
        Ok(sealed)
    }

    /// The gateway has fetched and opened the plan, and watches by it.
    pub fn watched_plan(&mut self, played: &mut Played) -> Result<()> {
        for _ in 0..PLAN_TRIES {
            let status = played.edge.status()?;
            if status["care_plan"] == 1 {
                let trouble = &status["care_plan_trouble"];
                ensure!(trouble.is_null(), "the plan is in trouble: {trouble}");
                screen::say("the gateway watches by the plan the clinician wrote in step 12");
                return Ok(());
            }
            self.backend.wait_past(self.now_ms()? + PLAN_PAUSE_MS)?;
        }
        bail!(
            "the gateway does not watch by the plan in force: {}",
            played.edge.status()?
        )
    }

    /// The hour's last doses, of which the last was due a moment ago.
    fn medication(&self) -> Result<Medication> {
        let every_ms = APART_MS.div_euclid(self.backend.speed());
        let span = u64::from(every_ms) * u64::from(DOSES);
        let now = self.now_ms()?;
        let from = now - span;
        let epoch = epoch_of(from).context("no such time")?;
        // a batch lies within one hour, and the story's doses are one batch
        let first_at_ms = from.min(epoch_start(epoch.saturating_add(1)).saturating_sub(span));
        Ok(Medication {
            name: "one tablet".into(),
            first_at_ms,
            every_ms,
            doses: DOSES,
            early_ms: every_ms / 4,
            on_time_ms: every_ms / 4,
            late_ms: every_ms / 2,
        })
    }

    fn write_plan(&mut self, who: &str, grant: u64, patient: &Patient, file: &[u8]) -> Result<()> {
        let care = self.at.care.clone();
        self.act(who, "write_plan", &care, &plan_msg(grant, patient, file)?)?;
        Ok(())
    }

    /// The patient fetches the file, which must be the one on the chain, reads and accepts it.
    fn acknowledge_plan(&mut self, patient: &Patient, played: &Played) -> Result<Plan> {
        let care = self.at.care.clone();
        let plan: care::PlanInfo = self.ask(
            &care,
            &care::QueryMsg::Plan {
                patient: Uint64::new(patient.id),
                version: 1,
            },
        )?;
        let expected = plan.digest.as_slice().try_into()?;
        let file = self.vault_as("patient", &played.vault)?.read_plan(
            patient.id,
            plan.version,
            &expected,
            &GroundRef::Patient {},
        )?;
        let opened = agefile::open(&file, played.agent.keys().identity(), MAX_PLAN as usize)?;
        let read: Plan = serde_json::from_slice(&opened)?;
        read.check()?;
        let acknowledge = care::ExecuteMsg::AcknowledgePlan {
            patient: Uint64::new(patient.id),
            version: plan.version,
        };
        self.act("patient", "acknowledge_plan", &care, &acknowledge)?;
        let current: CurrentPlan = self.ask(
            &care,
            &care::QueryMsg::CurrentPlan {
                patient: Uint64::new(patient.id),
            },
        )?;
        ensure!(
            current.plan.is_some_and(|now| now.version == plan.version),
            "the plan is not in force"
        );
        self.report.care.plans += 1;
        screen::say(&format!(
            "plan {}: the patient read and acknowledged it, and it is in force",
            plan.version
        ));
        Ok(read)
    }

    /// The specialist may write plans too, and has not seen the clinician's.
    fn outdated_plan(&mut self, patient: &Patient, file: &[u8]) -> Result<()> {
        let writing = [Action::WritePlan];
        let grant = self.grant_plain(
            patient,
            "specialist",
            Purpose::Treatment,
            &writing,
            &PLANNED,
        )?;
        let care = self.at.care.clone();
        self.refused_tx(
            "a second clinician's plan that would replace one it has not seen",
            "care/plan_changed",
            "specialist",
            &care,
            &plan_msg(grant, patient, file)?,
        )
    }
}

/// Asks for the personal rules too, under numbers drawn at random that no threshold has.
fn drawn(mut plan: Plan) -> Result<Plan> {
    loop {
        let mut random = [0; 2];
        getrandom::fill(&mut random)?;
        plan.personal = Some(Personal {
            first_rule: u16::from_be_bytes(random),
            ladder: LADDER,
            news2: None,
        });
        if plan.check().is_ok() {
            return Ok(plan);
        }
    }
}

/// A first plan, by somebody who has seen none.
fn plan_msg(grant: u64, patient: &Patient, file: &[u8]) -> Result<care::ExecuteMsg> {
    Ok(care::ExecuteMsg::WritePlan {
        patient: Uint64::new(patient.id),
        ground: GroundRef::Grant { id: grant },
        replaces: 0,
        plan: PlanMsg {
            digest: Binary::new(digest(file).to_vec()),
            length: u32::try_from(file.len())?,
            categories: PLANNED.to_vec(),
        },
    })
}
