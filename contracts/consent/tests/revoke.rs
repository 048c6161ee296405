use vitals_core::decision::{Action, GroundRef, Power, Refusal};
use vitals_core::time::Window;

use crate::common::*;

/// Whether the generation is raised when a grant, changed so, is revoked `elapsed` seconds later.
fn raises(change: impl Fn(&mut vitals_api::consent::GrantMsg), elapsed: u64) -> bool {
    let (mut contract, patient) = Contract::with_patient();
    let mut grant = contract.grant_msg("clinician");
    change(&mut grant);
    let id = contract.give(patient, grant);
    contract.advance(elapsed);
    let events = contract.act("patient", revoke_msg(patient, id)).unwrap();
    let raised = names(&events) == ["revoked", "generation_raised"];
    assert!(raised || names(&events) == ["revoked"], "{events:?}");
    assert_eq!(contract.pending(patient), raised);
    raised
}

#[test]
fn a_revoked_grant_permits_nothing_and_is_revoked_once() {
    let (mut contract, patient) = Contract::with_patient();
    let grant = contract.grant_msg("clinician");
    let id = contract.give(patient, grant);
    let by = GroundRef::Grant { id };
    assert_eq!(contract.decide(patient, "clinician", Some(by)), permit(by));
    contract.act("patient", revoke_msg(patient, id)).unwrap();
    for ground in [Some(by), None] {
        let decision = contract.decide(patient, "clinician", ground);
        assert_eq!(refusal_code(&decision), "consent/grant_revoked");
    }
    assert_eq!(
        contract.act("patient", revoke_msg(patient, id)),
        Err(Refusal::GrantRevoked { id }.into())
    );
    let unknown = contract.act("patient", revoke_msg(patient, id + 1));
    assert_code(unknown, "state/not_found");
}

#[test]
fn a_grant_that_gives_keys_raises_the_generation_and_another_does_not() {
    for (action, gives_keys) in [
        (Action::Read, true),
        (Action::Disclose, true),
        (Action::Seal, true),
        (Action::WritePlan, false),
        (Action::ReceiveAlerts, false),
    ] {
        let raised = raises(|grant| grant.actions = vec![action], 0);
        assert_eq!(raised, gives_keys, "{action:?}");
    }
    let several = vec![Action::ReceiveAlerts, Action::Seal];
    assert!(raises(|grant| grant.actions = several.clone(), 0));
}

#[test]
fn a_window_that_ends_by_now_raises_nothing() {
    let this = Contract::new().epoch();
    let ending = |to: u32, elapsed: u64| {
        let window = Window { from: to - 1, to };
        raises(move |grant| grant.window = window, elapsed)
    };
    assert!(!ending(this, 0), "it ended as this epoch began");
    assert!(ending(this + 1, 0), "it holds this epoch");
    assert!(ending(this + 1, EPOCH_S - 1), "the epoch's last second");
    assert!(!ending(this + 1, EPOCH_S));
    assert!(ending(this + 2, EPOCH_S), "all of it is still to come");
}

#[test]
fn a_grant_whose_keys_outlast_its_validity_raises_when_it_has_expired_and_before_it_begins() {
    let long = Window {
        from: 0,
        to: u32::MAX,
    };
    let change = |grant: &mut vitals_api::consent::GrantMsg| grant.window = long;
    assert!(raises(change, DAY_S - 1));
    assert!(raises(change, DAY_S), "it expired, its keys did not");
    let later = |grant: &mut vitals_api::consent::GrantMsg| {
        grant.valid_from = Some(grant.valid_until - 1);
    };
    assert!(raises(later, 0));
}

#[test]
fn the_raise_is_dated_by_its_block_to_the_millisecond() {
    let (mut contract, patient) = Contract::with_patient();
    let grant = contract.grant_msg("clinician");
    let id = contract.give(patient, grant);
    contract.env.block.time = contract.env.block.time.plus_nanos(1_234_567_890);
    let events = contract.act("patient", revoke_msg(patient, id)).unwrap();
    assert_eq!(attribute(&events, "generation_raised", "generation"), "2");
    let info = contract.info(patient);
    assert_eq!(info.raised_at_ms, 1_800_000_001_234);
    assert_eq!((info.generation, info.pending), (1, true));
}

#[test]
fn a_guardian_revokes_with_the_same_effect() {
    let (mut contract, patient) = Contract::with_patient();
    let grant = contract.grant_msg("clinician");
    let id = contract.give(patient, grant);
    contract.appoint(patient, "guardian", &[Power::Revoke]);
    contract.act("guardian", revoke_msg(patient, id)).unwrap();
    assert!(contract.pending(patient));
}
