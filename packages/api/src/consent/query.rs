//! What is asked and answered.

use cosmwasm_schema::{cw_serde, QueryResponses};
use cosmwasm_std::{Binary, Uint64};
use vitals_core::decision::{Action, GroundRef, Power, Purpose, Role, Seconds};
use vitals_core::measure::Category;
use vitals_core::time::Window;

use super::{PackageRef, Party};

/// What is asked of the decision. See `vitals_core::decision`.
#[cw_serde]
pub struct DecideMsg {
    pub patient: Uint64,
    pub who: String,
    pub purpose: Purpose,
    pub category: Category,
    pub action: Action,
    pub window: Window,
    /// Where absent, these are tried in turn: the patient's control, a guardian's power, those of
    /// the newest 64 grants that name the account or a team of it, and its newest emergency. A
    /// refusal is a denial where there is one, else that of the newest such grant.
    pub ground: Option<GroundRef>,
}

#[cw_serde]
#[derive(QueryResponses)]
pub enum QueryMsg {
    #[returns(crate::admin::AdminInfo)]
    Admin {},
    #[returns(PatientInfo)]
    Patient { patient: Uint64 },
    /// Patients an account controls, in order of their numbers.
    #[returns(PatientsPage)]
    PatientsOf {
        account: String,
        start_after: Option<Uint64>,
        limit: Option<u32>,
    },
    #[returns(RecipientInfo)]
    Recipient { account: String },
    #[returns(CredentialInfo)]
    Credential { account: String, role: Role },
    #[returns(GuardianInfo)]
    Guardian { patient: Uint64, guardian: String },
    /// In order of their addresses, dismissed ones included while they serve out their notice.
    #[returns(super::recovery::GuardiansPage)]
    Guardians {
        patient: Uint64,
        start_after: Option<String>,
        limit: Option<u32>,
    },
    #[returns(super::recovery::QuorumsInfo)]
    Quorums { patient: Uint64 },
    #[returns(super::recovery::ProposalsInfo)]
    Proposals { patient: Uint64 },
    #[returns(super::recovery::RecoveryInfo)]
    Recovery { patient: Uint64 },
    #[returns(super::recovery::Timing)]
    Timing {},
    #[returns(super::emergency::CustodiansInfo)]
    Custodians { patient: Uint64 },
    #[returns(super::emergency::EmergencyInfo)]
    Emergency { patient: Uint64, emergency: Uint64 },
    #[returns(super::emergency::EmergenciesPage)]
    Emergencies {
        patient: Uint64,
        start_after: Option<Uint64>,
        limit: Option<u32>,
    },
    #[returns(super::emergency::ResponderInfo)]
    Responder { account: String },
    #[returns(super::emergency::HooksInfo)]
    Hooks {},
    /// The heads of the vaults' logs of a patient, in order of the vaults' addresses.
    #[returns(super::receipt::LogsPage)]
    Receipts {
        patient: Uint64,
        start_after: Option<String>,
        limit: Option<u32>,
    },
    /// Whether a receipt is in the log a vault anchored last; an error says why not. The node that
    /// answers sees the receipt: whoever has the shared core checks it at home.
    #[returns(super::receipt::ReceiptInfo)]
    VerifyReceipt {
        patient: Uint64,
        vault: String,
        /// Its place, from 0.
        index: u32,
        receipt: Binary,
        /// At most 1,057 bytes.
        proof: Binary,
    },
    /// Whether the patient denies an account or a team.
    #[returns(DenialInfo)]
    Denial { patient: Uint64, whom: Party },
    #[returns(GrantInfo)]
    Grant { patient: Uint64, grant: Uint64 },
    /// A patient's grants, oldest first, revoked ones included.
    #[returns(GrantsPage)]
    Grants {
        patient: Uint64,
        start_after: Option<Uint64>,
        limit: Option<u32>,
    },
    #[returns(TeamInfo)]
    Team { team: Uint64 },
    /// Members and invited accounts of a team, in order of their addresses.
    #[returns(MembersPage)]
    Members {
        team: Uint64,
        start_after: Option<String>,
        limit: Option<u32>,
    },
    /// Teams an account is a member of, at most 8.
    #[returns(TeamsOfInfo)]
    TeamsOf { account: String },
    /// The decision, now.
    #[returns(Decision)]
    Decide(DecideMsg),
}

#[cw_serde]
pub struct PatientInfo {
    pub patient: Uint64,
    pub controller: String,
    /// The generation that is open.
    pub generation: u32,
    /// The next one waits for its commitment; nothing measured since `raised_at_ms` can be
    /// anchored.
    pub pending: bool,
    /// Block time of the last raise, milliseconds; 0 where there was none.
    pub raised_at_ms: u64,
    /// Of the open generation, where the patient posted one.
    pub commitment: Option<Binary>,
}

#[cw_serde]
pub struct PatientsPage {
    pub patients: Vec<Uint64>,
}

#[cw_serde]
pub struct RecipientInfo {
    pub recipient: Option<String>,
}

#[cw_serde]
pub struct CredentialInfo {
    pub live: bool,
    pub until: Option<Seconds>,
    pub issuer: Option<String>,
}

#[cw_serde]
pub struct GuardianInfo {
    pub live: bool,
    pub powers: Vec<Power>,
    pub until: Option<Seconds>,
    /// Seconds in which its power to recover counts, `[from, until)`.
    pub recovers_from: Option<Seconds>,
    pub recovers_until: Option<Seconds>,
}

#[cw_serde]
pub struct DenialInfo {
    /// Block seconds; absent where there is no denial.
    pub since: Option<Seconds>,
}

#[cw_serde]
pub struct TeamInfo {
    pub team: Uint64,
    pub admin: String,
    /// Whom the admin proposed as the next one.
    pub proposed_admin: Option<String>,
    /// Members and invitations, at most 256.
    pub places: u32,
}

#[cw_serde]
pub struct MembersPage {
    pub members: Vec<MemberInfo>,
}

#[cw_serde]
pub struct MemberInfo {
    pub account: String,
    /// False while it is only invited.
    pub joined: bool,
}

#[cw_serde]
pub struct TeamsOfInfo {
    pub teams: Vec<Uint64>,
}

#[cw_serde]
pub struct GrantInfo {
    pub grant: Uint64,
    pub grantee: Party,
    /// The guardian who gave it, of several the one who approved last; absent where the patient did.
    pub by: Option<String>,
    pub purposes: Vec<Purpose>,
    pub categories: Vec<Category>,
    pub actions: Vec<Action>,
    pub window: Window,
    pub valid_from: Seconds,
    pub valid_until: Seconds,
    /// By a message, or by a recovery of the patient after the patient had given it.
    pub revoked: bool,
    pub package: Option<PackageRef>,
}

#[cw_serde]
pub struct GrantsPage {
    pub grants: Vec<GrantInfo>,
}

/// The answer cites what it rests on, or why nothing does.
#[cw_serde]
pub enum Decision {
    Permit { by: GroundRef },
    Refuse { code: String, reason: String },
}
