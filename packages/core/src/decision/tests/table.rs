//! The decision as a table: for each ground, what each denial does to it, and each refusal it has.

use super::*;
use alloc::string::String;
use alloc::vec::Vec;

const NONE: Denials = Denials {
    account: false,
    team: None,
};
const TEAM: Denials = Denials {
    account: false,
    team: Some(4),
};
const ACCOUNT: Denials = Denials {
    account: true,
    team: None,
};
const BOTH: Denials = Denials {
    account: true,
    team: Some(4),
};

fn grant<'a>(terms: &'a GrantTerms, standing: Standing, roles: &[Role]) -> Ground<'a> {
    Ground::Grant {
        id: 3,
        terms,
        standing,
        live_roles: Set::of(roles),
    }
}

fn code(decided: Result<GroundRef, Refusal>) -> String {
    decided.map_or_else(|refusal| refusal.code(), |_| "permit".into())
}

#[test]
fn each_denial_beats_what_the_design_says_it_beats_and_nothing_else() {
    let terms = terms();
    let clinician = &[Role::Clinician];
    let patient = Ground::Patient {
        controller: "clinician",
    };
    let named = grant(&terms, Standing::Grantee, clinician);
    let member = grant(&terms, Standing::Member { team: 4 }, clinician);
    let other = grant(&terms, Standing::Member { team: 5 }, clinician);
    let (account, team) = ("consent/account_denied", "consent/team_denied");
    let rows = [
        (patient, request(), ["permit", "permit", "permit", "permit"]),
        (named, request(), ["permit", team, account, account]),
        (member, request(), ["permit", team, account, account]),
        (other, request(), ["permit", team, account, account]),
        (
            guardian(&[Power::Read]),
            request(),
            ["permit", team, account, account],
        ),
        (
            emergency(),
            emergency_request(),
            ["permit", "permit", account, account],
        ),
    ];
    for (ground, request, expected) in rows {
        let denials = [NONE, TEAM, ACCOUNT, BOTH];
        let told = denials.map(|denials| code(decide(&request, &ground, &denials, NOW)));
        assert_eq!(told, expected, "{ground:?}");
    }
}

/// Every refusal that a decision over a ground may give, once.
fn refusals() -> Vec<Refusal> {
    let terms = terms();
    let mine = grant(&terms, Standing::Grantee, &[Role::Clinician]);
    let of_grant = |request: Request<'static>| decide(&request, &mine, &NONE, NOW);
    let of_terms = |terms: GrantTerms| {
        let ground = grant(&terms, Standing::Grantee, &[Role::Clinician]);
        decide(&request(), &ground, &NONE, NOW)
    };
    let by = |ground: Ground<'_>| decide(&request(), &ground, &NONE, NOW);
    let decided = [
        decide(&request(), &mine, &ACCOUNT, NOW),
        decide(&request(), &mine, &TEAM, NOW),
        by(Ground::Patient {
            controller: "other",
        }),
        by(grant(&terms, Standing::Stranger, &[Role::Clinician])),
        by(grant(&terms, Standing::Grantee, &[Role::Insurer])),
        of_terms(GrantTerms {
            revoked: true,
            ..terms.clone()
        }),
        of_terms(GrantTerms {
            valid_from: NOW + 1,
            ..terms.clone()
        }),
        of_terms(GrantTerms {
            valid_until: NOW,
            ..terms.clone()
        }),
        of_grant(Request {
            purpose: Purpose::Research,
            ..request()
        }),
        of_grant(Request {
            category: Category::Activity,
            ..request()
        }),
        of_grant(Request {
            action: Action::Disclose,
            ..request()
        }),
        of_grant(Request {
            window: Window { from: 9, to: 10 },
            ..request()
        }),
        by(Ground::Guardian {
            account: "other",
            powers: Set::all(),
            until: NOW + 1,
        }),
        decide(&request(), &guardian(Power::ALL), &NONE, NOW + 1),
        by(guardian(&[Power::Claim])),
        decide(
            &Request {
                action: Action::WritePlan,
                ..request()
            },
            &guardian(Power::ALL),
            &NONE,
            NOW,
        ),
        by(Ground::Emergency {
            id: 9,
            responder: "other",
            window: terms.window,
            until: NOW + 1,
            live: true,
        }),
        decide(&emergency_request(), &emergency(), &NONE, NOW + 1),
    ];
    decided.into_iter().map(Result::unwrap_err).collect()
}

/// Exhaustive, so that a refusal cannot be added without saying where it comes from: its place
/// among [`refusals`], or none where only a search or a message gives it.
fn place(refusal: &Refusal) -> Option<usize> {
    match refusal {
        Refusal::AccountDenied { .. } => Some(0),
        Refusal::TeamDenied { .. } => Some(1),
        Refusal::NotThePatient { .. } => Some(2),
        Refusal::NotTheGrantee { .. } => Some(3),
        Refusal::CredentialMissing { .. } => Some(4),
        Refusal::GrantRevoked { .. } => Some(5),
        Refusal::GrantNotYetValid { .. } => Some(6),
        Refusal::GrantExpired { .. } => Some(7),
        Refusal::PurposeNotGranted { .. } => Some(8),
        Refusal::CategoryNotGranted { .. } => Some(9),
        Refusal::ActionNotGranted { .. } => Some(10),
        Refusal::WindowNotGranted { .. } => Some(11),
        Refusal::NotTheGuardian { .. } => Some(12),
        Refusal::GuardianExpired { .. } => Some(13),
        Refusal::PowerMissing { .. } => Some(14),
        Refusal::NotAGuardiansAction { .. } => Some(15),
        Refusal::NotTheResponder { .. } => Some(16),
        Refusal::EmergencyOver { .. } => Some(17),
        Refusal::NoGround { .. }
        | Refusal::PowerNeeded { .. }
        | Refusal::RecoversLater { .. }
        | Refusal::QuorumNeeded { .. } => None,
    }
}

#[test]
fn every_refusal_of_a_ground_is_reached_by_the_fact_it_names() {
    let all = refusals();
    for (expected, refusal) in all.iter().enumerate() {
        assert_eq!(place(refusal), Some(expected), "{refusal}");
        assert!(refusal.code().starts_with("consent/"), "{refusal}");
    }
    assert_eq!(all.len(), 18);
}

#[test]
fn each_purpose_and_action_takes_the_role_it_says_and_no_other() {
    let clinicians = [Purpose::Treatment];
    let payers = [Purpose::Payment];
    for purpose in Purpose::ALL {
        for action in Action::ALL {
            let free = matches!(action, Action::Seal | Action::ReceiveAlerts);
            let expected: &[Role] = match free {
                false if clinicians.contains(purpose) => &[Role::Clinician],
                false if payers.contains(purpose) => &[Role::Insurer, Role::Clinician],
                _ => &[],
            };
            assert_eq!(roles_for(*purpose, *action), expected);
            let request = Request {
                purpose: *purpose,
                action: *action,
                ..request()
            };
            let terms = GrantTerms {
                purposes: Set::all(),
                actions: Set::all(),
                ..terms()
            };
            for role in Role::ALL {
                let ground = grant(&terms, Standing::Member { team: 1 }, &[*role]);
                let permitted = decide(&request, &ground, &NONE, NOW).is_ok();
                let holds = expected.is_empty() || expected.contains(role);
                assert_eq!(permitted, holds, "{purpose:?} {action:?} {role:?}");
            }
        }
    }
}

#[test]
fn each_action_takes_the_guardian_s_power_it_is_covered_by_and_no_other() {
    for (action, covering) in [
        (Action::Read, Some(Power::Read)),
        (Action::Disclose, Some(Power::Claim)),
        (Action::ReceiveAlerts, Some(Power::Acknowledge)),
        (Action::WritePlan, None),
        (Action::Seal, None),
    ] {
        let asked = Request {
            action,
            ..request()
        };
        for power in Power::ALL {
            let decided = decide(&asked, &guardian(&[*power]), &NONE, NOW);
            let expected = match covering {
                None => Err(Refusal::NotAGuardiansAction { action }),
                Some(covering) if covering == *power => Ok(GroundRef::Guardian {}),
                Some(power) => Err(Refusal::PowerMissing { action, power }),
            };
            assert_eq!(decided, expected, "{action:?} by {power:?}");
        }
    }
}

#[test]
fn an_emergency_opens_reading_for_emergency_treatment_and_nothing_else() {
    for purpose in Purpose::ALL {
        for action in Action::ALL {
            let request = Request {
                purpose: *purpose,
                action: *action,
                ..request()
            };
            let permitted = decide(&request, &emergency(), &NONE, NOW).is_ok();
            let opens = (*purpose, *action) == (Purpose::Emergency, Action::Read);
            assert_eq!(permitted, opens, "{purpose:?} {action:?}");
        }
    }
}
