//! Guardians, credentials, grants, a team, emergencies; and what the patient took back.

use cosmwasm_std::{Binary, Uint64};
use vitals_api::consent::{ExecuteMsg, GrantMsg, Party, PatientInfo, QueryMsg};
use vitals_core::decision::{Action, Power, Purpose, Role};
use vitals_core::measure::Category;
use vitals_core::set::Member;
use vitals_core::time::Window;

use super::World;
use crate::suite::number;

const DAY_S: u64 = 86_400;

/// Guardian, powers, days.
const GUARDIANS: [(&str, &[Power], u64); 8] = [
    ("guardian to read", &[Power::Read], 300),
    ("guardian to grant", &[Power::Read, Power::Grant], 300),
    ("guardian to revoke", &[Power::Revoke], 300),
    ("guardian to acknowledge", &[Power::Acknowledge], 300),
    ("guardian to claim", &[Power::Claim], 300),
    ("guardian to recover", &[Power::Recover], 300),
    ("expired guardian", Power::ALL, 1),
    ("denied guardian", Power::ALL, 300),
];

/// Issuer, holder, role.
const CREDENTIALS: [(&str, &str, Role); 14] = [
    ("issuer", "clinician", Role::Clinician),
    ("issuer", "plan writer", Role::Clinician),
    ("issuer", "plan author", Role::Clinician),
    ("issuer", "denied author", Role::Clinician),
    ("issuer", "former clinician", Role::Clinician),
    ("issuer", "insurer", Role::Insurer),
    ("issuer", "claimant", Role::Insurer),
    ("issuer", "former insurer", Role::Insurer),
    ("issuer", "responder", Role::EmergencyResponder),
    (
        "issuer",
        "responder in an emergency",
        Role::EmergencyResponder,
    ),
    ("issuer", "custodian", Role::Custodian),
    ("issuer", "vault", Role::VaultOperator),
    (
        "former issuer",
        "rejected responder",
        Role::EmergencyResponder,
    ),
    ("former issuer", "stranger", Role::VerifiedPerson),
];

/// Grantee, purpose, action; but the team's.
const GRANTS: [(&str, Purpose, Action); 13] = [
    ("clinician", Purpose::Treatment, Action::Read),
    ("plan writer", Purpose::Treatment, Action::WritePlan),
    ("plan author", Purpose::Treatment, Action::WritePlan),
    ("denied author", Purpose::Treatment, Action::WritePlan),
    ("former clinician", Purpose::Treatment, Action::WritePlan),
    (
        "called responder",
        Purpose::Treatment,
        Action::ReceiveAlerts,
    ),
    (
        "waiting responder",
        Purpose::Treatment,
        Action::ReceiveAlerts,
    ),
    ("acknowledger", Purpose::Treatment, Action::ReceiveAlerts),
    ("sealer", Purpose::Treatment, Action::Seal),
    ("former sealer", Purpose::Treatment, Action::Seal),
    ("denied sealer", Purpose::Treatment, Action::Seal),
    ("claimant", Purpose::Payment, Action::Disclose),
    ("former insurer", Purpose::Payment, Action::Disclose),
];

const DENIED: [&str; 3] = ["denied guardian", "denied author", "denied sealer"];

impl World {
    /// As somebody, to consent.
    ///
    /// # Panics
    /// Where it is refused.
    #[track_caller]
    pub fn consent(&mut self, name: &str, msg: &ExecuteMsg) -> cw_multi_test::AppResponse {
        let consent = self.suite.at.consent.clone();
        self.act(name, &consent, msg)
    }

    pub(super) fn appoint_guardians(&mut self) {
        for (guardian, powers, days) in GUARDIANS {
            let msg = ExecuteMsg::AppointGuardian {
                patient: Uint64::new(self.patient),
                guardian: self.address(guardian).into(),
                powers: powers.to_vec(),
                until: self.suite.now_s() + days * DAY_S,
            };
            self.consent("patient", &msg);
        }
    }

    pub(super) fn issue_credentials(&mut self) {
        self.admit_issuer("issuer", Role::ALL);
        self.admit_issuer("issuer of another role", &[Role::Insurer]);
        self.admit_issuer("former issuer", Role::ALL);
        for (issuer, holder, role) in CREDENTIALS {
            let msg = ExecuteMsg::IssueCredential {
                account: self.address(holder).into(),
                role,
                until: self.suite.now_s() + 300 * DAY_S,
            };
            self.consent(issuer, &msg);
        }
        let remove = ExecuteMsg::RemoveIssuer {
            issuer: self.address("former issuer").into(),
        };
        self.consent("owner", &remove);
    }

    fn admit_issuer(&mut self, issuer: &str, roles: &[Role]) {
        let msg = ExecuteMsg::AdmitIssuer {
            issuer: self.address(issuer).into(),
            roles: roles.to_vec(),
        };
        self.consent("owner", &msg);
    }

    /// For thirty days, over a thousand hours from now, heart data and steps.
    pub fn grant_msg(&self, grantee: Party, purpose: Purpose, action: Action) -> GrantMsg {
        let from = self.suite.epoch();
        GrantMsg {
            grantee,
            purposes: vec![purpose],
            categories: vec![Category::Cardiac, Category::Activity],
            actions: vec![action],
            window: Window {
                from,
                to: from + 1_000,
            },
            valid_from: None,
            valid_until: self.suite.now_s() + 30 * DAY_S,
            package: None,
        }
    }

    pub fn account(&self, name: &str) -> Party {
        Party::Account(self.address(name).into())
    }

    fn grant(&mut self, name: &'static str, grant: GrantMsg) {
        let msg = ExecuteMsg::Grant {
            patient: Uint64::new(self.patient),
            grant,
        };
        let granted = self.consent("patient", &msg);
        self.grants
            .insert(name, number(&granted.events, "granted", "grant"));
    }

    pub(super) fn give_grants(&mut self) {
        for (grantee, purpose, action) in GRANTS {
            let grant = self.grant_msg(self.account(grantee), purpose, action);
            self.grant(grantee, grant);
        }
    }

    pub(super) fn make_team(&mut self) {
        let made = self.consent("team admin", &ExecuteMsg::CreateTeam {});
        self.team = number(&made.events, "team_created", "team");
        let team = Uint64::new(self.team);
        for name in ["member", "invited"] {
            let account = self.address(name).into();
            self.consent("team admin", &ExecuteMsg::InviteMember { team, account });
        }
        self.consent("member", &ExecuteMsg::JoinTeam { team });
        let admin = self.address("proposed admin").into();
        self.consent("team admin", &ExecuteMsg::ProposeTeamAdmin { team, admin });
        let grant = self.grant_msg(Party::Team(team), Purpose::Treatment, Action::Seal);
        self.grant("member", grant);
    }

    pub(super) fn open_emergencies(&mut self) {
        self.emergency = self.open_emergency("responder in an emergency");
        let rejected = ExecuteMsg::ReviewEmergency {
            patient: Uint64::new(self.patient),
            emergency: Uint64::new(self.open_emergency("rejected responder")),
            upheld: false,
        };
        self.consent("patient", &rejected);
    }

    /// For a day.
    fn open_emergency(&mut self, responder: &str) -> u64 {
        let msg = ExecuteMsg::OpenEmergency {
            patient: Uint64::new(self.patient),
            reason: Binary::new(vec![6; 32]),
            hours_back: 1,
            for_s: DAY_S,
        };
        let opened = self.consent(responder, &msg);
        number(&opened.events, "emergency_opened", "emergency")
    }

    /// Then the generation that this raised is opened.
    pub(super) fn take_back(&mut self) {
        for (holder, role) in [
            ("former clinician", Role::Clinician),
            ("former insurer", Role::Insurer),
        ] {
            let account = self.address(holder).into();
            self.consent("issuer", &ExecuteMsg::WithdrawCredential { account, role });
        }
        for grantee in ["former sealer", "plan author"] {
            self.revoke(grantee);
        }
        for denied in DENIED {
            let msg = ExecuteMsg::Deny {
                patient: Uint64::new(self.patient),
                whom: self.account(denied),
            };
            self.consent("patient", &msg);
        }
        self.open_generation();
    }

    /// The guardian with this power in the world does not act alone any more: another is appointed in
    /// the place of the expired one, "second guardian", and it takes both.
    pub fn ask_for_two(&mut self, powers: &[Power], power: Power) {
        let patient = Uint64::new(self.patient);
        let prepare = [
            ExecuteMsg::DismissGuardian {
                patient,
                guardian: self.address("expired guardian").into(),
            },
            ExecuteMsg::AppointGuardian {
                patient,
                guardian: self.suite.actor("second guardian").into(),
                powers: powers.to_vec(),
                until: self.suite.now_s() + 100 * DAY_S,
            },
            ExecuteMsg::SetQuorum {
                patient,
                power,
                of: 2,
            },
        ];
        for msg in prepare {
            self.consent("patient", &msg);
        }
    }

    /// Ends the grant to somebody.
    pub fn revoke(&mut self, grantee: &str) {
        let msg = ExecuteMsg::Revoke {
            patient: Uint64::new(self.patient),
            grant: Uint64::new(self.grants[grantee]),
        };
        self.consent("patient", &msg);
    }

    fn open_generation(&mut self) {
        let patient = Uint64::new(self.patient);
        let info: PatientInfo = self
            .suite
            .query(&self.suite.at.consent, &QueryMsg::Patient { patient })
            .expect("consent knows the patient");
        self.generation = info.generation + 1;
        let msg = ExecuteMsg::OpenGeneration {
            patient,
            generation: self.generation,
            commitment: Binary::new(vec![5; 32]),
        };
        self.consent("patient", &msg);
    }
}
