//! Emergencies: shares to their custodians; and of the custodian that this vault may be, its share
//! to a responder while the emergency holds.

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use cosmwasm_std::Uint64;
use vitals_api::consent::emergency::CustodiansInfo;
use vitals_api::consent::DecideMsg;
use vitals_core::agefile::recipient_of;
use vitals_core::decision::{Action, GroundRef, Purpose};
use vitals_core::emergency::{EmergencyError, EmergencyShare};
use vitals_core::measure::Category;
use zeroize::Zeroizing;

use crate::ask::digest_of;
use crate::authenticate::Caller;
use crate::input::{Digest, Number, Segments};
use crate::objects::{Kind, Object};
use crate::refusal::Refusal;
use crate::release::{answer, Reason};
use crate::vault::Vault;

/// The custodian that a vault is.
pub struct Custodian {
    account: String,
    /// `AGE-SECRET-KEY-1…`.
    identity: Zeroizing<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("vault/custodian: the file has no age identity (AGE-SECRET-KEY-1…)")]
pub struct CustodianError;

impl Custodian {
    /// `account` is whom patients name; the first `AGE-SECRET-KEY-1…` line of an identity file opens
    /// what is sealed to the recipient that this account published.
    pub fn new(account: &str, file: &str) -> Result<Self, CustodianError> {
        let mut lines = file.lines().map(str::trim);
        let identity = lines.find(|line| line.starts_with("AGE-SECRET-KEY-1"));
        let identity = identity.ok_or(CustodianError)?;
        recipient_of(identity).map_err(|_| CustodianError)?;
        Ok(Self {
            account: account.into(),
            identity: Zeroizing::new(identity.into()),
        })
    }

    /// The share of this patient, and nothing else, for the recipient: whoever puts another
    /// patient's share under its own name would have it opened here.
    fn reseal(&self, patient: u64, file: &[u8], recipient: &str) -> Result<Vec<u8>, Refusal> {
        let share = EmergencyShare::open(file, &self.identity).map_err(unusable)?;
        if share.patient != patient {
            return Err(Refusal::forbidden(
                "vault/share_of_another",
                format!("the share put for patient {patient} is of another patient"),
            ));
        }
        share.seal(recipient).map_err(unusable)
    }
}

fn unusable(cause: EmergencyError) -> Refusal {
    Refusal::new(
        StatusCode::CONFLICT,
        "vault/share_unusable",
        format!("this custodian cannot open the share or seal it anew: {cause}"),
    )
}

/// A share, for the custodian that the chain names it of. The patient, who made it, gets it too, to
/// bring it back to another vault. Either way the patient's word is the ground, and so a custodian
/// whom the patient denied gets it no more; nor does one without a live credential, who is a
/// custodian no more.
pub(crate) async fn share(
    State(vault): State<Arc<Vault>>,
    caller: Caller,
    Segments((Number(patient), Digest(digest))): Segments<(Number<u64>, Digest)>,
) -> Result<Response, Refusal> {
    vault.ensure_fresh().await?;
    let custodians = vault.custodians(patient).await?;
    match share_of(&custodians, &caller.account) {
        Some(named) if named == digest => {
            vault.ensure_not_denied(patient, &caller.account).await?;
            vault.ensure_custodian(&caller.account).await?;
            caller.spend(&vault).await?;
        }
        _ => {
            vault.ensure_patient(&caller, patient).await?;
        }
    }
    let object = Object {
        patient,
        kind: Kind::Share,
        digest,
    };
    let reason = in_emergency(GroundRef::Patient {});
    vault.release(&caller, object, reason).await
}

/// Digest of the share that the chain names an account's.
fn share_of(custodians: &CustodiansInfo, account: &str) -> Option<[u8; 32]> {
    let packages = &custodians.packages.as_ref()?.packages;
    let own = packages.iter().find(|p| p.custodian == account)?;
    digest_of(&own.digest).ok()
}

pub(crate) async fn responder_share(
    State(vault): State<Arc<Vault>>,
    caller: Caller,
    Segments((Number(patient), Number(emergency))): Segments<(Number<u64>, Number<u64>)>,
) -> Result<Response, Refusal> {
    let custodian = vault.custodian.as_ref().ok_or_else(|| {
        Refusal::not_found("this vault is no custodian: ask the one of the custodian")
    })?;
    let by = vault.responding(&caller, patient, emergency).await?;
    vault.limiter.share(&caller.account)?;
    let custodians = vault.custodians(patient).await?;
    let digest = share_of(&custodians, &custodian.account)
        .ok_or_else(|| Refusal::not_found("the patient has put no share for this custodian"))?;
    let recipient = vault.recipient(&caller.account).await?;
    let recipient = recipient.ok_or_else(|| {
        Refusal::new(
            StatusCode::CONFLICT,
            "vault/no_recipient",
            "the responder has published no age recipient: do so by SetRecipient",
        )
    })?;
    let object = Object {
        patient,
        kind: Kind::Share,
        digest,
    };
    let file = vault.fetch(&object).await?;
    let sealed = custodian.reseal(patient, &file, &recipient)?;
    vault.record(&caller, &object, in_emergency(by)).await?;
    metrics::counter!("vitals_vault_shares_opened_total").increment(1);
    Ok(answer(sealed, by))
}

pub(crate) async fn responder_package(
    State(vault): State<Arc<Vault>>,
    caller: Caller,
    Segments((Number(patient), Number(emergency), Digest(digest))): Segments<(
        Number<u64>,
        Number<u64>,
        Digest,
    )>,
) -> Result<Response, Refusal> {
    let by = vault.responding(&caller, patient, emergency).await?;
    let object = Object::package(patient, digest);
    vault.release(&caller, object, in_emergency(by)).await
}

fn in_emergency(by: GroundRef) -> Reason {
    Reason {
        purpose: Some(Purpose::Emergency),
        category: None,
        action: Action::Read,
        by,
    }
}

impl Vault {
    /// That the emergency is the caller's and holds now, by a request that is thereby used up. It
    /// covers every category.
    async fn responding(
        &self,
        caller: &Caller,
        patient: u64,
        emergency: u64,
    ) -> Result<GroundRef, Refusal> {
        self.ensure_fresh().await?;
        let info = self.emergency(patient, emergency).await?;
        let asked = DecideMsg {
            patient: Uint64::new(patient),
            who: caller.account.clone(),
            purpose: Purpose::Emergency,
            category: Category::Cardiac,
            action: Action::Read,
            window: info.window,
            ground: Some(GroundRef::Emergency { id: emergency }),
        };
        self.decide(caller, asked).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_identity_file_has_comments_and_a_file_without_an_identity_is_refused() {
        let made = age::x25519::Identity::generate().to_string();
        let text = age::secrecy::ExposeSecret::expose_secret(&made);
        let file = format!("# created today\n# public key: age1x\n{text}\n");
        Custodian::new("wasm1c", &file).unwrap();
        for bad in ["", "# created today\n", &text[..text.len() - 1]] {
            assert!(Custodian::new("wasm1c", bad).is_err());
        }
    }
}
