//! Where the story's people act: a chain, the contracts, and what was shown so far.

use std::collections::BTreeMap;

use anyhow::{bail, ensure, Context, Result};
use serde::de::DeserializeOwned;
use serde::Serialize;
use vitals_core::signing::DeploymentId;
use vitals_ledger::{query, Call, Deployment, LedgerError, TxOutcome};

use super::PEOPLE;
use crate::backend::{Backend, SharedAccount};
use crate::report::{Refused, Report};
use crate::screen;
use crate::trace::Tracer;

/// The stage: chain, contracts, people, and what was shown so far.
pub struct Stage<'a> {
    pub backend: &'a mut dyn Backend,
    pub at: Deployment,
    pub deployment: DeploymentId,
    /// A cw20 token's contract: somebody else's.
    pub token: String,
    /// Products sold so far.
    pub(super) products: Vec<u64>,
    people: BTreeMap<&'static str, SharedAccount>,
    pub(super) tracer: Tracer,
    /// What is told now takes a clock that can be set: chains without one cannot tell it.
    pub(super) by_clock: bool,
    pub report: Report,
}

impl<'a> Stage<'a> {
    /// Steps 1 and 2: the chain runs, the contracts are on it.
    pub(super) fn set(backend: &'a mut dyn Backend) -> Result<Self> {
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
        let token = backend.token(&token_holders(&people))?;
        let tracer = Tracer::new(names(&at, &people), token.clone());
        Ok(Self {
            backend,
            at,
            deployment,
            token,
            products: Vec::new(),
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
        self.refused_call(attempt, code, who, Call::new(contract, msg)?)
    }

    /// The same, of a message that funds go along with.
    pub fn refused_call(&mut self, attempt: &str, code: &str, who: &str, call: Call) -> Result<()> {
        let tried = self.account(who)?.execute(&[call]);
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

/// Whose pools and premiums are in tokens.
fn token_holders(people: &BTreeMap<&'static str, SharedAccount>) -> Vec<String> {
    ["insurer", "patient"]
        .into_iter()
        .filter_map(|name| Some(people.get(name)?.address().to_string()))
        .collect()
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
