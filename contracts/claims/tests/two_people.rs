//! SetTwoPeopleAbove, and withdrawals above it.

use crate::common::{changed, refused, World, BENEFIT, DEPOSIT};
use cosmwasm_std::{Uint128, Uint64};
use vitals_api::claims::{
    BenefitMsg, ClaimId, ExecuteMsg, ProductInfo, QueryMsg, StaffPart, TermsMsg, WaitingInfo,
    WaitingPage,
};

const LIMIT: u128 = 1_000;

fn limited() -> World {
    let mut world = World::new();
    world.two_people_above(Some(LIMIT));
    world.staff("maker", &[StaffPart::Treasurer]).unwrap();
    world.staff("other", &[StaffPart::Treasurer]).unwrap();
    world
}

fn waiting(world: &World) -> Vec<WaitingInfo> {
    let asked = QueryMsg::Waiting {
        product: Uint64::new(world.product),
        start_after: None,
        limit: None,
    };
    world.query::<WaitingPage>(&asked).unwrap().waiting
}

#[test]
fn up_to_the_limit_one_person_is_enough() {
    let mut world = limited();
    world.withdraw_as("maker", LIMIT).unwrap();
    assert_eq!(world.money(), [DEPOSIT - LIMIT, 0, 0, LIMIT]);
    assert_eq!(waiting(&world), []);
}

#[test]
fn above_it_the_money_moves_when_a_second_person_asks_for_it_too() {
    let mut world = limited();
    world.withdraw_as("maker", LIMIT + 1).unwrap();
    assert_eq!(world.money(), [DEPOSIT, 0, 0, 0], "nothing has moved");
    let first = WaitingInfo {
        claim: None,
        terms: None,
        amount: Uint128::new(LIMIT + 1),
        by: world.suite.actor("maker").into(),
        at: world.suite.now_s(),
    };
    assert_eq!(waiting(&world), [first]);
    let again = world.withdraw_as("maker", LIMIT + 1);
    refused(again, "claims/second_person");
    let before = world.suite.balance("insurer");
    world.withdraw_as("other", LIMIT + 1).unwrap();
    assert_eq!(world.suite.balance("insurer"), before + LIMIT + 1);
    assert_eq!(waiting(&world), []);
    // it is done: the next one begins anew
    world.withdraw_as("other", LIMIT + 1).unwrap();
    assert_eq!(world.money()[3], LIMIT + 1);
    world.assert_whole();
}

#[test]
fn the_insurers_own_account_is_one_person() {
    let mut world = limited();
    world.withdraw(LIMIT + 1).unwrap();
    refused(world.withdraw(LIMIT + 1), "claims/second_person");
    world.withdraw_as("maker", LIMIT + 1).unwrap();
    assert_eq!(world.money()[3], LIMIT + 1);
}

#[test]
fn another_amount_takes_the_place_of_what_waits() {
    let mut world = limited();
    world.withdraw_as("maker", LIMIT + 1).unwrap();
    world.withdraw_as("other", LIMIT + 2).unwrap();
    assert_eq!(world.money()[3], 0, "nobody asked for it twice");
    assert_eq!(waiting(&world)[0].amount.u128(), LIMIT + 2);
    refused(
        world.withdraw_as("other", LIMIT + 2),
        "claims/second_person",
    );
    world.withdraw_as("maker", LIMIT + 2).unwrap();
    assert_eq!(world.money()[3], LIMIT + 2);
}

#[test]
fn who_lost_the_part_is_no_person_any_more_neither_second_nor_first() {
    let mut world = limited();
    world.withdraw_as("maker", LIMIT + 1).unwrap();
    world.staff("other", &[]).unwrap();
    refused(world.withdraw_as("other", LIMIT + 1), "claims/not_staff");
    world.staff("maker", &[StaffPart::Assessor]).unwrap();
    world.withdraw(LIMIT + 1).unwrap();
    assert_eq!(world.money()[3], 0, "the first of two, not the second");
    world.staff("other", &[StaffPart::Treasurer]).unwrap();
    world.withdraw_as("other", LIMIT + 1).unwrap();
    assert_eq!(world.money()[3], LIMIT + 1);
}

#[test]
fn what_is_not_free_waits_for_nobody() {
    let mut world = limited();
    refused(world.withdraw(DEPOSIT + 1), "claims/pool_too_small");
    assert_eq!(waiting(&world), []);
    world.withdraw_as("maker", DEPOSIT).unwrap();
    // sold in the meantime
    world.bind().unwrap();
    refused(world.withdraw(DEPOSIT), "claims/pool_too_small");
    world.assert_whole();
}

#[test]
fn only_the_insurers_own_account_sets_the_limit_or_takes_it_away() {
    let mut world = limited();
    let msg = ExecuteMsg::SetTwoPeopleAbove {
        product: Uint64::new(world.product),
        amount: None,
    };
    for sender in ["maker", "stranger", "owner"] {
        refused(world.tell(sender, &msg), "claims/not_the_insurer");
    }
    world.withdraw_as("maker", LIMIT + 1).unwrap();
    world.tell("insurer", &msg).unwrap();
    assert_eq!(waiting(&world), [], "asked for under another limit");
    world.withdraw_as("maker", LIMIT + 1).unwrap();
    assert_eq!(world.money()[3], LIMIT + 1);
    // with none allowed to one person, one coin takes two
    world.two_people_above(Some(0));
    world.withdraw_as("other", 1).unwrap();
    assert_eq!(world.money()[3], LIMIT + 1);
}

/// Terms of one benefit of so much.
fn paying(amount: u128) -> TermsMsg {
    let amount = Uint128::new(amount);
    changed(|terms| terms.benefit = BenefitMsg::Fixed { amount })
}

fn version(world: &World) -> u32 {
    let asked = QueryMsg::Product {
        product: Uint64::new(world.product),
        version: None,
    };
    world.query::<ProductInfo>(&asked).unwrap().latest
}

fn underwritten() -> World {
    let mut world = limited();
    for name in ["maker", "other"] {
        let parts = [StaffPart::Underwriter, StaffPart::Treasurer];
        world.staff(name, &parts).unwrap();
    }
    world
}

#[test]
fn terms_that_lock_more_are_the_products_when_a_second_person_sends_them_too() {
    let mut world = underwritten();
    world.amend("maker", &paying(LIMIT)).unwrap();
    assert_eq!(version(&world), 2, "one person is enough");
    world.amend("maker", &paying(LIMIT + 1)).unwrap();
    assert_eq!(version(&world), 2, "nothing has changed");
    let [first] = &waiting(&world)[..] else {
        panic!("terms wait");
    };
    assert_eq!(first.amount.u128(), LIMIT + 1);
    assert_eq!(first.terms.as_ref().map(|digest| digest.len()), Some(32));
    let again = world.amend("maker", &paying(LIMIT + 1));
    refused(again, "claims/second_person");
    world.amend("other", &paying(LIMIT + 1)).unwrap();
    assert_eq!(version(&world), 3);
    assert_eq!(waiting(&world), []);
}

#[test]
fn other_terms_that_lock_as_much_are_not_those_that_wait() {
    let mut world = underwritten();
    world.amend("maker", &paying(LIMIT + 1)).unwrap();
    let mut longer = paying(LIMIT + 1);
    longer.file_within_s += 1;
    world.amend("other", &longer).unwrap();
    assert_eq!(version(&world), 1);
    world.staff("other", &[StaffPart::Treasurer]).unwrap();
    world.amend("insurer", &longer).unwrap();
    assert_eq!(version(&world), 1, "the first is no underwriter any more");
    world.amend("maker", &longer).unwrap();
    assert_eq!(version(&world), 2);
}

#[test]
fn terms_that_wait_are_forgotten_with_other_terms_and_with_another_limit() {
    let mut world = underwritten();
    world.amend("maker", &paying(LIMIT + 1)).unwrap();
    world.amend("other", &paying(LIMIT)).unwrap();
    assert_eq!(waiting(&world), []);
    world.amend("maker", &paying(LIMIT + 1)).unwrap();
    world.two_people_above(Some(LIMIT));
    world.amend("other", &paying(LIMIT + 1)).unwrap();
    assert_eq!(version(&world), 2, "{:?}", waiting(&world));
}

#[test]
fn a_withdrawal_and_terms_wait_beside_each_other_and_are_listed_in_this_order() {
    let mut world = underwritten();
    world.amend("maker", &paying(BENEFIT * 2)).unwrap();
    world.withdraw_as("maker", LIMIT + 1).unwrap();
    let listed = waiting(&world);
    let terms: Vec<bool> = listed.iter().map(|it| it.terms.is_some()).collect();
    assert_eq!(terms, [false, true]);
    for (claim, left) in [(0, &listed[1..]), (1, &[])] {
        let policy = Uint64::zero();
        let asked = QueryMsg::Waiting {
            product: Uint64::new(world.product),
            start_after: Some(ClaimId { policy, claim }),
            limit: None,
        };
        let page: WaitingPage = world.query(&asked).unwrap();
        assert_eq!(page.waiting, left);
    }
}
