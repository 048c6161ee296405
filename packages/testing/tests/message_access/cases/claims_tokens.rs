//! What comes with tokens: each message that takes funds, from a token's contract.

use cosmwasm_std::{to_json_binary, Uint128, Uint64};
use vitals_api::access::Paused;
use vitals_api::claims::cw20::{Cw20ReceiveMsg, ReceiveMsg};
use vitals_api::claims::{ExecuteMsg, SilenceMsg, TermsMsg};
use vitals_core::decision::GroundRef;
use vitals_testing::access::{actor, Actor, World};
use vitals_testing::products::{instalments, invoices, FEE, PREMIUM};
use vitals_testing::suite::number;
use vitals_testing::token;

use super::{Case, Sent};

pub const CASES: &[Case] = &[
    Case::new("receive", |world, _| receive(world, deposit)).like("with a deposit"),
    Case::new("receive", |world, _| receive(world, offer))
        .like("with an offer")
        .proposed(Paused::Stops),
    Case::new("receive", |world, _| receive(world, bind))
        .like("with a policy to bind")
        .proposed(Paused::Stops),
    Case::new("receive", |world, _| receive(world, pay_premium)).like("with a premium"),
    Case::new("receive", |world, _| receive(world, file_invoice)).like("with an invoice"),
];

/// A message that tokens bring, by whoever sends them, and how many.
pub type Brought = fn(&mut World, &Actor) -> (ReceiveMsg, u128);

/// By the name of the message it is like.
pub const BROUGHT: [(&str, Brought); 5] = [
    ("deposit", deposit),
    ("offer", offer),
    ("bind", bind),
    ("pay_premium", pay_premium),
    ("file_invoice", file_invoice),
];

/// What the token says once the patient's tokens have arrived.
fn receive(world: &mut World, brought: Brought) -> Sent {
    let (msg, amount) = brought(world, actor("patient"));
    let token = world.token.at.clone();
    let transfer = token::ExecuteMsg::Transfer {
        recipient: world.suite.at.claims.to_string(),
        amount: Uint128::new(amount),
    };
    world.act("patient", &token, &transfer);
    Sent::new(&ExecuteMsg::Receive(Cw20ReceiveMsg {
        sender: world.address("patient").into(),
        amount: Uint128::new(amount),
        msg: to_json_binary(&msg).expect("a message is JSON"),
    }))
}

fn deposit(world: &mut World, _: &Actor) -> (ReceiveMsg, u128) {
    let product = Uint64::new(world.token_product);
    (ReceiveMsg::Deposit { product }, 1)
}

fn offer(world: &mut World, _: &Actor) -> (ReceiveMsg, u128) {
    (world.token_offer(), PREMIUM)
}

fn bind(world: &mut World, actor: &Actor) -> (ReceiveMsg, u128) {
    let ground = world.ground(actor);
    (bind_msg(world, world.token_product, ground), PREMIUM)
}

fn bind_msg(world: &World, product: u64, ground: GroundRef) -> ReceiveMsg {
    ReceiveMsg::Bind {
        product: Uint64::new(product),
        version: 1,
        patient: Uint64::new(world.patient),
        ground,
        payee: world.address("patient").into(),
    }
}

/// A policy of the patient, for tokens.
fn bound(world: &mut World, terms: TermsMsg) -> Uint64 {
    let product = world.sell_in_tokens(terms);
    let msg = bind_msg(world, product, GroundRef::Patient {});
    let done = world.send_tokens("patient", PREMIUM, &msg);
    Uint64::new(number(&done.events, "policy_bound", "policy"))
}

fn pay_premium(world: &mut World, _: &Actor) -> (ReceiveMsg, u128) {
    let policy = bound(world, instalments());
    (ReceiveMsg::PayPremium { policy }, PREMIUM)
}

fn file_invoice(world: &mut World, actor: &Actor) -> (ReceiveMsg, u128) {
    let arbiter = world.address("arbiter");
    let policy = bound(world, invoices(SilenceMsg::Approves, arbiter.as_str()));
    world.suite.advance(3_600);
    let file = ReceiveMsg::FileInvoice {
        policy,
        ground: world.ground(actor),
        invoice: world.invoice(),
    };
    (file, FEE)
}
