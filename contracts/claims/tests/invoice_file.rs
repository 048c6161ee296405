//! FileInvoice.

use cosmwasm_std::{coin, Binary, Uint128};
use vitals_api::claims::{ClaimEvidenceInfo, InvoiceMsg, SilenceMsg};
use vitals_core::decision::{Action, GroundRef, Purpose, Role};
use vitals_core::insurance::{ClaimState, PolicyState};
use vitals_core::measure::Category;
use vitals_testing::suite::DENOM;

use crate::common::{
    refused, World, ASSESS_S, BENEFIT, DEPOSIT, FEE, FILE_WITHIN_S, PATIENT, PREMIUM, TERM_S,
};

fn treated() -> (World, u64) {
    World::treated(SilenceMsg::Approves)
}

#[test]
fn a_policy_of_invoices_locks_a_bond_for_each() {
    let (world, policy) = treated();
    let lock = 2 * (BENEFIT + FEE) + PREMIUM;
    assert_eq!(world.money(), [DEPOSIT - 2 * (BENEFIT + FEE), lock, 0, 0]);
    assert_eq!(world.exposure().most_payable.u128(), 2 * BENEFIT);
    let arbiter = world.suite.actor("arbiter").to_string();
    assert_eq!(world.policy(policy).arbiter, Some(arbiter));
}

#[test]
fn a_filed_invoice_holds_its_deposit_and_waits_for_the_assessor() {
    let (mut world, policy) = treated();
    let invoice = world.invoice(1, 300);
    let claim = world.file(policy, invoice.clone()).unwrap();
    assert_eq!(claim, 1);
    assert_eq!(world.pool().held.u128(), FEE);
    world.assert_whole();
    let info = world.claim_info((policy, claim));
    assert_eq!((info.state, info.paid.u128()), (ClaimState::Filed, 0));
    let ClaimEvidenceInfo::Invoice(filed) = info.evidence else {
        panic!("an invoice was filed");
    };
    assert_eq!(
        (filed.digest, filed.claimed),
        (invoice.digest, invoice.amount)
    );
    assert_eq!(filed.deadline, Some(world.suite.now_s() + ASSESS_S));
    assert_eq!(filed.deposit.u128(), FEE);
    let info = world.policy(policy);
    assert_eq!((info.claims_open, info.claims_paid), (1, 0));
    assert_eq!(world.exposure().claims_open.u64(), 1);
}

#[test]
fn the_deposit_comes_exactly_and_alone() {
    let (mut world, policy) = treated();
    for (funds, code) in [
        (vec![], "input/funds"),
        (vec![coin(FEE - 1, DENOM)], "claims/wrong_deposit"),
        (vec![coin(FEE + 1, DENOM)], "claims/wrong_deposit"),
        (vec![coin(FEE, "uother")], "input/funds"),
    ] {
        let invoice = world.invoice(1, 300);
        let filed = world.file_as("patient", PATIENT, policy, invoice, &funds);
        refused(filed, code);
    }
}

#[test]
fn an_invoice_asks_for_one_to_the_benefit_and_has_a_digest() {
    let (mut world, policy) = treated();
    for amount in [0, BENEFIT + 1] {
        let invoice = world.invoice(1, amount);
        refused(world.file(policy, invoice), "claims/invoice_amount");
    }
    let short = InvoiceMsg {
        digest: Binary::new(vec![1; 31]),
        ..world.invoice(1, 1)
    };
    refused(world.file(policy, short), "input/length");
    let most = world.invoice(1, BENEFIT);
    assert!(world.file(policy, most).is_ok());
}

#[test]
fn care_is_given_under_cover_and_over_when_it_is_claimed() {
    let (mut world, policy) = treated();
    let info = world.policy(policy);
    let now = world.suite.now_s();
    let mut served = |served_from, served_until| {
        let invoice = InvoiceMsg {
            served_from,
            served_until,
            ..world.invoice(1, 300)
        };
        world.file(policy, invoice)
    };
    refused(served(now, now), "input/time");
    refused(served(now - 1, u64::MAX), "input/date");
    let early = info.covered_from - 1;
    refused(served(early, now), "claims/measured_before_cover");
    refused(served(now - 1, now + 1), "claims/not_yet_measured");
    let late = info.covered_until + 1;
    refused(served(now, late), "claims/measured_after_cover");
    assert!(served(info.covered_from, now).is_ok());
}

#[test]
fn the_last_second_to_file_an_invoice_is_the_last() {
    let filed_after = |seconds| {
        let (mut world, policy) = treated();
        let invoice = world.invoice(1, 300);
        world.suite.advance(seconds);
        world.file(policy, invoice)
    };
    assert!(filed_after(FILE_WITHIN_S - 1).is_ok());
    refused(filed_after(FILE_WITHIN_S), "claims/filed_too_late");
}

#[test]
fn an_invoice_takes_a_ground_for_its_category_and_the_time_of_the_care() {
    let (mut world, policy) = treated();
    world.suite.credential("clinician", Role::Clinician);
    let funds = world.suite.coins(FEE);
    let grant = |world: &mut World, category| GroundRef::Grant {
        id: world.suite.grant(
            "patient",
            world.patient,
            "clinician",
            Purpose::Payment,
            &[category],
            &[Action::Disclose],
        ),
    };
    let file = |world: &mut World, who: &str, ground| {
        let invoice = world.invoice(1, 300);
        world.file_as(who, ground, policy, invoice, &funds)
    };
    let other = grant(&mut world, Category::Activity);
    refused(
        file(&mut world, "clinician", other),
        "consent/category_not_granted",
    );
    // granted from this hour on: care was given in the last one
    let cardiac = grant(&mut world, Category::Cardiac);
    refused(
        file(&mut world, "clinician", cardiac),
        "consent/window_not_granted",
    );
    refused(
        file(&mut world, "stranger", PATIENT),
        "consent/not_the_patient",
    );
    world.suite.advance(3_600);
    assert!(file(&mut world, "clinician", cardiac).is_ok());
}

#[test]
fn an_open_claim_takes_a_slot_and_readings_are_no_invoice() {
    let (mut world, policy) = treated();
    for digest in [1, 2] {
        let invoice = world.invoice(digest, BENEFIT);
        world.file(policy, invoice).unwrap();
    }
    let third = world.invoice(3, 1);
    refused(world.file(policy, third), "claims/no_claim_left");
    let shown = world.episode();
    refused(world.claim(policy, &shown), "claims/claimed_by_invoice");

    let (mut world, policy) = World::covered();
    let invoice = InvoiceMsg {
        amount: Uint128::one(),
        ..world.invoice(1, 1)
    };
    refused(
        world.file_as("patient", PATIENT, policy, invoice, &[]),
        "claims/claimed_by_readings",
    );
    let shown = world.episode();
    world.claim(policy, &shown).unwrap();
    refused(
        world.assess("insurer", (policy, 1), 1),
        "claims/not_an_invoice",
    );
}

#[test]
fn an_open_claim_keeps_its_policy_from_ending() {
    let (mut world, policy) = treated();
    world.suite.advance(TERM_S - 3_600);
    let invoice = world.invoice(1, BENEFIT);
    world.suite.advance(FILE_WITHIN_S - 1);
    let claim = world.file(policy, invoice).unwrap();
    world.suite.advance(1);
    assert_eq!(world.policy(policy).state, PolicyState::Elapsed);
    refused(world.expire(policy), "claims/claims_open");
    world.suite.advance(ASSESS_S);
    world.settle((policy, claim)).unwrap();
    assert_eq!(world.pool().paid.u128(), BENEFIT);
    world.expire(policy).unwrap();
    world.assert_nothing_stays();
}
