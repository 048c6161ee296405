//! What takes two people above an amount: the first call waits for another person's.

use cosmwasm_std::{Addr, Event, Storage};
use vitals_api::claims::event::ClaimsEvent;
use vitals_core::decision::Seconds;
use vitals_core::insurance::Amount;

use crate::access;
use crate::error::ContractError;
use crate::state::{self, Product, Subject, Waiting};

/// A withdrawal, an award or terms that somebody with the part asks for.
pub(crate) struct Asked<'a> {
    pub product: u64,
    pub subject: Subject,
    /// Of terms, what a policy locks.
    pub amount: Amount,
    /// Of an award's reason, where it has one; of terms.
    pub digest: Option<[u8; 32]>,
    pub by: &'a Addr,
    pub now: Seconds,
}

/// None where it may be done now; else what to announce instead of doing it.
pub(crate) fn second_person_needed(
    storage: &mut dyn Storage,
    product: &Product,
    asked: &Asked<'_>,
) -> Result<Option<Event>, ContractError> {
    if product
        .two_people_above
        .is_none_or(|above| asked.amount <= above)
    {
        // awards and terms decide what waited for them; a withdrawal leaves room for another
        if asked.subject != Subject::Withdrawal {
            state::forget_waiting(storage, asked.product, asked.subject);
        }
        return Ok(None);
    }
    let Some(first) = first_of(storage, product, asked)? else {
        return wait(storage, asked).map(Some);
    };
    ensure_another(&first, asked)?;
    state::forget_waiting(storage, asked.product, asked.subject);
    Ok(None)
}

/// Who asked for the same, and still has the part.
fn first_of(
    storage: &dyn Storage,
    product: &Product,
    asked: &Asked<'_>,
) -> Result<Option<Waiting>, ContractError> {
    let Some(first) = state::waiting(storage, asked.product, asked.subject)? else {
        return Ok(None);
    };
    let is_same = first.amount == asked.amount && first.digest == asked.digest;
    let part = asked.subject.part();
    let counts = is_same && access::works_for(storage, &first.by, &product.insurer, part)?;
    Ok(counts.then_some(first))
}

fn ensure_another(first: &Waiting, asked: &Asked<'_>) -> Result<(), ContractError> {
    if first.by != *asked.by {
        return Ok(());
    }
    Err(ContractError::SecondPerson {
        sender: asked.by.to_string(),
        amount: asked.amount.into(),
    })
}

fn wait(storage: &mut dyn Storage, asked: &Asked<'_>) -> Result<Event, ContractError> {
    let waiting = Waiting {
        amount: asked.amount,
        digest: asked.digest,
        by: asked.by.clone(),
        at: asked.now,
    };
    state::save_waiting(storage, asked.product, asked.subject, &waiting)?;
    let (policy, claim, terms) = match asked.subject {
        Subject::Withdrawal => (None, None, None),
        Subject::Terms => (None, None, asked.digest),
        Subject::Award { policy, claim } => (Some(policy), Some(claim), None),
    };
    let needed = ClaimsEvent::SecondPersonNeeded {
        product: asked.product,
        policy,
        claim,
        terms,
        amount: asked.amount,
        by: asked.by.as_str(),
    };
    Ok(needed.into())
}
