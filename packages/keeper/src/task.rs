//! Something that anyone may call.

use cosmwasm_std::Uint64;
use vitals_api::{care, claims, consent};
use vitals_ledger::{Call, Deployment, LedgerError};

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Task {
    Escalate { alert: u64 },
    EndEmergency { patient: u64, emergency: u64 },
    CompleteRecovery { patient: u64 },
    WithdrawOffer { policy: u64 },
    Lapse { policy: u64 },
    Settle { policy: u64, claim: u16 },
    Expire { policy: u64 },
    ReclaimUnclaimed { product: u64, account: String },
}

impl Task {
    /// What has become of it when it is done.
    pub fn verb(&self) -> &'static str {
        match self {
            Self::Escalate { .. } => "escalated",
            Self::EndEmergency { .. } => "ended",
            Self::CompleteRecovery { .. } => "completed",
            Self::WithdrawOffer { .. } => "withdrawn",
            Self::Lapse { .. } => "lapsed",
            Self::Settle { .. } => "settled",
            Self::Expire { .. } => "expired",
            Self::ReclaimUnclaimed { .. } => "reclaimed",
        }
    }

    /// The message's name.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Escalate { .. } => "escalate",
            Self::EndEmergency { .. } => "end_emergency",
            Self::CompleteRecovery { .. } => "complete_recovery",
            Self::WithdrawOffer { .. } => "withdraw_offer",
            Self::Lapse { .. } => "lapse",
            Self::Settle { .. } => "settle",
            Self::Expire { .. } => "expire",
            Self::ReclaimUnclaimed { .. } => "reclaim_unclaimed",
        }
    }

    /// Tells it from every other task.
    pub(crate) fn key(&self) -> String {
        let about = match self {
            Self::Escalate { alert } => alert.to_string(),
            Self::EndEmergency { patient, emergency } => format!("{patient}/{emergency}"),
            Self::CompleteRecovery { patient } => patient.to_string(),
            Self::WithdrawOffer { policy } | Self::Lapse { policy } | Self::Expire { policy } => {
                policy.to_string()
            }
            Self::Settle { policy, claim } => format!("{policy}/{claim}"),
            Self::ReclaimUnclaimed { product, account } => format!("{product}/{account}"),
        };
        format!("{}/{about}", self.kind())
    }

    pub(crate) fn call(&self, at: &Deployment) -> Result<Call, LedgerError> {
        use care::ExecuteMsg as Care;
        use claims::ExecuteMsg as Claims;
        use consent::ExecuteMsg as Consent;
        let number = Uint64::new;
        let claims = |msg: Claims| Call::new(&at.claims, &msg);
        match *self {
            Self::Escalate { alert } => {
                let alert = number(alert);
                Call::new(&at.care, &Care::Escalate { alert })
            }
            Self::EndEmergency { patient, emergency } => {
                let (patient, emergency) = (number(patient), number(emergency));
                Call::new(&at.consent, &Consent::EndEmergency { patient, emergency })
            }
            Self::CompleteRecovery { patient } => {
                let patient = number(patient);
                Call::new(&at.consent, &Consent::CompleteRecovery { patient })
            }
            Self::WithdrawOffer { policy } => claims(Claims::WithdrawOffer {
                policy: number(policy),
            }),
            Self::Lapse { policy } => claims(Claims::Lapse {
                policy: number(policy),
            }),
            Self::Settle { policy, claim } => claims(Claims::Settle {
                policy: number(policy),
                claim,
            }),
            Self::Expire { policy } => claims(Claims::Expire {
                policy: number(policy),
            }),
            Self::ReclaimUnclaimed {
                product,
                ref account,
            } => claims(Claims::ReclaimUnclaimed {
                product: number(product),
                account: account.clone(),
            }),
        }
    }
}
