//! The world in which messages are tried.

use std::collections::BTreeMap;

use cosmwasm_std::{Addr, BlockInfo, Coin, Order, Record, Storage};
use cw_multi_test::AppResponse;
use serde::Serialize;
use vitals_core::decision::GroundRef;
use vitals_core::key::Ed25519Signer;

use super::{Actor, RestsOn};
use crate::device::TestBatch;
use crate::suite::Refused;
use crate::{Suite, TestDevice, Token};

mod begin;
mod care;
mod claimed;
mod cover;
mod devices;
mod people;

pub use care::{LADDER, WITHIN_S};
pub use claimed::Claimed;
pub use cover::OFFERED_S;
pub use devices::{FIRMWARE, IMAGE, NEWER_FIRMWARE};

/// A deployment with all [`super::ACTORS`] as they are described there.
pub struct World {
    pub suite: Suite,
    /// Numbers of the patient in question, and of the one called "other patient".
    pub patient: u64,
    pub other_patient: u64,
    /// The patient's open generation.
    pub generation: u32,
    /// By the name of whom the patient granted them to; that of the team under "member".
    pub grants: BTreeMap<&'static str, u64>,
    /// The one that lasts, of "responder in an emergency".
    pub emergency: u64,
    pub team: u64,
    /// Models of "maker" and "suspended maker".
    pub model: u32,
    pub suspended_model: u32,
    pub devices: Devices,
    /// Of the patient's device, meets the product's rule, and is anchored.
    pub episode: TestBatch,
    /// Of "insurer"; the patient has a policy of the first.
    pub product: u64,
    pub other_product: u64,
    pub policy: u64,
    /// Admitted, and what a third product is sold in.
    pub token: Token,
    pub token_product: u64,
    pub invoice_product: u64,
    /// Never admitted.
    other_token: Token,
    other_contract: Addr,
}

/// Numbers of devices; all are registered by "registrant".
#[derive(Debug, Clone, Copy)]
pub struct Devices {
    /// With the patient.
    pub paired: Known,
    /// Never with anybody.
    pub free: Known,
    /// With the other patient.
    pub others: Known,
    /// Of the suspended maker's model, never with anybody.
    pub suspended_makers: Known,
}

/// What a device of the world has used up.
#[derive(Debug, Clone, Copy)]
pub struct Known {
    seed: u8,
    pub device: u64,
    pairing: u32,
    action: u64,
    sequence: u64,
}

/// The whole chain at some time.
pub struct Kept {
    records: Vec<Record>,
    block: BlockInfo,
}

/// What became of a message.
#[derive(Debug)]
pub struct Attempt {
    pub result: Result<AppResponse, Refused>,
    /// Whether anything on the chain is other than before.
    pub changed: bool,
}

impl World {
    /// # Panics
    /// For a name of nobody.
    pub fn address(&self, name: &str) -> Addr {
        match super::actor(name).name {
            "consent contract" => self.suite.at.consent.clone(),
            "other contract" => self.other_contract.clone(),
            "token" => self.token.at.clone(),
            "other token" => self.other_token.at.clone(),
            account => self.suite.actor(account),
        }
    }

    /// Sends a message as somebody, whoever may send it.
    pub fn attempt(
        &mut self,
        name: &str,
        contract: &Addr,
        msg: &impl Serialize,
        funds: &[Coin],
    ) -> Attempt {
        let before = self.records();
        let sender = self.address(name);
        let result = self.suite.execute_from(sender, contract, msg, funds);
        Attempt {
            result,
            changed: self.records() != before,
        }
    }

    /// Sends what must succeed, to bring something about.
    ///
    /// # Panics
    /// Where it is refused.
    #[track_caller]
    pub fn act(&mut self, name: &str, contract: &Addr, msg: &impl Serialize) -> AppResponse {
        self.act_with(name, contract, msg, &[])
    }

    /// # Panics
    /// Where it is refused.
    #[track_caller]
    pub fn act_with(
        &mut self,
        name: &str,
        contract: &Addr,
        msg: &impl Serialize,
        funds: &[Coin],
    ) -> AppResponse {
        match self.suite.execute_with(name, contract, msg, funds) {
            Ok(done) => done,
            Err(refused) => panic!("{name} was refused: {refused}"),
        }
    }

    /// What an actor rests on.
    pub fn ground(&self, actor: &Actor) -> GroundRef {
        match actor.rests_on {
            RestsOn::Control => GroundRef::Patient {},
            RestsOn::Guardianship => GroundRef::Guardian {},
            RestsOn::Grant(to) => GroundRef::Grant {
                id: self.grants[to],
            },
            RestsOn::Emergency => GroundRef::Emergency { id: self.emergency },
        }
    }

    /// Everything somebody could name as its ground.
    pub fn grounds(&self) -> Vec<GroundRef> {
        let mut grounds = vec![
            GroundRef::Patient {},
            GroundRef::Guardian {},
            GroundRef::Emergency { id: self.emergency },
        ];
        grounds.extend(self.grants.values().map(|id| GroundRef::Grant { id: *id }));
        grounds
    }

    /// A device that goes on where the world left it.
    pub fn device(&self, known: Known) -> TestDevice {
        TestDevice {
            signer: Ed25519Signer::from_seed(&[known.seed; 32]),
            deployment: self.suite.deployment,
            device: known.device,
            pairing: known.pairing,
            action: known.action,
            sequence: known.sequence,
            alert: 0,
        }
    }

    pub fn keep(&self) -> Kept {
        Kept {
            records: self.records(),
            block: self.suite.app.block_info(),
        }
    }

    /// Undoes everything since.
    pub fn restore(&mut self, kept: &Kept) {
        let storage = self.suite.app.storage_mut();
        let keys: Vec<Vec<u8>> = storage
            .range(None, None, Order::Ascending)
            .map(|(key, _)| key)
            .collect();
        keys.iter().for_each(|key| storage.remove(key));
        for (key, value) in &kept.records {
            storage.set(key, value);
        }
        self.suite.app.set_block(kept.block.clone());
    }

    fn records(&self) -> Vec<Record> {
        let storage = self.suite.app.storage();
        storage.range(None, None, Order::Ascending).collect()
    }
}
