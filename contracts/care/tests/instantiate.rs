//! Instantiate: bounds, addresses, and the deployment id of the registry.

use crate::common::Ward;
use cosmwasm_std::{Binary, Coin};
use cw_multi_test::{ContractWrapper, Executor};
use vitals_api::care::{ConfigInfo, InstantiateMsg, QueryMsg, DEFAULT_REOPENS_S};
use vitals_testing::Suite;

fn good(suite: &Suite) -> InstantiateMsg {
    InstantiateMsg {
        owner: suite.actor("owner").into(),
        consent: suite.at.consent.to_string(),
        registry: suite.at.registry.to_string(),
        cooldown_s: 86_400,
        min_tier_s: 1,
        reopens_after_s: None,
    }
}

fn instantiate(suite: &mut Suite, msg: &InstantiateMsg, funds: &[Coin]) -> Result<(), String> {
    let code = suite.app.store_code(Box::new(ContractWrapper::new(
        care::contract::execute,
        care::contract::instantiate,
        care::contract::query,
    )));
    let owner = suite.actor("owner");
    let done = suite
        .app
        .instantiate_contract(code, owner, msg, funds, "care", None);
    done.map(|_| ()).map_err(|e| e.to_string())
}

#[test]
fn the_deployment_id_is_the_registrys() {
    let ward = Ward::new();
    let config: ConfigInfo = ward.ask(&QueryMsg::Config {});
    assert_eq!(
        config.deployment_id,
        Binary::new(ward.suite.deployment.to_vec())
    );
    assert_eq!((config.cooldown_s, config.min_tier_s), (60, 1));
    assert_eq!(config.reopens_after_s, DEFAULT_REOPENS_S, "none was given");
}

#[test]
fn delays_keep_to_their_bounds() {
    let mut suite = Suite::new();
    let good = good(&suite);
    for (cooldown_s, min_tier_s, reopens_after_s, fits) in [
        (0, 1, None, true),
        (86_400, 86_400, Some(86_400), true),
        (0, 1, Some(60), true),
        (86_401, 1, None, false),
        (0, 0, None, false),
        (0, 86_401, None, false),
        (0, 1, Some(59), false),
        (0, 1, Some(86_401), false),
    ] {
        let msg = InstantiateMsg {
            cooldown_s,
            min_tier_s,
            reopens_after_s,
            ..good.clone()
        };
        match instantiate(&mut suite, &msg, &[]) {
            Ok(()) => assert!(fits, "{cooldown_s} {min_tier_s} {reopens_after_s:?}"),
            Err(refused) => assert!(!fits && refused.contains("care/seconds: "), "{refused}"),
        }
    }
}

#[test]
fn a_registry_that_is_none_or_reads_another_consent_an_upper_case_address_and_coins_are_refused() {
    let mut suite = Suite::new();
    let good = good(&suite);
    let none = InstantiateMsg {
        registry: suite.at.consent.to_string(),
        ..good.clone()
    };
    let upper = InstantiateMsg {
        consent: good.consent.to_uppercase(),
        ..good.clone()
    };
    let other = InstantiateMsg {
        consent: suite.at.anchor.to_string(),
        ..good.clone()
    };
    let coins = suite.coins(1);
    for (msg, funds, code) in [
        (none, &[][..], "state/not_found"),
        (other, &[], "care/other_consent"),
        (upper, &[], "input/address"),
        (good, &coins, "input/funds"),
    ] {
        let refused = instantiate(&mut suite, &msg, funds).unwrap_err();
        assert!(refused.contains(code), "{refused}");
    }
}
