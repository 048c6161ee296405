//! CreateProduct and AdmitDenom.

mod common;

use common::{refused, terms, World};
use cosmwasm_std::Uint64;
use vitals_api::claims::{EvidenceKind, ExecuteMsg, ProductInfo, ProductMsg, QueryMsg};
use vitals_api::consent;
use vitals_core::decision::Role;

fn changed(change: impl FnOnce(&mut ProductMsg)) -> ProductMsg {
    let mut product = terms();
    change(&mut product);
    product
}

#[test]
fn a_product_is_numbered_and_keeps_its_terms() {
    let mut world = World::new();
    let second = world.create(&terms()).unwrap();
    assert_eq!(second, world.product + 1);
    let product = Uint64::new(second);
    let info: ProductInfo = world.query(&QueryMsg::Product { product }).unwrap();
    assert_eq!(info.terms, terms());
    assert_eq!(info.insurer, world.suite.actor("insurer").as_str());
}

#[test]
fn only_an_account_with_a_live_insurer_credential_creates_a_product() {
    let mut world = World::new();
    let msg = ExecuteMsg::CreateProduct { product: terms() };
    refused(world.send("stranger", &msg, &[]), "claims/not_an_insurer");
    world.suite.credential("clinician", Role::Clinician);
    refused(world.send("clinician", &msg, &[]), "claims/not_an_insurer");

    world.suite.advance(31_536_000 - 1);
    assert!(world.create(&terms()).is_ok());
    world.suite.advance(1);
    refused(world.create(&terms()), "claims/not_an_insurer");
}

#[test]
fn a_withdrawn_credential_creates_nothing_more() {
    let mut world = World::new();
    let consent = world.suite.at.consent.clone();
    let withdraw = consent::ExecuteMsg::WithdrawCredential {
        account: world.suite.actor("insurer").into(),
        role: Role::Insurer,
    };
    world.suite.execute("board", &consent, &withdraw).unwrap();
    refused(world.create(&terms()), "claims/not_an_insurer");
}

#[test]
fn a_product_is_sold_in_admitted_denominations_only() {
    let mut world = World::new();
    let product = changed(|p| p.denom = "uother".into());
    refused(world.create(&product), "claims/denom_not_admitted");
    let admit = |denom: &str| ExecuteMsg::AdmitDenom {
        denom: denom.into(),
    };
    refused(
        world.send("insurer", &admit("uother"), &[]),
        "admin/not_owner",
    );
    refused(world.send("owner", &admit("no denom"), &[]), "claims/denom");
    world.send("owner", &admit("uother"), &[]).unwrap();
    assert!(world.create(&product).is_ok());
}

#[test]
fn terms_nobody_can_meet_reach_the_insurer_with_their_code() {
    let mut world = World::new();
    let mut refuse = |code: &str, change: fn(&mut ProductMsg)| {
        refused(world.create(&changed(change)), code);
    };
    refuse("claims/evidence_unsupported", |p| {
        p.evidence = EvidenceKind::Invoice
    });
    refuse("claims/evidence_unsupported", |p| {
        p.evidence = EvidenceKind::Private
    });
    refuse("claims/terms_bounds", |p| p.max_claims = 17);
    refuse("claims/no_cover", |p| p.waiting_s = p.term_s);
    refuse("claims/zero_amount", |p| p.benefit = 0u128.into());
    refuse("claims/cover_too_short", |p| p.separation_s = p.term_s);
    refuse("claims/rule_spacing", |p| p.rule.within_s = 1);
    refuse("claims/rule_threshold", |p| {
        p.rule.conditions[0].threshold = 3_501
    });
    refuse("input/length", |p| p.terms_digest = vec![7; 31].into());
}
