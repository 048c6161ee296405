//! Making an instance, and pausing one.

use cosmwasm_std::coin;
use cosmwasm_std::testing::{message_info, mock_dependencies, mock_env};
use cw_multi_test::Executor;
use vitals_anchor::contract::instantiate;
use vitals_api::admin::{AdminInfo, AdminMsg};
use vitals_api::anchor::{ConfigInfo, ExecuteMsg, InstantiateMsg, QueryMsg};
use vitals_testing::suite::contracts_own;
use vitals_testing::Suite;

use crate::support::{beat, gap, message, notice, refused, run, send, setup, take_back, PATIENT};

#[test]
fn the_deployment_id_is_the_registrys() {
    let suite = Suite::new();
    let config: ConfigInfo = suite.query(&suite.at.anchor, &QueryMsg::Config {}).unwrap();
    assert_eq!(config.deployment_id.as_slice(), suite.deployment);
    assert_eq!(config.consent, suite.at.consent.as_str());
    assert_eq!(config.registry, suite.at.registry.as_str());
}

#[test]
fn an_instance_is_made_with_addresses_in_lower_case_and_a_registry_that_answers() {
    let api = mock_dependencies().api;
    let good = api.addr_make("somebody").to_string();
    let make = |owner: &str, consent: &str, registry: &str| {
        let msg = InstantiateMsg {
            owner: owner.into(),
            consent: consent.into(),
            registry: registry.into(),
        };
        let info = message_info(&api.addr_make("deployer"), &[]);
        let mut deps = mock_dependencies();
        instantiate(deps.as_mut(), mock_env(), info, msg)
            .unwrap_err()
            .to_string()
    };
    let shouted = good.to_uppercase();
    for (owner, consent, registry) in [
        (&shouted, &good, &good),
        (&good, &shouted, &good),
        (&good, &good, &shouted),
    ] {
        assert!(make(owner, consent, registry).starts_with("input/address: "));
    }
    assert!(make(&good, &good, &good).starts_with("state/unreadable: "));
}

#[test]
fn a_pause_stops_anchoring_and_lets_gaps_be_noted() {
    let (mut suite, mut device, _) = setup();
    let now = suite.now_ms();
    let batch = beat(&mut device, now);
    run(&mut suite, "owner", &ExecuteMsg::Admin(AdminMsg::Pause {})).unwrap();
    refused(
        send(&mut suite, "patient", PATIENT, &[&batch]),
        "admin/paused",
    );
    let notice = notice(&suite, &device, 1, 2);
    run(&mut suite, "stranger", &gap(&device, &notice)).unwrap();
    let resume = ExecuteMsg::Admin(AdminMsg::Resume {});
    refused(run(&mut suite, "patient", &resume), "admin/not_owner");
    run(&mut suite, "owner", &resume).unwrap();
    let next = beat(&mut device, now);
    send(&mut suite, "patient", PATIENT, &[&next]).unwrap();
}

/// The pause stands twice: where the administration keeps it, and where anchoring reads it.
#[test]
fn no_message_of_the_administration_lets_the_copy_of_the_pause_differ() {
    let (mut suite, mut device, _) = setup();
    let next = suite.actor("other").to_string();
    let steps = [
        ("owner", AdminMsg::Pause {}, true),
        ("owner", AdminMsg::ProposeOwner { owner: next }, true),
        ("other", AdminMsg::AcceptOwner {}, true),
        ("other", AdminMsg::Pause {}, true),
        ("other", AdminMsg::Resume {}, false),
        ("other", AdminMsg::Resume {}, false),
    ];
    for (sender, msg, paused) in steps {
        run(&mut suite, sender, &ExecuteMsg::Admin(msg)).unwrap();
        let info: AdminInfo = suite.query(&suite.at.anchor, &QueryMsg::Admin {}).unwrap();
        let batch = beat(&mut device, suite.now_ms());
        let answer = send(&mut suite, "patient", PATIENT, &[&batch]);
        assert_eq!((info.paused, answer.is_err()), (paused, paused));
        suite.advance(1);
        if paused {
            take_back(&mut device);
        } else {
            return;
        }
    }
}

#[test]
fn an_instance_takes_the_consent_its_registry_asks_and_no_other() {
    let mut suite = Suite::new();
    let owner = suite.actor("owner");
    let code = suite.app.contract_data(&suite.at.anchor).unwrap().code_id;
    let other = suite.at.care.to_string();
    let (consent, registry) = (suite.at.consent.to_string(), suite.at.registry.to_string());
    let mut make = |consent: String| {
        let msg = InstantiateMsg {
            owner: owner.to_string(),
            consent,
            registry: registry.clone(),
        };
        let app = &mut suite.app;
        app.instantiate_contract(code, owner.clone(), &msg, &[], "again", None)
            .map_err(|e| contracts_own(&e.to_string()))
    };
    refused(make(other), "anchor/another_consent");
    assert!(make(consent).is_ok());
}

#[test]
fn stray_coins_are_refused() {
    let (mut suite, mut device, _) = setup();
    let batch = beat(&mut device, suite.now_ms());
    let anchor = suite.at.anchor.clone();
    let msg = message(PATIENT, &[&batch]);
    for denom in ["uvital", "uother"] {
        let answer = suite.execute_with("patient", &anchor, &msg, &[coin(1, denom)]);
        refused(answer, "input/funds");
    }
}
