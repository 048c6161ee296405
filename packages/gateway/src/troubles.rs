//! Since when a vault, the chain or the gateway's account fails, and what was said last. It is kept
//! in the store, so that a restart does not make an old trouble a new one.

use std::collections::BTreeMap;

use vitals_core::time::Millis;

use crate::store::Store;
use crate::GatewayError;

pub(crate) const CHAIN: &str = "chain";
/// The account has no money for fees.
pub(crate) const ACCOUNT: &str = "account";
const VAULT: &str = "vault:";

pub(crate) fn vault(name: &str) -> String {
    format!("{VAULT}{name}")
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Trouble {
    pub since_ms: Millis,
    pub reason: String,
}

#[derive(Debug, Default)]
pub(crate) struct Troubles(BTreeMap<String, Trouble>);

impl Troubles {
    pub(crate) fn load(store: &Store) -> Result<Self, GatewayError> {
        Ok(Self(store.troubles()?))
    }

    pub(crate) fn get(&self, what: &str) -> Option<&Trouble> {
        self.0.get(what)
    }

    pub(crate) fn set(
        &mut self,
        store: &Store,
        what: &str,
        reason: &str,
        now_ms: Millis,
    ) -> Result<(), GatewayError> {
        let before = self.0.get(what);
        if before.is_some_and(|trouble| trouble.reason == reason) {
            return Ok(());
        }
        let trouble = Trouble {
            since_ms: before.map_or(now_ms, |trouble| trouble.since_ms),
            reason: reason.into(),
        };
        store.put_trouble(what, &trouble)?;
        self.0.insert(what.into(), trouble);
        Ok(())
    }

    pub(crate) fn over(&mut self, store: &Store, what: &str) -> Result<(), GatewayError> {
        if self.0.remove(what).is_some() {
            store.forget_trouble(what)?;
        }
        Ok(())
    }
}
