//! What the vault asks of the chain.

use axum::http::StatusCode;
use cosmwasm_std::Uint64;
use serde::de::DeserializeOwned;
use serde::Serialize;
use vitals_api::anchor::{self, BatchId, BatchInfo};
use vitals_api::consent::{self, DecideMsg, Decision, GrantInfo};
use vitals_core::decision::GroundRef;
use vitals_ledger::{LedgerError, Reader};

use crate::authenticate::{now_s, Caller};
use crate::refusal::Refusal;
use crate::vault::{blocking, Vault};

impl Vault {
    /// Fails on a node that fell behind: a revocation it has not seen would not be obeyed.
    pub(crate) async fn ensure_fresh(&self) -> Result<(), Refusal> {
        let chain = self.chain.clone();
        let block = blocking(move || Ok(chain.block_time_ms()?)).await? / 1_000;
        let age = now_s().saturating_sub(block);
        if age <= self.config.stale_after_s {
            return Ok(());
        }
        Err(Refusal::unavailable(
            "vault/stale_node",
            format!(
                "the latest block is {age} s old, at most {} are taken",
                self.config.stale_after_s
            ),
        ))
    }

    /// What permits the request, which is thereby used up, or the contract's own refusal.
    pub(crate) async fn decide(
        &self,
        caller: &Caller,
        asked: DecideMsg,
    ) -> Result<GroundRef, Refusal> {
        let decision = self.ask(&self.config.consent, consent::QueryMsg::Decide(asked));
        match decision.await? {
            Decision::Permit { by } => {
                caller.spend(self)?;
                Ok(by)
            }
            Decision::Refuse { code, reason } => {
                Err(Refusal::of_contract(StatusCode::FORBIDDEN, &code, &reason))
            }
        }
    }

    pub(crate) async fn batch(&self, id: BatchId) -> Result<BatchInfo, Refusal> {
        self.ask(&self.config.vitals_anchor, anchor::QueryMsg::Batch { id })
            .await
    }

    pub(crate) async fn grant(&self, patient: u64, grant: u64) -> Result<GrantInfo, Refusal> {
        let asked = consent::QueryMsg::Grant {
            patient: Uint64::new(patient),
            grant: Uint64::new(grant),
        };
        self.ask(&self.config.consent, asked).await
    }

    async fn ask<T: DeserializeOwned + Send + 'static>(
        &self,
        contract: &str,
        msg: impl Serialize + Send + 'static,
    ) -> Result<T, Refusal> {
        let (chain, contract) = (self.chain.clone(), contract.to_string());
        blocking(move || query(chain.as_ref(), &contract, &msg).map_err(Refusal::from)).await
    }
}

fn query<T: DeserializeOwned>(
    chain: &(dyn Reader + Send + Sync),
    contract: &str,
    msg: &impl Serialize,
) -> Result<T, LedgerError> {
    vitals_ledger::query(chain, contract, msg)
}

/// The digest in a record of the chain.
pub(crate) fn digest_of(bytes: &[u8]) -> Result<[u8; 32], Refusal> {
    bytes.try_into().map_err(|_| {
        Refusal::unavailable(
            "vault/chain",
            "the chain's record has no digest of 32 bytes",
        )
    })
}
