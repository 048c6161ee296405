//! What is sent.

use cosmwasm_schema::cw_serde;
use cosmwasm_std::{Binary, Uint64};
use vitals_core::decision::{Action, Power, Purpose, Role, Seconds};
use vitals_core::measure::Category;
use vitals_core::time::Window;

use super::emergency::EmergencyPackageMsg;
use super::receipt::LogMsg;
use super::recovery::Timing;
use super::Party;
#[cfg(doc)]
use super::MAX_CREDENTIAL_S;
use crate::admin::AdminMsg;

#[cw_serde]
pub struct InstantiateMsg {
    /// Admits issuers, pauses; changes in two steps.
    pub owner: String,
    pub timing: Timing,
}

#[cw_serde]
pub struct MigrateMsg {
    /// Replaces the delays and deadlines. Where absent they stay, and state of a version that had
    /// none takes the defaults of [`Timing`].
    pub timing: Option<Timing>,
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

    /// Owner: lets an issuer attest these roles, replacing what it could attest before. No funds.
    /// Fails on an empty list or one that repeats itself.
    AdmitIssuer { issuer: String, roles: Vec<Role> },
    /// Owner: takes it back. Credentials it issued stay until they end, or it or the owner withdraws
    /// them. No funds. Fails where it is not admitted.
    RemoveIssuer { issuer: String },
    /// An issuer admitted for the role: attests it of an account until a date (block seconds).
    /// No funds. Fails on a date that is over or more than [`MAX_CREDENTIAL_S`] ahead, and while
    /// another issuer's credential of that role lives: no issuer shortens what another attested.
    IssueCredential {
        account: String,
        role: Role,
        until: Seconds,
    },
    /// The issuer of the credential, admitted still or not, or the owner: ends it now. No funds.
    /// Fails where there is none.
    WithdrawCredential { account: String, role: Role },

    /// The patient: gives an account some of the patient's powers until a date. Replaces earlier
    /// powers of the same guardian, and raises the generation where that takes the power to read
    /// away. A power to recover counts only after notice (recovery delay and override delay
    /// together), and one that counts and is taken away or shortened lasts until notice is over.
    /// No funds. Fails on the patient itself, an empty list, a date that is over or past the year
    /// 9999, and a ninth guardian, those that serve out their notice included.
    AppointGuardian {
        patient: Uint64,
        guardian: String,
        powers: Vec<Power>,
        until: Seconds,
    },
    /// The patient: ends a guardian's powers now; a power to recover that counts lasts until notice
    /// is over. Raises the generation where the guardian could read. No funds. Fails where there
    /// is no such guardian, or it was dismissed already.
    DismissGuardian { patient: Uint64, guardian: String },
    /// The patient: how many guardians with the power `grant`, `revoke` or `recover` act together,
    /// 1 to 8 and at most as many as have it now; a change for `recover` holds after notice. Where
    /// more than one grants or revokes, a guardian's `Grant`, `Revoke`, `Deny` or
    /// `ReviewEmergency` becomes a proposal. Where later fewer guardians are left than it takes,
    /// none of them acts. No funds. Fails on another power.
    SetQuorum {
        patient: Uint64,
        power: Power,
        of: u8,
    },
    /// A guardian with the power the proposal takes: approves it. The approval that completes the
    /// quorum executes it, checked anew for each who approved. Stopped by a pause where what is
    /// proposed is. No funds. Fails where it approved already, where the proposal is over (after
    /// seven days), and where what is proposed fails.
    Approve { patient: Uint64, proposal: Uint64 },
    /// The patient, or the guardian who proposed it: takes a proposal back. No funds. Fails where
    /// there is none.
    Cancel { patient: Uint64, proposal: Uint64 },

    /// A guardian whose power to recover counts, denied or not: opens a recovery, or wants another
    /// account in one that is open, by its one vote. Once as many as the quorum (all, where none is
    /// set) want the same account, the recovery delay runs. No funds. Fails on the account that
    /// controls the patient, on a guardian whose own power to recover counts, and once guardians
    /// decided.
    ProposeRecovery { patient: Uint64, account: String },
    /// The same: votes for an account that another guardian proposed. Names the account, so that
    /// nobody is made to approve another one. No funds. Fails where nobody proposed it in the last
    /// seven days, or the sender voted for it already.
    ApproveRecovery { patient: Uint64, account: String },
    /// The patient: objects. Votes are void; now all guardians whose power to recover counts are
    /// needed, and what they decide no veto stops. After seven days without that it is as if
    /// nobody had proposed. No funds. Fails where nothing is open, and where all decided.
    VetoRecovery { patient: Uint64 },
    /// A guardian: takes its vote back. No funds. Fails where it has no vote, and once guardians
    /// decided: then only the account objects.
    CancelRecovery { patient: Uint64 },
    /// Anybody, from the end of the delay, for seven days: the account decided controls the patient
    /// from now on, every grant there is is revoked, the generation raised. Denials stay. So do
    /// guardians, but for what each was given within notice before the first vote of the recovery,
    /// or since: that is over, as if dismissed. Recovering takes all guardians again until the new
    /// account says otherwise. Readers encrypt to the recipient that the new account publishes. No
    /// funds.
    CompleteRecovery { patient: Uint64 },

    /// The patient: names who keeps shares of its emergency packages, and how many shares it takes.
    /// At most 8, each with a live credential as custodian; none at all clears them, with threshold
    /// 0. Packages put before are void; raises the generation where their shares open what is
    /// measured from now on, whoever is named now. No funds.
    SetCustodians {
        patient: Uint64,
        custodians: Vec<String>,
        threshold: u8,
    },
    /// The patient: puts the digests of the custodians' shares, one for each, and says what they
    /// open. No funds. Fails on other custodians than those named, and while a generation is
    /// pending.
    PutEmergencyPackages {
        patient: Uint64,
        window: Window,
        packages: Vec<EmergencyPackageMsg>,
    },
    /// A holder of a live credential as emergency responder: opens reading in an emergency, from
    /// `hours_back` (at most 336) before now to the hour of its last second. Number and end are in
    /// the event `emergency_opened`, and subscribers are told. Goes on while paused. No funds.
    /// Fails on a length of 0 or above the longest one, where the patient denies the account, while
    /// it has an open one for the patient, where 16 of its emergencies wait for their review or the
    /// review of one is overdue, and after one was rejected.
    OpenEmergency {
        patient: Uint64,
        /// SHA-256 of the written reason, 32 bytes.
        reason: Binary,
        hours_back: u32,
        for_s: u64,
    },
    /// Its responder, the patient, or a guardian with the power `revoke` (alone, whatever the
    /// quorum); anybody once it is over: ends it. Raises the generation where emergency packages
    /// open what is measured from now on. No funds. Fails where it was ended already.
    EndEmergency { patient: Uint64, emergency: Uint64 },
    /// The patient, or a guardian with the power `revoke` who is not the responder: says whether it
    /// was right, once. Lifts the suspension by a missed deadline; where it was not right, the
    /// responder opens no other until reinstated, and the emergency ends. No funds.
    ReviewEmergency {
        patient: Uint64,
        emergency: Uint64,
        upheld: bool,
    },
    /// Who issued the account's credential as emergency responder, live or not, or the owner:
    /// forgives rejected emergencies, and reviews that are overdue now. No funds. Fails where
    /// nothing is to be forgiven.
    Reinstate { responder: String },

    /// Owner: tells a contract of every emergency from now on. At most 4. No funds. Fails where it
    /// is told already. See [`super::hook`].
    AddHook { contract: String },
    /// Owner: tells it no more. No funds. Fails where it is not told.
    RemoveHook { contract: String },

    /// A holder of a live credential as vault operator: anchors the heads of its logs of what it
    /// released, at most 30. No funds. Fails unless each has more receipts than the one anchored
    /// last and proves that it follows from it, on a patient that does not exist, and on a count of
    /// 0.
    AnchorReceipts { entries: Vec<LogMsg> },

    /// The patient, or a guardian with the power `grant`: consents, to an account or to whoever is
    /// a member of a team when it asks. The grant's number is in the event `granted`. A guardian
    /// grants only with the power `read` (and `claim` where the grant lets disclose, `acknowledge`
    /// where it lets receive alerts), no longer
    /// than its own powers last, never to itself (a grant to a team counts for no guardian who gave
    /// it or approved of it, whenever it joins), and never sealing or the writing of plans; the grant outlives its dismissal,
    /// and names it. Takes no funds. Fails while paused, on a team that does not exist, on an empty
    /// list or window, on a validity that is empty, over or past the year 9999, and with keys while
    /// a generation is pending.
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
    /// grounds it has, or the members of a team everything but an emergency. Raises the generation
    /// where whom it names may hold keys that reach beyond now: an account by a guardian's power to
    /// read, by emergency packages where its emergency was not ended, or by a grant as in `Revoke`
    /// to it or to a team it is in (or left one in the last seven days); a team by such a grant to
    /// it, and by what its members have as accounts, but for emergencies, which it does not touch.
    /// The newest 64 grants and 64 members are looked through; where there are more it raises
    /// without looking. Takes no funds. Fails on the patient itself,
    /// on a team that does not exist, and on whom the patient denies already.
    Deny { patient: Uint64, whom: Party },
    /// The patient: lifts a denial. Takes no funds. Fails where there is none.
    Allow { patient: Uint64, whom: Party },
    /// The patient: opens the pending generation by posting the SHA-256 commitment to its secret.
    /// Takes no funds. Fails when none is pending, the number is not the next, or the commitment
    /// is all zeros or that of the generation before: the same secret would open both.
    OpenGeneration {
        patient: Uint64,
        generation: u32,
        commitment: Binary,
    },

    /// Anybody: makes a team (a ward, a practice), with the sender as its admin and without
    /// members. Its number is in the event `team_created`. No funds. Fails while paused.
    CreateTeam {},
    /// The team's admin: invites an account, which must accept by `JoinTeam`. No funds. Fails on an
    /// account that is a member or invited already, and where members and invitations are 256.
    InviteMember { team: Uint64, account: String },
    /// An invited account: becomes a member, and what is granted to the team counts for it from
    /// now on. No funds. Fails where it is in 8 teams already.
    JoinTeam { team: Uint64 },
    /// A member: leaves. An invited account: declines. No funds.
    LeaveTeam { team: Uint64 },
    /// The team's admin: removes a member, or withdraws an invitation. No funds. Fails on an account
    /// that is neither.
    RemoveMember { team: Uint64, account: String },
    /// The team's admin: names the next admin, who must accept; a later proposal replaces an
    /// earlier one. No funds.
    ProposeTeamAdmin { team: Uint64, admin: String },
    /// The account proposed: becomes the team's admin. No funds.
    AcceptTeamAdmin { team: Uint64 },
}

#[cw_serde]
pub struct GrantMsg {
    /// An account, or the members of a team.
    pub grantee: Party,
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
