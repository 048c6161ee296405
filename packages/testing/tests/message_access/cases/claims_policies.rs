//! Messages of claims about policies.

use cosmwasm_std::Uint64;
use vitals_api::access::Who;
use vitals_api::claims::ExecuteMsg;
use vitals_core::decision::{GroundRef, Power};
use vitals_testing::access::{Actor, World, OFFERED_S};
use vitals_testing::products::{EVERY_S, FILE_WITHIN_S, GRACE_S, PREMIUM, TERM_S};

use super::{Case, Sent};

pub const CASES: &[Case] = &[
    Case::new("offer", offer),
    Case::new("withdraw_offer", withdraw_offer).of("an offer that stands", &[Who::Offerer]),
    Case::new("withdraw_offer", withdraw_over).of(
        "an offer whose time is over",
        &[Who::Offerer, Who::AnybodyOnceOver],
    ),
    Case::new("accept", accept),
    Case::new("bind", bind),
    Case::new("pay_premium", pay_premium),
    Case::new("cancel", cancel).of("as who took it out", &[Who::Policyholder]),
    Case::new("cancel", cancel_on_ground)
        .of("on a ground", &[Who::Patient, Who::Guardian(Power::Claim)]),
    Case::new("lapse", lapse),
    Case::new("expire", expire),
];

fn offer(world: &mut World, _: &Actor) -> Sent {
    let msg = world.offer_msg(world.other_product);
    Sent::new(&msg).with(world.suite.coins(PREMIUM))
}

fn withdraw_offer(world: &mut World, _: &Actor) -> Sent {
    let policy = Uint64::new(world.offer());
    Sent::new(&ExecuteMsg::WithdrawOffer { policy })
}

fn withdraw_over(world: &mut World, actor: &Actor) -> Sent {
    let sent = withdraw_offer(world, actor);
    world.suite.advance(OFFERED_S);
    sent
}

fn accept(world: &mut World, actor: &Actor) -> Sent {
    let policy = Uint64::new(world.offer());
    let ground = world.ground(actor);
    Sent::new(&ExecuteMsg::Accept { policy, ground })
}

fn bind(world: &mut World, actor: &Actor) -> Sent {
    let msg = world.bind_msg(world.other_product, world.ground(actor));
    Sent::new(&msg).with(world.suite.coins(PREMIUM))
}

fn pay_premium(world: &mut World, _: &Actor) -> Sent {
    let policy = world.by_instalments();
    Sent::new(&ExecuteMsg::PayPremium { policy }).with(world.suite.coins(PREMIUM))
}

fn cancel(world: &mut World, _: &Actor) -> Sent {
    cancel_msg(world, None)
}

fn cancel_on_ground(world: &mut World, actor: &Actor) -> Sent {
    let ground = world.ground(actor);
    cancel_msg(world, Some(ground))
}

fn cancel_msg(world: &mut World, ground: Option<GroundRef>) -> Sent {
    let policy = Uint64::new(world.accepted());
    Sent::new(&ExecuteMsg::Cancel { policy, ground })
}

fn lapse(world: &mut World, _: &Actor) -> Sent {
    let policy = world.by_instalments();
    world.suite.advance(u64::from(EVERY_S) + u64::from(GRACE_S));
    Sent::new(&ExecuteMsg::Lapse { policy })
}

fn expire(world: &mut World, _: &Actor) -> Sent {
    world
        .suite
        .advance(u64::from(TERM_S) + u64::from(FILE_WITHIN_S));
    let policy = Uint64::new(world.policy);
    Sent::new(&ExecuteMsg::Expire { policy })
}
