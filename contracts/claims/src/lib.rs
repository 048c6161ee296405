#![doc = include_str!("../README.md")]
#![cfg_attr(
    not(test),
    deny(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::panic,
        clippy::indexing_slicing,
        clippy::arithmetic_side_effects,
        clippy::cast_possible_truncation,
        clippy::cast_possible_wrap,
        clippy::cast_sign_loss
    )
)]

pub mod access;
mod account;
pub mod contract;
pub mod error;
mod execute;
mod funds;
mod ledger;
pub mod migrate;
mod payout;
pub mod policy;
mod query;
mod state;
mod terms;
