use std::time::Duration;

use serde_json::Value;
use vitals_ledger::{Deployment, LedgerError, Reader};

use super::*;
use crate::config::Config;
use crate::log::{DisclosureLog, Erased, Scope};
use crate::nonces::Nonces;
use crate::objects::Objects;

const KEYS: Bytes = Bytes::from_static(b"keys");

/// Nothing here asks it.
struct NoChain;

fn nobody<T>() -> Result<T, LedgerError> {
    let cause = "there is no chain".into();
    Err(LedgerError::Unreachable { cause })
}

impl Reader for NoChain {
    fn chain_id(&self) -> Result<String, LedgerError> {
        nobody()
    }

    fn block_time_ms(&self) -> Result<u64, LedgerError> {
        nobody()
    }

    fn height(&self) -> Result<u64, LedgerError> {
        nobody()
    }

    fn query(&self, _contract: &str, _msg: &Value) -> Result<Value, LedgerError> {
        nobody()
    }

    fn balance(&self, _account: &str, _denom: &str) -> Result<u128, LedgerError> {
        nobody()
    }
}

fn vault(dir: &std::path::Path, objects: Objects) -> Vault {
    let deployment = Deployment {
        chain_id: String::new(),
        consent: String::new(),
        device_registry: String::new(),
        vitals_anchor: String::new(),
        care: String::new(),
        claims: String::new(),
        deployment_id: String::new(),
    };
    let log = DisclosureLog::open(&dir.join("log")).unwrap();
    let nonces = Nonces::open(&dir.join("nonces")).unwrap();
    let config = Config::new("vault-a", &deployment);
    Vault::new(config, Arc::new(NoChain), objects, log, nonces)
}

#[tokio::test]
async fn what_is_erased_while_it_is_written_is_neither_taken_nor_left() {
    let dir = tempfile::tempdir().unwrap();
    let wait = Duration::from_millis(200);
    let vault = vault(dir.path(), Objects::slow(wait));
    let object = Object::package(7, digest(&KEYS));
    let erased = Erased {
        patient: Uint64::new(7),
        at: 1,
        by: "wasm1patient".into(),
        scope: Scope::default(),
        digests: vec![hex::encode(digest(&KEYS))],
    };
    let erasing = async {
        tokio::time::sleep(wait / 2).await;
        vault.log.erase(erased).unwrap();
    };
    let (kept, ()) = tokio::join!(keep(&vault, object, KEYS), erasing);
    assert_eq!(kept.unwrap_err().code, "vault/erased");
    assert_eq!(vault.objects.get(&object).await.unwrap(), None);
}
