//! Messages of claims.

use cosmwasm_std::{Uint128, Uint64};
use vitals_api::claims::ExecuteMsg;
use vitals_testing::access::{terms, Actor, World, OVER_S, PREMIUM};

use super::{Case, Sent};

pub const CASES: &[Case] = &[
    Case::new("admit_denom", admit_denom),
    Case::new("create_product", create_product),
    Case::new("deposit", deposit),
    Case::new("withdraw", withdraw),
    Case::new("bind", bind),
    Case::new("claim", claim),
    Case::new("expire", expire),
];

fn admit_denom(_: &mut World, _: &Actor) -> Sent {
    let denom = "uother".into();
    Sent::new(&ExecuteMsg::AdmitDenom { denom })
}

fn create_product(_: &mut World, _: &Actor) -> Sent {
    let product = terms();
    Sent::new(&ExecuteMsg::CreateProduct { product })
}

fn deposit(world: &mut World, _: &Actor) -> Sent {
    let product = Uint64::new(world.product);
    Sent::new(&ExecuteMsg::Deposit { product }).with(world.suite.coins(1))
}

fn withdraw(world: &mut World, _: &Actor) -> Sent {
    let product = Uint64::new(world.product);
    let amount = Uint128::one();
    Sent::new(&ExecuteMsg::Withdraw { product, amount })
}

fn bind(world: &mut World, actor: &Actor) -> Sent {
    let msg = world.bind_msg(world.other_product, world.ground(actor));
    Sent::new(&msg).with(world.suite.coins(PREMIUM))
}

fn claim(world: &mut World, actor: &Actor) -> Sent {
    Sent::new(&world.claim_msg(world.ground(actor)))
}

fn expire(world: &mut World, _: &Actor) -> Sent {
    world.suite.advance(OVER_S);
    let policy = Uint64::new(world.policy);
    Sent::new(&ExecuteMsg::Expire { policy })
}
