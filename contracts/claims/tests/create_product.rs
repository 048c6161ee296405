//! CreateProduct.

use crate::common::{
    changed, disclosed, invoices, native, refused, rule, sold_in_coins, terms, World,
};
use cosmwasm_std::{Uint128, Uint64};
use vitals_api::claims::{
    BenefitMsg, EvidenceTermsMsg, ExecuteMsg, PremiumMsg, ProductInfo, ProductMsg, QueryMsg,
    SilenceMsg, TermsMsg,
};
use vitals_api::consent;
use vitals_core::decision::Role;
use vitals_core::measure::Measure;

fn info(world: &World, number: u64) -> ProductInfo {
    let product = Uint64::new(number);
    let version = None;
    world
        .query(&QueryMsg::Product { product, version })
        .unwrap()
}

#[test]
fn a_product_is_numbered_and_keeps_its_terms() {
    let mut world = World::new();
    let second = world.create(&terms()).unwrap();
    assert_eq!(second, world.product + 1);
    let info = info(&world, second);
    assert_eq!(info.terms, terms());
    assert_eq!(info.insurer, world.suite.actor("insurer").as_str());
    assert_eq!((info.latest, info.version, info.on_sale), (1, 1, true));
    assert_eq!(info.two_people_above, None);
}

#[test]
fn every_kind_of_terms_is_shown_as_it_was_made() {
    let mut world = World::new();
    let arbiter = world.suite.actor("board");
    let kinds = [
        changed(|t| {
            t.benefit = BenefitMsg::Fixed {
                amount: Uint128::new(7),
            }
        }),
        crate::common::per_day(),
        crate::common::instalments(),
        crate::common::rewarded(),
        invoices(SilenceMsg::Approves, arbiter.as_str()),
        invoices(SilenceMsg::ToArbiter, arbiter.as_str()),
    ];
    for terms in kinds {
        let number = world.create(&terms).unwrap();
        assert_eq!(info(&world, number).terms, terms);
    }
}

#[test]
fn only_an_account_with_a_live_insurer_credential_creates_a_product() {
    let mut world = World::new();
    let as_somebody =
        |world: &mut World, who: &str| world.create_as(who, None, sold_in_coins(terms()));
    refused(as_somebody(&mut world, "stranger"), "claims/not_an_insurer");
    world.suite.credential("clinician", Role::Clinician);
    refused(
        as_somebody(&mut world, "clinician"),
        "claims/not_an_insurer",
    );

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
fn terms_nobody_can_meet_reach_the_insurer_with_their_code() {
    let mut world = World::new();
    let mut refuse = |code: &str, change: fn(&mut TermsMsg)| {
        refused(world.create(&changed(change)), code);
    };
    refuse("claims/evidence_unsupported", |t| {
        t.evidence = EvidenceTermsMsg::Private {}
    });
    refuse("claims/terms_bounds", |t| {
        t.benefit = BenefitMsg::PerEvent {
            amount: Uint128::new(1),
            max_claims: 17,
            separation_s: 0,
        }
    });
    refuse("claims/no_cover", |t| t.waiting_s = t.term_s);
    refuse("claims/zero_amount", |t| {
        t.benefit = BenefitMsg::Fixed {
            amount: Uint128::zero(),
        }
    });
    refuse("claims/cover_too_short", |t| {
        t.benefit = BenefitMsg::PerEvent {
            amount: Uint128::new(1),
            max_claims: 2,
            separation_s: t.term_s,
        }
    });
    refuse("claims/minimum_charge", |t| {
        t.minimum_charge = Uint128::new(51)
    });
    refuse("claims/amount_too_large", |t| {
        t.premium = PremiumMsg::Once {
            amount: Uint128::MAX,
        };
        t.benefit = BenefitMsg::Fixed {
            amount: Uint128::MAX,
        }
    });
    refuse("claims/rule_spacing", |t| {
        let mut rule = rule();
        rule.within_s = 1;
        t.evidence = disclosed(rule);
    });
    refuse("claims/rule_threshold", |t| {
        let mut rule = rule();
        rule.conditions[0].threshold = 3_501;
        t.evidence = disclosed(rule);
    });
    refuse("input/length", |t| t.terms_digest = vec![7; 31].into());
}

#[test]
fn an_arbiter_is_an_account_that_is_not_a_party() {
    let mut world = World::new();
    let by = |arbiter: &str| invoices(SilenceMsg::Approves, arbiter);
    let insurer = world.suite.actor("insurer");
    refused(world.create(&by(insurer.as_str())), "claims/arbiter");
    let own = world.suite.at.claims.clone();
    refused(world.create(&by(own.as_str())), "claims/arbiter");
    let upper = world.suite.actor("board").as_str().to_uppercase();
    refused(world.create(&by(&upper)), "input/address");
    let board = world.suite.actor("board");
    world.create(&by(board.as_str())).unwrap();
}

/// The suite's first model measures heart rates; the second, steps and temperature.
#[test]
fn models_are_of_the_registry_and_measure_what_the_rule_asks() {
    let mut world = World::new();
    let measures = [Measure::Steps, Measure::BodyTemperature];
    world.suite.registered_device(2, &measures);
    let with = |models: &[u32]| {
        changed(|t| {
            t.evidence = EvidenceTermsMsg::Disclosed {
                rule: rule(),
                models: models.to_vec(),
            }
        })
    };
    refused(world.create(&with(&[9])), "state/not_found");
    refused(world.create(&with(&[2])), "claims/no_model_measures");
    refused(world.create(&with(&[1, 1])), "claims/model_twice");
    refused(world.create(&with(&[1; 9])), "claims/terms_bounds");
    for models in [&[1][..], &[1, 2], &[2, 1]] {
        let number = world.create(&with(models)).unwrap();
        assert_eq!(info(&world, number).terms, with(models));
    }
}

#[test]
fn products_are_paged_by_number_and_by_insurer() {
    let mut world = World::new();
    world.suite.credential("other", Role::Insurer);
    let others = world
        .create_as("other", None, sold_in_coins(terms()))
        .unwrap();
    let third = world.create(&terms()).unwrap();
    let page = |insurer: Option<&str>, start_after: Option<u64>, limit| -> Vec<u64> {
        let asked = QueryMsg::Products {
            insurer: insurer.map(|name| world.suite.actor(name).into()),
            start_after: start_after.map(Uint64::new),
            limit,
        };
        let page: vitals_api::claims::ProductsPage = world.query(&asked).unwrap();
        page.products.iter().map(|p| p.product.u64()).collect()
    };
    assert_eq!(page(None, None, None), [1, others, third]);
    assert_eq!(page(None, Some(1), Some(1)), [others]);
    assert_eq!(page(Some("insurer"), None, None), [1, third]);
    assert_eq!(page(Some("insurer"), Some(1), None), [third]);
    assert_eq!(page(Some("other"), None, None), [others]);
    assert_eq!(page(Some("stranger"), None, None), Vec::<u64>::new());
}

#[test]
fn an_uninvited_account_makes_nothing_in_an_insurers_name() {
    let mut world = World::new();
    let made = world.create_as("stranger", Some("insurer"), sold_in_coins(terms()));
    refused(made, "claims/not_staff");
    let denom = native("uother");
    let terms = terms();
    let made = world.create_as("insurer", None, ProductMsg { denom, terms });
    refused(made, "claims/denom_not_admitted");
    let create = ExecuteMsg::CreateProduct {
        insurer: Some("nobody".into()),
        product: sold_in_coins(crate::common::terms()),
    };
    refused(world.tell("insurer", &create), "input/address");
}
