//! Those who ask for more than a page: every list, at no limit, at none, at the most and beyond.

use cosmwasm_std::{Addr, Uint64};
use serde_json::Value;
use vitals_api::consent::record::{
    Anchored, Emergency, Guardian, Member, EMERGENCIES, GUARDIANS, MEMBERS, RECEIPTS,
};
use vitals_api::consent::{ExecuteMsg, QueryMsg};
use vitals_core::decision::Power;
use vitals_core::receipt::proof::Head;
use vitals_core::set::Set;
use vitals_core::time::Window;
use vitals_testing::pages::assert_clamped;

use crate::common::*;

const MANY: u64 = 40;

/// A patient with more of everything than a page holds, more than messages could write of some;
/// and another whose records come right behind them.
fn full() -> (Contract, u64) {
    let (mut contract, patient) = Contract::with_patient();
    contract.act("admin", ExecuteMsg::CreateTeam {}).unwrap();
    contract.act("admin", ExecuteMsg::CreateTeam {}).unwrap();
    for n in 0..MANY {
        contract.enrol("patient");
        let grant = contract.grant_msg("family");
        contract.give(patient, grant);
        let account = contract.addr(&format!("account {n}"));
        for (number, team) in [(patient, 1), (patient.wrapping_add(1), 2)] {
            fill(&mut contract, number, team, n, &account);
        }
    }
    (contract, patient)
}

fn fill(contract: &mut Contract, number: u64, team: u64, n: u64, account: &Addr) {
    let storage = &mut contract.deps.storage;
    let (number, who) = (number, account.as_str());
    let member = Member { joined: true };
    MEMBERS.save(storage, &(team, who), &member).unwrap();
    let guardian = Guardian {
        powers: Set::of(&[Power::Read]),
        until: u64::MAX,
        recovers: None,
        given_at: 0,
    };
    GUARDIANS.save(storage, &(number, who), &guardian).unwrap();
    let head = Head {
        count: 1,
        root: [1; 32],
    };
    let anchored = Anchored { head, at: 1 };
    RECEIPTS.save(storage, &(number, who), &anchored).unwrap();
    EMERGENCIES
        .save(storage, &(number, n + 1), &emergency(who))
        .unwrap();
}

fn emergency(responder: &str) -> Emergency {
    Emergency {
        responder: responder.into(),
        window: Window { from: 0, to: 1 },
        opened_at: 1,
        until: 2,
        ended_at: None,
        review_by: 3,
        review: None,
        reason: [1; 32],
    }
}

/// Each list's question, for a limit, and the name of the list in its answer.
fn lists(contract: &Contract, patient: u64, limit: Option<u32>) -> Vec<(QueryMsg, &'static str)> {
    let patient = Uint64::new(patient);
    let (number, text) = (None::<Uint64>, None::<String>);
    vec![
        (
            QueryMsg::PatientsOf {
                account: contract.addr("patient").into(),
                start_after: number,
                limit,
            },
            "patients",
        ),
        (
            QueryMsg::Guardians {
                patient,
                start_after: text.clone(),
                limit,
            },
            "guardians",
        ),
        (
            QueryMsg::Emergencies {
                patient,
                start_after: number,
                limit,
            },
            "emergencies",
        ),
        (
            QueryMsg::Receipts {
                patient,
                start_after: text.clone(),
                limit,
            },
            "logs",
        ),
        (
            QueryMsg::Grants {
                patient,
                start_after: number,
                limit,
            },
            "grants",
        ),
        (
            QueryMsg::Members {
                team: Uint64::one(),
                start_after: text,
                limit,
            },
            "members",
        ),
    ]
}

/// Whoever asks a public node for a list asks for all of it at once. No list is longer than 30,
/// whatever is asked, and none is read in vain by asking for nothing.
#[test]
fn no_list_is_longer_than_a_page() {
    let (contract, patient) = full();
    assert_clamped(
        |limit| lists(&contract, patient, limit),
        |ask| contract.ask(ask).unwrap(),
    );
}

/// Going on from where a page stopped, a reader sees everything once, and nothing of the patient or
/// team whose keys come next.
#[test]
fn pages_together_hold_everything_once_and_nothing_of_the_next() {
    let (contract, patient) = full();
    for (first, list) in lists(&contract, patient, Some(30)) {
        let page: Value = contract.ask(first.clone()).unwrap();
        let last = page[list].as_array().unwrap().last().unwrap().clone();
        let rest: Value = contract.ask(after(first, &last)).unwrap();
        // the patient itself is one of those it controls
        let most = if list == "patients" { MANY + 1 } else { MANY };
        let got = rest[list].as_array().unwrap().len() as u64;
        assert_eq!(got, most - 30, "{list}");
        assert!(!rest[list].as_array().unwrap().contains(&last), "{list}");
    }
}

fn after(ask: QueryMsg, last: &Value) -> QueryMsg {
    let text = |field: &str| last[field].as_str().unwrap().to_string();
    let number = |field: &str| Some(text(field).parse::<u64>().unwrap().into());
    let mut ask = ask;
    match &mut ask {
        QueryMsg::PatientsOf { start_after, .. } => {
            *start_after = Some(last.as_str().unwrap().parse::<u64>().unwrap().into());
        }
        QueryMsg::Guardians { start_after, .. } => *start_after = Some(text("guardian")),
        QueryMsg::Emergencies { start_after, .. } => *start_after = number("emergency"),
        QueryMsg::Receipts { start_after, .. } => *start_after = Some(text("vault")),
        QueryMsg::Grants { start_after, .. } => *start_after = number("grant"),
        QueryMsg::Members { start_after, .. } => *start_after = Some(text("account")),
        other => panic!("no list: {other:?}"),
    }
    ask
}
