//! What the vault asks of the chain. It remembers nothing: each request is decided on the latest
//! block.

use axum::http::StatusCode;
use cosmwasm_std::Uint64;
use serde::de::DeserializeOwned;
use serde::Serialize;
use vitals_api::anchor::{self, BatchId, BatchInfo};
use vitals_api::care::{self, AlertInfo, PlanInfo};
use vitals_api::consent::emergency::{CustodiansInfo, EmergencyInfo};
use vitals_api::consent::{self, CredentialInfo, DecideMsg, Decision, GrantInfo, RecipientInfo};
use vitals_core::decision::{Action, GroundRef, Purpose, Role};
use vitals_core::measure::Category;
use vitals_core::time::{epoch_of, Epoch, Window};
use vitals_ledger::{block_age_s, LedgerError, Reader};

use crate::authenticate::{now_s, Caller};
use crate::refusal::Refusal;
use crate::vault::{blocking, Vault};

/// A denial of the account beats everything, emergencies included; one of a team does not beat them.
const DENIED: &str = "consent/account_denied";

impl Vault {
    /// Fails on a node that fell behind: a revocation it has not seen would not be obeyed. The time
    /// of its latest block, milliseconds.
    pub(crate) async fn ensure_fresh(&self) -> Result<u64, Refusal> {
        let chain = self.chain.clone();
        let block_ms = blocking(move || Ok(chain.block_time_ms()?)).await?;
        let age = block_age_s(block_ms, now_s().saturating_mul(1_000));
        metrics::gauge!("vitals_vault_block_age_seconds").set(age as f64);
        if age <= self.config.stale_after_s {
            return Ok(block_ms);
        }
        Err(Refusal::unavailable(
            "vault/stale_node",
            format!(
                "the latest block is {age} s old, at most {} are taken",
                self.config.stale_after_s
            ),
        ))
    }

    /// The epoch of the latest block, for what is not about a time of measurement.
    pub(crate) async fn epoch_now(&self) -> Result<Epoch, Refusal> {
        let block_ms = self.ensure_fresh().await?;
        epoch_of(block_ms).ok_or_else(|| {
            Refusal::unavailable("vault/chain", format!("no epoch holds {block_ms} ms"))
        })
    }

    /// What permits the request, which is thereby used up, or the contract's own refusal.
    pub(crate) async fn decide(
        &self,
        caller: &Caller,
        asked: DecideMsg,
    ) -> Result<GroundRef, Refusal> {
        let by = self.permitted(asked).await?;
        caller.spend(self).await?;
        Ok(by)
    }

    /// The same, without using the request up: for what asks more than once.
    pub(crate) async fn permitted(&self, asked: DecideMsg) -> Result<GroundRef, Refusal> {
        let decision = self.ask(&self.config.consent, consent::QueryMsg::Decide(asked));
        match decision.await? {
            Decision::Permit { by } => Ok(by),
            Decision::Refuse { code, reason } => {
                Err(Refusal::of_contract(StatusCode::FORBIDDEN, &code, &reason))
            }
        }
    }

    /// That the caller controls the patient, by a request that is thereby used up.
    pub(crate) async fn ensure_patient(
        &self,
        caller: &Caller,
        patient: u64,
    ) -> Result<GroundRef, Refusal> {
        self.decide(caller, as_patient(patient, &caller.account))
            .await
    }

    /// That the patient did not deny the account. Of what needs no other ground: a search for one
    /// begins with the denials.
    pub(crate) async fn ensure_not_denied(
        &self,
        patient: u64,
        account: &str,
    ) -> Result<(), Refusal> {
        let asked = DecideMsg {
            ground: None,
            ..as_patient(patient, account)
        };
        match self.permitted(asked).await {
            Err(refusal) if refusal.code != DENIED && refusal.is_said_by_consent() => Ok(()),
            other => other.map(drop),
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

    pub(crate) async fn alert(&self, alert: u64) -> Result<AlertInfo, Refusal> {
        let alert = Uint64::new(alert);
        self.ask(&self.config.care, care::QueryMsg::Alert { alert })
            .await
    }

    pub(crate) async fn plan(&self, patient: u64, version: u32) -> Result<PlanInfo, Refusal> {
        let patient = Uint64::new(patient);
        self.ask(&self.config.care, care::QueryMsg::Plan { patient, version })
            .await
    }

    pub(crate) async fn custodians(&self, patient: u64) -> Result<CustodiansInfo, Refusal> {
        let patient = Uint64::new(patient);
        self.ask(
            &self.config.consent,
            consent::QueryMsg::Custodians { patient },
        )
        .await
    }

    /// That an issuer attests the account as a custodian now: whom a patient named stays named when
    /// the credential expires or is withdrawn.
    pub(crate) async fn ensure_custodian(&self, account: &str) -> Result<(), Refusal> {
        let asked = consent::QueryMsg::Credential {
            account: account.into(),
            role: Role::Custodian,
        };
        let info: CredentialInfo = self.ask(&self.config.consent, asked).await?;
        if info.live {
            return Ok(());
        }
        Err(Refusal::forbidden(
            "vault/not_a_custodian",
            format!("{account} holds no live credential as a custodian"),
        ))
    }

    pub(crate) async fn emergency(
        &self,
        patient: u64,
        emergency: u64,
    ) -> Result<EmergencyInfo, Refusal> {
        let asked = consent::QueryMsg::Emergency {
            patient: Uint64::new(patient),
            emergency: Uint64::new(emergency),
        };
        self.ask(&self.config.consent, asked).await
    }

    pub(crate) async fn recipient(&self, account: &str) -> Result<Option<String>, Refusal> {
        let account = account.to_string();
        let asked = consent::QueryMsg::Recipient { account };
        let info: RecipientInfo = self.ask(&self.config.consent, asked).await?;
        Ok(info.recipient)
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

/// Control of a patient permits every purpose, category and hour, so any will do to ask for it.
fn as_patient(patient: u64, account: &str) -> DecideMsg {
    DecideMsg {
        patient: Uint64::new(patient),
        who: account.into(),
        purpose: Purpose::Treatment,
        category: Category::Cardiac,
        action: Action::Seal,
        window: Window::one(0),
        ground: Some(GroundRef::Patient {}),
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
