//! What the decision makes of the records.

use super::*;

#[test]
fn a_grant_to_a_team_counts_for_its_members_now_and_takes_their_own_credential() {
    let mut counted = Counted::with_grants(1, &grant_to(of_team(5), &[]));
    let ground = GroundRef::Grant { id: 1 };
    let asked = request(Purpose::Treatment);
    assert_eq!(
        counted.decide(&asked, ground),
        Err("consent/not_the_grantee".into())
    );
    counted.join(&[4, 5]);
    assert_eq!(
        counted.decide(&asked, ground),
        Err("consent/credential_missing".into())
    );
    counted.attest(Role::Clinician, NOW + 1);
    assert_eq!(counted.decide(&asked, ground), Ok(ground));
    counted.join(&[4]);
    assert_eq!(
        counted.decide(&asked, ground),
        Err("consent/not_the_grantee".into())
    );
}

#[test]
fn guardians_who_grant_to_their_own_team_grant_nothing_to_themselves() {
    let counted = |by: &[&str]| {
        let mut counted = Counted::with_grants(1, &grant_to(of_team(5), by));
        counted.join(&[5]);
        counted.decide(&request(Purpose::Family), GroundRef::Grant { id: 1 })
    };
    let refused = Err("consent/not_the_grantee".into());
    assert_eq!(counted(&["clinician"]), refused);
    assert_eq!(counted(&["somebody else", "clinician"]), refused);
    assert!(counted(&["somebody else", "another"]).is_ok());
}

#[test]
fn a_recovery_revokes_whatever_was_granted_until_then_and_nothing_else() {
    for (by, id, revoked) in [
        (&[][..], 2, true),
        (&[], 3, false),
        (&["guardian"], 2, true),
        (&["guardian"], 3, false),
    ] {
        let grant = grant_to(Party::Account("clinician".into()), by);
        let mut counted = Counted::with_grants(3, &grant);
        counted.save_patient(|patient| (patient.grants, patient.recovered_through) = (3, 2));
        let ground = GroundRef::Grant { id };
        let expected = match revoked {
            true => Err("consent/grant_revoked".into()),
            false => Ok(ground),
        };
        assert_eq!(
            counted.decide(&request(Purpose::Family), ground),
            expected,
            "{by:?} {id}"
        );
    }
}

#[test]
fn a_denied_team_shuts_its_members_out_of_grants_and_guardianship() {
    let mut counted = Counted::with_grants(1, &named());
    let powers = Set::of(&[Power::Read, Power::Revoke]);
    GUARDIANS
        .save(
            &mut counted.storage,
            &(PATIENT, "clinician"),
            &Guardian::plain(powers, NOW + 1),
        )
        .unwrap();
    counted.save_patient(|patient| (patient.grants, patient.denials) = (1, 1));
    TEAM_DENIALS
        .save(&mut counted.storage, &(PATIENT, 5), &DENIED)
        .unwrap();
    let grounds = [GroundRef::Grant { id: 1 }, GroundRef::Guardian {}];
    let asked = request(Purpose::Family);
    for teams in [&[4, 5][..], &[4]] {
        counted.join(teams);
        let denied = teams.contains(&5);
        for ground in grounds {
            let told = counted.decide(&asked, ground);
            assert_eq!(told == Err("consent/team_denied".into()), denied);
            assert_eq!(told == Ok(ground), !denied);
        }
        let acts = ensure_acts_for(&counted, "clinician", PATIENT, Power::Revoke, NOW);
        assert_eq!(acts.is_err(), denied);
    }
}

#[test]
fn a_denial_does_not_touch_the_power_to_recover() {
    let mut counted = Counted::with_grants(0, &named());
    let powers = Set::of(&[Power::Recover, Power::Revoke]);
    GUARDIANS
        .save(
            &mut counted.storage,
            &(PATIENT, "clinician"),
            &Guardian::plain(powers, NOW + 1),
        )
        .unwrap();
    counted.save_patient(|patient| patient.denials = 1);
    DENIALS
        .save(&mut counted.storage, &(PATIENT, "clinician"), &DENIED)
        .unwrap();
    let acts = |power| ensure_acts_for(&counted, "clinician", PATIENT, power, NOW).is_ok();
    assert!(!acts(Power::Revoke));
    assert!(acts(Power::Recover));
}

fn lasting() -> Emergency {
    Emergency {
        responder: "clinician".into(),
        window: Window { from: 0, to: 3 },
        opened_at: NOW - 10,
        until: NOW + 1,
        ended_at: None,
        review_by: NOW + 99,
        review: None,
        reason: [1; 32],
    }
}

#[test]
fn an_emergency_counts_while_its_responders_credential_as_one_is_live() {
    let told = |role, until| {
        let mut counted = Counted::with_grants(0, &named());
        EMERGENCIES
            .save(&mut counted.storage, &(PATIENT, 3), &lasting())
            .unwrap();
        counted.attest(role, until);
        let ground = GroundRef::Emergency { id: 3 };
        let decided = counted.decide(&request(Purpose::Emergency), ground);
        (decided.is_ok(), decided.err(), counted.reads.get())
    };
    let missing = Some("consent/credential_missing".to_string());
    let responder = Role::EmergencyResponder;
    let reads = 3; // patient, emergency, credential
    assert_eq!(told(responder, NOW + 1), (true, None, reads));
    assert_eq!(told(responder, NOW), (false, missing.clone(), reads));
    assert_eq!(told(Role::Clinician, NOW + 1), (false, missing, reads));
}

#[test]
fn an_emergency_counts_for_its_responder_until_it_ends_whatever_teams_are_denied() {
    let emergency = lasting();
    let told = |change: fn(&mut Emergency), denied: bool| {
        let mut counted = Counted::with_grants(0, &named());
        let mut emergency = emergency.clone();
        change(&mut emergency);
        EMERGENCIES
            .save(&mut counted.storage, &(PATIENT, 3), &emergency)
            .unwrap();
        counted.save_patient(|patient| patient.denials = 2);
        counted.join(&[5]);
        TEAM_DENIALS
            .save(&mut counted.storage, &(PATIENT, 5), &DENIED)
            .unwrap();
        if denied {
            DENIALS
                .save(&mut counted.storage, &(PATIENT, "clinician"), &DENIED)
                .unwrap();
        }
        counted.attest(Role::EmergencyResponder, NOW + 1);
        counted.decide(&request(Purpose::Emergency), GroundRef::Emergency { id: 3 })
    };
    assert_eq!(told(|_| (), false), Ok(GroundRef::Emergency { id: 3 }));
    assert_eq!(told(|_| (), true), Err("consent/account_denied".into()));
    assert_eq!(
        told(|e| e.ended_at = Some(NOW), false),
        Err("consent/emergency_over".into())
    );
    assert_eq!(
        told(|e| e.until = NOW, false),
        Err("consent/emergency_over".into())
    );
    assert_eq!(
        told(|e| e.responder = "other".into(), false),
        Err("consent/not_the_responder".into())
    );
    let none = Counted::with_grants(0, &named());
    assert_eq!(
        none.decide(&request(Purpose::Emergency), GroundRef::Emergency { id: 3 }),
        Err("state/not_found".into())
    );
}
