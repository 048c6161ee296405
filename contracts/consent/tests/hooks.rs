//! AddHook, RemoveHook, what subscribers are told, and what comes back of them.

use consent::contract::{execute, reply};
use consent::ContractError;
use cosmwasm_std::testing::message_info;
use cosmwasm_std::{
    Binary, CosmosMsg, Event, Reply, ReplyOn, Response, SubMsg, SubMsgResponse, SubMsgResult,
    Uint64, WasmMsg,
};
use vitals_api::consent::emergency::{EmergencyInfo, HooksInfo};
use vitals_api::consent::hook::{ConsentHookMsg, MAX_HOOKS};
use vitals_api::consent::{ExecuteMsg, QueryMsg};
use vitals_core::decision::Role;
use vitals_testing::Suite;

use crate::common::*;
use crate::safety::*;

fn add(contract: &mut Contract, sender: &str, hook: &str) -> Acted {
    let hook = contract.addr(hook).to_string();
    contract.act(sender, ExecuteMsg::AddHook { contract: hook })
}

fn remove(contract: &mut Contract, sender: &str, hook: &str) -> Acted {
    let hook = contract.addr(hook).to_string();
    contract.act(sender, ExecuteMsg::RemoveHook { contract: hook })
}

/// What `responder` sets off.
fn opens(contract: &mut Contract, patient: u64) -> Response {
    let info = message_info(&contract.addr("responder"), &[]);
    let msg = emergency_msg(patient, 0, 60);
    execute(contract.deps.as_mut(), contract.env.clone(), info, msg).unwrap()
}

fn replied(
    contract: &mut Contract,
    id: u64,
    result: SubMsgResult,
) -> Result<Response, ContractError> {
    let msg = Reply {
        id,
        payload: Binary::new(contract.addr("care").as_bytes().to_vec()),
        gas_used: 0,
        result,
    };
    let env = contract.env.clone();
    reply(contract.deps.as_mut(), env, msg)
}

#[test]
fn the_owner_lists_at_most_four_contracts_once_each() {
    let (mut contract, _) = with_responder();
    assert_code(add(&mut contract, "stranger", "care"), "admin/not_owner");
    for n in 0..MAX_HOOKS {
        add(&mut contract, "owner", &format!("h{n}")).unwrap();
    }
    assert_code(add(&mut contract, "owner", "h1"), "consent/hook_known");
    let fifth = add(&mut contract, "owner", "care");
    assert_code(fifth, "consent/too_many_hooks");
    assert_code(remove(&mut contract, "stranger", "h1"), "admin/not_owner");
    remove(&mut contract, "owner", "h1").unwrap();
    assert_code(remove(&mut contract, "owner", "h1"), "state/not_found");
    let hooks: HooksInfo = contract.ask(QueryMsg::Hooks {}).unwrap();
    let expected = ["h0", "h2", "h3"].map(|h| contract.addr(h).to_string());
    assert_eq!(hooks.contracts, expected);
}

#[test]
fn each_subscriber_is_told_with_a_gas_limit_and_an_error_that_stops_nothing() {
    let (mut contract, patient) = with_responder();
    assert!(opens(&mut contract, patient).messages.is_empty());
    contract.advance(60);
    add(&mut contract, "owner", "care").unwrap();
    add(&mut contract, "owner", "other").unwrap();
    let response = opens(&mut contract, patient);
    let told = ConsentHookMsg::EmergencyOpened {
        patient: Uint64::new(patient),
        emergency: Uint64::new(2),
        responder: contract.addr("responder").into(),
        until: contract.now() + 60,
    };
    let expected = ["care", "other"].map(|hook| SubMsg {
        id: 1,
        payload: Binary::new(contract.addr(hook).as_bytes().to_vec()),
        msg: CosmosMsg::Wasm(WasmMsg::Execute {
            contract_addr: contract.addr(hook).into(),
            msg: told.clone().into_binary().unwrap(),
            funds: vec![],
        }),
        gas_limit: Some(400_000),
        reply_on: ReplyOn::Error,
    });
    assert_eq!(response.messages, expected);
}

#[test]
fn no_other_message_tells_anybody() {
    let (mut contract, patient) = with_responder();
    add(&mut contract, "owner", "care").unwrap();
    open_emergency(&mut contract, patient).unwrap();
    let msg = ExecuteMsg::EndEmergency {
        patient: Uint64::new(patient),
        emergency: Uint64::one(),
    };
    let info = message_info(&contract.addr("responder"), &[]);
    let response = execute(contract.deps.as_mut(), contract.env.clone(), info, msg).unwrap();
    assert!(response.messages.is_empty());
}

#[test]
fn a_failure_is_an_event_that_names_the_subscriber() {
    let (mut contract, _) = with_responder();
    let failed = SubMsgResult::Err("codespace: sdk, code: 11".into());
    let response = replied(&mut contract, 1, failed).unwrap();
    let expected = Event::new("hook_failed").add_attribute("contract", contract.addr("care"));
    assert_eq!(response.events, [expected]);
}

#[test]
fn a_reply_that_nobody_asked_for_is_an_error() {
    let (mut contract, _) = with_responder();
    #[allow(deprecated)]
    let done = SubMsgResult::Ok(SubMsgResponse {
        events: vec![],
        data: None,
        msg_responses: vec![],
    });
    let failed = SubMsgResult::Err("broken".into());
    for (id, result) in [(1, done), (0, failed.clone()), (2, failed)] {
        let refused = replied(&mut contract, id, result);
        assert_eq!(refused, Err(ContractError::UnknownReply { id }));
    }
}

#[test]
fn on_a_chain_a_subscriber_that_errs_does_not_hold_an_emergency_up() {
    let mut suite = Suite::new();
    let patient = suite.enrol("patient");
    suite.credential("clinician", Role::EmergencyResponder);
    let consent = suite.at.consent.clone();
    // the registry takes no such message
    let registry = suite.at.registry.to_string();
    let add = ExecuteMsg::AddHook {
        contract: registry.clone(),
    };
    suite.execute("owner", &consent, &add).unwrap();
    let open = emergency_msg(patient, 0, 60);
    let response = suite.execute("clinician", &consent, &open).unwrap();
    let failed = response.events.iter().find(|e| e.ty == "wasm-hook_failed");
    let named = &failed.unwrap().attributes;
    assert!(named
        .iter()
        .any(|a| a.key == "contract" && a.value == registry));
    let ask = QueryMsg::Emergency {
        patient: Uint64::new(patient),
        emergency: Uint64::one(),
    };
    let opened: EmergencyInfo = suite.query(&consent, &ask).unwrap();
    assert_eq!(opened.until, suite.now_s() + 60);
}

#[test]
fn on_a_chain_care_hears_of_an_emergency() {
    let mut suite = Suite::new();
    let patient = suite.enrol("patient");
    suite.credential("clinician", Role::EmergencyResponder);
    let consent = suite.at.consent.clone();
    let care = suite.at.care.to_string();
    let add = ExecuteMsg::AddHook {
        contract: care.clone(),
    };
    suite.execute("owner", &consent, &add).unwrap();
    let open = emergency_msg(patient, 0, 60);
    let events = suite.execute("clinician", &consent, &open).unwrap().events;
    assert!(!events.iter().any(|e| e.ty == "wasm-hook_failed"));
    let by_care = |e: &&Event| {
        let of = |a: &&cosmwasm_std::Attribute| a.key == "_contract_address" && a.value == care;
        e.ty.starts_with("wasm-") && e.attributes.iter().any(|a| of(&a))
    };
    let heard: Vec<&Event> = events.iter().filter(by_care).collect();
    let named = |key: &str, value: String| {
        let attributes = heard.iter().flat_map(|e| &e.attributes);
        attributes
            .into_iter()
            .any(|a| a.key == key && a.value == value)
    };
    assert!(named("patient", patient.to_string()), "{heard:?}");
}
