//! Path and query, parsed to domain types before anything is asked or opened.

use std::str::FromStr;

use axum::extract::{FromRequestParts, Path, Query};
use axum::http::request::Parts;
use serde::de::{DeserializeOwned, Error as _};
use serde::{Deserialize, Deserializer};
use vitals_core::decision::{GroundRef, Purpose};
use vitals_core::measure::Category;
use vitals_core::time::Epoch;
use vitals_vault_client::parse_ground;

use crate::refusal::Refusal;

/// Segments of the path.
pub(crate) struct Segments<T>(pub T);

impl<T: DeserializeOwned + Send, S: Send + Sync> FromRequestParts<S> for Segments<T> {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Refusal> {
        let Path(path) = Path::from_request_parts(parts, state)
            .await
            .map_err(|cause| Refusal::input("vault/path", cause.body_text()))?;
        Ok(Self(path))
    }
}

/// The query.
pub(crate) struct Asked<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for Asked<T> {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Refusal> {
        let Query(query) = Query::from_request_parts(parts, state)
            .await
            .map_err(|cause| Refusal::input("vault/query", cause.body_text()))?;
        Ok(Self(query))
    }
}

/// A number in its one decimal form: no sign, no leading zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Number<T>(pub T);

impl<'de, T: FromStr + ToString> Deserialize<'de> for Number<T> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = String::deserialize(from)?;
        match text.parse::<T>() {
            Ok(number) if number.to_string() == text => Ok(Self(number)),
            _ => Err(D::Error::custom(format!(
                "{text} is not a number of at most {} bits in its shortest decimal form",
                size_of::<T>() * 8
            ))),
        }
    }
}

/// SHA-256 in lower-case hex, its one spelling.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Digest(pub [u8; 32]);

impl<'de> Deserialize<'de> for Digest {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = String::deserialize(from)?;
        let mut digest = [0u8; 32];
        match hex::decode_to_slice(&text, &mut digest) {
            Ok(()) if hex::encode(digest) == text => Ok(Self(digest)),
            _ => Err(D::Error::custom("a digest is 64 lower-case hex digits")),
        }
    }
}

#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ReadQuery {
    pub purpose: Purpose,
    #[serde(default, deserialize_with = "ground")]
    pub ground: Option<GroundRef>,
}

#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct SealQuery {
    /// Treatment where absent: what monitoring is for.
    #[serde(default = "treatment")]
    pub purpose: Purpose,
    #[serde(default, deserialize_with = "ground")]
    pub ground: Option<GroundRef>,
}

#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ReceiptsQuery {
    #[serde(default, deserialize_with = "ground")]
    pub ground: Option<GroundRef>,
    pub start_after: Option<u32>,
    pub limit: Option<u32>,
    /// Receipts in the head that proofs are to lead to; that of the chain where absent.
    pub head: Option<u32>,
}

#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct GroundQuery {
    #[serde(default, deserialize_with = "ground")]
    pub ground: Option<GroundRef>,
}

#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct PlanQuery {
    /// One of those the plan is about.
    pub category: Category,
    #[serde(default, deserialize_with = "ground")]
    pub ground: Option<GroundRef>,
}

/// Hours `[from, to)` of a category; either end, or the category, may be left open.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct EraseQuery {
    pub category: Option<Category>,
    pub from: Option<Epoch>,
    pub to: Option<Epoch>,
}

fn treatment() -> Purpose {
    Purpose::Treatment
}

fn ground<'de, D: Deserializer<'de>>(from: D) -> Result<Option<GroundRef>, D::Error> {
    let text = String::deserialize(from)?;
    parse_ground(&text).map(Some).ok_or_else(|| {
        D::Error::custom("ground is patient, guardian, grant:<number> or emergency:<number>")
    })
}
