//! Ownership, pause, and what can be asked.

use crate::common::{refused, terms, World, BENEFIT, FILE_WITHIN_S, PREMIUM, TERM_S};
use cosmwasm_std::{coin, Uint64};
use vitals_api::admin::{AdminInfo, AdminMsg};
use vitals_api::claims::{ConfigInfo, ExecuteMsg, ExposureInfo, PoliciesPage, QueryMsg};
use vitals_testing::suite::DENOM;

fn pause(world: &mut World) {
    world
        .send("owner", &ExecuteMsg::Admin(AdminMsg::Pause {}), &[])
        .unwrap();
}

#[test]
fn a_pause_stops_new_products_and_policies() {
    let mut world = World::new();
    pause(&mut world);
    refused(world.create(&terms()), "admin/paused");
    refused(world.bind(), "admin/paused");
    world
        .send("owner", &ExecuteMsg::Admin(AdminMsg::Resume {}), &[])
        .unwrap();
    assert!(world.bind().is_ok());
}

#[test]
fn a_pause_stops_no_claim_no_money_and_no_end_of_a_policy() {
    let (mut world, policy) = World::covered();
    pause(&mut world);
    let evidence = world.episode();
    world.claim(policy, &evidence).unwrap();
    world.deposit(5).unwrap();
    world.withdraw(5).unwrap();
    world.suite.advance(TERM_S + FILE_WITHIN_S);
    world.expire(policy).unwrap();
    assert_eq!(world.money()[1..], [0, BENEFIT, 5]);
}

#[test]
fn only_the_owner_pauses_and_ownership_passes_in_two_steps() {
    let mut world = World::new();
    let admin = |msg| ExecuteMsg::Admin(msg);
    refused(
        world.send("insurer", &admin(AdminMsg::Pause {}), &[]),
        "admin/not_owner",
    );
    refused(
        world.send("owner", &admin(AdminMsg::Pause {}), &[coin(1, DENOM)]),
        "input/funds",
    );
    let owner = world.suite.actor("other").to_string();
    world
        .send(
            "owner",
            &admin(AdminMsg::ProposeOwner {
                owner: owner.clone(),
            }),
            &[],
        )
        .unwrap();
    world
        .send("other", &admin(AdminMsg::AcceptOwner {}), &[])
        .unwrap();
    let info: AdminInfo = world.query(&QueryMsg::Admin {}).unwrap();
    assert_eq!((info.owner, info.pending_owner), (owner, None));
}

#[test]
fn the_contract_says_whom_it_reads() {
    let world = World::new();
    let config: ConfigInfo = world.query(&QueryMsg::Config {}).unwrap();
    assert_eq!(config.consent, world.suite.at.consent.as_str());
    assert_eq!(config.registry, world.suite.at.registry.as_str());
    assert_eq!(config.anchor, world.suite.at.anchor.as_str());
    assert_eq!(config.least_deadline_s, 1);
}

#[test]
fn a_patients_policies_are_paged_oldest_first() {
    let mut world = World::new();
    let mut numbers = vec![world.bind().unwrap()];
    for _ in 0..2 {
        world.product = world.create(&terms()).unwrap();
        world.deposit(2 * BENEFIT).unwrap();
        numbers.push(world.bind().unwrap());
    }
    let page = |start_after: Option<u64>, limit| -> Vec<u64> {
        let asked = QueryMsg::Policies {
            patient: Uint64::new(world.patient),
            start_after: start_after.map(Uint64::new),
            limit,
        };
        let page: PoliciesPage = world.query(&asked).unwrap();
        page.policies.iter().map(|p| p.policy.u64()).collect()
    };
    assert_eq!(page(None, None), numbers);
    assert_eq!(page(None, Some(2)), numbers[..2]);
    assert_eq!(page(Some(numbers[1]), None), numbers[2..]);
    assert_eq!(page(None, Some(0)), numbers[..1], "a page is never empty");
}

#[test]
fn exposure_adds_up_what_policies_may_still_cost() {
    let (mut world, policy) = World::covered();
    let exposure = |world: &World| -> ExposureInfo {
        let product = Uint64::new(world.product);
        world.query(&QueryMsg::Exposure { product }).unwrap()
    };
    let before = exposure(&world);
    assert_eq!(before.most_payable.u128(), 2 * BENEFIT);
    assert_eq!(before.premiums_net.u128(), PREMIUM);
    assert_eq!(before.loss_ratio_bp.map(|r| r.u128()), Some(0));
    assert_eq!(
        (before.policies_live.u64(), before.claims_paid.u64()),
        (1, 0)
    );
    let evidence = world.episode();
    world.claim(policy, &evidence).unwrap();
    let after = exposure(&world);
    assert_eq!(after.most_payable.u128(), BENEFIT);
    assert_eq!((after.paid.u128(), after.claims_paid.u64()), (BENEFIT, 1));
    assert_eq!(after.loss_ratio_bp.map(|r| r.u128()), Some(200_000));
    world.suite.advance(TERM_S + FILE_WITHIN_S);
    world.expire(policy).unwrap();
    let over = exposure(&world);
    assert_eq!((over.most_payable.u128(), over.locked.u128()), (0, 0));
    assert_eq!(
        (over.policies_live.u64(), over.policies_bound.u64()),
        (0, 1)
    );
}

#[test]
fn what_does_not_exist_is_not_found() {
    let world = World::new();
    let none = Uint64::new(9);
    for asked in [
        QueryMsg::Product {
            product: none,
            version: None,
        },
        QueryMsg::Exposure { product: none },
        QueryMsg::Waiting {
            product: none,
            start_after: None,
            limit: None,
        },
        QueryMsg::Owed {
            product: none,
            account: world.suite.actor("other").into(),
        },
        QueryMsg::Pool { product: none },
        QueryMsg::Policy { policy: none },
        QueryMsg::Claim {
            policy: none,
            claim: 1,
        },
    ] {
        refused(world.query::<serde_json::Value>(&asked), "state/not_found");
    }
    let premium = world.pool().premiums.u128();
    assert_eq!(premium, 0, "not {PREMIUM}: nothing is sold");
}
