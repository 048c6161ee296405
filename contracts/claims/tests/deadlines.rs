//! The least time that whoever decides on invoices is given, in every product of a contract.

use cw_multi_test::{ContractWrapper, Executor};
use vitals_api::claims::{
    EvidenceTermsMsg, ExecuteMsg, InstantiateMsg, InvoiceTermsMsg, SilenceMsg, TermsMsg,
    MAX_LEAST_DEADLINE_S,
};
use vitals_testing::suite::DENOM;

use crate::common::{invoices, native, refused, World};

const DAY_S: u32 = 86_400;

/// Another contract beside the suite's, in whose place it is put.
fn put_another(world: &mut World, least_deadline_s: u32) -> Result<(), String> {
    let suite = &mut world.suite;
    let code = suite.app.store_code(Box::new(ContractWrapper::new(
        claims::contract::execute,
        claims::contract::instantiate,
        claims::contract::query,
    )));
    let owner = suite.actor("owner");
    let msg = InstantiateMsg {
        owner: owner.to_string(),
        consent: suite.at.consent.to_string(),
        registry: suite.at.registry.to_string(),
        anchor: suite.at.anchor.to_string(),
        least_deadline_s,
    };
    let made = suite
        .app
        .instantiate_contract(code, owner, &msg, &[], "claims", None);
    suite.at.claims = made.map_err(|cause| cause.to_string())?;
    let denom = native(DENOM);
    world
        .tell("owner", &ExecuteMsg::AdmitDenom { denom })
        .map(drop)
}

fn deciding_within(
    world: &World,
    [assess_within_s, appeal_within_s, arbitrate_within_s]: [u32; 3],
) -> TermsMsg {
    let arbiter = world.suite.actor("arbiter");
    let mut terms = invoices(SilenceMsg::Approves, arbiter.as_str());
    if let EvidenceTermsMsg::Invoice(invoice) = &mut terms.evidence {
        *invoice = InvoiceTermsMsg {
            assess_within_s,
            appeal_within_s,
            arbitrate_within_s,
            ..invoice.clone()
        };
    }
    terms
}

#[test]
fn no_product_gives_less_time_to_decide_than_the_contract_allows() {
    let mut world = World::before_any_product();
    put_another(&mut world, DAY_S).unwrap();
    let good = deciding_within(&world, [DAY_S; 3]);
    world.product = world.create(&good).unwrap();
    for (at, field) in ["assess", "appeal", "arbitrate"].into_iter().enumerate() {
        let mut deadlines = [DAY_S; 3];
        deadlines[at] -= 1;
        let short = deciding_within(&world, deadlines);
        let said = format!(
            "claims/deadline_too_short: {field}_within_s is 86399 s, here it is 86400 s at the least"
        );
        refused(world.create(&short), &said);
        refused(world.amend("insurer", &short), &said);
    }
}

#[test]
fn the_least_time_is_a_second_to_thirty_days() {
    let mut world = World::before_any_product();
    for good in [1, MAX_LEAST_DEADLINE_S] {
        put_another(&mut world, good).unwrap();
    }
    for bad in [0, MAX_LEAST_DEADLINE_S + 1] {
        refused(put_another(&mut world, bad), "claims/least_deadline");
    }
}
