//! The decision over records: what it reads, and what it makes of them.

use std::cell::Cell;

use cosmwasm_std::testing::MockStorage;
use cosmwasm_std::{Storage, Uint64};
use vitals_core::decision::{Action, GrantTerms, GroundRef, Purpose, Request, Role};
use vitals_core::measure::Category;
use vitals_core::set::{Member, Set};
use vitals_core::time::Window;

use super::*;
use crate::consent::record::{
    Credential, Denial, Emergency, Guardian, Membership, CREDENTIALS, DENIALS, EMERGENCIES, GRANTS,
    GUARDIANS, MEMBERSHIPS, PATIENTS, TEAM_DENIALS,
};
use crate::consent::Party;

mod rules;

const PATIENT: u64 = 7;
const NOW: Seconds = 1_000;

/// Storage that counts what is read of it.
#[derive(Default)]
struct Counted {
    storage: MockStorage,
    reads: Cell<usize>,
}

impl Source for Counted {
    fn raw(&self, _what: &'static str, key: &[u8]) -> Result<Option<Vec<u8>>, ApiError> {
        self.reads.set(self.reads.get() + 1);
        Ok(self.storage.get(key))
    }
    fn contract(&self) -> String {
        "a test".into()
    }
}

impl Counted {
    /// A patient with this many grants, all alike.
    fn with_grants(count: u64, grant: &Grant) -> Self {
        let mut counted = Self::default();
        counted.save_patient(|patient| patient.grants = count);
        for id in 1..=count {
            GRANTS
                .save(&mut counted.storage, &(PATIENT, id), grant)
                .unwrap();
        }
        counted
    }

    fn save_patient(&mut self, change: impl FnOnce(&mut Patient)) {
        let mut patient = Patient {
            controller: "patient".into(),
            generation: 1,
            pending: false,
            raised_at_ms: 0,
            denials: 0,
            grants: 0,
            recovered_through: 0,
        };
        change(&mut patient);
        PATIENTS
            .save(&mut self.storage, &PATIENT, &patient)
            .unwrap();
    }

    fn join(&mut self, teams: &[u64]) {
        let membership = Membership {
            teams: teams.to_vec(),
            left_at: 0,
        };
        MEMBERSHIPS
            .save(&mut self.storage, &"clinician", &membership)
            .unwrap();
    }

    fn attest(&mut self, role: Role, until: Seconds) {
        let credential = Credential {
            until,
            issuer: "board".into(),
        };
        let key = (u32::from(role.bit()), "clinician");
        CREDENTIALS
            .save(&mut self.storage, &key, &credential)
            .unwrap();
    }

    fn decide(&self, request: &Request<'_>, ground: GroundRef) -> Result<GroundRef, String> {
        self.reads.set(0);
        authorize(self, request, ground, NOW)
            .map(|(by, _)| by)
            .map_err(|error| error.to_string().split(':').next().unwrap().into())
    }
}

fn request(purpose: Purpose) -> Request<'static> {
    Request {
        patient: PATIENT,
        who: "clinician",
        purpose,
        category: Category::Cardiac,
        action: Action::Read,
        window: Window { from: 1, to: 2 },
    }
}

fn grant_to(grantee: Party, by: &[&str]) -> Grant {
    Grant {
        grantee,
        by: by.iter().map(|guardian| (*guardian).into()).collect(),
        terms: GrantTerms {
            purposes: Set::all(),
            categories: Set::of(&[Category::Cardiac]),
            actions: Set::of(&[Action::Read]),
            window: Window { from: 0, to: 9 },
            valid_from: 0,
            valid_until: NOW + 1,
            revoked: false,
        },
        package: None,
    }
}

fn named() -> Grant {
    grant_to(Party::Account("clinician".into()), &[])
}

fn of_team(team: u64) -> Party {
    Party::Team(Uint64::new(team))
}

const DENIED: Denial = Denial { since: 1 };

#[test]
fn a_decision_reads_as_much_with_three_hundred_grants_as_with_one() {
    for purpose in [Purpose::Family, Purpose::Treatment, Purpose::Payment] {
        for grantee in [Party::Account("clinician".into()), of_team(8)] {
            for denials in [0, 1] {
                let reads = [1, 300].map(|count| {
                    let grant = grant_to(grantee.clone(), &[]);
                    let mut counted = Counted::with_grants(count, &grant);
                    counted.save_patient(|patient| {
                        (patient.grants, patient.denials) = (count, denials);
                    });
                    counted.join(&[1, 2, 3, 4, 5, 6, 7, 8]);
                    let _ = counted.decide(&request(purpose), GroundRef::Grant { id: count });
                    counted.reads.get()
                });
                assert_eq!(reads[0], reads[1]);
                assert!(reads[0] <= 14, "{reads:?}");
            }
        }
    }
}

#[test]
fn a_patient_who_denies_nobody_costs_no_look_for_a_denial() {
    let mut counted = Counted::with_grants(1, &named());
    counted.join(&[1, 2]);
    let ground = GroundRef::Grant { id: 1 };
    assert_eq!(
        counted.decide(&request(Purpose::Family), ground),
        Ok(ground)
    );
    assert_eq!(counted.reads.get(), 2, "the patient and the grant");
    counted.save_patient(|patient| (patient.grants, patient.denials) = (1, 1));
    assert_eq!(
        counted.decide(&request(Purpose::Family), ground),
        Ok(ground)
    );
    assert_eq!(counted.reads.get(), 6, "one denial, the teams, two denials");
}
