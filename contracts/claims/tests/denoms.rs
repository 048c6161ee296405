//! AdmitDenom and DismissDenom.

use crate::common::{native, refused, terms, TokenWorld, World};
use vitals_api::claims::{DenomMsg, DenomsPage, ExecuteMsg, ProductMsg, QueryMsg};
use vitals_testing::suite::{Refused, DENOM};
use vitals_testing::token::Fault;
use vitals_testing::Token;

fn admit(world: &mut World, denom: &DenomMsg) -> Result<(), Refused> {
    let denom = denom.clone();
    let done = world.tell("owner", &ExecuteMsg::AdmitDenom { denom });
    done.map(drop)
}

fn dismiss(world: &mut World, denom: &DenomMsg) -> Result<(), Refused> {
    let denom = denom.clone();
    let done = world.tell("owner", &ExecuteMsg::DismissDenom { denom });
    done.map(drop)
}

fn create_in(world: &mut World, denom: &DenomMsg) -> Result<u64, Refused> {
    let (denom, terms) = (denom.clone(), terms());
    world.create_as("insurer", None, ProductMsg { denom, terms })
}

fn listed(world: &World, start_after: Option<DenomMsg>, limit: Option<u32>) -> Vec<DenomMsg> {
    let asked = QueryMsg::Denoms { start_after, limit };
    world.query::<DenomsPage>(&asked).unwrap().denoms
}

#[test]
fn a_product_is_sold_in_admitted_denominations_only() {
    let mut world = World::new();
    let other = native("uother");
    refused(create_in(&mut world, &other), "claims/denom_not_admitted");
    admit(&mut world, &other).unwrap();
    create_in(&mut world, &other).unwrap();
    dismiss(&mut world, &other).unwrap();
    refused(create_in(&mut world, &other), "claims/denom_not_admitted");
    refused(dismiss(&mut world, &other), "claims/denom_not_admitted");
}

#[test]
fn only_the_owner_admits_and_dismisses() {
    let mut world = World::new();
    let denom = native("uother");
    for msg in [
        ExecuteMsg::AdmitDenom {
            denom: denom.clone(),
        },
        ExecuteMsg::DismissDenom { denom },
    ] {
        for sender in ["insurer", "stranger"] {
            refused(world.tell(sender, &msg), "admin/not_owner");
        }
        let funds = world.suite.coins(1);
        refused(world.send("owner", &msg, &funds), "input/funds");
    }
}

#[test]
fn what_is_no_denomination_is_not_admitted() {
    let mut world = World::new();
    let long = "x".repeat(129);
    for denom in ["no denom", "ab", "1abc", &long] {
        refused(admit(&mut world, &native(denom)), "claims/denom");
    }
    let token = Token::new(&mut world.suite);
    let upper = DenomMsg::Cw20(token.at.as_str().to_uppercase());
    refused(admit(&mut world, &upper), "input/address");
}

/// An account, a contract that is none, and a token that does not answer.
#[test]
fn what_does_not_answer_as_a_token_is_not_admitted() {
    let mut world = World::new();
    let token = Token::new(&mut world.suite);
    token.set_fault(&mut world.suite, Fault::Mute);
    let addresses = [
        world.suite.actor("stranger"),
        world.suite.at.consent.clone(),
        world.suite.at.claims.clone(),
        token.at.clone(),
    ];
    for address in addresses {
        let denom = DenomMsg::Cw20(address.into());
        refused(admit(&mut world, &denom), "claims/not_a_token");
    }
    token.set_fault(&mut world.suite, Fault::None);
    admit(&mut world, &DenomMsg::Cw20(token.at.into())).unwrap();
}

#[test]
fn a_product_of_a_dismissed_token_goes_on() {
    let mut sold = TokenWorld::new();
    let policy = sold.bind().unwrap();
    let denom = DenomMsg::Cw20(sold.token.at.to_string());
    dismiss(&mut sold.world, &denom).unwrap();
    refused(
        create_in(&mut sold.world, &denom),
        "claims/denom_not_admitted",
    );
    sold.deposit(5).unwrap();
    sold.world.suite.advance(crate::common::WAITING_S);
    let evidence = sold.world.episode();
    sold.world.claim(policy, &evidence).unwrap();
    sold.assert_whole();
    // admitted again, what is kept of it is counted still
    admit(&mut sold.world, &denom).unwrap();
    sold.deposit(5).unwrap();
    sold.assert_whole();
}

#[test]
fn denominations_are_paged_coins_before_tokens() {
    let mut world = World::new();
    let mut tokens = [(); 2].map(|()| Token::new(&mut world.suite).at.to_string());
    tokens.sort();
    let [first, second] = tokens.map(DenomMsg::Cw20);
    let other = native("uother");
    for denom in [&second, &first, &other] {
        admit(&mut world, denom).unwrap();
    }
    let all = [other.clone(), native(DENOM), first.clone(), second.clone()];
    assert_eq!(listed(&world, None, None), all);
    assert_eq!(listed(&world, None, Some(3)), all[..3]);
    for (i, last) in all.iter().enumerate() {
        assert_eq!(listed(&world, Some(last.clone()), None), all[i + 1..]);
    }
    dismiss(&mut world, &first).unwrap();
    assert_eq!(listed(&world, Some(native(DENOM)), Some(1)), [second]);
}
