#![doc = include_str!("../README.md")]

mod back;
mod custody;
mod document;
mod error;
mod file;
mod generation;
mod grants;
mod keys;
mod lock;
mod random;
mod readers;
mod recipients;
mod recovery;
mod roll;

pub use back::{Back, SEALER_BACK_HOURS};
pub use custody::{emergency_window, Custodians, EmergencyFiles, EmergencyRoll, EMERGENCY_HOURS};
pub use document::{is_reader, Claimed, Document, DocumentKind};
pub use error::KeyringError;
pub use grants::{asked, keeps_package, permitted, SEALER_HOURS, TEAM_HOURS};
pub use keys::Keys;
pub use lock::Lock;
pub use random::draw_identity;
pub use readers::{joined, readers, recipient_of};
pub use recipients::{audience_hash, package_ref, recipient_hash};
pub use recovery::Recovery;
pub use roll::{generation_due, Due, Roll, ROLL_HOURS};
