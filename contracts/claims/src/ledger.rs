//! A product's books while a message changes them: each movement is recorded and announced, each
//! payment leaves when everything is saved.

use cosmwasm_std::{Addr, Event, Response, Storage};
use vitals_api::claims::event::Movement;
use vitals_core::insurance::{Amount, MoveKind};

use crate::error::ContractError;
use crate::payout::{self, Payment};
use crate::state::{self, Books, Denom};

/// What a movement is about.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct About<'a> {
    pub policy: Option<u64>,
    pub claim: Option<u16>,
    /// Who paid it in or is paid; none for what stays inside.
    pub account: Option<&'a Addr>,
}

impl<'a> About<'a> {
    pub fn policy(policy: u64) -> Self {
        Self {
            policy: Some(policy),
            ..Self::default()
        }
    }

    pub fn claim(policy: u64, claim: u16) -> Self {
        Self {
            claim: Some(claim),
            ..Self::policy(policy)
        }
    }

    pub fn account(self, account: &'a Addr) -> Self {
        Self {
            account: Some(account),
            ..self
        }
    }
}

#[must_use = "a ledger that is not closed has moved nothing"]
pub(crate) struct Ledger<'a> {
    product: u64,
    denom: &'a Denom,
    /// Counts are for the handler to keep.
    pub books: Books,
    events: Vec<Event>,
    payments: Vec<Payment>,
}

impl<'a> Ledger<'a> {
    pub fn open(
        storage: &dyn Storage,
        product: u64,
        denom: &'a Denom,
    ) -> Result<Self, ContractError> {
        Ok(Self {
            product,
            denom,
            books: state::books(storage, product)?,
            events: Vec::new(),
            payments: Vec::new(),
        })
    }

    /// Nothing is no movement.
    pub fn record(
        &mut self,
        kind: MoveKind,
        amount: Amount,
        about: About<'_>,
    ) -> Result<(), ContractError> {
        if amount == 0 {
            return Ok(());
        }
        self.books.pool = self.books.pool.record(kind, amount)?;
        let moved = Movement {
            product: self.product,
            number: self.books.pool.movements(),
            kind,
            amount,
            policy: about.policy,
            claim: about.claim,
            account: about.account.map(Addr::as_str),
        };
        self.events.push(moved.into());
        Ok(())
    }

    /// Records what leaves, and sends it once the ledger is closed.
    pub fn pay(
        &mut self,
        kind: MoveKind,
        amount: Amount,
        to: &Addr,
        about: About<'_>,
    ) -> Result<(), ContractError> {
        if amount == 0 {
            return Ok(());
        }
        self.record(kind, amount, about.account(to))?;
        self.payments.push(Payment {
            product: self.product,
            account: to.clone(),
            amount,
        });
        Ok(())
    }

    /// Saves the books. The response announces the movements, and carries the payments.
    pub fn close(self, storage: &mut dyn Storage) -> Result<Response, ContractError> {
        state::save_books(storage, self.product, &self.books)?;
        let messages = payout::send_all(storage, self.denom, &self.payments)?;
        Ok(Response::new()
            .add_events(self.events)
            .add_submessages(messages))
    }
}
