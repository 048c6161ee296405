use super::*;
use crate::set::Member;

mod table;

const NOW: Seconds = 1_000;

fn request() -> Request<'static> {
    Request {
        patient: 7,
        who: "clinician",
        purpose: Purpose::Treatment,
        category: Category::Cardiac,
        action: Action::Read,
        window: Window { from: 10, to: 12 },
    }
}

fn terms() -> GrantTerms {
    GrantTerms {
        purposes: Set::of(&[Purpose::Treatment]),
        categories: Set::of(&[Category::Cardiac]),
        actions: Set::of(&[Action::Read, Action::Seal]),
        window: Window { from: 10, to: 20 },
        valid_from: 500,
        valid_until: 1_001,
        revoked: false,
    }
}

fn by_grant(
    request: &Request<'_>,
    terms: &GrantTerms,
    denials: Denials,
) -> Result<GroundRef, Refusal> {
    let ground = Ground::Grant {
        id: 3,
        terms,
        standing: Standing::Grantee,
        live_roles: Set::of(&[Role::Clinician]),
    };
    decide(request, &ground, &denials, NOW)
}

fn asked(change: impl FnOnce(&mut Request<'static>)) -> Result<GroundRef, Refusal> {
    let mut request = request();
    change(&mut request);
    by_grant(&request, &terms(), Denials::default())
}

fn granted(change: impl FnOnce(&mut GrantTerms)) -> Result<GroundRef, Refusal> {
    let mut terms = terms();
    change(&mut terms);
    by_grant(&request(), &terms, Denials::default())
}

#[test]
fn a_live_grant_permits_and_is_cited() {
    assert_eq!(asked(|_| ()), Ok(GroundRef::Grant { id: 3 }));
}

#[test]
fn each_term_of_a_grant_is_enforced_by_its_own_refusal() {
    assert!(matches!(
        asked(|r| r.category = Category::Respiratory),
        Err(Refusal::CategoryNotGranted { .. })
    ));
    assert!(matches!(
        asked(|r| r.purpose = Purpose::Research),
        Err(Refusal::PurposeNotGranted { .. })
    ));
    assert!(matches!(
        asked(|r| r.action = Action::Disclose),
        Err(Refusal::ActionNotGranted { .. })
    ));
    for window in [Window { from: 9, to: 11 }, Window { from: 19, to: 21 }] {
        assert!(matches!(
            asked(|r| r.window = window),
            Err(Refusal::WindowNotGranted { .. })
        ));
    }
    assert!(matches!(
        granted(|t| t.revoked = true),
        Err(Refusal::GrantRevoked { id: 3 })
    ));
}

#[test]
fn validity_is_half_open() {
    assert!(granted(|t| t.valid_until = NOW + 1).is_ok());
    assert!(matches!(
        granted(|t| t.valid_until = NOW),
        Err(Refusal::GrantExpired { .. })
    ));
    assert!(granted(|t| t.valid_from = NOW).is_ok());
    assert!(matches!(
        granted(|t| t.valid_from = NOW + 1),
        Err(Refusal::GrantNotYetValid { .. })
    ));
}

#[test]
fn a_denial_of_the_account_beats_a_grant_a_guardian_and_an_emergency() {
    let denied = Denials {
        account: true,
        team: None,
    };
    assert!(matches!(
        by_grant(&request(), &terms(), denied),
        Err(Refusal::AccountDenied { .. })
    ));
    for ground in [guardian(&[Power::Read]), emergency()] {
        assert!(matches!(
            decide(&emergency_request(), &ground, &denied, NOW),
            Err(Refusal::AccountDenied { .. })
        ));
    }
}

#[test]
fn a_denial_of_a_team_beats_a_grant_but_no_emergency() {
    let denied = Denials {
        account: false,
        team: Some(4),
    };
    assert_eq!(
        by_grant(&request(), &terms(), denied),
        Err(Refusal::TeamDenied { team: 4 })
    );
    assert_eq!(
        decide(&emergency_request(), &emergency(), &denied, NOW),
        Ok(GroundRef::Emergency { id: 9 })
    );
}

#[test]
fn a_treatment_grant_counts_only_with_a_clinicians_credential_but_sealing_needs_none() {
    let terms = terms();
    let ground = Ground::Grant {
        id: 3,
        terms: &terms,
        standing: Standing::Member { team: 1 },
        live_roles: Set::EMPTY,
    };
    assert!(matches!(
        decide(&request(), &ground, &Denials::default(), NOW),
        Err(Refusal::CredentialMissing {
            role: Role::Clinician,
            ..
        })
    ));
    let seal = Request {
        action: Action::Seal,
        ..request()
    };
    assert!(decide(&seal, &ground, &Denials::default(), NOW).is_ok());
}

#[test]
fn a_stranger_cannot_use_somebody_elses_grant() {
    let terms = terms();
    let ground = Ground::Grant {
        id: 3,
        terms: &terms,
        standing: Standing::Stranger,
        live_roles: Set::all(),
    };
    assert!(matches!(
        decide(&request(), &ground, &Denials::default(), NOW),
        Err(Refusal::NotTheGrantee { .. })
    ));
}

fn guardian(powers: &[Power]) -> Ground<'static> {
    Ground::Guardian {
        account: "clinician",
        powers: Set::of(powers),
        until: NOW + 1,
    }
}

#[test]
fn a_guardian_does_only_what_its_powers_cover_while_they_hold() {
    let none = Denials::default();
    assert!(decide(&request(), &guardian(&[Power::Read]), &none, NOW).is_ok());
    assert!(matches!(
        decide(&request(), &guardian(&[Power::Claim]), &none, NOW),
        Err(Refusal::PowerMissing { .. })
    ));
    assert!(matches!(
        decide(&request(), &guardian(&[Power::Read]), &none, NOW + 1),
        Err(Refusal::GuardianExpired { .. })
    ));
}

fn emergency() -> Ground<'static> {
    Ground::Emergency {
        id: 9,
        responder: "clinician",
        window: Window { from: 0, to: 12 },
        until: NOW + 1,
        live: true,
    }
}

fn emergency_request() -> Request<'static> {
    Request {
        purpose: Purpose::Emergency,
        ..request()
    }
}

#[test]
fn an_emergency_reads_for_emergency_treatment_until_it_ends() {
    let none = Denials::default();
    assert!(decide(&emergency_request(), &emergency(), &none, NOW).is_ok());
    assert!(decide(&request(), &emergency(), &none, NOW).is_err());
    assert!(matches!(
        decide(&emergency_request(), &emergency(), &none, NOW + 1),
        Err(Refusal::EmergencyOver { .. })
    ));
    let later = Request {
        window: Window { from: 11, to: 13 },
        ..emergency_request()
    };
    assert!(matches!(
        decide(&later, &emergency(), &none, NOW),
        Err(Refusal::WindowNotGranted { .. })
    ));
}

#[test]
fn an_emergency_opens_nothing_once_its_responder_is_none_any_more() {
    let Ground::Emergency {
        id,
        responder,
        window,
        until,
        ..
    } = emergency()
    else {
        panic!("an emergency");
    };
    let withdrawn = Ground::Emergency {
        id,
        responder,
        window,
        until,
        live: false,
    };
    let asked = |now| decide(&emergency_request(), &withdrawn, &Denials::default(), now);
    assert_eq!(
        asked(NOW),
        Err(Refusal::CredentialMissing {
            purpose: Purpose::Emergency,
            role: Role::EmergencyResponder,
        })
    );
    assert!(matches!(asked(NOW + 1), Err(Refusal::EmergencyOver { .. })));
}

#[test]
fn only_the_controller_is_the_patient_and_no_denial_touches_it() {
    let denied = Denials {
        account: true,
        team: None,
    };
    let ground = |controller| Ground::Patient { controller };
    assert!(decide(&request(), &ground("clinician"), &denied, NOW).is_ok());
    assert!(matches!(
        decide(&request(), &ground("patient"), &Denials::default(), NOW),
        Err(Refusal::NotThePatient { .. })
    ));
}

#[test]
fn a_refusal_carries_its_stable_code() {
    let refusal = Refusal::GrantRevoked { id: 3 };
    assert_eq!(refusal.code(), "consent/grant_revoked");
}
