//! A product's terms in a file: the message's own fields, as TOML or JSON.

use std::path::Path;

use cosmwasm_std::Binary;
use serde_json::Value;
use sha2::{Digest, Sha256};
use vitals_api::claims::ProductMsg;

use crate::InsuranceError;

mod figures;
mod template;

pub use figures::TermsFigures;
pub use template::{Kind, Template};

/// Reads `{denom, terms}`. JSON where the name ends in `.json`, else TOML. `terms.terms_digest` is
/// the SHA-256 of the terms in words, as hex or base64; where `words` are given it may be left
/// out, and must be theirs where it is not.
pub fn read_product(
    name: &Path,
    text: &str,
    words: Option<&[u8]>,
) -> Result<ProductMsg, InsuranceError> {
    let mut file = parsed(name, text)?;
    let Some(terms) = file.get_mut("terms").and_then(Value::as_object_mut) else {
        return Err(refused("there are no [terms]"));
    };
    let named = terms
        .get("terms_digest")
        .and_then(Value::as_str)
        .map(base64);
    let digest = digest(named, words)?;
    terms.insert("terms_digest".into(), digest.into());
    let product: ProductMsg = serde_json::from_value(file.clone()).map_err(refused)?;
    let known = serde_json::to_value(&product).map_err(refused)?;
    match unknown(&file, &known) {
        Some(path) => Err(refused(format!("there is no field {path}"))),
        None => Ok(product),
    }
}

/// A field of the file that is none of the message, by its path: a slip of the pen in what may be
/// left out would else go unseen.
fn unknown(file: &Value, known: &Value) -> Option<String> {
    let within = |name: String, file: &Value, known: Option<&Value>| match known {
        Some(known) => unknown(file, known).map(|path| format!("{name}.{path}")),
        None => Some(name),
    };
    match (file, known) {
        (Value::Object(file), Value::Object(known)) => file
            .iter()
            .find_map(|(name, value)| within(name.clone(), value, known.get(name))),
        (Value::Array(file), Value::Array(known)) => file
            .iter()
            .enumerate()
            .find_map(|(place, value)| within(place.to_string(), value, known.get(place))),
        _ => None,
    }
}

fn parsed(name: &Path, text: &str) -> Result<Value, InsuranceError> {
    if name.extension().is_some_and(|ending| ending == "json") {
        return serde_json::from_str(text).map_err(refused);
    }
    toml::from_str(text).map_err(refused)
}

fn digest(named: Option<String>, words: Option<&[u8]>) -> Result<String, InsuranceError> {
    let document = words.map(|words| Binary::new(Sha256::digest(words).to_vec()).to_base64());
    match (named, document) {
        (Some(named), Some(document)) if named != document => {
            Err(InsuranceError::OtherWords { named, document })
        }
        (_, Some(digest)) | (Some(digest), None) => Ok(digest),
        (None, None) => Err(InsuranceError::TermsDigest),
    }
}

/// Of 32 bytes as hex; other texts as they are.
fn base64(text: &str) -> String {
    let mut bytes = [0u8; 32];
    match hex::decode_to_slice(text, &mut bytes) {
        Ok(()) => Binary::new(bytes.to_vec()).to_base64(),
        Err(_) => text.into(),
    }
}

fn refused(cause: impl ToString) -> InsuranceError {
    InsuranceError::TermsFile {
        cause: cause.to_string().trim_end().into(),
    }
}

#[cfg(test)]
mod tests;
