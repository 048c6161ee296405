//! What is stored: the records that others read (see `vitals_api::consent::record`), and what only
//! this contract reads.

use cosmwasm_std::StdError;
use vitals_api::ApiError;
use vitals_core::bytes::Reader;
use vitals_core::FormatError;

mod credentials;
mod emergencies;
mod generations;
mod grants;
mod guardians;
mod hooks;
mod people;
mod receipts;
mod recovery;
mod teams;

pub use credentials::*;
pub use emergencies::*;
pub use generations::*;
pub use grants::*;
pub use guardians::*;
pub use hooks::*;
pub use people::*;
pub use receipts::*;
pub use recovery::*;
pub use teams::*;

fn unreadable(what: &'static str) -> impl Fn(StdError) -> ApiError {
    move |cause| ApiError::Unreadable {
        what,
        contract: "own storage".into(),
        cause: cause.to_string(),
    }
}

/// An account out of a key.
pub fn text(key: Vec<u8>) -> Result<String, ApiError> {
    String::from_utf8(key).map_err(|cause| ApiError::Unreadable {
        what: "account in a key",
        contract: "own storage".into(),
        cause: cause.to_string(),
    })
}

/// A number at the end of a key.
fn number(key: &[u8]) -> Result<u64, FormatError> {
    let mut r = Reader::new("number in a key", key);
    let number = r.u64()?;
    r.end()?;
    Ok(number)
}

#[cfg(test)]
mod tests {
    use vitals_api::admin;
    use vitals_api::consent::record::{
        CREDENTIALS, CUSTODIES, DENIALS, EMERGENCIES, GRANTS, GUARDIANS, MEMBERS, MEMBERSHIPS,
        PATIENTS, PROPOSALS, QUORUMS, RECEIPTS, RECOVERIES, TEAMS, TEAM_DENIALS,
    };

    /// What a map's keys begin with: the namespace's length in two bytes, then the namespace.
    fn map_prefix(namespace: &str) -> Vec<u8> {
        let len = u16::try_from(namespace.len()).unwrap();
        [&len.to_be_bytes(), namespace.as_bytes()].concat()
    }

    #[test]
    fn no_storage_key_is_or_begins_with_another() {
        let items = admin::STORAGE_KEYS
            .into_iter()
            .chain(["contract_info", "draws", "last_team", "timing", "hooks"])
            .map(|key| key.as_bytes().to_vec());
        let records = [
            PATIENTS.namespace(),
            GRANTS.namespace(),
            DENIALS.namespace(),
            CREDENTIALS.namespace(),
            GUARDIANS.namespace(),
            TEAMS.namespace(),
            MEMBERS.namespace(),
            MEMBERSHIPS.namespace(),
            TEAM_DENIALS.namespace(),
            EMERGENCIES.namespace(),
            QUORUMS.namespace(),
            PROPOSALS.namespace(),
            RECOVERIES.namespace(),
            CUSTODIES.namespace(),
            RECEIPTS.namespace(),
        ];
        let own = [
            "recipients",
            "issuers",
            "controlled",
            "commitments",
            "last_emergency",
            "opened",
            "due",
            "standing",
        ];
        let keys: Vec<Vec<u8>> = items
            .chain(records.into_iter().chain(own).map(map_prefix))
            .collect();
        for (i, key) in keys.iter().enumerate() {
            for (j, other) in keys.iter().enumerate() {
                assert!(i == j || !key.starts_with(other), "{key:?} and {other:?}");
            }
        }
    }
}
