//! Erasure, from the patient's side.

use ureq::http::Method;
use vitals_core::measure::Category;
use vitals_core::time::Window;

use crate::client::parsed;
use crate::{ErasureReport, Signer, VaultClient, VaultError};

/// What is erased: all, or the ciphertext of a category, of measured hours, or of both.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Period {
    pub category: Option<Category>,
    pub window: Option<Window>,
}

impl<S: Signer> VaultClient<S> {
    /// Deletes what the vault keeps of the patient; key packages, shares and plans only where it is
    /// everything. The patient only. Ask again while the report says that there is more.
    pub fn erase(&self, patient: u64, of: &Period) -> Result<ErasureReport, VaultError> {
        let category = of.category.map(|c| format!("category={}", c.name()));
        let window = of.window.map(|w| format!("from={}&to={}", w.from, w.to));
        let query: Vec<String> = category.into_iter().chain(window).collect();
        let target = match query.is_empty() {
            true => format!("/v1/erase/{patient}"),
            false => format!("/v1/erase/{patient}?{}", query.join("&")),
        };
        parsed(&self.call(Method::POST, &target, &[])?)
    }
}
