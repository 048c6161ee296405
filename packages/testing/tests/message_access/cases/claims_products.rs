//! Messages of claims about what is sold, and about money.

use cosmwasm_std::{Uint128, Uint64};
use vitals_api::access::Who;
use vitals_api::claims::{
    DenomMsg, EvidenceTermsMsg, ExecuteMsg, ProductMsg, SilenceMsg, StaffPart, UNCLAIMED_AFTER_S,
};
use vitals_core::decision::Role;
use vitals_testing::access::{Actor, World};
use vitals_testing::products::{episodes, instalments, invoices, rewarded, rule};
use vitals_testing::suite::DENOM;

use super::{Case, Sent};

pub const CASES: &[Case] = &[
    Case::new("admit_denom", admit_denom),
    Case::new("dismiss_denom", dismiss_denom),
    Case::new("set_staff", set_staff),
    Case::new("set_two_people_above", set_two_people_above),
    Case::new("create_product", |world, _| create_product(world, None))
        .of("in the sender's own name", &[Who::Holder(Role::Insurer)]),
    Case::new("create_product", |world, _| {
        create_product(world, Some(world.address("insurer").into()))
    })
    .of("in an insurer's name", &[Who::Underwriter])
    .here(&[("insurer", Who::Underwriter)]),
    Case::new("amend_product", amend_to_invoices).like("to invoices by instalments"),
    Case::new("amend_product", amend_to_rewards).like("to a reward"),
    Case::new("set_on_sale", set_on_sale),
    Case::new("deposit", deposit),
    Case::new("withdraw", withdraw),
    Case::new("collect", collect),
    Case::new("reclaim_unclaimed", reclaim),
];

fn admit_denom(_: &mut World, _: &Actor) -> Sent {
    let denom = DenomMsg::Native("uother".into());
    Sent::new(&ExecuteMsg::AdmitDenom { denom })
}

fn dismiss_denom(world: &mut World, _: &Actor) -> Sent {
    let denom = world.tokens();
    Sent::new(&ExecuteMsg::DismissDenom { denom })
}

fn set_staff(world: &mut World, _: &Actor) -> Sent {
    Sent::new(&world.staff_msg("stranger", &[StaffPart::Assessor]))
}

fn set_two_people_above(world: &mut World, _: &Actor) -> Sent {
    let product = Uint64::new(world.product);
    let amount = Some(Uint128::new(500));
    Sent::new(&ExecuteMsg::SetTwoPeopleAbove { product, amount })
}

fn create_product(world: &World, insurer: Option<String>) -> Sent {
    let mut terms = episodes();
    terms.evidence = EvidenceTermsMsg::Disclosed {
        rule: rule(),
        models: vec![world.model],
    };
    let denom = DenomMsg::Native(DENOM.into());
    let product = ProductMsg { denom, terms };
    Sent::new(&ExecuteMsg::CreateProduct { insurer, product })
}

fn amend_to_invoices(world: &mut World, _: &Actor) -> Sent {
    let arbiter = world.address("arbiter");
    let mut terms = invoices(SilenceMsg::ToArbiter, arbiter.as_str());
    terms.premium = instalments().premium;
    let product = Uint64::new(world.product);
    Sent::new(&ExecuteMsg::AmendProduct { product, terms })
}

fn amend_to_rewards(world: &mut World, _: &Actor) -> Sent {
    let product = Uint64::new(world.product);
    let terms = rewarded();
    Sent::new(&ExecuteMsg::AmendProduct { product, terms })
}

fn set_on_sale(world: &mut World, _: &Actor) -> Sent {
    let product = Uint64::new(world.product);
    let on_sale = false;
    Sent::new(&ExecuteMsg::SetOnSale { product, on_sale })
}

fn deposit(world: &mut World, _: &Actor) -> Sent {
    let product = Uint64::new(world.product);
    Sent::new(&ExecuteMsg::Deposit { product }).with(world.suite.coins(1))
}

fn withdraw(world: &mut World, _: &Actor) -> Sent {
    let product = Uint64::new(world.product);
    let amount = Uint128::one();
    Sent::new(&ExecuteMsg::Withdraw { product, amount })
}

fn collect(world: &mut World, _: &Actor) -> Sent {
    world.owe();
    let product = Uint64::new(world.token_product);
    let to = Some(world.address("stranger").into());
    Sent::new(&ExecuteMsg::Collect { product, to })
}

fn reclaim(world: &mut World, _: &Actor) -> Sent {
    world.owe();
    world.suite.advance(UNCLAIMED_AFTER_S.into());
    Sent::new(&ExecuteMsg::ReclaimUnclaimed {
        product: Uint64::new(world.token_product),
        account: world.address("creditor").into(),
    })
}
