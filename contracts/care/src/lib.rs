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
mod adherence;
mod alert;
mod authority;
mod config;
pub mod contract;
mod device_log;
pub mod error;
mod events;
mod execute;
mod ground;
mod instantiate;
mod ladder;
mod life;
mod migrate;
mod plan;
mod query;
mod state;
