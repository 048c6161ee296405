//! Every list goes page by page, in order. That no page is unlimited is in `adversarial/pages.rs`.

use cosmwasm_std::Uint64;
use vitals_api::consent::{GrantsPage, PatientsPage, QueryMsg};

use crate::common::*;

fn grants(contract: &Contract, patient: u64, after: Option<u64>, limit: Option<u32>) -> Vec<u64> {
    let msg = QueryMsg::Grants {
        patient: Uint64::new(patient),
        start_after: after.map(Uint64::new),
        limit,
    };
    let page: GrantsPage = contract.ask(msg).unwrap();
    page.grants.iter().map(|g| g.grant.u64()).collect()
}

fn patients(contract: &Contract, after: Option<u64>, limit: Option<u32>) -> Vec<u64> {
    let msg = QueryMsg::PatientsOf {
        account: contract.addr("patient").into(),
        start_after: after.map(Uint64::new),
        limit,
    };
    let page: PatientsPage = contract.ask(msg).unwrap();
    page.patients.iter().map(|n| n.u64()).collect()
}

#[test]
fn grants_are_listed_oldest_first_each_once_and_only_the_patient_s() {
    let mut contract = Contract::new();
    let both = [contract.enrol("patient"), contract.enrol("patient")];
    for patient in both {
        for _ in 0..35 {
            let grant = contract.grant_msg("clinician");
            contract.give(patient, grant);
        }
    }
    contract.act("patient", revoke_msg(both[0], 2)).unwrap();
    let mut all = grants(&contract, both[0], None, Some(30));
    all.extend(grants(&contract, both[0], Some(30), Some(30)));
    assert_eq!(all, (1..=35).collect::<Vec<_>>());
    assert!(grants(&contract, both[0], Some(35), None).is_empty());
    assert!(grants(&contract, both[0], Some(u64::MAX), None).is_empty());
}

#[test]
fn patients_of_an_account_are_listed_in_order_each_once() {
    let mut contract = Contract::new();
    let mut all: Vec<u64> = (0..35).map(|_| contract.enrol("patient")).collect();
    contract.enrol("other");
    all.sort_unstable();
    assert_eq!(patients(&contract, None, Some(7)), all[..7]);
    assert_eq!(patients(&contract, Some(all[29]), Some(30)), all[30..]);
    assert!(patients(&contract, Some(all[34]), None).is_empty());
}

#[test]
fn what_is_asked_of_nobody_is_not_found() {
    let (contract, patient) = Contract::with_patient();
    let nobody = Uint64::new(patient.wrapping_add(1));
    let asks = [
        QueryMsg::Patient { patient: nobody },
        QueryMsg::Grants {
            patient: nobody,
            start_after: None,
            limit: None,
        },
        QueryMsg::Guardian {
            patient: nobody,
            guardian: contract.addr("guardian").into(),
        },
        QueryMsg::Grant {
            patient: Uint64::new(patient),
            grant: Uint64::one(),
        },
    ];
    for ask in asks {
        let answer = contract.ask::<GrantsPage>(ask).map(|_| ());
        assert_code(answer, "state/not_found");
    }
}

#[test]
fn queries_take_addresses_in_lower_case_only() {
    let (contract, patient) = Contract::with_patient();
    let upper = contract.addr("patient").as_str().to_uppercase();
    let asks = [
        QueryMsg::PatientsOf {
            account: upper.clone(),
            start_after: None,
            limit: None,
        },
        QueryMsg::Recipient {
            account: upper.clone(),
        },
        QueryMsg::Credential {
            account: upper.clone(),
            role: vitals_core::decision::Role::Clinician,
        },
        QueryMsg::Guardian {
            patient: Uint64::new(patient),
            guardian: upper,
        },
    ];
    for ask in asks {
        let answer = contract.ask::<GrantsPage>(ask).map(|_| ());
        assert_code(answer, "input/address");
    }
}
