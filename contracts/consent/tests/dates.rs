//! Dates end with the year 9999, on the second.

use vitals_api::consent::{ExecuteMsg, GrantMsg, MAX_CREDENTIAL_S};
use vitals_api::parse::LAST_DATE;
use vitals_core::decision::Role;

use crate::common::*;

fn given(change: impl FnOnce(&mut GrantMsg)) -> Acted {
    let (mut contract, patient) = Contract::with_patient();
    let mut grant = contract.grant_msg("clinician");
    change(&mut grant);
    contract.act("patient", grant_of(patient, grant))
}

fn attested(until: impl FnOnce(u64) -> u64) -> Acted {
    let mut contract = Contract::new();
    contract.credential("other", Role::Clinician);
    let issue = ExecuteMsg::IssueCredential {
        account: contract.addr("clinician").into(),
        role: Role::Clinician,
        until: until(contract.now()),
    };
    contract.act("board", issue)
}

#[test]
fn a_grant_ends_with_the_year_9999_at_the_latest() {
    given(|grant| grant.valid_until = LAST_DATE).unwrap();
    let refused = given(|grant| grant.valid_until = LAST_DATE + 1);
    assert_code(refused, "input/date");
    assert_code(given(|grant| grant.valid_until = u64::MAX), "input/date");
}

#[test]
fn a_grant_begins_before_its_end() {
    let from = |from: u64| {
        given(|grant| {
            grant.valid_from = Some(from);
            grant.valid_until = LAST_DATE;
        })
    };
    for good in [0, LAST_DATE - 1] {
        from(good).unwrap();
    }
    for late in [LAST_DATE, LAST_DATE + 1, u64::MAX] {
        assert_code(from(late), "input/time");
    }
}

#[test]
fn a_credential_is_for_five_years_at_most() {
    attested(|now| now + MAX_CREDENTIAL_S).unwrap();
    let refused = attested(|now| now + MAX_CREDENTIAL_S + 1);
    assert_code(refused, "consent/credential_too_long");
    assert_code(attested(|_| LAST_DATE), "consent/credential_too_long");
    assert_code(attested(|_| LAST_DATE + 1), "input/date");
    assert_code(attested(|_| u64::MAX), "input/date");
}
