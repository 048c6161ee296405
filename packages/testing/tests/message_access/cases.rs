//! For each message how it is tried: in what state, with what in it.

use cosmwasm_std::Coin;
use serde::Serialize;
use serde_json::Value;
use vitals_api::access::{Paused, Row, Who};
use vitals_testing::access::{Actor, World};
use vitals_testing::Contract;

pub mod admin;
mod anchor;
mod care;
mod claims_claimed;
mod claims_policies;
mod claims_products;
pub mod claims_tokens;
mod consent_emergencies;
mod consent_grants;
mod consent_guardians;
mod consent_people;
mod consent_teams;
mod registry;

/// Of each message of a contract, those of the housekeeping first.
pub fn of(contract: Contract) -> Vec<Case> {
    let own = match contract {
        Contract::Consent => consent(),
        Contract::DeviceRegistry => registry::CASES.to_vec(),
        Contract::VitalsAnchor => anchor::CASES.to_vec(),
        Contract::Care => care::CASES.to_vec(),
        Contract::Claims => claims(),
    };
    [admin::CASES.to_vec(), own].concat()
}

fn consent() -> Vec<Case> {
    [
        consent_people::CASES,
        consent_guardians::CASES,
        consent_emergencies::CASES,
        consent_grants::CASES,
        consent_teams::CASES,
    ]
    .concat()
}

fn claims() -> Vec<Case> {
    [
        claims_products::CASES,
        claims_policies::CASES,
        claims_claimed::CASES,
        claims_tokens::CASES,
    ]
    .concat()
}

/// One message in one state of the world. Everything in it is valid, but perhaps the sender.
#[derive(Clone, Copy)]
pub struct Case {
    pub message: &'static str,
    /// What sets it apart where a message has several cases.
    pub of: &'static str,
    /// Of whom the row names, who can be meant in this state; all where absent.
    only: Option<&'static [Who]>,
    /// Actors who are more here than they are elsewhere.
    here: &'static [(&'static str, Who)],
    /// Where that rests with what is in the message.
    proposed: Option<Paused>,
    pub build: fn(&mut World, &Actor) -> Sent,
}

impl Case {
    const fn new(message: &'static str, build: fn(&mut World, &Actor) -> Sent) -> Self {
        Self {
            message,
            of: "",
            only: None,
            here: &[],
            proposed: None,
            build,
        }
    }

    const fn of(self, of: &'static str, only: &'static [Who]) -> Self {
        Self {
            of,
            only: Some(only),
            ..self
        }
    }

    /// With something else in it, for the same senders.
    const fn like(self, of: &'static str) -> Self {
        Self { of, ..self }
    }

    const fn here(self, here: &'static [(&'static str, Who)]) -> Self {
        Self { here, ..self }
    }

    const fn proposed(self, paused: Paused) -> Self {
        Self {
            proposed: Some(paused),
            ..self
        }
    }

    /// Whether a pause stops it.
    ///
    /// # Panics
    /// Where neither its row nor the case says.
    pub fn stops(&self, row: &Row) -> bool {
        match (row.paused, self.proposed) {
            (_, Some(proposed)) => proposed == Paused::Stops,
            (Paused::AsProposed, None) => panic!("{}: what is proposed?", self.message),
            (paused, None) => paused == Paused::Stops,
        }
    }

    /// Whether it is of a state in which not everybody is meant whom the row names.
    pub fn is_narrower(&self) -> bool {
        self.only.is_some()
    }

    /// Whom its row lets send it in this state.
    pub fn lets(&self, row: &Row) -> Vec<Who> {
        let meant = |who: &&Who| self.only.is_none_or(|only| only.contains(who));
        row.who.iter().filter(meant).copied().collect()
    }

    pub fn lets_actor(&self, row: &Row, actor: &Actor) -> bool {
        let lets = self.lets(row);
        let here = self.here.iter().filter(|(name, _)| *name == actor.name);
        actor.is_one_of(&lets) || here.into_iter().any(|(_, who)| lets.contains(who))
    }
}

/// What is sent.
pub struct Sent {
    pub msg: Value,
    pub funds: Vec<Coin>,
}

impl Sent {
    fn new(msg: &impl Serialize) -> Self {
        Self {
            msg: serde_json::to_value(msg).expect("a message is JSON"),
            funds: Vec::new(),
        }
    }

    fn with(self, funds: Vec<Coin>) -> Self {
        Self { funds, ..self }
    }

    /// Its name, as a row has it.
    pub fn name(&self) -> String {
        let name = only_key(&self.msg);
        match name.as_str() {
            "admin" => format!("admin.{}", only_key(&self.msg["admin"])),
            _ => name,
        }
    }

    /// The same with another value in one of its fields, where it has that.
    pub fn replaced(&self, field: &str, value: &impl Serialize) -> Option<Self> {
        let mut msg = self.msg.clone();
        let found = msg[only_key(&self.msg)].get_mut(field)?;
        *found = serde_json::to_value(value).expect("a value is JSON");
        Some(Self {
            msg,
            funds: self.funds.clone(),
        })
    }
}

fn only_key(of: &Value) -> String {
    let fields = of.as_object().expect("a variant is an object");
    fields.keys().next().expect("a variant has a name").clone()
}
