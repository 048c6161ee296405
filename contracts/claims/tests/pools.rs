//! Deposit and Withdraw.

use crate::common::{refused, terms, World, BENEFIT, DEPOSIT, PREMIUM};
use cosmwasm_std::{coin, Uint128, Uint64};
use vitals_api::claims::ExecuteMsg;
use vitals_testing::suite::DENOM;

#[test]
fn anybody_may_add_to_a_pool() {
    let mut world = World::new();
    let product = Uint64::new(world.product);
    let msg = ExecuteMsg::Deposit { product };
    world.send("stranger", &msg, &[coin(5, DENOM)]).unwrap();
    assert_eq!(world.money(), [DEPOSIT + 5, 0, 0, 0]);
    assert_eq!(world.held(), DEPOSIT + 5);
}

#[test]
fn a_deposit_is_one_amount_of_the_products_denomination() {
    let mut world = World::new();
    let product = Uint64::new(world.product);
    let msg = ExecuteMsg::Deposit { product };
    for funds in [
        vec![],
        vec![coin(5, "uother")],
        vec![coin(5, "uother"), coin(5, DENOM)],
    ] {
        refused(world.send("insurer", &msg, &funds), "input/funds");
    }
    let product = Uint64::new(99);
    let unknown = ExecuteMsg::Deposit { product };
    refused(
        world.send("insurer", &unknown, &[coin(5, DENOM)]),
        "state/not_found",
    );
    assert_eq!(world.held(), DEPOSIT);
}

#[test]
fn the_insurer_takes_out_what_is_free_and_no_more() {
    let mut world = World::new();
    world.bind().unwrap();
    let free = DEPOSIT - 2 * BENEFIT;
    refused(world.withdraw(free + 1), "claims/pool_too_small");
    let before = world.suite.balance("insurer");
    world.withdraw(free).unwrap();
    assert_eq!(world.suite.balance("insurer"), before + free);
    assert_eq!(world.money(), [0, 2 * BENEFIT + PREMIUM, 0, free]);
    world.assert_whole();
    refused(world.withdraw(1), "claims/pool_too_small");
    refused(world.withdraw(0), "claims/zero_amount");
}

#[test]
fn nobody_but_the_insurer_takes_anything_out() {
    let mut world = World::new();
    let msg = ExecuteMsg::Withdraw {
        product: Uint64::new(world.product),
        amount: Uint128::new(1),
    };
    for sender in ["stranger", "patient", "owner"] {
        refused(world.tell(sender, &msg), "claims/not_staff");
    }
    refused(
        world.send("insurer", &msg, &[coin(1, DENOM)]),
        "input/funds",
    );
}

#[test]
fn the_pools_of_two_products_do_not_pay_for_each_other() {
    let mut world = World::new();
    let first = world.product;
    world.product = world.create(&terms()).unwrap();
    refused(world.withdraw(1), "claims/pool_too_small");
    refused(world.bind(), "claims/pool_too_small");
    world.product = first;
    assert_eq!(world.money(), [DEPOSIT, 0, 0, 0]);
}

#[test]
fn coins_sent_past_the_contract_are_nobodys() {
    let mut world = World::new();
    let (from, to) = (world.suite.actor("stranger"), world.suite.at.claims.clone());
    let stray = [coin(500, DENOM)];
    cw_multi_test::Executor::send_tokens(&mut world.suite.app, from, to, &stray).unwrap();
    assert_eq!(world.held(), DEPOSIT + 500);
    refused(world.withdraw(DEPOSIT + 1), "claims/pool_too_small");
}
