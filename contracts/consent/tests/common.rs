//! The contract called directly, so that errors keep their types, with people to act; and the same
//! people on a chain, by `vitals_testing::Suite`.

use consent::contract::{execute, instantiate, query};
use consent::ContractError;
use cosmwasm_std::testing::{
    message_info, mock_dependencies, mock_env, MockApi, MockQuerier, MockStorage,
};
use cosmwasm_std::{from_json, Addr, Binary, Coin, Env, Event, OwnedDeps, Timestamp, Uint64};
use serde::de::DeserializeOwned;
use vitals_api::consent::recovery::Timing;
use vitals_api::consent::{
    DecideMsg, Decision, ExecuteMsg, GrantMsg, InstantiateMsg, PackageRef, Party, PatientInfo,
    QueryMsg,
};
use vitals_core::decision::{Action, GroundRef, Power, Purpose, Role};
use vitals_core::measure::Category;
use vitals_core::time::{Epoch, Window, EPOCH_MS};
use vitals_testing::suite::START_S;

mod teams;

pub use teams::*;

pub const DAY_S: u64 = 86_400;
pub const EPOCH_S: u64 = EPOCH_MS / 1_000;

/// An age recipient that anybody may publish.
pub const RECIPIENT: &str = "age1fwyw88q777hp35330pg495ay40yx3c0g5kn2e3gpfqhz0eufjqjsy8gnsx";

pub type Acted = Result<Vec<Event>, ContractError>;

pub struct Contract {
    pub deps: OwnedDeps<MockStorage, MockApi, MockQuerier>,
    pub env: Env,
}

impl Contract {
    pub fn new() -> Self {
        let mut env = mock_env();
        env.block.time = Timestamp::from_seconds(START_S);
        let mut new = Self {
            deps: mock_dependencies(),
            env,
        };
        let owner = new.addr("owner");
        let msg = InstantiateMsg {
            owner: owner.to_string(),
            timing: Timing::default(),
        };
        let info = message_info(&owner, &[]);
        instantiate(new.deps.as_mut(), new.env.clone(), info, msg).unwrap();
        new
    }

    /// With `patient` enrolled, and its number.
    pub fn with_patient() -> (Self, u64) {
        let mut contract = Self::new();
        let patient = contract.enrol("patient");
        (contract, patient)
    }

    pub fn addr(&self, name: &str) -> Addr {
        self.deps.api.addr_make(name)
    }

    /// An account as whom a grant is to or a denial is of.
    pub fn party(&self, name: &str) -> Party {
        Party::Account(self.addr(name).into())
    }

    pub fn act(&mut self, sender: &str, msg: ExecuteMsg) -> Acted {
        self.act_with(sender, msg, &[])
    }

    pub fn act_with(&mut self, sender: &str, msg: ExecuteMsg, funds: &[Coin]) -> Acted {
        let info = message_info(&self.addr(sender), funds);
        execute(self.deps.as_mut(), self.env.clone(), info, msg).map(|response| response.events)
    }

    pub fn ask<T: DeserializeOwned>(&self, msg: QueryMsg) -> Result<T, ContractError> {
        let answer = query(self.deps.as_ref(), self.env.clone(), msg)?;
        Ok(from_json(answer).unwrap())
    }

    pub fn now(&self) -> u64 {
        self.env.block.time.seconds()
    }

    pub fn epoch(&self) -> Epoch {
        vitals_core::time::epoch_of(self.now() * 1_000).unwrap()
    }

    pub fn advance(&mut self, seconds: u64) {
        self.env.block.time = self.env.block.time.plus_seconds(seconds);
        self.env.block.height += 1;
    }

    pub fn enrol(&mut self, account: &str) -> u64 {
        let events = self.act(account, ExecuteMsg::Enrol {}).unwrap();
        attribute(&events, "enrolled", "patient").parse().unwrap()
    }

    pub fn info(&self, patient: u64) -> PatientInfo {
        let patient = Uint64::new(patient);
        self.ask(QueryMsg::Patient { patient }).unwrap()
    }

    /// Whether the generation is pending.
    pub fn pending(&self, patient: u64) -> bool {
        self.info(patient).pending
    }

    /// To read cardiac data as family, valid for a day, over the day's epochs.
    pub fn grant_msg(&self, grantee: &str) -> GrantMsg {
        GrantMsg {
            grantee: self.party(grantee),
            purposes: vec![Purpose::Family],
            categories: vec![Category::Cardiac],
            actions: vec![Action::Read],
            window: Window {
                from: self.epoch(),
                to: self.epoch() + 24,
            },
            valid_from: None,
            valid_until: self.now() + DAY_S,
            package: None,
        }
    }

    /// The patient grants; the grant's number.
    pub fn give(&mut self, patient: u64, grant: GrantMsg) -> u64 {
        let events = self.act("patient", grant_of(patient, grant)).unwrap();
        attribute(&events, "granted", "grant").parse().unwrap()
    }

    pub fn appoint(&mut self, patient: u64, guardian: &str, powers: &[Power]) {
        let msg = ExecuteMsg::AppointGuardian {
            patient: Uint64::new(patient),
            guardian: self.addr(guardian).into(),
            powers: powers.to_vec(),
            until: self.now() + DAY_S,
        };
        self.act("patient", msg).unwrap();
    }

    pub fn deny_msg(&self, patient: u64, account: &str) -> ExecuteMsg {
        ExecuteMsg::Deny {
            patient: Uint64::new(patient),
            whom: self.party(account),
        }
    }

    pub fn allow_msg(&self, patient: u64, account: &str) -> ExecuteMsg {
        ExecuteMsg::Allow {
            patient: Uint64::new(patient),
            whom: self.party(account),
        }
    }

    /// `board` attests the role for a day.
    pub fn credential(&mut self, account: &str, role: Role) {
        let admit = ExecuteMsg::AdmitIssuer {
            issuer: self.addr("board").into(),
            roles: vec![role],
        };
        self.act("owner", admit).unwrap();
        let issue = ExecuteMsg::IssueCredential {
            account: self.addr(account).into(),
            role,
            until: self.now() + DAY_S,
        };
        self.act("board", issue).unwrap();
    }

    /// Whether `who` may read cardiac data of this hour as family.
    pub fn decide(&self, patient: u64, who: &str, ground: Option<GroundRef>) -> Decision {
        self.decide_on(self.decide_msg(patient, who, ground))
    }

    pub fn decide_msg(&self, patient: u64, who: &str, ground: Option<GroundRef>) -> DecideMsg {
        DecideMsg {
            patient: Uint64::new(patient),
            who: self.addr(who).into(),
            purpose: Purpose::Family,
            category: Category::Cardiac,
            action: Action::Read,
            window: Window::one(self.epoch()),
            ground,
        }
    }

    pub fn decide_on(&self, msg: DecideMsg) -> Decision {
        self.ask(QueryMsg::Decide(msg)).unwrap()
    }
}

pub fn grant_of(patient: u64, grant: GrantMsg) -> ExecuteMsg {
    ExecuteMsg::Grant {
        patient: Uint64::new(patient),
        grant,
    }
}

pub fn revoke_msg(patient: u64, grant: u64) -> ExecuteMsg {
    ExecuteMsg::Revoke {
        patient: Uint64::new(patient),
        grant: Uint64::new(grant),
    }
}

pub fn open_msg(patient: u64, generation: u32) -> ExecuteMsg {
    ExecuteMsg::OpenGeneration {
        patient: Uint64::new(patient),
        generation,
        commitment: commitment(generation),
    }
}

/// Of another secret for each generation.
pub fn commitment(generation: u32) -> Binary {
    Binary::new([generation.to_be_bytes(); 8].concat())
}

pub fn package(byte: u8) -> PackageRef {
    PackageRef {
        digest: Binary::new(vec![byte; 32]),
        recipient_hash: Binary::new(vec![byte; 32]),
    }
}

pub fn permit(by: GroundRef) -> Decision {
    Decision::Permit { by }
}

/// The code of a refusal; a permission has none.
pub fn refusal_code(decision: &Decision) -> &str {
    match decision {
        Decision::Refuse { code, .. } => code,
        Decision::Permit { .. } => "permitted",
    }
}

pub fn names(events: &[Event]) -> Vec<&str> {
    events.iter().map(|event| event.ty.as_str()).collect()
}

pub fn attribute(events: &[Event], event: &str, key: &str) -> String {
    events
        .iter()
        .filter(|e| e.ty == event)
        .flat_map(|e| &e.attributes)
        .find(|a| a.key == key)
        .unwrap_or_else(|| panic!("no {key} in an event {event}: {events:?}"))
        .value
        .clone()
}

/// The stable code at the start of an error.
pub fn code(error: &impl ToString) -> String {
    let text = error.to_string();
    text.split(':').next().unwrap_or_default().to_string()
}

pub fn assert_code<T: std::fmt::Debug>(result: Result<T, ContractError>, expected: &str) {
    let error = result.unwrap_err();
    assert_eq!(code(&error), expected, "{error}");
}
