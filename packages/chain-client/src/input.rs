//! Checks on what callers pass in, before it reaches the libraries.

use cosmrs::AccountId;
use serde::Serialize;

use crate::{Error, Result};

/// Longest bech32 text of an address this client takes: 32 bytes make 59 characters beside the
/// prefix.
const MAX_ADDRESS: usize = 128;

/// Parses an address. Only the lower-case form is taken, so that one account has one spelling.
pub(crate) fn address(what: &'static str, text: &str) -> Result<AccountId> {
    if text.len() > MAX_ADDRESS || !text.bytes().all(is_lower_alphanumeric) {
        return Err(Error::input(
            what,
            "expected a lower-case bech32 address of at most 128 characters",
        ));
    }
    text.parse()
        .map_err(|cause| Error::input(what, format!("{cause:#}")))
}

/// The human-readable part of an account's address, such as `wasm`. Only the lower-case form is
/// taken.
pub fn prefix_of(what: &'static str, text: &str) -> Result<String> {
    Ok(address(what, text)?.prefix().to_owned())
}

/// Checks the human-readable part of an address, such as `wasm`.
pub fn check_prefix(text: &str) -> Result<()> {
    let usable =
        (1..=32).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_lowercase());
    match usable {
        true => Ok(()),
        false => Err(Error::input(
            "address prefix",
            "expected 1 to 32 lower-case letters",
        )),
    }
}

pub(crate) fn json<T: Serialize + ?Sized>(what: &'static str, value: &T) -> Result<Vec<u8>> {
    serde_json::to_vec(value).map_err(|cause| Error::input(what, cause))
}

fn is_lower_alphanumeric(byte: u8) -> bool {
    byte.is_ascii_lowercase() || byte.is_ascii_digit()
}

#[cfg(test)]
mod tests {
    use super::{address, check_prefix, prefix_of};

    const ADDRESS: &str = "cosmos1pkptre7fdkl6gfrzlesjjvhxhlc3r4gmmk8rs6";

    #[test]
    fn lower_case_address_is_taken() {
        assert_eq!(address("contract", ADDRESS).unwrap().as_ref(), ADDRESS);
        assert_eq!(prefix_of("contract", ADDRESS).unwrap(), "cosmos");
    }

    #[test]
    fn upper_case_and_malformed_addresses_are_refused() {
        let upper = ADDRESS.to_uppercase();
        let spaced = format!("{ADDRESS} ");
        let flipped = ADDRESS.replace("k8rs6", "k8rs7");
        let long = format!("cosmos1{}", "q".repeat(4000));
        let bad = [
            "",
            "1",
            "cosmos1",
            "1qqqqqq",
            "cosmos",
            "ä1qqqqqqqq",
            &upper,
            &spaced,
            &flipped,
            &long,
        ];
        for text in bad {
            assert!(address("contract", text).is_err(), "{text:?} was taken");
        }
    }

    #[test]
    fn prefixes_of_lower_case_letters_are_taken() {
        assert!(check_prefix("wasm").is_ok());
        for bad in ["", "Wasm", "wa1sm", "wäsm", &"w".repeat(33)] {
            assert!(check_prefix(bad).is_err(), "{bad:?} was taken");
        }
    }
}
