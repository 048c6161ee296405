//! What can go wrong here, beyond bad input and refusals of the decision.

use vitals_api::ApiError;
use vitals_core::decision::{Power, Refusal, Role};
use vitals_core::receipt::proof::LogError;
use vitals_core::recipient::RecipientError;

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ContractError {
    #[error(transparent)]
    Api(#[from] ApiError),
    #[error(transparent)]
    Recipient(#[from] RecipientError),
    #[error(transparent)]
    Log(#[from] LogError),
    #[error("consent/generation_pending: patient {patient} has yet to open the next generation; key packages come after")]
    GenerationPending { patient: u64 },
    #[error("consent/not_admitted: {sender} is not admitted to attest {role:?}")]
    NotAdmitted { sender: String, role: Role },
    #[error("consent/not_the_issuer: {sender} neither issued this credential of {account} nor owns the contract")]
    NotTheIssuer { sender: String, account: String },
    #[error("consent/other_issuer: {issuer} attests {role:?} of {account}: only that issuer may change it while it lives")]
    OtherIssuer {
        account: String,
        role: Role,
        issuer: String,
    },
    #[error("consent/credential_too_long: a credential until {until} is beyond {latest}, five years from now")]
    CredentialTooLong { until: u64, latest: u64 },
    #[error("consent/beyond_guardian: a guardian until {until} cannot grant until {asked}")]
    BeyondGuardian { asked: u64, until: u64 },
    #[error("consent/grant_to_itself: guardian {guardian} cannot grant to itself")]
    GrantToItself { guardian: String },
    #[error("consent/is_the_patient: {account} controls patient {patient}: it is neither its own guardian nor denied")]
    IsThePatient { account: String, patient: u64 },
    #[error("consent/already_denied: patient {patient} denies {whom} already")]
    AlreadyDenied { whom: String, patient: u64 },
    #[error(
        "consent/nothing_pending: patient {patient} has no generation that waits to be opened"
    )]
    NothingPending { patient: u64 },
    #[error("consent/not_the_next_generation: {got} cannot be opened, {expected} is next")]
    NotTheNextGeneration { expected: u32, got: u32 },
    #[error("consent/commitment_zero: a commitment of 32 zeros commits to no secret")]
    CommitmentZero,
    #[error("consent/commitment_repeated: generation {generation} has that commitment: the same secret would open both")]
    CommitmentRepeated { generation: u32 },
    #[error("consent/not_the_team_admin: {sender} is not the admin of team {team}")]
    NotTheTeamAdmin { sender: String, team: u64 },
    #[error("consent/not_the_proposed_admin: {sender} was not proposed as admin of team {team}")]
    NotTheProposedAdmin { sender: String, team: u64 },
    #[error("consent/not_invited: team {team} has no open invitation for {sender}")]
    NotInvited { sender: String, team: u64 },
    #[error("consent/not_a_member: {sender} is neither in team {team} nor invited to it")]
    NotAMember { sender: String, team: u64 },
    #[error("consent/in_team_already: {account} is in team {team} or invited to it")]
    InTeamAlready { account: String, team: u64 },
    #[error(
        "consent/team_full: team {team} has {most} members and invitations, the most there may be"
    )]
    TeamFull { team: u64, most: u32 },
    #[error("consent/too_many_teams: {account} is in {most} teams, the most there may be")]
    TooManyTeams { account: String, most: usize },
    #[error("consent/out_of_bounds: {field} of {value} is not from {least} to {most}")]
    OutOfBounds {
        field: &'static str,
        value: u64,
        least: u64,
        most: u64,
    },
    #[error("consent/not_a_holder: {account} holds no live credential as {role:?}")]
    NotAHolder { account: String, role: Role },
    #[error("consent/too_many_guardians: patient {patient} has {most} guardians, the most there may be; those dismissed count while they serve out their notice")]
    TooManyGuardians { patient: u64, most: usize },
    #[error("consent/quorum_power: guardians act together to grant, revoke or recover, not with the power {power:?}")]
    QuorumPower { power: Power },
    #[error("consent/too_many_proposals: {most} proposals of {guardian} are open, the most there may be of one guardian")]
    TooManyProposals { guardian: String, most: usize },
    #[error("consent/proposal_over: proposal {proposal} could be approved until {until}")]
    ProposalOver { proposal: u64, until: u64 },
    #[error("consent/already_approved: {guardian} approved proposal {proposal} already")]
    AlreadyApproved { guardian: String, proposal: u64 },
    #[error("consent/not_the_proposer: {sender} did not propose this")]
    NotTheProposer { sender: String },
    #[error("consent/recovery_stage: a recovery that is at {stage} does not take the step {step}")]
    RecoveryStage { stage: String, step: String },
    #[error("consent/recover_to_guardian: {account} recovers patient {patient} as a guardian itself: it cannot become the patient")]
    RecoverToGuardian { account: String, patient: u64 },
    #[error("consent/recovery_not_proposed: nobody proposed {account} for patient {patient}")]
    NotProposed { account: String, patient: u64 },
    #[error("consent/already_voted: {guardian} voted for {account} already")]
    AlreadyVoted { guardian: String, account: String },
    #[error("consent/nothing_to_recover: guardians of patient {patient} decided nothing")]
    NothingToRecover { patient: u64 },
    #[error("consent/recovery_not_ready: the delay runs until {ready_at}, now is {now}")]
    RecoveryNotReady { ready_at: u64, now: u64 },
    #[error("consent/not_a_custodian: {account} is not among the custodians of patient {patient}")]
    NotACustodian { account: String, patient: u64 },
    #[error("consent/emergency_open: emergency {emergency} is open until {until}")]
    EmergencyOpen { emergency: u64, until: u64 },
    #[error("consent/emergency_ended: emergency {emergency} was ended at {at}")]
    EmergencyEnded { emergency: u64, at: u64 },
    #[error("consent/emergency_holds: emergency {emergency} holds until {until}; before, only its responder, the patient and guardians end it")]
    EmergencyHolds { emergency: u64, until: u64 },
    #[error("consent/emergency_rejected: {rejected} emergencies of {responder} were rejected")]
    EmergencyRejected { responder: String, rejected: u32 },
    #[error("consent/too_many_unreviewed: {most} emergencies of {responder} wait for their review, the most there may be")]
    TooManyUnreviewed { responder: String, most: u32 },
    #[error("consent/review_overdue: emergency {emergency} of patient {patient} by {responder} was to be reviewed before {review_by}")]
    ReviewOverdue {
        responder: String,
        patient: u64,
        emergency: u64,
        review_by: u64,
    },
    #[error("consent/already_reviewed: emergency {emergency} was reviewed at {at}")]
    AlreadyReviewed { emergency: u64, at: u64 },
    #[error("consent/reviews_itself: {responder} opened emergency {emergency}: another guardian or the patient reviews it")]
    ReviewsItself { responder: String, emergency: u64 },
    #[error("consent/nothing_to_forgive: no emergency of {responder} is rejected or overdue")]
    NothingToForgive { responder: String },
    #[error("consent/hook_known: {contract} is told already")]
    HookKnown { contract: String },
    #[error("consent/too_many_hooks: {most} contracts are told, the most there may be")]
    TooManyHooks { most: usize },
    #[error("consent/unknown_reply: no message asked for a reply {id}")]
    UnknownReply { id: u64 },
    #[error("consent/receipt_of_another: the receipt is of patient {named}, not of {asked}")]
    ReceiptOfAnother { named: u64, asked: u64 },
    #[error("consent/exhausted: no {what} is left to count with")]
    Exhausted { what: &'static str },
}

impl From<Refusal> for ContractError {
    fn from(refusal: Refusal) -> Self {
        Self::Api(refusal.into())
    }
}
