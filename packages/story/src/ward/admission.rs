//! Patients of the ward on the chain: accounts, keys, grants.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, Result};
use cosmwasm_std::Uint64;
use serde::Serialize;
use vitals_api::consent::{self, GrantMsg, Party};
use vitals_api::{care, registry};
use vitals_chain_client::Wallet;
use vitals_core::decision::{Action, Purpose};
use vitals_core::key::{Ed25519Signer, Signer};
use vitals_core::measure::Category;
use vitals_core::time::{epoch_of, Window};
use vitals_keys::Agent;
use vitals_ledger::{Call, TxOutcome};
use vitals_vault_client::VaultClient;

use super::Opens;
use crate::scenario::people::{LADDER, MAKER_SEED};
use crate::scenario::recording::lock;
use crate::scenario::vault::Identity;
use crate::scenario::{number, Told};

const DAY_S: u64 = 86_400;
/// How long grants of the ward are good for, and how far back they reach.
const DAYS: u64 = 30;
const HOURS_BEFORE: u32 = 24;
const HOURS_AFTER: u32 = 24 * 30;
/// Seconds each tier of the ladder has.
const TIER_S: u32 = 300;

pub struct Admission<'a> {
    pub told: &'a Told<'a>,
    pub maker: Ed25519Signer,
}

pub struct Patient<'a> {
    pub who: &'static str,
    pub id: u64,
    keys: Keys<'a>,
}

enum Keys<'a> {
    Known(&'a Agent),
    Made(Box<Agent>),
}

impl Patient<'_> {
    pub fn agent(&self) -> &Agent {
        match &self.keys {
            Keys::Known(agent) => agent,
            Keys::Made(agent) => agent,
        }
    }

    /// With the keys as the app reads them.
    pub fn opens(&self, home: &Path) -> Result<Opens> {
        let path = keys_file(home, self.who);
        let file = fs::read(&path)?;
        let plain = lock().unwrap(&path.display().to_string(), &file)?;
        Ok(Opens {
            role: "patient",
            account: self.who,
            identity: Some(self.agent().keys().identity().to_string()),
            keyring: Some(String::from_utf8(plain.to_vec())?),
            patient: Some(self.id),
        })
    }
}

/// Where a patient's keys are.
fn keys_file(home: &Path, who: &str) -> PathBuf {
    home.join(format!("{who}.keys"))
}

impl<'a> Admission<'a> {
    pub fn new(told: &'a Told<'a>) -> Result<Self> {
        let desk = Self {
            told,
            maker: Ed25519Signer::from_seed(&MAKER_SEED),
        };
        let key = desk.maker.public_key();
        let admit = registry::ExecuteMsg::AdmitMaker {
            maker: desk.address("maker")?,
            name: "Example Devices".into(),
            key: registry::KeyMsg {
                scheme: key.scheme(),
                bytes: key.bytes().to_vec().into(),
            },
        };
        desk.call("deployer", &told.at.device_registry, &admit)?;
        Ok(desk)
    }

    pub fn address(&self, who: &str) -> Result<String> {
        Ok(self.told.backend.account(who)?.address().to_string())
    }

    pub fn call(&self, who: &str, contract: &str, msg: &impl Serialize) -> Result<TxOutcome> {
        let account = self.told.backend.account(who)?;
        let done = account.execute(&[Call::new(contract, msg)?]);
        done.with_context(|| who.to_string())
    }

    pub fn vault_as(&self, who: &str) -> Result<VaultClient<Arc<Wallet>>> {
        let (vault, wallet) = (&self.told.vault, self.told.backend.wallet(who)?);
        Ok(VaultClient::new(&vault.url, &vault.name, wallet)?)
    }

    /// A new identity of an account's, whose recipient is published.
    pub fn recipient(&self, who: &str) -> Result<Identity> {
        let identity = Identity::generate();
        let recipient = identity.recipient.clone();
        let set = consent::ExecuteMsg::SetRecipient { recipient };
        self.call(who, &self.told.at.consent, &set)?;
        Ok(identity)
    }

    pub fn now_ms(&self) -> Result<u64> {
        let account = self.told.backend.account("stranger")?;
        Ok(account.block_time_ms()?)
    }

    pub fn until_s(&self) -> Result<u64> {
        Ok(self.now_ms()? / 1_000 + DAYS * DAY_S)
    }

    /// Somebody who is a patient already.
    pub fn known<'k>(&self, who: &'static str, id: u64, agent: &'k Agent) -> Patient<'k> {
        let keys = Keys::Known(agent);
        Patient { who, id, keys }
    }

    /// A new patient with keys of its own and a ladder.
    pub fn admit(&self, who: &'static str) -> Result<Patient<'static>> {
        let consent = &self.told.at.consent;
        let enrolled = self.call(who, consent, &consent::ExecuteMsg::Enrol {})?;
        let id = number(&enrolled, consent, "enrolled", "patient")?;
        let path = keys_file(&self.told.backend.home(), who);
        let agent = Agent::create(&path, lock(), id, 1)?;
        let set = consent::ExecuteMsg::SetRecipient {
            recipient: agent.keys().recipient().into(),
        };
        self.call(who, consent, &set)?;
        let ladder = care::ExecuteMsg::SetLadder {
            patient: Uint64::new(id),
            ladder: LADDER,
            tiers: vec![care::TierMsg {
                responders: vec![self.address("clinician")?],
                within_s: TIER_S,
            }],
            ends_in_emergency: false,
        };
        let keys = Keys::Made(Box::new(agent));
        let patient = Patient { who, id, keys };
        self.call(who, &self.told.at.care, &ladder)?;
        Ok(patient)
    }

    /// A grant of everything the ward measures, without keys.
    pub fn granted(
        &self,
        patient: &Patient<'_>,
        grantee: Party,
        purpose: Purpose,
        actions: &[Action],
    ) -> Result<u64> {
        let consent = &self.told.at.consent;
        let now = epoch_of(self.now_ms()?).unwrap_or_default();
        let grant = consent::ExecuteMsg::Grant {
            patient: Uint64::new(patient.id),
            grant: GrantMsg {
                grantee,
                purposes: vec![purpose],
                categories: Category::ALL.to_vec(),
                actions: actions.to_vec(),
                window: Window {
                    from: now.saturating_sub(HOURS_BEFORE),
                    to: now.saturating_add(HOURS_AFTER),
                },
                valid_from: None,
                valid_until: self.until_s()?,
                package: None,
            },
        };
        let done = self.call(patient.who, consent, &grant)?;
        number(&done, consent, "granted", "grant")
    }
}
