//! Encryption of what lies in the store, by `vitals-at-rest` under the store's key.

pub(crate) use vitals_at_rest::Place;
use vitals_at_rest::{AtRestError, KEY_BYTES};
use zeroize::Zeroizing;

use crate::GatewayError;

#[derive(Clone)]
pub(crate) struct AtRest(vitals_at_rest::AtRest);

impl AtRest {
    pub(crate) fn new(key: &[u8; KEY_BYTES]) -> Self {
        Self(vitals_at_rest::AtRest::new(key))
    }

    pub(crate) fn seal(&self, place: Place<'_>, value: &[u8]) -> Result<Vec<u8>, GatewayError> {
        Ok(self.0.seal(place, value)?)
    }

    pub(crate) fn open(
        &self,
        place: Place<'_>,
        sealed: &[u8],
    ) -> Result<Zeroizing<Vec<u8>>, GatewayError> {
        Ok(self.0.open(place, sealed)?)
    }
}

impl From<AtRestError> for GatewayError {
    fn from(error: AtRestError) -> Self {
        match error {
            AtRestError::Key { what } => Self::StoreKey { what },
            AtRestError::Random => Self::Random,
            AtRestError::Length { what } => Self::damaged(what, "it is too long to be encrypted"),
        }
    }
}
