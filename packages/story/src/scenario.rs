//! The story, step by step. Each step is a real transaction or request; what is refused must be
//! refused for the stated reason, or the story fails.

use anyhow::Result;
use vitals_keys::Agent;
use vitals_ledger::Deployment;

use crate::backend::Backend;
use crate::edge::VaultAt;
use crate::report::Report;
use crate::screen;

mod alerts;
mod books;
mod claim;
pub mod claimant;
mod custodians;
mod device_life;
mod dispute;
mod doses;
mod emergency;
mod export;
mod instalments;
mod insurance;
mod invoices;
pub mod people;
pub mod plan;
mod products;
mod rebate;
mod receipts;
pub mod recording;
mod recovery;
mod refusals;
mod rotation;
mod sharing;
mod shredding;
mod stage;
mod team;
pub mod vault;

pub use stage::{number, Stage};

/// Who acts, by name.
pub const PEOPLE: [&str; 19] = [
    "deployer",
    "board",
    "patient",
    "guardian",
    "relative",
    "clinician",
    "specialist",
    "responder",
    "insurer",
    "assessor",
    "treasurer",
    "employer",
    "arbiter",
    "maker",
    "gateway",
    "vault",
    "keeper",
    "new-phone",
    "stranger",
];

/// What is there when the story is over.
pub struct Told<'a> {
    pub backend: &'a dyn Backend,
    pub at: Deployment,
    pub vault: VaultAt,
    pub patient: u64,
    /// The patient's keys.
    pub agent: Agent,
}

/// Tells the story from beginning to end.
pub fn run(backend: &mut dyn Backend) -> Result<Report> {
    run_then(backend, |_| Ok(())).map(|(report, ())| report)
}

/// Tells the story, and then goes on where it ended; what comes then is no part of the report.
pub fn run_then<T>(
    backend: &mut dyn Backend,
    then: impl FnOnce(Told<'_>) -> Result<T>,
) -> Result<(Report, T)> {
    let mut stage = Stage::set(backend)?;
    let (patient, mut devices) = stage.people()?;
    let insurance = stage.insurance(&patient)?;
    let mut played = stage.recording(&patient, &devices)?;
    stage.alerts(&patient, &played.vault)?;
    let reading = stage.sharing(&patient, &played)?;

    let opened = stage.open_own(&patient, &played)?;
    let paid = stage.claim(&insurance, &opened)?;
    stage.claim_in_tokens(&insurance, &opened)?;
    stage.claim_by_program(&insurance, &opened)?;

    stage.team(&patient, &played)?;
    let plan = stage.plan(&patient, &played)?;
    let doses = stage.doses(&patient, &played, &mut devices.dispenser, &plan)?;
    stage.rebate(&insurance, &doses)?;
    stage.invoices(&patient)?;
    stage.instalments(&patient, &insurance, &opened)?;
    stage.emergency(&patient, &mut played, &mut devices.heart)?;
    stage.receipts(&patient, &played)?;
    stage.shredding(&patient, &doses)?;
    stage.device_life(&patient, &played, &mut devices.dispenser)?;
    stage.watched_plan(&mut played)?;

    screen::step(20, "What must not work");
    stage.report.step("refusals");
    stage.refused_frame(&mut played, &devices)?;
    stage.refused_claims(&insurance, &opened, &paid)?;
    stage.refused_batches(&mut devices.heart)?;
    stage.refused_reads(&patient, &reading, &played.vault)?;
    stage.refused_input(&patient)?;
    stage.revocation(&patient, &reading, &played.vault, &mut devices.heart)?;
    stage.rotation(&patient, &mut played, &mut devices.heart)?;
    stage.several_days(&patient, &played)?;
    stage.recovery(&patient)?;

    stage.app_view(&patient, &insurance)?;
    stage.sponsored()?;
    stage.export(&patient, &played)?;
    stage.report.end_step();
    stage.report.trace = stage.tracer.trace();
    let recording::Played { agent, vault, .. } = played;
    let after = then(Told {
        backend: stage.backend,
        at: stage.at,
        vault,
        patient: patient.id,
        agent,
    })?;
    Ok((stage.report, after))
}

impl Stage<'_> {
    /// Step 24: fee grants of the chain's, limited to calls, with a cap, an end and a watch.
    fn sponsored(&mut self) -> Result<()> {
        screen::step(24, "A patient without coins");
        self.report.step("sponsored");
        let Some(shown) = self.backend.sponsored(&self.at)? else {
            screen::say("transactions cost nothing here: told on the real chain only");
            return Ok(());
        };
        shown.lines.iter().for_each(|line| screen::say(line));
        for refused in shown.refused {
            screen::refused(&refused.attempt, &refused.error);
            self.report.refused.push(refused);
        }
        Ok(())
    }

    /// Step 23: what an app sees that knows nothing of us but the published schema.
    fn app_view(
        &mut self,
        patient: &people::Patient,
        insurance: &insurance::Insurance,
    ) -> Result<()> {
        screen::step(23, "An app's view, on @cosmjs/cosmwasm alone");
        self.report.step("app_view");
        match self
            .backend
            .app_view(&self.at, patient.id, insurance.episodes.policy)?
        {
            Some(shown) => shown.lines().for_each(screen::say),
            None => screen::say("no node runs here: told on the real chain only"),
        }
        Ok(())
    }
}
