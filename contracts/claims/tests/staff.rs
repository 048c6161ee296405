//! SetStaff.

use crate::common::{refused, sold_in_coins, terms, World};
use vitals_api::claims::{ExecuteMsg, QueryMsg, StaffInfo, StaffPage, StaffPart, MAX_STAFF};
use vitals_api::consent;
use vitals_core::decision::Role;

fn of(world: &World, insurer: &str, limit: Option<u32>) -> Vec<StaffInfo> {
    let asked = QueryMsg::Staff {
        insurer: world.suite.actor(insurer).into(),
        start_after: None,
        limit,
    };
    world.query::<StaffPage>(&asked).unwrap().staff
}

#[test]
fn an_account_has_the_parts_it_was_given_last() {
    let mut world = World::new();
    let account = world.suite.actor("maker").to_string();
    world.staff("maker", &[StaffPart::Assessor]).unwrap();
    let parts = vec![StaffPart::Underwriter, StaffPart::Treasurer];
    world.staff("maker", &parts).unwrap();
    assert_eq!(of(&world, "insurer", None), [StaffInfo { account, parts }]);
    assert_eq!(of(&world, "other", None), [], "of another insurer");
    world.staff("maker", &[]).unwrap();
    assert_eq!(of(&world, "insurer", None), []);
}

#[test]
fn an_underwriter_creates_products_that_are_the_insurers() {
    let mut world = World::new();
    let made =
        |world: &mut World| world.create_as("maker", Some("insurer"), sold_in_coins(terms()));
    refused(made(&mut world), "claims/not_staff");
    let other_parts = [StaffPart::Assessor, StaffPart::Treasurer];
    world.staff("maker", &other_parts).unwrap();
    refused(made(&mut world), "claims/not_staff");
    world.staff("maker", &[StaffPart::Underwriter]).unwrap();
    world.product = made(&mut world).unwrap();
    world.deposit(5).unwrap();
    world.withdraw(5).unwrap();
    refused(world.withdraw_as("maker", 5), "claims/not_staff");
    // its own name is another: it has no credential
    refused(
        world.create_as("maker", None, sold_in_coins(terms())),
        "claims/not_an_insurer",
    );
    world.staff("maker", &[]).unwrap();
    refused(made(&mut world), "claims/not_staff");
}

#[test]
fn a_treasurer_withdraws_to_the_insurers_account() {
    let mut world = World::new();
    refused(world.withdraw_as("maker", 100), "claims/not_staff");
    world.staff("maker", &[StaffPart::Treasurer]).unwrap();
    let before = ["insurer", "maker"].map(|name| world.suite.balance(name));
    world.withdraw_as("maker", 100).unwrap();
    assert_eq!(world.suite.balance("insurer"), before[0] + 100);
    assert_eq!(world.suite.balance("maker"), before[1]);
    world.assert_whole();
}

#[test]
fn parts_are_for_another_account_and_none_is_named_twice() {
    let mut world = World::new();
    let part = StaffPart::Assessor;
    let own = world.staff("insurer", &[part]);
    refused(own, "claims/staff_is_the_insurer");
    refused(world.staff("maker", &[part, part]), "input/duplicate");
    refused(world.staff("maker", &[part; 4]), "input/length");
    let upper = ExecuteMsg::SetStaff {
        account: world.suite.actor("maker").as_str().to_uppercase(),
        parts: vec![part],
    };
    refused(world.tell("insurer", &upper), "input/address");
}

#[test]
fn only_an_insurer_has_staff_and_one_whose_credential_ran_out_still_dismisses_it() {
    let mut world = World::new();
    let msg = ExecuteMsg::SetStaff {
        account: world.suite.actor("maker").into(),
        parts: vec![StaffPart::Assessor],
    };
    refused(world.tell("stranger", &msg), "claims/not_an_insurer");
    // with a credential, and no product yet
    world.suite.credential("other", Role::Insurer);
    world.tell("other", &msg).unwrap();
    world.staff("maker", &[StaffPart::Assessor]).unwrap();
    let consent = world.suite.at.consent.clone();
    for account in ["insurer", "other"] {
        let withdraw = consent::ExecuteMsg::WithdrawCredential {
            account: world.suite.actor(account).into(),
            role: Role::Insurer,
        };
        world.suite.execute("board", &consent, &withdraw).unwrap();
    }
    world.staff("maker", &[]).unwrap();
    refused(world.tell("other", &msg), "claims/not_an_insurer");
}

#[test]
fn an_insurer_has_no_more_staff_than_the_most() {
    let mut world = World::new();
    for i in 0..MAX_STAFF {
        let name = format!("clerk {i}");
        world.staff(&name, &[StaffPart::Assessor]).unwrap();
    }
    let one_more = world.staff("one more", &[StaffPart::Assessor]);
    refused(one_more, "claims/too_many_staff");
    // one that is there changes its parts, one that is not is not taken out
    world.staff("clerk 0", &[StaffPart::Treasurer]).unwrap();
    world.staff("nobody", &[]).unwrap();
    let one_more = world.staff("one more", &[StaffPart::Assessor]);
    refused(one_more, "claims/too_many_staff");
    world.staff("clerk 1", &[]).unwrap();
    world.staff("one more", &[StaffPart::Assessor]).unwrap();
    assert_eq!(of(&world, "insurer", Some(99)).len(), 30);
    assert_eq!(of(&world, "insurer", Some(0)).len(), 1);
}
