//! What every part of cw-vitals means by a reading, a batch, a key, a permission and a claim.
//!
//! Contracts, gateway, vault, key agent and browser run this code; there is no second
//! implementation. It knows no chain types. Without features it is `no_std` (with `alloc`),
//! which is all that a device needs to measure, commit and sign.
#![cfg_attr(not(feature = "std"), no_std)]
#![forbid(unsafe_code)]

extern crate alloc;

pub mod adherence;
#[cfg(feature = "package")]
pub mod agefile;
pub mod alert;
pub mod bytes;
pub mod decision;
pub mod device;
#[cfg(feature = "package")]
pub mod emergency;
#[cfg(feature = "frame")]
pub mod frame;
pub mod insurance;
pub mod key;
#[cfg(feature = "seal")]
pub mod keytree;
#[cfg(feature = "frame")]
pub mod link;
pub mod measure;
pub mod measured;
#[cfg(feature = "package")]
pub mod package;
#[cfg(feature = "seal")]
pub mod payload;
pub mod proof;
pub mod reading;
pub mod receipt;
pub mod recipient;
#[cfg(feature = "package")]
pub mod recovery;
pub mod registration;
pub mod rule;
pub mod salt;
pub mod set;
#[cfg(feature = "package")]
pub mod shares;
pub mod signing;
pub mod time;
pub mod tree;

pub use bytes::FormatError;
