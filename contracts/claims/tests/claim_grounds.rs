//! Claim: on what ground.

use crate::common::{refused, ruled, World, BENEFIT, HIGH, WAITING_S};
use cosmwasm_std::Uint64;
use vitals_api::consent;
use vitals_core::decision::{Action, GroundRef, Power, Purpose, Role};
use vitals_core::measure::{Category, Measure};
use vitals_core::rule::{Comparison, Condition};
use vitals_core::time::Window;
use vitals_testing::suite::number;

#[test]
fn a_guardian_claims_only_with_the_power_to() {
    let (mut world, policy) = World::covered();
    let shown = world.episode();
    let guardian = GroundRef::Guardian {};
    let claim =
        |world: &mut World| world.claim_as("guardian", guardian, policy, vec![shown.clone()]);
    refused(claim(&mut world), "consent/not_the_guardian");
    world.appoint(&[Power::Read]);
    refused(claim(&mut world), "consent/power_missing");
    world.appoint(&[Power::Claim]);
    let before = world.suite.balance("other");
    claim(&mut world).unwrap();
    assert_eq!(world.suite.balance("other"), before + BENEFIT);
}

#[test]
fn an_insurer_claims_only_under_a_grant_for_payment_and_disclosure() {
    let (mut world, policy) = World::covered();
    let shown = world.episode();
    let cardiac: &[Category] = &[Category::Cardiac];
    for (purpose, categories, action, code) in [
        (
            Purpose::Treatment,
            cardiac,
            Action::Disclose,
            "consent/purpose_not_granted",
        ),
        (
            Purpose::Payment,
            cardiac,
            Action::Read,
            "consent/action_not_granted",
        ),
        (
            Purpose::Payment,
            &[Category::Activity],
            Action::Disclose,
            "consent/category_not_granted",
        ),
    ] {
        let id = world.suite.grant(
            "patient",
            world.patient,
            "insurer",
            purpose,
            categories,
            &[action],
        );
        let ground = GroundRef::Grant { id };
        refused(
            world.claim_as("insurer", ground, policy, vec![shown.clone()]),
            code,
        );
    }
    let id = disclosure(&mut world, "insurer");
    let ground = GroundRef::Grant { id };
    refused(
        world.claim_as("stranger", ground, policy, vec![shown.clone()]),
        "consent/not_the_grantee",
    );
    assert!(world
        .claim_as("insurer", ground, policy, vec![shown])
        .is_ok());
}

#[test]
fn a_grant_that_does_not_reach_every_epoch_shown_is_none() {
    let (mut world, policy) = World::covered();
    let shown = world.episode();
    world.suite.advance(3_600);
    let id = disclosure(&mut world, "insurer");
    refused(
        world.claim_as("insurer", GroundRef::Grant { id }, policy, vec![shown]),
        "consent/window_not_granted",
    );
}

#[test]
fn a_grant_of_the_first_hour_does_not_reach_an_episode_that_runs_into_the_next() {
    let (mut world, policy) = World::covered();
    world.suite.advance(3_598);
    let from = world.suite.now_ms();
    let before = world
        .device
        .measure(Measure::HeartRate, from, &[HIGH, HIGH]);
    let after = world
        .device
        .measure(Measure::HeartRate, from + 2_000, &[HIGH]);
    let epoch = before.measured().epoch;
    assert_eq!(after.measured().epoch, epoch + 1);
    world.suite.advance(60);
    for batch in [&before, &after] {
        world.suite.anchor("patient", batch).unwrap();
    }
    let evidence = vec![world.shown(&before, &[0, 1]), world.shown(&after, &[0])];
    let mut claim_within = |to| {
        let id = grant_of(&mut world, Window { from: epoch, to });
        world.claim_as("insurer", GroundRef::Grant { id }, policy, evidence.clone())
    };
    refused(claim_within(epoch + 1), "consent/window_not_granted");
    assert!(claim_within(epoch + 2).is_ok());
}

#[test]
fn a_care_provider_claims_while_its_credential_is_live() {
    let (mut world, policy) = World::covered();
    let shown = world.episode();
    let id = disclosure(&mut world, "clinician");
    let ground = GroundRef::Grant { id };
    refused(
        world.claim_as("clinician", ground, policy, vec![shown.clone()]),
        "consent/credential_missing",
    );
    world.suite.credential("clinician", Role::Clinician);
    assert!(world
        .claim_as("clinician", ground, policy, vec![shown])
        .is_ok());
}

#[test]
fn a_revoked_grant_or_a_denied_account_claims_nothing() {
    let (mut world, policy) = World::covered();
    let shown = world.episode();
    let patient = Uint64::new(world.patient);
    let consent = world.suite.at.consent.clone();
    let id = disclosure(&mut world, "insurer");
    let ground = GroundRef::Grant { id };
    let deny = consent::ExecuteMsg::Deny {
        patient,
        whom: consent::Party::Account(world.suite.actor("insurer").into()),
    };
    world.suite.execute("patient", &consent, &deny).unwrap();
    refused(
        world.claim_as("insurer", ground, policy, vec![shown.clone()]),
        "consent/account_denied",
    );
    let allow = consent::ExecuteMsg::Allow {
        patient,
        whom: consent::Party::Account(world.suite.actor("insurer").into()),
    };
    world.suite.execute("patient", &consent, &allow).unwrap();
    let revoke = consent::ExecuteMsg::Revoke {
        patient,
        grant: Uint64::new(id),
    };
    world.suite.execute("patient", &consent, &revoke).unwrap();
    refused(
        world.claim_as("insurer", ground, policy, vec![shown]),
        "consent/grant_revoked",
    );
}

#[test]
fn a_rule_of_two_categories_takes_evidence_and_a_ground_for_each() {
    let mut world = World::selling(&ruled(|rule| {
        rule.conditions.push(Condition {
            measure: Measure::OxygenSaturation,
            comparison: Comparison::AtMost,
            threshold: 900,
        });
    }));
    let measures = [Measure::OxygenSaturation];
    let patient = world.patient;
    let mut oximeter = world.suite.paired_device(2, &measures, "patient", patient);
    let policy = world.bind().unwrap();
    world.suite.advance(WAITING_S);
    let from = world.suite.now_ms();
    let low = oximeter.measure(Measure::OxygenSaturation, from, &[850, 850, 850]);
    let heart = world.episode();
    world.suite.anchor("patient", &low).unwrap();
    let oxygen = world.shown(&low, &[0, 1, 2]);

    refused(world.claim(policy, &heart), "claims/too_few_readings");
    let id = disclosure(&mut world, "insurer");
    let both = vec![heart, oxygen];
    refused(
        world.claim_as("insurer", GroundRef::Grant { id }, policy, both.clone()),
        "consent/category_not_granted",
    );
    assert!(world
        .claim_as("patient", GroundRef::Patient {}, policy, both)
        .is_ok());
}

/// A grant of cardiac readings to `grantee`, for payment and disclosure.
fn disclosure(world: &mut World, grantee: &str) -> u64 {
    world.suite.grant(
        "patient",
        world.patient,
        grantee,
        Purpose::Payment,
        &[Category::Cardiac],
        &[Action::Disclose],
    )
}

/// The same to the insurer, of readings measured in a window.
fn grant_of(world: &mut World, window: Window) -> u64 {
    let consent = world.suite.at.consent.clone();
    let grant = consent::GrantMsg {
        grantee: consent::Party::Account(world.suite.actor("insurer").into()),
        purposes: vec![Purpose::Payment],
        categories: vec![Category::Cardiac],
        actions: vec![Action::Disclose],
        window,
        valid_from: None,
        valid_until: world.suite.now_s() + 86_400,
        package: None,
    };
    let msg = consent::ExecuteMsg::Grant {
        patient: Uint64::new(world.patient),
        grant,
    };
    let done = world.suite.execute("patient", &consent, &msg).unwrap();
    number(&done.events, "granted", "grant")
}
