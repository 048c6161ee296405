//! What can go wrong here, beyond bad input and refusals of the decision.

use vitals_api::ApiError;
use vitals_core::decision::{Refusal, Role};
use vitals_core::recipient::RecipientError;

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ContractError {
    #[error(transparent)]
    Api(#[from] ApiError),
    #[error(transparent)]
    Recipient(#[from] RecipientError),
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
    #[error("consent/beyond_guardian: a guardian until {until} cannot grant until {asked}")]
    BeyondGuardian { asked: u64, until: u64 },
    #[error("consent/grant_to_itself: guardian {guardian} cannot grant to itself")]
    GrantToItself { guardian: String },
    #[error("consent/is_the_patient: {account} controls patient {patient}: it is neither its own guardian nor denied")]
    IsThePatient { account: String, patient: u64 },
    #[error("consent/already_denied: patient {patient} denies {account} already")]
    AlreadyDenied { account: String, patient: u64 },
    #[error(
        "consent/nothing_pending: patient {patient} has no generation that waits to be opened"
    )]
    NothingPending { patient: u64 },
    #[error("consent/not_the_next_generation: {got} cannot be opened, {expected} is next")]
    NotTheNextGeneration { expected: u32, got: u32 },
    #[error("consent/exhausted: no {what} is left to count with")]
    Exhausted { what: &'static str },
}

impl From<Refusal> for ContractError {
    fn from(refusal: Refusal) -> Self {
        Self::Api(refusal.into())
    }
}
