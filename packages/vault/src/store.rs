//! Taking in ciphertext and key packages.

use std::sync::Arc;

use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::StatusCode;
use cosmwasm_std::Uint64;
use vitals_api::anchor::MIN_SEALED;
use vitals_api::consent::DecideMsg;
use vitals_core::decision::{Action, GroundRef, Purpose};
use vitals_core::measure::Category;
use vitals_core::package::MAX_FILE_BYTES;
use vitals_core::time::{Epoch, Window};
use vitals_vault_client::digest;

use crate::authenticate::Caller;
use crate::input::{Asked, Digest, Number, SealQuery, Segments};
use crate::objects::Object;
use crate::refusal::Refusal;
use crate::vault::Vault;

pub(crate) async fn put_blob(
    State(vault): State<Arc<Vault>>,
    caller: Caller,
    Segments((Number(patient), category, Number(epoch), digest)): Segments<(
        Number<u64>,
        Category,
        Number<Epoch>,
        Digest,
    )>,
    Asked(query): Asked<SealQuery>,
    body: Body,
) -> Result<StatusCode, Refusal> {
    vault.ensure_fresh().await?;
    let asked = DecideMsg {
        patient: Uint64::new(patient),
        who: caller.account.clone(),
        purpose: query.purpose,
        category,
        action: Action::Seal,
        window: Window::one(epoch),
        ground: query.ground,
    };
    vault.decide(&caller, asked).await?;
    let object = Object::Blob {
        patient,
        category,
        epoch,
        digest: digest.0,
    };
    let bytes = caller.body(body, vault.config.max_blob_bytes).await?;
    if bytes.len() < MIN_SEALED as usize {
        return Err(Refusal::input(
            "vault/too_short",
            format!(
                "a sealed payload has at least {MIN_SEALED} bytes, got {}",
                bytes.len()
            ),
        ));
    }
    keep(&vault, object, bytes).await
}

pub(crate) async fn put_package(
    State(vault): State<Arc<Vault>>,
    caller: Caller,
    Segments((Number(patient), digest)): Segments<(Number<u64>, Digest)>,
    body: Body,
) -> Result<StatusCode, Refusal> {
    vault.ensure_fresh().await?;
    let asked = as_patient(patient, &caller.account);
    vault.decide(&caller, asked).await?;
    let object = Object::Package {
        patient,
        digest: digest.0,
    };
    let bytes = caller.body(body, MAX_FILE_BYTES).await?;
    keep(&vault, object, bytes).await
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

async fn keep(vault: &Vault, object: Object, bytes: Bytes) -> Result<StatusCode, Refusal> {
    if digest(&bytes) != *object.digest() {
        return Err(Refusal::input(
            "vault/digest",
            "the body's SHA-256 is not the digest in the path",
        ));
    }
    match vault.objects.put(&object, bytes, &vault.quota).await? {
        true => Ok(StatusCode::CREATED),
        false => Ok(StatusCode::OK),
    }
}
