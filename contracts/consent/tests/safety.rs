//! Messages of guardians and of emergencies, in the forms the tests take.

use cosmwasm_std::{Binary, Uint64};
use vitals_api::consent::emergency::{EmergencyInfo, ResponderInfo};
use vitals_api::consent::recovery::{RecoveryInfo, Timing};
use vitals_api::consent::{ExecuteMsg, QueryMsg};
use vitals_core::decision::{Power, Role};

use crate::common::*;

pub const YEAR_S: u64 = 365 * DAY_S;

/// Of the defaults.
pub fn notice_s() -> u64 {
    Timing::default().notice_s()
}

/// The patient makes an account a guardian for a year.
pub fn guard(contract: &mut Contract, patient: u64, guardian: &str, powers: &[Power]) {
    let msg = ExecuteMsg::AppointGuardian {
        patient: Uint64::new(patient),
        guardian: contract.addr(guardian).into(),
        powers: powers.to_vec(),
        until: contract.now() + YEAR_S,
    };
    contract.act("patient", msg).unwrap();
}

pub fn dismiss(contract: &mut Contract, patient: u64, guardian: &str) -> Acted {
    let msg = ExecuteMsg::DismissGuardian {
        patient: Uint64::new(patient),
        guardian: contract.addr(guardian).into(),
    };
    contract.act("patient", msg)
}

pub fn quorum(contract: &mut Contract, patient: u64, power: Power, of: u8) -> Acted {
    let patient = Uint64::new(patient);
    contract.act("patient", ExecuteMsg::SetQuorum { patient, power, of })
}

/// A patient whose guardians `a`, `b` and `c` recover, and have served their notice.
pub fn with_recoverers() -> (Contract, u64) {
    let (mut contract, patient) = Contract::with_patient();
    for guardian in ["a", "b", "c"] {
        guard(&mut contract, patient, guardian, &[Power::Recover]);
    }
    contract.advance(notice_s());
    (contract, patient)
}

pub fn propose(contract: &mut Contract, patient: u64, guardian: &str, account: &str) -> Acted {
    let msg = ExecuteMsg::ProposeRecovery {
        patient: Uint64::new(patient),
        account: contract.addr(account).into(),
    };
    contract.act(guardian, msg)
}

pub fn approve(contract: &mut Contract, patient: u64, guardian: &str, account: &str) -> Acted {
    let msg = ExecuteMsg::ApproveRecovery {
        patient: Uint64::new(patient),
        account: contract.addr(account).into(),
    };
    contract.act(guardian, msg)
}

/// `a` proposes `new`, the others named approve.
pub fn agree(contract: &mut Contract, patient: u64, others: &[&str]) {
    propose(contract, patient, "a", "new").unwrap();
    for guardian in others {
        approve(contract, patient, guardian, "new").unwrap();
    }
}

pub fn veto(contract: &mut Contract, patient: u64) -> Acted {
    let patient = Uint64::new(patient);
    contract.act("patient", ExecuteMsg::VetoRecovery { patient })
}

pub fn complete(contract: &mut Contract, patient: u64) -> Acted {
    let patient = Uint64::new(patient);
    contract.act("stranger", ExecuteMsg::CompleteRecovery { patient })
}

pub fn recovery(contract: &Contract, patient: u64) -> RecoveryInfo {
    let patient = Uint64::new(patient);
    contract.ask(QueryMsg::Recovery { patient }).unwrap()
}

/// A patient, and `responder` with a credential for a year.
pub fn with_responder() -> (Contract, u64) {
    let (mut contract, patient) = Contract::with_patient();
    attest(&mut contract, "responder", Role::EmergencyResponder);
    (contract, patient)
}

/// `board` attests the role for a year.
pub fn attest(contract: &mut Contract, account: &str, role: Role) {
    let admit = ExecuteMsg::AdmitIssuer {
        issuer: contract.addr("board").into(),
        roles: vec![role],
    };
    contract.act("owner", admit).unwrap();
    let issue = ExecuteMsg::IssueCredential {
        account: contract.addr(account).into(),
        role,
        until: contract.now() + YEAR_S,
    };
    contract.act("board", issue).unwrap();
}

pub fn emergency_msg(patient: u64, hours_back: u32, for_s: u64) -> ExecuteMsg {
    ExecuteMsg::OpenEmergency {
        patient: Uint64::new(patient),
        reason: Binary::new(vec![9; 32]),
        hours_back,
        for_s,
    }
}

/// `responder` opens an hour's emergency that reaches a day back.
pub fn open_emergency(contract: &mut Contract, patient: u64) -> Acted {
    contract.act("responder", emergency_msg(patient, 24, 3_600))
}

pub fn end(contract: &mut Contract, sender: &str, patient: u64, id: u64) -> Acted {
    let msg = ExecuteMsg::EndEmergency {
        patient: Uint64::new(patient),
        emergency: Uint64::new(id),
    };
    contract.act(sender, msg)
}

pub fn review_msg(patient: u64, id: u64, upheld: bool) -> ExecuteMsg {
    ExecuteMsg::ReviewEmergency {
        patient: Uint64::new(patient),
        emergency: Uint64::new(id),
        upheld,
    }
}

pub fn emergency(contract: &Contract, patient: u64, id: u64) -> EmergencyInfo {
    let ask = QueryMsg::Emergency {
        patient: Uint64::new(patient),
        emergency: Uint64::new(id),
    };
    contract.ask(ask).unwrap()
}

pub fn responder(contract: &Contract) -> ResponderInfo {
    let account = contract.addr("responder").to_string();
    contract.ask(QueryMsg::Responder { account }).unwrap()
}
