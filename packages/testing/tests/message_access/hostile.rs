//! What a hostile sender might put into each field of each message: too much, too little, another
//! kind of thing, an address in a second spelling; and coins that were not asked for.
//!
//! The sender is one whom the row names, so that nothing but the field is wrong.

use cosmwasm_std::{coins, Addr, Coin};
use serde_json::Value;
use vitals_testing::access::{Actor, Attempt, Kept, World, ACTORS};
use vitals_testing::Contract;

use crate::cases::{self, Case, Sent};
use crate::outcome::code;

mod bounds;
mod forms;

use forms::{forms, leaves, Form};

/// Longer than any error has reason to be: hostile input is not echoed whole.
const LONGEST_ERROR: usize = 600;

/// Each case with somebody whom its row lets send it, ready to be sent.
struct Scene<'a> {
    world: &'a mut World,
    contract: Contract,
    actor: &'static Actor,
    sent: Sent,
    ready: Kept,
}

impl Scene<'_> {
    fn attempt(&mut self, msg: &Value) -> Attempt {
        let address = self.address();
        self.world
            .attempt(self.actor.name, &address, msg, &self.sent.funds)
    }

    fn address(&self) -> Addr {
        self.contract.address(&self.world.suite.at).clone()
    }

    fn give(&mut self, funds: &[Coin]) {
        let sender = self.world.address(self.actor.name);
        let app = &mut self.world.suite.app;
        app.init_modules(|router, _, storage| {
            router
                .bank
                .init_balance(storage, &sender, funds.to_vec())
                .unwrap();
        });
    }

    fn reset(&mut self) {
        self.world.restore(&self.ready);
    }
}

/// Tries something in the scene of every case that anybody may send; what it finds.
fn in_every_scene(contract: Contract, try_it: fn(&mut Scene<'_>) -> Vec<String>) -> Vec<String> {
    let mut world = World::new();
    let kept = world.keep();
    let mut found = Vec::new();
    let told = |case: &Case| case.message == "consent_hook"; // only by consent, which is believed
    for case in cases::of(contract).into_iter().filter(|case| !told(case)) {
        let Some(actor) = sender(contract, &case) else {
            continue;
        };
        world.restore(&kept);
        let sent = (case.build)(&mut world, actor);
        let ready = world.keep();
        let mut scene = Scene {
            world: &mut world,
            contract,
            actor,
            sent,
            ready,
        };
        let told = try_it(&mut scene);
        found.extend(
            told.into_iter()
                .map(|why| format!("{}: {why}", case.message)),
        );
    }
    found
}

fn sender(contract: Contract, case: &Case) -> Option<&'static Actor> {
    let row = contract.row(case.message);
    ACTORS.iter().find(|actor| case.lets_actor(&row, actor))
}

fn every_form(scene: &mut Scene<'_>) -> Vec<String> {
    let whole = scene.sent.msg.clone();
    let mut found = Vec::new();
    for path in leaves(&whole) {
        let Some(value) = whole.pointer(&path) else {
            continue;
        };
        for form in forms(scene.world, value) {
            let mut msg = whole.clone();
            if let Some(field) = msg.pointer_mut(&path) {
                *field = form.value.clone();
            }
            let attempt = scene.attempt(&msg);
            if attempt.result.is_ok() {
                scene.reset();
            }
            let why = wrong(&form, &attempt);
            found.extend(why.map(|why| format!("{path} {}: {why}", form.what)));
        }
    }
    found
}

fn wrong(form: &Form, attempt: &Attempt) -> Option<String> {
    let Err(refused) = &attempt.result else {
        return form.refused.map(|_| "was taken".into());
    };
    if attempt.changed {
        return Some("was refused, and something changed".into());
    }
    // what is no message at all the library refuses, in its own words
    if !is_code(&code(attempt)) {
        return (!form.malformed).then(|| format!("has no code: {}", shown(refused)));
    }
    if refused.len() > LONGEST_ERROR {
        return Some(format!("is told in {} bytes", refused.len()));
    }
    match form.refused {
        Some(expected) if !expected.is_empty() && code(attempt) != expected => {
            Some(format!("was refused for something else: {refused}"))
        }
        _ => None,
    }
}

fn shown(text: &str) -> String {
    text.chars().take(200).collect()
}

/// `contract/what_is_wrong`.
fn is_code(text: &str) -> bool {
    let plain = |part: &str| {
        let letter = |c: char| c.is_ascii_lowercase() || c == '_' || c.is_ascii_digit();
        !part.is_empty() && part.chars().all(letter)
    };
    text.split_once('/')
        .is_some_and(|(of, what)| plain(of) && plain(what))
}

fn with_coins(scene: &mut Scene<'_>) -> Vec<String> {
    let address = scene.address();
    let msg = scene.sent.msg.clone();
    let mut funds = scene.sent.funds.clone();
    funds.extend(coins(1, "uother"));
    scene.give(&funds);
    let attempt = scene
        .world
        .attempt(scene.actor.name, &address, &msg, &funds);
    let expected = code(&attempt) == "input/funds" && !attempt.changed;
    let stray = (!expected).then(|| format!("stray coins: {:?}", attempt.result));
    stray.into_iter().collect()
}

fn as_it_is(scene: &mut Scene<'_>) -> Vec<String> {
    let msg = scene.sent.msg.clone();
    let first = scene.attempt(&msg);
    if let Err(refused) = first.result {
        return vec![format!("the case itself is refused: {refused}")];
    }
    Vec::new()
}

fn assert_none(found: &[String]) {
    assert!(
        found.is_empty(),
        "{} found:\n{}",
        found.len(),
        found.join("\n")
    );
}

/// A registrant, a clinician or a sealer who may send a message sends it with a field a thousand
/// times too long, empty, of another type or beyond its numbers, to make the contract panic, store
/// what nobody can read or pay for, or echo a page into an error. Everything that is refused
/// changes nothing and says why in a short sentence that begins with a stable code.
#[test]
fn no_field_of_consent_takes_what_it_should_not() {
    assert_none(&in_every_scene(Contract::Consent, every_form));
}

/// The same of makers, models and devices.
#[test]
fn no_field_of_device_registry_takes_what_it_should_not() {
    assert_none(&in_every_scene(Contract::DeviceRegistry, every_form));
}

/// The same of batches, notices and shredding.
#[test]
fn no_field_of_vitals_anchor_takes_what_it_should_not() {
    assert_none(&in_every_scene(Contract::VitalsAnchor, every_form));
}

/// The same of ladders, alerts and plans.
#[test]
fn no_field_of_care_takes_what_it_should_not() {
    assert_none(&in_every_scene(Contract::Care, every_form));
}

/// The same of products, policies and claims.
#[test]
fn no_field_of_claims_takes_what_it_should_not() {
    assert_none(&in_every_scene(Contract::Claims, every_form));
}

/// Coins sent along by mistake would be lost in a contract that pays nothing out. Whoever may send
/// a message is refused with coins that it does not ask for, and keeps them.
#[test]
fn coins_that_no_message_asks_for_are_refused_by_every_message() {
    for contract in Contract::ALL {
        assert_none(&in_every_scene(contract, with_coins));
    }
}

/// What the tests above change one field of is taken as it is: they are refused for the field.
#[test]
fn what_hostile_fields_are_put_into_is_otherwise_good() {
    for contract in Contract::ALL {
        assert_none(&in_every_scene(contract, as_it_is));
    }
}
