#![doc = include_str!("../README.md")]

mod anchoring;
mod ask;
mod authenticate;
mod care;
mod config;
mod connections;
mod custody;
mod erase;
mod input;
mod log;
mod nonces;
mod objects;
mod patients;
mod quota;
mod rates;
mod receipts;
mod refusal;
mod release;
mod reserve;
mod server;
mod store;
mod tls;
mod vault;

pub use anchoring::{Anchored, Anchorer};
pub use config::{check_name, Config, ConfigError};
pub use custody::{Custodian, CustodianError};
pub use log::{DisclosureLog, LogError};
pub use nonces::{Nonces, NoncesError};
pub use objects::{Bucket, Objects, ObjectsError, Scrub, S3_ENVIRONMENT};
pub use patients::{patients, Patients, PatientsError};
pub use rates::Rates;
pub use reserve::Reserve;
pub use server::{serve, Ready, ServeError};
pub use tls::{tls, Tls, TlsError};
pub use vault::{Chain, Own, Vault};
