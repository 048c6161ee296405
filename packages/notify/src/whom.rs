//! Whom a happening concerns, as the contracts say now.

mod accounts;
mod alerts;
mod claims;

use std::collections::BTreeSet;

use cosmwasm_std::Uint64;
use serde::de::DeserializeOwned;
use serde::Serialize;
use vitals_api::consent::recovery::{GuardiansPage, NamedGuardian};
use vitals_api::consent::{self, PatientInfo};
use vitals_core::decision::Power;
use vitals_ledger::{query, Deployment, LedgerError, Reader};

use crate::event::Happening;
use crate::people::People;
use crate::store::Later;
use crate::{Message, Telling, Urgency};

const PAGE: u32 = 30;

const DAY_MS: u64 = 86_400_000;
const ROUTINE_MS: u64 = 3 * DAY_MS;

/// What a look at the chain led to.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Led {
    pub tellings: Vec<Telling>,
    pub later: Vec<Later>,
    /// The highest alert that was looked at.
    pub alert: u64,
    /// Alerts that wait for nobody any more.
    pub answered: Vec<u64>,
}

/// Asks the contracts.
pub(crate) struct Ask<'a, C> {
    pub chain: &'a C,
    pub at: &'a Deployment,
    pub people: &'a People,
    pub block_s: u64,
}

/// What is told, apart from to whom.
#[derive(Clone, Copy)]
pub(crate) struct What<'a> {
    pub thing: &'a str,
    pub message: Message,
    pub urgency: Urgency,
    pub alert: Option<(u64, u8)>,
    pub within_ms: u64,
}

impl<'a> What<'a> {
    pub fn routine(thing: &'a str, message: Message) -> Self {
        Self {
            thing,
            message,
            urgency: Urgency::Routine,
            alert: None,
            within_ms: ROUTINE_MS,
        }
    }

    pub fn urgent(thing: &'a str, message: Message, within_ms: u64) -> Self {
        Self {
            urgency: Urgency::Urgent,
            within_ms,
            ..Self::routine(thing, message)
        }
    }
}

impl<C: Reader> Ask<'_, C> {
    /// `event` tells it from every other event: its block and place there.
    pub fn led(&self, happening: &Happening, event: (u64, usize)) -> Result<Led, LedgerError> {
        match happening {
            Happening::Alert { alert } => Ok(self.alert(*alert)?.unwrap_or_default()),
            Happening::Answered { alert } => Ok(Led {
                answered: vec![*alert],
                ..Led::default()
            }),
            Happening::EmergencyOpened { patient, emergency } => self.opened(*patient, *emergency),
            Happening::EmergencyEnded { patient, emergency } => self.ended(*patient, *emergency),
            Happening::Recovery { patient, accounts } => self.recovery(*patient, accounts, event),
            Happening::ClaimFiled { policy, claim } => self.filed(*policy, *claim, event.0),
            Happening::ClaimAppealed { policy, claim } => self.appealed(*policy, *claim, event.0),
            Happening::ClaimNews {
                policy,
                claim,
                payee,
            } => self.news(*policy, *claim, payee.as_ref(), event.0),
            Happening::Policy { policy } => Ok(look_later("policy", policy.to_string(), 0)),
        }
    }

    pub fn controller(&self, patient: u64) -> Result<Option<String>, LedgerError> {
        let patient = Uint64::new(patient);
        let found = self.find(&self.at.consent, &consent::QueryMsg::Patient { patient })?;
        Ok(found.map(|found: PatientInfo| found.controller))
    }

    /// The patient's account and the live guardians', of a power where one is named.
    pub fn own(&self, patient: u64, power: Option<Power>) -> Result<Vec<String>, LedgerError> {
        let mut accounts: Vec<_> = self.controller(patient)?.into_iter().collect();
        let mut start_after = None;
        loop {
            let asked = consent::QueryMsg::Guardians {
                patient: Uint64::new(patient),
                start_after: start_after.take(),
                limit: Some(PAGE),
            };
            let page: Option<GuardiansPage> = self.find(&self.at.consent, &asked)?;
            let page = page.map_or_else(Vec::new, |page| page.guardians);
            if page.len() == PAGE as usize {
                start_after = page.last().map(|last| last.guardian.clone());
            }
            let may = |named: &NamedGuardian| {
                named.info.live && power.is_none_or(|power| named.info.powers.contains(&power))
            };
            accounts.extend(page.into_iter().filter(may).map(|named| named.guardian));
            if start_after.is_none() {
                return Ok(accounts);
            }
        }
    }

    pub fn only(&self, what: What<'_>, accounts: &[String]) -> Led {
        Led {
            tellings: self.tell(what, accounts),
            ..Led::default()
        }
    }

    /// Once each person, however many of their accounts it concerns.
    fn tell(&self, what: What<'_>, accounts: &[String]) -> Vec<Telling> {
        let people: BTreeSet<&str> = accounts
            .iter()
            .flat_map(|account| self.people.behind(account))
            .collect();
        let telling = |person: &str| Telling {
            thing: what.thing.into(),
            person: person.into(),
            message: what.message,
            urgency: what.urgency,
            alert: what.alert,
            within_ms: what.within_ms,
        };
        people.into_iter().map(telling).collect()
    }

    fn find<T: DeserializeOwned>(
        &self,
        contract: &str,
        asked: &impl Serialize,
    ) -> Result<Option<T>, LedgerError> {
        match query(self.chain, contract, asked) {
            Ok(found) => Ok(Some(found)),
            Err(error) if error.code() == "state/not_found" => Ok(None),
            Err(error) => Err(error),
        }
    }
}

fn look_later(kind: &str, about: String, at_s: u64) -> Led {
    let kind = kind.to_owned();
    Led {
        later: vec![Later { kind, about, at_s }],
        ..Led::default()
    }
}
