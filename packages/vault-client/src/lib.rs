#![doc = include_str!("../README.md")]

mod authorization;
mod calendar;
#[cfg(feature = "client")]
mod care;
#[cfg(feature = "client")]
mod client;
#[cfg(feature = "client")]
mod emergency;
#[cfg(feature = "client")]
mod erase;
#[cfg(feature = "client")]
mod error;
#[cfg(feature = "client")]
mod first;
mod ground;
#[cfg(feature = "client")]
mod heads;
#[cfg(feature = "client")]
mod origin;
#[cfg(feature = "client")]
mod patience;
mod proof;
#[cfg(feature = "client")]
mod proved;
#[cfg(feature = "client")]
mod repair;
mod request;
#[cfg(feature = "client")]
mod responder;
mod session;
mod signer;
mod wire;

pub use authorization::{Authorization, Delegated, SessionRequest, SESSION_SCHEME};
pub use calendar::date;
#[cfg(feature = "client")]
pub use client::{Place, VaultClient};
#[cfg(feature = "client")]
pub use erase::Period;
#[cfg(feature = "client")]
pub use error::VaultError;
#[cfg(feature = "client")]
pub use first::{first, first_patiently, NoneGave};
pub use ground::{ground_text, parse_ground, purpose_text};
#[cfg(feature = "client")]
pub use heads::{anchored_head, anchored_logs};
#[cfg(feature = "client")]
pub use origin::checked as checked_url;
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
pub use session::{
    session_digest, session_id, BySession, Delegation, SessionError, SessionUse, MAX_SESSION_S,
    MAX_SESSION_VAULTS, MIN_SESSION_S, SESSION_AHEAD_S,
};
pub use signer::{Signer, SignerError};
pub use wire::{
    AnchoredHead, ErasureReport, ErrorBody, ProvedReceipt, ReceiptsPage, GROUND_HEADER,
    PLACE_HEADER,
};
