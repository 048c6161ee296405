//! What an insurer would try that decides on claims and has the patient's grant to file them.

use cw_multi_test::Executor;
use vitals_api::claims::{SilenceMsg, StaffPart};
use vitals_core::decision::{Action, GroundRef, Purpose, Role};
use vitals_core::insurance::ClaimState;
use vitals_core::measure::Category;
use vitals_testing::suite::Refused;

use crate::common::{invoices, refused, World, ARBITRATE_S, ASSESS_S, BENEFIT, FEE, PATIENT};

/// Of the product that invoices are filed for.
const JUDGES: [&str; 4] = ["insurer", "assessor", "arbiter", "underwriter"];

/// Each account's grant to disclose, and a policy of two invoices.
fn granted(grantees: &[&str]) -> (World, u64, Vec<GroundRef>) {
    let (mut world, policy) = World::treated(SilenceMsg::ToArbiter);
    world
        .staff("underwriter", &[StaffPart::Underwriter])
        .unwrap();
    let patient = world.patient;
    let (cardiac, disclose) = ([Category::Cardiac], [Action::Disclose]);
    let grants = grantees
        .iter()
        .map(|grantee| {
            let id = world.suite.grant(
                "patient",
                patient,
                grantee,
                Purpose::Payment,
                &cardiac,
                &disclose,
            );
            GroundRef::Grant { id }
        })
        .collect();
    for grantee in grantees {
        // a grant for payment is of use to insurers only
        world.suite.credential(grantee, Role::Insurer);
        hand_out(&mut world, grantee);
    }
    world.suite.advance(3_600);
    (world, policy, grants)
}

/// The deposit of an invoice.
fn hand_out(world: &mut World, to: &str) {
    let (from, to) = (world.suite.actor("other"), world.suite.actor(to));
    let fee = world.suite.coins(FEE);
    world.suite.app.send_tokens(from, to, &fee).unwrap();
}

fn file(world: &mut World, sender: &str, ground: GroundRef, policy: u64) -> Result<u16, Refused> {
    let mut invoice = world.invoice(1, 1);
    invoice.served_from = invoice.served_until - 1;
    let fee = world.suite.coins(FEE);
    world.file_as(sender, ground, policy, invoice, &fee)
}

/// Approved at once, an invoice of one unit would use up a claim, and free the rest of its benefit.
#[test]
fn who_decides_on_an_invoice_does_not_file_it_on_a_grant() {
    let (mut world, policy, grants) = granted(&JUDGES);
    for (judge, grant) in JUDGES.into_iter().zip(grants) {
        refused(file(&mut world, judge, grant, policy), "claims/own_judge");
    }
    assert_eq!(world.policy(policy).claims_open, 0);
}

/// The deposit of an appeal that is lost is the arbiter's fee: who files it is no friend.
#[test]
fn who_decides_on_an_invoice_does_not_appeal_it_on_a_grant() {
    let (mut world, policy, grants) = granted(&JUDGES);
    let claim = world.file(policy, world.invoice(1, 600)).unwrap();
    world.assess("insurer", (policy, claim), 500).unwrap();
    for (judge, grant) in JUDGES.into_iter().zip(grants) {
        let appealed = world.appeal_as(judge, grant, (policy, claim));
        refused(appealed, "claims/own_judge");
    }
    let state = world.claim_info((policy, claim)).state;
    assert_eq!(state, ClaimState::Assessed);
}

#[test]
fn who_does_not_decide_files_and_appeals_on_a_grant() {
    let (mut world, policy, grants) = granted(&["clinician"]);
    let claim = file(&mut world, "clinician", grants[0], policy).unwrap();
    world.assess("insurer", (policy, claim), 0).unwrap();
    world
        .appeal_as("clinician", grants[0], (policy, claim))
        .unwrap();
}

/// An insurer gives parts without asking: a patient who was given one still claims.
#[test]
fn a_patient_whom_the_insurer_made_an_assessor_still_files() {
    let (mut world, policy, _) = granted(&[]);
    world.staff("patient", &[StaffPart::Assessor]).unwrap();
    let claim = file(&mut world, "patient", PATIENT, policy).unwrap();
    world.suite.advance(ASSESS_S);
    world.settle((policy, claim)).unwrap();
}

/// Others of the insurer's do.
#[test]
fn a_patient_whom_the_insurer_made_an_assessor_does_not_assess_their_own_claim() {
    let (mut world, policy, _) = granted(&[]);
    world.staff("patient", &[StaffPart::Assessor]).unwrap();
    let claim = file(&mut world, "patient", PATIENT, policy).unwrap();
    let own = world.assess("patient", (policy, claim), 1);
    refused(own, "claims/own_claim");
    world.assess("assessor", (policy, claim), 1).unwrap();
}

/// Taken out by an employer for the patient, and paid to whom it names: both may be an arbiter.
#[test]
fn an_arbiter_who_is_paid_or_took_the_policy_out_leaves_the_award_as_it_is() {
    for party in ["employer", "other"] {
        let arbiter = vitals_testing::Suite::chain().api().addr_make(party);
        let terms = invoices(SilenceMsg::ToArbiter, arbiter.as_str());
        let mut world = World::selling(&terms);
        let policy = world.offer().unwrap();
        world.accept(policy).unwrap();
        world.suite.advance(3_600);
        let claim = world.file(policy, world.invoice(1, BENEFIT)).unwrap();
        world.assess("insurer", (policy, claim), 5).unwrap();
        world.appeal((policy, claim)).unwrap();
        let decided = world.arbitrate(party, (policy, claim), BENEFIT);
        refused(decided, "claims/own_claim");
        world.suite.advance(ARBITRATE_S);
        world.settle((policy, claim)).unwrap();
        assert_eq!(world.claim_info((policy, claim)).paid.u128(), 5, "{party}");
    }
}

/// Else an insurer could have the arbiter work for it, or be refused as a party.
#[test]
fn an_arbiter_never_works_for_the_insurer() {
    let (mut world, _) = World::treated(SilenceMsg::ToArbiter);
    let parts = [StaffPart::Treasurer];
    let refusal = "claims/staff_is_an_arbiter";
    refused(world.staff("arbiter", &parts), refusal);
    let [assessor, other] = ["assessor", "other"].map(|name| world.suite.actor(name));
    let by = |arbiter: &str| invoices(SilenceMsg::Approves, arbiter);
    let amended = world.amend("insurer", &by(assessor.as_str()));
    refused(amended, "claims/arbiter");
    refused(world.create(&by(assessor.as_str())), "claims/arbiter");
    world.amend("insurer", &by(other.as_str())).unwrap();
    for arbiter in ["arbiter", "other"] {
        // policies bound before have theirs
        refused(world.staff(arbiter, &parts), refusal);
    }
    world.staff("assessor", &[]).unwrap();
    world.amend("insurer", &by(assessor.as_str())).unwrap();
}
