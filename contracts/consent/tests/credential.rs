//! AdmitIssuer, RemoveIssuer, IssueCredential and WithdrawCredential.

use consent::ContractError;
use vitals_api::consent::{CredentialInfo, ExecuteMsg, QueryMsg};
use vitals_api::ApiError;
use vitals_core::decision::Role;
use vitals_testing::Suite;

use crate::common::*;

fn admit(contract: &mut Contract, issuer: &str, roles: Vec<Role>) -> Acted {
    let issuer = contract.addr(issuer).into();
    contract.act("owner", ExecuteMsg::AdmitIssuer { issuer, roles })
}

fn issue(contract: &mut Contract, by: &str, role: Role, until: u64) -> Acted {
    let account = contract.addr("clinician").into();
    let msg = ExecuteMsg::IssueCredential {
        account,
        role,
        until,
    };
    contract.act(by, msg)
}

fn withdraw(contract: &mut Contract, by: &str, role: Role) -> Acted {
    let account = contract.addr("clinician").into();
    contract.act(by, ExecuteMsg::WithdrawCredential { account, role })
}

fn held(contract: &Contract, role: Role) -> CredentialInfo {
    let account = contract.addr("clinician").into();
    contract
        .ask(QueryMsg::Credential { account, role })
        .unwrap()
}

const NONE: CredentialInfo = CredentialInfo {
    live: false,
    until: None,
    issuer: None,
};

#[test]
fn a_credential_is_live_until_its_date_on_a_chain() {
    let mut suite = Suite::new();
    suite.credential("clinician", Role::Clinician);
    let ask = |suite: &Suite| -> CredentialInfo {
        let msg = QueryMsg::Credential {
            account: suite.actor("clinician").into(),
            role: Role::Clinician,
        };
        suite.query(&suite.at.consent, &msg).unwrap()
    };
    let held = ask(&suite);
    assert!(held.live);
    assert_eq!(held.issuer, Some(suite.actor("board").into()));
    suite.advance(held.until.unwrap() - suite.now_s() - 1);
    assert!(ask(&suite).live);
    suite.advance(1);
    assert!(!ask(&suite).live);
}

#[test]
fn an_issuer_attests_only_the_roles_it_was_admitted_for_last() {
    let mut contract = Contract::new();
    let until = contract.now() + 9;
    let sender: String = contract.addr("board").into();
    let not_admitted = |role| ContractError::NotAdmitted {
        sender: sender.clone(),
        role,
    };
    let refused = issue(&mut contract, "board", Role::Clinician, until);
    assert_eq!(refused, Err(not_admitted(Role::Clinician)));
    admit(&mut contract, "board", vec![Role::Clinician]).unwrap();
    issue(&mut contract, "board", Role::Clinician, until).unwrap();
    let refused = issue(&mut contract, "board", Role::Insurer, until);
    assert_eq!(refused, Err(not_admitted(Role::Insurer)));
    admit(&mut contract, "board", vec![Role::Insurer]).unwrap();
    issue(&mut contract, "board", Role::Insurer, until).unwrap();
    let refused = issue(&mut contract, "board", Role::Clinician, until);
    assert_eq!(refused, Err(not_admitted(Role::Clinician)));
}

#[test]
fn an_issuer_is_admitted_for_some_role_and_none_twice() {
    let mut contract = Contract::new();
    assert_code(admit(&mut contract, "board", vec![]), "input/length");
    let twice = vec![Role::Insurer, Role::Insurer];
    assert_code(admit(&mut contract, "board", twice), "input/duplicate");
}

#[test]
fn a_removed_issuer_attests_no_more_but_what_it_attested_stays_and_it_may_withdraw_it() {
    let mut contract = Contract::new();
    contract.credential("clinician", Role::Clinician);
    let remove = ExecuteMsg::RemoveIssuer {
        issuer: contract.addr("board").into(),
    };
    contract.act("owner", remove.clone()).unwrap();
    assert_code(contract.act("owner", remove), "state/not_found");
    assert!(held(&contract, Role::Clinician).live);
    let until = contract.now() + 9;
    let again = issue(&mut contract, "board", Role::Clinician, until);
    assert_code(again, "consent/not_admitted");
    withdraw(&mut contract, "board", Role::Clinician).unwrap();
    assert_eq!(held(&contract, Role::Clinician), NONE);
}

#[test]
fn a_credential_ends_after_now() {
    let mut contract = Contract::new();
    admit(&mut contract, "board", vec![Role::Clinician]).unwrap();
    let now = contract.now();
    assert_eq!(
        issue(&mut contract, "board", Role::Clinician, now),
        Err(ContractError::Api(ApiError::Time {
            field: "until",
            value: now,
            bound: now
        }))
    );
    issue(&mut contract, "board", Role::Clinician, now + 1).unwrap();
}

#[test]
fn a_credential_is_withdrawn_by_its_issuer_or_the_owner_only_and_once() {
    for by in ["board", "owner"] {
        let mut contract = Contract::new();
        contract.credential("clinician", Role::Clinician);
        admit(&mut contract, "other", vec![Role::Clinician]).unwrap();
        assert_eq!(
            withdraw(&mut contract, "other", Role::Clinician),
            Err(ContractError::NotTheIssuer {
                sender: contract.addr("other").into(),
                account: contract.addr("clinician").into(),
            })
        );
        withdraw(&mut contract, by, Role::Clinician).unwrap();
        assert_eq!(held(&contract, Role::Clinician), NONE);
        let again = withdraw(&mut contract, by, Role::Clinician);
        assert_code(again, "state/not_found");
    }
}

#[test]
fn no_issuer_changes_what_another_attested_while_it_lives() {
    let mut contract = Contract::new();
    contract.credential("clinician", Role::Clinician);
    admit(&mut contract, "other", vec![Role::Clinician]).unwrap();
    let soon = contract.now() + 1;
    assert_eq!(
        issue(&mut contract, "other", Role::Clinician, soon),
        Err(ContractError::OtherIssuer {
            account: contract.addr("clinician").into(),
            role: Role::Clinician,
            issuer: contract.addr("board").into(),
        })
    );
    let longer = contract.now() + 2 * DAY_S;
    issue(&mut contract, "board", Role::Clinician, longer).unwrap();
    contract.advance(2 * DAY_S);
    let until = contract.now() + 1;
    issue(&mut contract, "other", Role::Clinician, until).unwrap();
    let issuer = held(&contract, Role::Clinician).issuer;
    assert_eq!(issuer, Some(contract.addr("other").into()));
}

#[test]
fn roles_are_attested_one_by_one() {
    let mut contract = Contract::new();
    contract.credential("clinician", Role::Clinician);
    assert_eq!(held(&contract, Role::Insurer), NONE);
}
