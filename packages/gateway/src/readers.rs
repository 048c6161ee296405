//! Whom the detail of an alert is sealed for besides the patient: those whom consent lets receive
//! it now. The node the gateway asks could name a reader too many; witnesses, where there are any,
//! have to name the same one.

use std::collections::BTreeMap;

use vitals_keyring::{readers, Document};
use vitals_ledger::{Account, LedgerError, Reader};

use crate::blob::BlobStore;
use crate::Gateway;

/// Another node, asked who the readers are.
pub type Witness = Box<dyn Reader + Send>;

impl<L: Account, V: BlobStore> Gateway<L, V> {
    /// Nodes of which each must confirm a reader, by account and recipient. One that does not
    /// answer confirms nobody: alerts are for the patient alone until it does.
    pub fn set_witnesses(&mut self, witnesses: Vec<Witness>) {
        self.witnesses = witnesses;
    }

    /// Their recipients.
    pub(crate) fn readers(&self, document: &Document) -> Result<Vec<String>, LedgerError> {
        let consent = &self.config.deployment.consent;
        let mut named = readers(&self.ledger, consent, document)?;
        for witness in &self.witnesses {
            if !named.is_empty() {
                confirm(&mut named, readers(&**witness, consent, document));
            }
        }
        Ok(named.into_values().collect())
    }
}

fn confirm(
    named: &mut BTreeMap<String, String>,
    told: Result<BTreeMap<String, String>, LedgerError>,
) {
    let told = told.unwrap_or_else(|error| {
        tracing::warn!(code = error.code(), "a witness does not answer");
        BTreeMap::new()
    });
    let before = named.len();
    named.retain(|who, recipient| told.get(who) == Some(&*recipient));
    let unconfirmed = before - named.len();
    if unconfirmed > 0 {
        tracing::warn!(unconfirmed, "readers of an alert are not confirmed");
    }
}
