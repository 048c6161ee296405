#![doc = include_str!("../README.md")]

mod care;
mod client;
mod emergency;
mod erase;
mod ground;
mod heads;
mod origin;
mod proved;
mod repair;
mod request;
mod responder;
mod signer;
mod wire;

pub use client::{Place, VaultClient, VaultError};
pub use erase::Period;
pub use ground::{ground_text, parse_ground, purpose_text};
pub use heads::{anchored_head, anchored_logs};
pub use proved::{LogReadError, LoggedRelease, Proof, VaultLog};
pub use repair::{repair, Copy, Found, Item, RepairError, Scope};
pub use request::{
    digest, sign_doc, HeaderError, Payload, SignedRequest, LIFETIME_S, MAX_AHEAD_S, SCHEME,
};
pub use responder::{gather, Expected, NoShare, SharesMissing};
pub use signer::{Signer, SignerError};
pub use wire::{
    AnchoredHead, ErasureReport, ErrorBody, ProvedReceipt, ReceiptsPage, GROUND_HEADER,
    PLACE_HEADER,
};
