#![doc = include_str!("../README.md")]

#[cfg(feature = "client")]
mod care;
#[cfg(feature = "client")]
mod client;
#[cfg(feature = "client")]
mod emergency;
#[cfg(feature = "client")]
mod erase;
mod ground;
#[cfg(feature = "client")]
mod heads;
#[cfg(feature = "client")]
mod origin;
mod proof;
#[cfg(feature = "client")]
mod proved;
#[cfg(feature = "client")]
mod repair;
mod request;
#[cfg(feature = "client")]
mod responder;
mod signer;
mod wire;

#[cfg(feature = "client")]
pub use client::{Place, VaultClient, VaultError};
#[cfg(feature = "client")]
pub use erase::Period;
pub use ground::{ground_text, parse_ground, purpose_text};
#[cfg(feature = "client")]
pub use heads::{anchored_head, anchored_logs};
pub use proof::Proof;
#[cfg(feature = "client")]
pub use proved::{LogReadError, LoggedRelease, VaultLog};
#[cfg(feature = "client")]
pub use repair::{repair, Copy, Found, Item, RepairError, Scope};
pub use request::{
    digest, sign_doc, HeaderError, Payload, SignedRequest, LIFETIME_S, MAX_AHEAD_S, SCHEME,
};
#[cfg(feature = "client")]
pub use responder::{gather, Expected, NoShare, SharesMissing};
pub use signer::{Signer, SignerError};
pub use wire::{
    AnchoredHead, ErasureReport, ErrorBody, ProvedReceipt, ReceiptsPage, GROUND_HEADER,
    PLACE_HEADER,
};
