//! Who a package is sealed to, as grants keep it.

use cosmwasm_std::Binary;
use sha2::{Digest, Sha256};
use vitals_api::consent::PackageRef;
use vitals_core::package::digest;

/// SHA-256 of the recipient's text: which identity opens a package.
pub fn recipient_hash(recipient: &str) -> [u8; 32] {
    Sha256::digest(recipient.as_bytes()).into()
}

/// SHA-256 of the recipients' texts in order, none twice, a line break between: which identities
/// open a package.
pub fn audience_hash<T: AsRef<str>>(recipients: &[T]) -> [u8; 32] {
    recipient_hash(&in_order(recipients).join("\n"))
}

pub(crate) fn in_order<T: AsRef<str>>(recipients: &[T]) -> Vec<&str> {
    let mut sorted: Vec<&str> = recipients.iter().map(AsRef::as_ref).collect();
    sorted.sort_unstable();
    sorted.dedup();
    sorted
}

/// What a grant keeps of a sealed package.
pub fn package_ref(file: &[u8], recipient: &str) -> PackageRef {
    PackageRef {
        digest: Binary::new(digest(file).to_vec()),
        recipient_hash: Binary::new(recipient_hash(recipient).to_vec()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_audience_is_the_same_in_any_order_and_of_one_it_is_that_recipient() {
        assert_eq!(
            audience_hash(&["age1b", "age1a", "age1b"]),
            recipient_hash("age1a\nage1b")
        );
        assert_eq!(audience_hash(&["age1a"]), recipient_hash("age1a"));
    }
}
