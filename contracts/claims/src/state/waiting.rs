//! What one person asked for, and a second one has to.

use cosmwasm_std::{Addr, Storage};
use serde::{Deserialize, Serialize};
use vitals_api::claims::StaffPart;
use vitals_api::store::Key;
use vitals_api::ApiError;
use vitals_core::bytes::Reader;
use vitals_core::decision::Seconds;
use vitals_core::insurance::Amount;

use super::keys::WAITING;
use super::packed::packed;
use crate::error::ContractError;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Waiting {
    pub amount: Amount,
    /// Of an award's reason, where it has one; of terms.
    pub digest: Option<[u8; 32]>,
    pub by: Addr,
    pub at: Seconds,
}

packed! { Waiting => "waiting request" }

/// What takes two people.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Subject {
    Withdrawal,
    Terms,
    Award { policy: u64, claim: u16 },
}

impl Subject {
    /// Who may ask for it.
    pub fn part(self) -> StaffPart {
        match self {
            Self::Withdrawal => StaffPart::Treasurer,
            Self::Terms => StaffPart::Underwriter,
            Self::Award { .. } => StaffPart::Assessor,
        }
    }

    /// Policies and claims are numbered from 1.
    fn key(self, product: u64) -> (u64, (u64, u16)) {
        match self {
            Self::Withdrawal => (product, (0, 0)),
            Self::Terms => (product, (0, 1)),
            Self::Award { policy, claim } => (product, (policy, claim)),
        }
    }

    fn from_key(key: &[u8]) -> Result<Self, ApiError> {
        let mut reader = Reader::new("waiting request", key);
        Ok(match (reader.u64()?, reader.u16()?) {
            (0, 0) => Self::Withdrawal,
            (0, _) => Self::Terms,
            (policy, claim) => Self::Award { policy, claim },
        })
    }
}

pub(crate) fn waiting(
    storage: &dyn Storage,
    product: u64,
    subject: Subject,
) -> Result<Option<Waiting>, ContractError> {
    Ok(WAITING.may_load(&storage, &subject.key(product))?)
}

pub(crate) fn save_waiting(
    storage: &mut dyn Storage,
    product: u64,
    subject: Subject,
    waiting: &Waiting,
) -> Result<(), ContractError> {
    Ok(WAITING.save(storage, &subject.key(product), waiting)?)
}

pub(crate) fn forget_waiting(storage: &mut dyn Storage, product: u64, subject: Subject) {
    WAITING.remove(storage, &subject.key(product));
}

/// All of a product after one of them, the withdrawal first, then terms.
pub(crate) fn waiting_of(
    storage: &dyn Storage,
    product: u64,
    start_after: Option<Subject>,
    limit: usize,
) -> Result<Vec<(Subject, Waiting)>, ContractError> {
    let after = start_after.map(|subject| subject.key(product).flat());
    let page = WAITING.page(storage, &product.flat(), after.as_deref(), limit)?;
    page.into_iter()
        .map(|(key, waiting)| Ok((Subject::from_key(&key)?, waiting)))
        .collect()
}
