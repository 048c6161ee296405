//! Making an instance, and pausing one.

use cosmwasm_std::coin;
use cosmwasm_std::testing::{message_info, mock_dependencies, mock_env};
use vitals_anchor::contract::instantiate;
use vitals_api::admin::AdminMsg;
use vitals_api::anchor::{ConfigInfo, ExecuteMsg, InstantiateMsg, QueryMsg};
use vitals_core::measured::{GapNotice, GapReason};
use vitals_testing::Suite;

use crate::support::{beat, gap, message, refused, run, send, setup, PATIENT};

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
    let notice = GapNotice {
        device: device.device,
        pairing: 1,
        from: 1,
        next: 2,
        last_at: now,
        reason: GapReason::PowerLost,
    };
    run(&mut suite, "stranger", &gap(&device, &notice)).unwrap();
    let pause = ExecuteMsg::Admin(AdminMsg::Resume {});
    refused(run(&mut suite, "patient", &pause), "admin/not_owner");
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
