//! The story, step by step. Each step is a real transaction or request; what is refused must be
//! refused for the stated reason, or the story fails.

use std::collections::BTreeMap;

use anyhow::{bail, ensure, Context, Result};
use serde::de::DeserializeOwned;
use serde::Serialize;
use vitals_core::signing::DeploymentId;
use vitals_ledger::{query, Call, Deployment, LedgerError, TxOutcome};

use crate::backend::{Backend, SharedAccount};
use crate::report::{Refused, Report};
use crate::screen;
use crate::trace::Tracer;

mod alerts;
mod claim;
mod device_life;
mod doses;
mod emergency;
mod insurance;
mod people;
mod plan;
mod receipts;
mod recording;
mod recovery;
mod refusals;
mod rotation;
mod sharing;
mod shredding;
mod team;
mod vault;

/// Who acts, by name.
pub const PEOPLE: [&str; 14] = [
    "deployer",
    "board",
    "patient",
    "guardian",
    "relative",
    "clinician",
    "specialist",
    "responder",
    "insurer",
    "maker",
    "gateway",
    "vault",
    "new-phone",
    "stranger",
];

/// Tells the story from beginning to end.
pub fn run(backend: &mut dyn Backend) -> Result<Report> {
    let mut stage = Stage::set(backend)?;
    let (patient, mut devices) = stage.people()?;
    let insurance = stage.insurance(&patient)?;
    let mut played = stage.recording(&patient, &devices)?;
    stage.alerts(&patient)?;
    let reading = stage.sharing(&patient, &played)?;

    let opened = stage.open_own(&patient, &played)?;
    let paid = stage.claim(&insurance, &opened)?;

    stage.team(&patient, &played)?;
    let plan = stage.plan(&patient, &played)?;
    let doses = stage.doses(&patient, &played, &mut devices.dispenser, &plan)?;
    stage.emergency(&patient)?;
    stage.receipts(&patient, &played)?;
    stage.shredding(&patient, &doses)?;
    stage.device_life(&patient, &played, &mut devices.dispenser)?;

    screen::step(15, "What must not work");
    stage.report.step("refusals");
    stage.refused_frame(&mut played, &devices)?;
    stage.refused_claims(&insurance, &opened, &paid)?;
    stage.refused_batches(&mut devices.heart)?;
    stage.refused_reads(&patient, &reading, &played.vault)?;
    stage.refused_input(&patient)?;
    stage.revocation(&patient, &reading, &played.vault, &mut devices.heart)?;
    stage.rotation(&patient, &mut played, &mut devices.heart)?;
    stage.recovery(&patient)?;

    stage.app_view(&patient, &insurance)?;
    stage.report.end_step();
    stage.report.trace = stage.tracer.trace();
    Ok(stage.report)
}

/// The stage: chain, contracts, people, and what was shown so far.
pub struct Stage<'a> {
    pub backend: &'a mut dyn Backend,
    pub at: Deployment,
    pub deployment: DeploymentId,
    people: BTreeMap<&'static str, SharedAccount>,
    tracer: Tracer,
    /// What is told now takes a clock that can be set: chains without one cannot tell it.
    by_clock: bool,
    pub report: Report,
}

impl<'a> Stage<'a> {
    /// Steps 1 and 2: the chain runs, the contracts are on it.
    fn set(backend: &'a mut dyn Backend) -> Result<Self> {
        screen::step(1, "A chain");
        let mut report = Report::new(backend.chain()?);
        screen::say(&format!(
            "{} {}, chain id {}",
            report.chain.engine, report.chain.version, report.chain.chain_id
        ));
        screen::step(2, "Five contracts");
        report.step("deploy");
        let at = backend.deploy()?;
        let deployment = at.id()?;
        for (name, address) in contracts(&at) {
            screen::say(&format!("{name:<16} {address}"));
            report.contracts.insert(name.into(), address.into());
        }
        for (kind, gas) in backend.gas_anchors()? {
            report.gas(&kind, gas);
        }
        let people = PEOPLE
            .into_iter()
            .map(|name| Ok((name, backend.account(name)?)))
            .collect::<Result<_>>()?;
        let tracer = Tracer::new(names(&at, &people));
        Ok(Self {
            backend,
            at,
            deployment,
            people,
            tracer,
            by_clock: false,
            report,
        })
    }

    /// Somebody's account; what is done with it is written down.
    pub fn account(&self, name: &str) -> Result<SharedAccount> {
        let account = self.person(name)?;
        Ok(match self.by_clock {
            true => self.tracer.follow_by_clock(name, account),
            false => self.tracer.follow(name, account),
        })
    }

    /// The account of somebody whose service acts for them.
    pub fn service(&self, name: &str) -> Result<SharedAccount> {
        Ok(self.tracer.follow_service(name, self.person(name)?))
    }

    fn person(&self, name: &str) -> Result<SharedAccount> {
        self.people
            .get(name)
            .cloned()
            .with_context(|| format!("nobody is called {name}"))
    }

    pub fn address(&self, name: &str) -> Result<String> {
        Ok(self.account(name)?.address().to_string())
    }

    pub fn now_ms(&self) -> Result<u64> {
        Ok(self.account("stranger")?.block_time_ms()?)
    }

    pub fn now_s(&self) -> Result<u64> {
        Ok(self.now_ms()? / 1_000)
    }

    /// A transaction that must succeed; its gas is kept under `kind`.
    pub fn act(
        &mut self,
        who: &str,
        kind: &str,
        contract: &str,
        msg: &impl Serialize,
    ) -> Result<TxOutcome> {
        self.act_with(who, kind, Call::new(contract, msg)?)
    }

    pub fn act_with(&mut self, who: &str, kind: &str, call: Call) -> Result<TxOutcome> {
        self.act_all(who, kind, &[call])
    }

    /// Several messages in one transaction.
    pub fn act_all(&mut self, who: &str, kind: &str, calls: &[Call]) -> Result<TxOutcome> {
        let done = self
            .account(who)?
            .execute(calls)
            .with_context(|| format!("{who}: {kind}"))?;
        self.report.gas(kind, done.gas_used);
        Ok(done)
    }

    /// A transaction that must be refused with this code.
    pub fn refused_tx(
        &mut self,
        attempt: &str,
        code: &str,
        who: &str,
        contract: &str,
        msg: &impl Serialize,
    ) -> Result<()> {
        let tried = self.account(who)?.execute(&[Call::new(contract, msg)?]);
        self.refused_by_chain(attempt, code, tried)
    }

    /// A question that must be refused with this code.
    pub fn refused_query(
        &mut self,
        attempt: &str,
        code: &str,
        contract: &str,
        msg: &impl Serialize,
    ) -> Result<()> {
        let asked = query::<serde_json::Value>(&*self.account("stranger")?, contract, msg);
        self.refused_by_chain(attempt, code, asked)
    }

    fn refused_by_chain<T>(
        &mut self,
        attempt: &str,
        code: &str,
        tried: Result<T, LedgerError>,
    ) -> Result<()> {
        match tried {
            Ok(_) => bail!("{attempt}: went through, {code} was due"),
            Err(error @ LedgerError::Refused { .. }) => {
                self.refused(attempt, code, error.code().to_string(), error.to_string())
            }
            Err(other) => Err(other).with_context(|| attempt.to_string()),
        }
    }

    /// Keeps a refusal, which must be for the reason that was due.
    pub fn refused(&mut self, attempt: &str, due: &str, code: String, error: String) -> Result<()> {
        ensure!(
            code == due,
            "{attempt}: refused with {code} where {due} was due: {error}"
        );
        screen::refused(attempt, &error);
        self.report.refused.push(Refused {
            attempt: attempt.into(),
            error,
        });
        Ok(())
    }

    /// Step 17: what an app sees that knows nothing of us but the published schema.
    fn app_view(
        &mut self,
        patient: &people::Patient,
        insurance: &insurance::Insurance,
    ) -> Result<()> {
        screen::step(17, "An app's view, on @cosmjs/cosmwasm alone");
        self.report.step("app_view");
        match self
            .backend
            .app_view(&self.at, patient.id, insurance.policy)?
        {
            Some(shown) => shown.lines().for_each(screen::say),
            None => screen::say("no node runs here: told on the real chain only"),
        }
        Ok(())
    }

    pub fn ask<T: DeserializeOwned>(&self, contract: &str, msg: &impl Serialize) -> Result<T> {
        Ok(query(&*self.account("stranger")?, contract, msg)?)
    }
}

fn contracts(at: &Deployment) -> [(&'static str, &str); 5] {
    [
        ("consent", &at.consent),
        ("device-registry", &at.device_registry),
        ("vitals-anchor", &at.vitals_anchor),
        ("care", &at.care),
        ("claims", &at.claims),
    ]
}

/// Who is behind which address.
fn names(
    at: &Deployment,
    people: &BTreeMap<&'static str, SharedAccount>,
) -> BTreeMap<String, String> {
    let accounts = people.iter().map(|(name, a)| (a.address(), *name));
    contracts(at)
        .into_iter()
        .map(|(name, address)| (address, name))
        .chain(accounts)
        .map(|(address, name)| (address.to_string(), name.to_string()))
        .collect()
}

/// The number in an event of a contract of ours.
pub fn number(done: &TxOutcome, contract: &str, event: &str, key: &str) -> Result<u64> {
    done.attribute(contract, event, key)
        .with_context(|| format!("no {key} in an event {event} of {contract}"))?
        .parse()
        .with_context(|| format!("{key} of {event} is not a number"))
}
