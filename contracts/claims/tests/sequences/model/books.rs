//! A product's book: what came and went is counted; what is here follows from the policies.

use std::collections::BTreeMap;

use super::{Model, Policy, Stage, Who};
use crate::sequences::plan::Coin;

#[derive(Debug, Clone, Default)]
pub struct Book {
    pub deposits: u128,
    pub premiums: u128,
    pub claim_deposits: u128,
    pub reclaimed: u128,
    pub paid: u128,
    pub rebated: u128,
    pub withdrawn: u128,
    pub refunded: u128,
    pub returned: u128,
    pub fees: u128,
    pub bound: u64,
    /// By account: how much, and since when.
    pub owed: BTreeMap<Who, (u128, u64)>,
}

impl Book {
    pub fn came(&self) -> u128 {
        self.deposits + self.premiums + self.claim_deposits + self.reclaimed
    }

    pub fn went(&self) -> u128 {
        let benefits = self.paid + self.rebated;
        benefits + self.withdrawn + self.refunded + self.returned + self.fees
    }

    pub fn owed(&self) -> u128 {
        self.owed.values().map(|(amount, _)| amount).sum()
    }
}

impl Policy {
    pub fn is_live(&self) -> bool {
        matches!(
            self.stage,
            Stage::Live | Stage::Cancelled { .. } | Stage::Lapsed { .. }
        )
    }

    pub fn open(&self) -> u16 {
        self.claims.iter().filter(|claim| claim.is_open()).count() as u16
    }

    /// Closed, with something paid.
    pub fn paid_claims(&self) -> u16 {
        let is_paid = |claim: &&super::Claim| !claim.is_open() && claim.paid > 0;
        self.claims.iter().filter(is_paid).count() as u16
    }

    /// Benefits and a rebate that may still be paid.
    pub fn most_payable(&self) -> u128 {
        if !self.is_live() {
            return 0;
        }
        let left = u128::from(self.plan.most - self.paid_claims());
        let begun: u128 = self
            .claims
            .iter()
            .filter(|claim| claim.is_open())
            .map(|claim| claim.paid)
            .sum();
        let rebate = if self.rebated { 0 } else { self.plan.rebate() };
        left * self.plan.benefit - begun + rebate
    }

    /// With the bonds of what is not decided, and all the premium.
    pub fn locked(&self) -> u128 {
        if !self.is_live() {
            return 0;
        }
        let bonds = u128::from(self.plan.most - self.paid_claims()) * self.plan.bond();
        self.most_payable() + bonds + self.premium_paid
    }

    /// An offer's premium, deposits of open claims.
    pub fn held(&self) -> u128 {
        let offered = match self.stage {
            Stage::Offered { .. } => self.premium_paid,
            _ => 0,
        };
        let open = self.claims.iter().filter(|claim| claim.is_open());
        offered + open.map(|claim| claim.deposit).sum::<u128>()
    }
}

impl Model {
    pub fn policies_of(&self, product: usize) -> impl Iterator<Item = &Policy> {
        self.policies
            .iter()
            .filter(move |policy| policy.product == product)
    }

    pub fn locked(&self, product: usize) -> u128 {
        self.policies_of(product).map(Policy::locked).sum()
    }

    pub fn held(&self, product: usize) -> u128 {
        self.policies_of(product).map(Policy::held).sum()
    }

    /// What came, less what went and what is promised; none where that is less than nothing.
    pub fn free(&self, product: usize) -> Option<u128> {
        let book = &self.products[product].book;
        book.came()
            .checked_sub(book.went() + self.locked(product) + self.held(product))
    }

    /// What the contract must have of a denomination.
    pub fn kept(&self, coin: Coin) -> u128 {
        let products = self.products.iter().filter(|product| product.coin == coin);
        products
            .map(|product| product.book.came() - product.book.went() + product.book.owed())
            .sum()
    }
}
