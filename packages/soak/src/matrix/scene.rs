//! What the setup made, and a request put together from it.

use std::collections::BTreeMap;

use anyhow::{ensure, Context, Result};
use vitals_core::time::Epoch;
use vitals_vault_client::{digest, Period};

use super::actors::{Actor, Cites};
use super::ask::{ask, Answer, By};
use super::requests::{Body, Request, Vault};
use crate::service::Service;
use crate::world::{VaultAt, World};

const WEEK: Epoch = 7 * 24;
const DAY: Epoch = 24;

pub struct Scene {
    pub world: World,
    pub ward: (Service, VaultAt),
    pub custodian: (Service, VaultAt),
    pub patient: u64,
    pub other: u64,
    pub device: u64,
    /// In which the batches were measured.
    pub hour: Epoch,
    /// Grants by the account, or team, that they were made to.
    pub grants: BTreeMap<&'static str, u64>,
    /// Emergencies by the account that opened them.
    pub emergencies: BTreeMap<&'static str, u64>,
    pub alert: u64,
    /// Digests in hex, by the custodian.
    pub shares: BTreeMap<&'static str, String>,
    /// Digest, in hex.
    pub package: String,
}

impl Scene {
    pub fn ask(&self, request: &Request, actor: &Actor) -> Result<Answer> {
        let body = body(request, actor);
        let target = self.target(request.target, actor, &body)?;
        let (_, vault) = match request.vault {
            Vault::Ward => &self.ward,
            Vault::Custodian => &self.custodian,
        };
        let who = self.world.wallet(actor.account)?;
        let by = match request.by_session {
            true => By::SessionOn(&self.world.at.chain_id),
            false => By::Account,
        };
        let answer = ask(vault, &who, by, (request.method, &target, &body))?;
        if answer.served() && !answer.by.is_empty() && request.target.contains("{ground}") {
            let cited = self.ground(actor.cites)?;
            ensure!(
                answer.by == cited,
                "{}: {}: cites {} for {cited}",
                request.name,
                actor.name,
                answer.by
            );
        }
        Ok(answer)
    }

    fn target(&self, template: &str, actor: &Actor, body: &[u8]) -> Result<String> {
        let week_before = self.hour - WEEK;
        let ground = self.ground(actor.cites)?;
        let known = [
            ("patient", self.patient.to_string()),
            ("other", self.other.to_string()),
            ("device", self.device.to_string()),
            ("hour", self.hour.to_string()),
            ("week_before", week_before.to_string()),
            ("six_days_before", (week_before + DAY).to_string()),
            ("ground", ground),
            ("grant", self.grant_of(actor)?.to_string()),
            ("emergency", self.emergency_of(actor)?.to_string()),
            ("alert", self.alert.to_string()),
            ("share", self.share_of(actor)?.to_string()),
            ("package", self.package.clone()),
            ("digest", hex::encode(digest(body))),
        ];
        let fill = |text: String, (name, value): &(&str, String)| {
            text.replace(&format!("{{{name}}}"), value)
        };
        Ok(known.iter().fold(template.to_string(), fill))
    }

    fn ground(&self, cites: Cites) -> Result<String> {
        Ok(match cites {
            Cites::Patient => "patient".into(),
            Cites::Guardian => "guardian".into(),
            Cites::Grant(to) => format!("grant:{}", self.grant(to)?),
            Cites::Emergency(by) => format!("emergency:{}", self.emergency(by)?),
        })
    }

    fn grant(&self, to: &str) -> Result<u64> {
        let grant = self.grants.get(to).copied();
        grant.with_context(|| format!("no grant to {to}"))
    }

    fn emergency(&self, by: &str) -> Result<u64> {
        let emergency = self.emergencies.get(by).copied();
        emergency.with_context(|| format!("no emergency of {by}"))
    }

    /// The one cited; else the reader's.
    fn grant_of(&self, actor: &Actor) -> Result<u64> {
        match actor.cites {
            Cites::Grant(to) => self.grant(to),
            _ => self.grant("reader"),
        }
    }

    /// Its own; else the one custodian's.
    fn share_of(&self, actor: &Actor) -> Result<&str> {
        let own = self.shares.get(actor.account);
        let share = own.or_else(|| self.shares.get("custodian"));
        share
            .map(String::as_str)
            .context("no share of the custodian")
    }

    fn emergency_of(&self, actor: &Actor) -> Result<u64> {
        match actor.cites {
            Cites::Emergency(by) => self.emergency(by),
            _ => self.emergency("responder"),
        }
    }

    /// How many receipts the vaults have.
    pub fn receipts(&self) -> Result<usize> {
        let mut count = 0;
        for (_, vault) in [&self.ward, &self.custodian] {
            let client = self.world.client("patient", vault)?;
            let ground = vitals_core::decision::GroundRef::Patient {};
            count += client.receipts(self.patient, &ground, None)?.count as usize;
        }
        Ok(count)
    }

    /// The patient erases everything at the ward's vault.
    pub fn erase(&self) -> Result<usize> {
        let client = self.world.client("patient", &self.ward.1)?;
        let report = client.erase(self.patient, &Period::default())?;
        ensure!(!report.more, "more than one request erases");
        Ok(report.digests.len())
    }
}

/// Other bytes for each request of each actor, so that each that is taken is new.
fn body(request: &Request, actor: &Actor) -> Vec<u8> {
    let length = match request.body {
        Body::None => return Vec::new(),
        Body::Blob | Body::Package => 128,
        Body::Plan => 512,
    };
    let mut bytes = format!("{} {} ", request.name, actor.name).into_bytes();
    bytes.resize(length.max(bytes.len()), b'.');
    bytes
}
