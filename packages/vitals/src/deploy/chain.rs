//! What deploying needs of a chain.

use serde_json::Value;
use vitals_chain_client::Sender;
use vitals_ledger::{Account, Call, Reader};

use super::checksums::Checksum;
use crate::failure::Failure;

/// A contract's entry in the chain's registry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    pub code_id: u64,
    pub admin: Option<String>,
}

pub trait Chain: Reader {
    /// The account that deploys.
    fn sender(&self) -> &str;

    /// An uploaded code of that checksum, if there is one.
    fn find_code(&self, checksum: &Checksum) -> Result<Option<u64>, Failure>;

    fn code_checksum(&self, code_id: u64) -> Result<Checksum, Failure>;

    fn upload(&self, wasm: &[u8]) -> Result<u64, Failure>;

    /// The address of a new contract.
    fn instantiate(
        &self,
        code_id: u64,
        msg: &Value,
        label: &str,
        admin: Option<&str>,
    ) -> Result<String, Failure>;

    fn execute(&self, contract: &str, msg: &Value) -> Result<(), Failure>;

    fn entry(&self, contract: &str) -> Result<Entry, Failure>;
}

impl Chain for Sender {
    fn sender(&self) -> &str {
        self.address()
    }

    fn find_code(&self, checksum: &Checksum) -> Result<Option<u64>, Failure> {
        let mut page = None;
        loop {
            let codes = self.node().codes(page.as_deref())?;
            if let Some(code) = codes.codes.iter().find(|code| code.checksum == *checksum) {
                return Ok(Some(code.code_id));
            }
            match codes.next {
                Some(next) => page = Some(next),
                None => return Ok(None),
            }
        }
    }

    fn code_checksum(&self, code_id: u64) -> Result<Checksum, Failure> {
        Ok(self.node().code_info(code_id)?.checksum)
    }

    fn upload(&self, wasm: &[u8]) -> Result<u64, Failure> {
        Ok(self.store_code(wasm)?.code_id)
    }

    fn instantiate(
        &self,
        code_id: u64,
        msg: &Value,
        label: &str,
        admin: Option<&str>,
    ) -> Result<String, Failure> {
        Ok(Sender::instantiate(self, code_id, msg, label, admin, &[])?.address)
    }

    fn execute(&self, contract: &str, msg: &Value) -> Result<(), Failure> {
        Account::execute(self, &[Call::new(contract, msg)?])?;
        Ok(())
    }

    fn entry(&self, contract: &str) -> Result<Entry, Failure> {
        let info = self.node().contract_info(contract)?;
        Ok(Entry {
            code_id: info.code_id,
            admin: info.admin,
        })
    }
}
