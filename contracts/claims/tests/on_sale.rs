//! SetOnSale.

use crate::common::{refused, World};
use cosmwasm_std::Uint64;
use cw_multi_test::AppResponse;
use vitals_api::claims::{ExecuteMsg, StaffPart};
use vitals_testing::suite::Refused;

fn set(world: &mut World, sender: &str, on_sale: bool) -> Result<AppResponse, Refused> {
    let product = Uint64::new(world.product);
    world.tell(sender, &ExecuteMsg::SetOnSale { product, on_sale })
}

#[test]
fn what_is_not_on_sale_is_not_bought_and_what_was_sold_goes_on() {
    let (mut world, policy) = World::covered();
    set(&mut world, "insurer", false).unwrap();
    refused(world.offer(), "claims/not_on_sale");
    let evidence = world.episode();
    world.claim(policy, &evidence).unwrap();
    world.product = world.create(&crate::common::terms()).unwrap();
    world.deposit(5_000).unwrap();
    set(&mut world, "insurer", false).unwrap();
    refused(world.bind(), "claims/not_on_sale");
    set(&mut world, "insurer", true).unwrap();
    world.bind().unwrap();
}

#[test]
fn nobody_but_the_insurer_and_its_underwriters_opens_or_closes_a_sale() {
    let mut world = World::new();
    world.staff("maker", &[StaffPart::Underwriter]).unwrap();
    world.staff("clinician", &[StaffPart::Treasurer]).unwrap();
    for sender in ["stranger", "owner", "clinician"] {
        refused(set(&mut world, sender, false), "claims/not_staff");
    }
    set(&mut world, "maker", false).unwrap();
    refused(world.bind(), "claims/not_on_sale");
    world.product = 9;
    refused(set(&mut world, "insurer", true), "state/not_found");
}
