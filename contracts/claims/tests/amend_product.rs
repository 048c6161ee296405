//! AmendProduct.

use crate::common::{changed, refused, terms, World, DEPOSIT, PREMIUM};
use cosmwasm_std::{Uint128, Uint64};
use vitals_api::admin::AdminMsg;
use vitals_api::claims::{
    BenefitMsg, ExecuteMsg, PremiumMsg, ProductInfo, QueryMsg, StaffPart, TermsMsg,
};
use vitals_api::consent;
use vitals_core::decision::Role;

fn dearer() -> TermsMsg {
    changed(|t| {
        t.premium = PremiumMsg::Once {
            amount: Uint128::new(2 * PREMIUM),
        }
    })
}

fn product(world: &World, version: Option<u32>) -> ProductInfo {
    let product = Uint64::new(world.product);
    world
        .query(&QueryMsg::Product { product, version })
        .unwrap()
}

#[test]
fn new_terms_are_for_policies_bound_after_them() {
    let mut world = World::new();
    let policy = world.bind().unwrap();
    world.amend("insurer", &dearer()).unwrap();
    assert_eq!(product(&world, None).terms, dearer());
    assert_eq!(product(&world, None).version, 2);
    assert_eq!(product(&world, Some(1)).terms, terms());
    assert_eq!(product(&world, Some(1)).latest, 2);
    assert_eq!(world.policy(policy).version, 1);
    assert_eq!(world.policy(policy).locked.u128(), 2 * 1_000 + PREMIUM);
}

/// Who knew the old terms does not buy the new ones unseen.
#[test]
fn whoever_knows_other_terms_buys_nothing() {
    let mut world = World::new();
    world.amend("insurer", &dearer()).unwrap();
    refused(world.bind(), "claims/terms_changed");
    refused(world.offer(), "claims/terms_changed");
    world.version = 3;
    refused(world.bind(), "claims/terms_changed");
    world.version = 2;
    refused(world.bind(), "claims/wrong_premium");
    assert_eq!(world.money(), [DEPOSIT, 0, 0, 0]);
}

#[test]
fn a_version_that_is_not_there_is_not_found() {
    let world = World::new();
    for version in [0, 2] {
        let asked = QueryMsg::Product {
            product: Uint64::new(world.product),
            version: Some(version),
        };
        refused(world.query::<ProductInfo>(&asked), "state/not_found");
    }
}

#[test]
fn the_insurer_and_its_underwriters_amend_and_nobody_else() {
    let mut world = World::new();
    let parts = [StaffPart::Assessor, StaffPart::Treasurer];
    world.staff("clinician", &parts).unwrap();
    world.staff("maker", &[StaffPart::Underwriter]).unwrap();
    world.suite.credential("other", Role::Insurer);
    for sender in ["stranger", "patient", "owner", "clinician", "other"] {
        refused(world.amend(sender, &dearer()), "claims/not_staff");
    }
    world.amend("maker", &dearer()).unwrap();
    world.product = 9;
    refused(world.amend("insurer", &dearer()), "state/not_found");
}

#[test]
fn an_insurer_without_a_live_credential_promises_nothing_anew() {
    let mut world = World::new();
    world.staff("maker", &[StaffPart::Underwriter]).unwrap();
    let consent = world.suite.at.consent.clone();
    let withdraw = consent::ExecuteMsg::WithdrawCredential {
        account: world.suite.actor("insurer").into(),
        role: Role::Insurer,
    };
    world.suite.execute("board", &consent, &withdraw).unwrap();
    for sender in ["insurer", "maker"] {
        refused(world.amend(sender, &dearer()), "claims/not_an_insurer");
    }
}

#[test]
fn amended_terms_are_checked_as_the_first_were() {
    let mut world = World::new();
    let empty = changed(|t| {
        t.benefit = BenefitMsg::Fixed {
            amount: Uint128::zero(),
        }
    });
    refused(world.amend("insurer", &empty), "claims/zero_amount");
    world
        .tell("owner", &ExecuteMsg::Admin(AdminMsg::Pause {}))
        .unwrap();
    refused(world.amend("insurer", &dearer()), "admin/paused");
    assert_eq!(product(&world, None).latest, 1);
}
