//! Messages of claims about what is claimed, and how it is decided.

use vitals_testing::access::{Actor, World};
use vitals_testing::products::{ASSESS_S, BENEFIT, FEE};

use super::{Case, Sent};

pub const CASES: &[Case] = &[
    Case::new("claim", claim),
    Case::new("claim_reward", claim_reward),
    Case::new("file_invoice", file_invoice),
    Case::new("assess", assess),
    Case::new("appeal", appeal),
    Case::new("arbitrate", arbitrate),
    Case::new("settle", settle),
];

fn claim(world: &mut World, actor: &Actor) -> Sent {
    Sent::new(&world.claim_msg(world.ground(actor)))
}

fn claim_reward(world: &mut World, actor: &Actor) -> Sent {
    let ground = world.ground(actor);
    Sent::new(&world.reward_msg(ground))
}

fn file_invoice(world: &mut World, actor: &Actor) -> Sent {
    let policy = world.cared_for();
    let file = world.file_msg(policy, world.ground(actor));
    Sent::new(&file).with(world.suite.coins(FEE))
}

fn assess(world: &mut World, _: &Actor) -> Sent {
    Sent::new(&world.filed().assess(BENEFIT))
}

fn appeal(world: &mut World, actor: &Actor) -> Sent {
    let claimed = world.assessed();
    Sent::new(&claimed.appeal(world.ground(actor)))
}

fn arbitrate(world: &mut World, _: &Actor) -> Sent {
    Sent::new(&world.appealed().arbitrate(BENEFIT))
}

fn settle(world: &mut World, _: &Actor) -> Sent {
    let claimed = world.filed();
    world.suite.advance(ASSESS_S.into());
    Sent::new(&claimed.settle())
}
