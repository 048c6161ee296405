//! A product's money and counts: one record, one read and one write a message.

use cosmwasm_std::Storage;
use serde::{Deserialize, Serialize};
use vitals_core::insurance::{Amount, Pool};

use super::keys::BOOKS;
use super::packed::packed;
use crate::error::ContractError;

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Books {
    pub pool: Pool,
    /// Bound and not over.
    pub policies_live: u64,
    /// Ever bound.
    pub policies_bound: u64,
    /// Invoices that are not closed.
    pub claims_open: u64,
    pub claims_paid: u64,
    /// What live policies may still be paid at the most: benefits and rebates.
    pub most_payable: Amount,
    /// Premiums held for offers: others' until they are accepted.
    pub offers_held: Amount,
}

packed! { Books => "books" }

pub(crate) fn books(storage: &dyn Storage, product: u64) -> Result<Books, ContractError> {
    Ok(BOOKS.load(&storage, &product)?)
}

pub(crate) fn save_books(
    storage: &mut dyn Storage,
    product: u64,
    books: &Books,
) -> Result<(), ContractError> {
    Ok(BOOKS.save(storage, &product, books)?)
}

#[cfg(test)]
mod tests {
    use cosmwasm_std::testing::MockStorage;
    use vitals_core::insurance::MoveKind;

    use super::*;

    #[test]
    fn the_largest_amounts_come_back_whole() {
        let mut storage = MockStorage::new();
        let books = Books {
            pool: Pool::default()
                .record(MoveKind::Deposit, u128::MAX)
                .unwrap(),
            most_payable: u128::MAX,
            policies_live: u64::MAX,
            ..Books::default()
        };
        save_books(&mut storage, 1, &books).unwrap();
        assert_eq!(super::books(&storage, 1), Ok(books));
    }
}
