//! consent: patients, people, permission.

use cosmwasm_schema::{cw_serde, QueryResponses};
use cosmwasm_std::{Binary, Uint64};
use vitals_core::decision::{Action, GroundRef, Power, Purpose, Role, Seconds};
use vitals_core::measure::Category;
use vitals_core::time::Window;

use crate::admin::AdminMsg;

pub mod event;
pub mod read;
pub mod record;

/// Grants that a search looks through, newest first: a decision without a ground, and a denial
/// that asks whether the account may hold keys.
pub const MAX_SEARCH: u64 = 64;
/// Key packages one message may replace.
pub const MAX_PACKAGES: usize = 30;

#[cw_serde]
pub struct InstantiateMsg {
    /// Admits issuers, pauses; changes in two steps.
    pub owner: String,
}

#[cw_serde]
pub enum ExecuteMsg {
    /// Housekeeping, see [`AdminMsg`].
    Admin(AdminMsg),

    /// Anybody: becomes a patient. The number is drawn so that it tells no order, and is in the
    /// event `enrolled`. No funds. Fails while paused.
    Enrol {},
    /// Anybody: publishes the caller's age X25519 recipient, for which others encrypt. No funds.
    /// Fails on anything but a lower-case bech32 `age1…` of 32 bytes.
    SetRecipient { recipient: String },

    /// Owner: lets an issuer attest these roles, replacing what it could attest before.
    AdmitIssuer { issuer: String, roles: Vec<Role> },
    /// Owner: takes it back. Credentials it issued stay until they end or are withdrawn.
    RemoveIssuer { issuer: String },
    /// An issuer admitted for the role: attests it of an account until a date (block seconds).
    /// Fails on a date that is over, and while another issuer's credential of that role lives:
    /// no issuer shortens what another attested.
    IssueCredential {
        account: String,
        role: Role,
        until: Seconds,
    },
    /// The issuer of the credential, or the owner: ends it now.
    WithdrawCredential { account: String, role: Role },

    /// The patient: gives an account some of the patient's powers until a date. Replaces earlier
    /// powers of the same guardian, and raises the generation where that takes the power to read
    /// away. Fails on the patient itself, an empty list and a date that is over.
    AppointGuardian {
        patient: Uint64,
        guardian: String,
        powers: Vec<Power>,
        until: Seconds,
    },
    /// The patient: ends a guardian's powers now. Raises the generation where the guardian could
    /// read.
    DismissGuardian { patient: Uint64, guardian: String },

    /// The patient, or a guardian with the power `grant`: consents. The grant's number is in the
    /// event `granted`. A guardian grants only with the power `read` (and `claim` where the grant
    /// lets disclose), no longer than its own powers last, never to itself, and never sealing or
    /// the writing of plans. Fails while paused, on an empty list or window, on a validity that is
    /// empty or over, and with keys while a generation is pending.
    Grant { patient: Uint64, grant: GrantMsg },
    /// The patient: puts the digests of new key packages on live grants, after re-keying. At most
    /// 30 a message, none twice. Fails on a grant that is revoked or has expired, and while a
    /// generation is pending: its keys come after it is open.
    PutPackages {
        patient: Uint64,
        packages: Vec<PackageMsg>,
    },
    /// The patient, or a guardian with the power `revoke`: ends a grant for ever. Raises the
    /// generation where the grant, expired or not, lets somebody read what is measured from now
    /// on: it allows reading, disclosing or sealing, and its window ends after now.
    Revoke { patient: Uint64, grant: Uint64 },
    /// The patient, or a guardian with the power `revoke`: refuses an account everything, whatever
    /// grounds it has. Raises the generation where that account may hold keys that reach beyond
    /// now: by a guardian's power to read, by a grant as in `Revoke` among the newest 64, or
    /// because the patient has more grants than those 64. Fails on the patient itself and on an
    /// account already denied.
    Deny { patient: Uint64, account: String },
    /// The patient: lifts a denial. Fails where there is none.
    Allow { patient: Uint64, account: String },
    /// The patient: opens the pending generation by posting the SHA-256 commitment to its secret.
    /// Fails when none is pending or the number is not the next.
    OpenGeneration {
        patient: Uint64,
        generation: u32,
        commitment: Binary,
    },
}

#[cw_serde]
pub struct GrantMsg {
    pub grantee: String,
    pub purposes: Vec<Purpose>,
    pub categories: Vec<Category>,
    pub actions: Vec<Action>,
    /// Measured epochs it reaches.
    pub window: Window,
    /// Block seconds; now where absent.
    pub valid_from: Option<Seconds>,
    pub valid_until: Seconds,
    /// Where the grant comes with keys.
    pub package: Option<PackageRef>,
}

/// A key package: an age file in the vault, for one recipient.
#[cw_serde]
pub struct PackageRef {
    /// SHA-256 of the file, 32 bytes.
    pub digest: Binary,
    /// SHA-256 of the recipient's `age1…` text, 32 bytes: which of the grantee's identities opens
    /// it.
    pub recipient_hash: Binary,
}

#[cw_serde]
pub struct PackageMsg {
    pub grant: Uint64,
    pub package: PackageRef,
}

/// What is asked of the decision. See `vitals_core::decision`.
#[cw_serde]
pub struct DecideMsg {
    pub patient: Uint64,
    pub who: String,
    pub purpose: Purpose,
    pub category: Category,
    pub action: Action,
    pub window: Window,
    /// Where absent, the patient's control, a guardian's power and then those of the newest 64
    /// grants that name the account are tried in turn; a refusal is that of the newest such grant.
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
    #[returns(GrantInfo)]
    Grant { patient: Uint64, grant: Uint64 },
    /// A patient's grants, oldest first, revoked ones included.
    #[returns(GrantsPage)]
    Grants {
        patient: Uint64,
        start_after: Option<Uint64>,
        limit: Option<u32>,
    },
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
}

#[cw_serde]
pub struct GrantInfo {
    pub grant: Uint64,
    pub grantee: String,
    pub purposes: Vec<Purpose>,
    pub categories: Vec<Category>,
    pub actions: Vec<Action>,
    pub window: Window,
    pub valid_from: Seconds,
    pub valid_until: Seconds,
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
