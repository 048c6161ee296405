//! Questions in forms that might be answered for somebody else.

use cosmwasm_std::{Binary, Uint64};
use serde_json::Value;
use vitals_api::consent::{DecideMsg, Party, QueryMsg};
use vitals_core::decision::Role;

use crate::common::*;

/// Every question that names an account, with this in its place.
fn asks(contract: &Contract, patient: u64, account: &str) -> Vec<QueryMsg> {
    let (number, limit) = (Uint64::new(patient), None);
    let account = account.to_string();
    let after = Some(account.clone());
    vec![
        QueryMsg::PatientsOf {
            account: account.clone(),
            start_after: None,
            limit,
        },
        QueryMsg::Recipient {
            account: account.clone(),
        },
        QueryMsg::Credential {
            account: account.clone(),
            role: Role::Clinician,
        },
        QueryMsg::Guardian {
            patient: number,
            guardian: account.clone(),
        },
        QueryMsg::Guardians {
            patient: number,
            start_after: after.clone(),
            limit,
        },
        QueryMsg::Responder {
            account: account.clone(),
        },
        QueryMsg::Receipts {
            patient: number,
            start_after: after.clone(),
            limit,
        },
        QueryMsg::VerifyReceipt {
            patient: number,
            vault: account.clone(),
            index: 0,
            receipt: Binary::default(),
            proof: Binary::default(),
        },
        QueryMsg::Denial {
            patient: number,
            whom: Party::Account(account.clone()),
        },
        QueryMsg::Members {
            team: Uint64::one(),
            start_after: after,
            limit,
        },
        QueryMsg::TeamsOf {
            account: account.clone(),
        },
        QueryMsg::Decide(DecideMsg {
            who: account,
            ..contract.decide_msg(patient, "patient", None)
        }),
    ]
}

/// An account asks about itself in capitals, or in the form of another chain, where a denial or a
/// credential of the one form might not be found; or in ten thousand letters, to have them back in
/// an error. Every question takes an address in its one form, and tells in a line that it is none.
#[test]
fn every_question_takes_addresses_in_their_one_form() {
    let (mut contract, patient) = Contract::with_patient();
    contract.team("admin", &[]);
    let good = contract.addr("patient").to_string();
    for account in [
        good.to_uppercase(),
        format!("{good} "),
        String::new(),
        "osmo1qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqmcn030".into(),
        "x".repeat(10_000),
    ] {
        for ask in asks(&contract, patient, &account) {
            let refused = contract.ask::<Value>(ask).unwrap_err();
            assert_eq!(code(&refused), "input/address", "{refused}");
            assert!(refused.to_string().len() < 400, "{refused}");
        }
    }
}
