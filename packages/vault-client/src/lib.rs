#![doc = include_str!("../README.md")]

mod client;
mod ground;
mod request;
mod signer;
mod wire;

pub use client::{Place, VaultClient, VaultError};
pub use ground::{ground_text, parse_ground, purpose_text};
pub use request::{
    digest, sign_doc, HeaderError, Payload, SignedRequest, LIFETIME_S, MAX_AHEAD_S, SCHEME,
};
pub use signer::{Signer, SignerError};
pub use wire::{ErrorBody, Opened, Receipt, ReceiptEntry, ReceiptsPage, GROUND_HEADER};
