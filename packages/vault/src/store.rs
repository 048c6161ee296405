//! Taking in ciphertext, key packages, shares and plans.

use std::sync::Arc;

use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::StatusCode;
use cosmwasm_std::Uint64;
use vitals_api::anchor::MIN_SEALED;
use vitals_api::care::{MAX_PLAN, MIN_PLAN};
use vitals_api::consent::DecideMsg;
use vitals_core::decision::{Action, Purpose};
use vitals_core::emergency::MAX_SHARE_FILE_BYTES;
use vitals_core::measure::Category;
use vitals_core::package::MAX_FILE_BYTES;
use vitals_core::time::{Epoch, Window};
use vitals_vault_client::digest;

use crate::authenticate::Caller;
use crate::input::{Asked, Digest, Number, PlanQuery, SealQuery, Segments};
use crate::objects::{Kind, Object};
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
    let object = Object::blob(patient, category, epoch, digest.0);
    let bytes = caller.body(body, vault.config.max_blob_bytes).await?;
    ensure_length("a sealed payload", MIN_SEALED, &bytes)?;
    keep(&vault, object, bytes).await
}

pub(crate) async fn put_package(
    state: State<Arc<Vault>>,
    caller: Caller,
    path: Segments<(Number<u64>, Digest)>,
    body: Body,
) -> Result<StatusCode, Refusal> {
    by_patient(state, caller, path, body, (Kind::Package, MAX_FILE_BYTES)).await
}

pub(crate) async fn put_share(
    state: State<Arc<Vault>>,
    caller: Caller,
    path: Segments<(Number<u64>, Digest)>,
    body: Body,
) -> Result<StatusCode, Refusal> {
    by_patient(
        state,
        caller,
        path,
        body,
        (Kind::Share, MAX_SHARE_FILE_BYTES),
    )
    .await
}

async fn by_patient(
    State(vault): State<Arc<Vault>>,
    caller: Caller,
    Segments((Number(patient), digest)): Segments<(Number<u64>, Digest)>,
    body: Body,
    (kind, most): (Kind, usize),
) -> Result<StatusCode, Refusal> {
    vault.ensure_fresh().await?;
    vault.ensure_patient(&caller, patient).await?;
    let object = Object {
        patient,
        kind,
        digest: digest.0,
    };
    let bytes = caller.body(body, most).await?;
    keep(&vault, object, bytes).await
}

/// A plan is put before the chain is told of it, so who may write one for the category named, now,
/// may put it.
pub(crate) async fn put_plan(
    State(vault): State<Arc<Vault>>,
    caller: Caller,
    Segments((Number(patient), digest)): Segments<(Number<u64>, Digest)>,
    Asked(query): Asked<PlanQuery>,
    body: Body,
) -> Result<StatusCode, Refusal> {
    let now = vault.epoch_now().await?;
    let asked = DecideMsg {
        patient: Uint64::new(patient),
        who: caller.account.clone(),
        purpose: Purpose::Treatment,
        category: query.category,
        action: Action::WritePlan,
        window: Window::one(now),
        ground: query.ground,
    };
    vault.decide(&caller, asked).await?;
    let object = Object {
        patient,
        kind: Kind::Plan,
        digest: digest.0,
    };
    let bytes = caller.body(body, MAX_PLAN as usize).await?;
    ensure_length("a plan", MIN_PLAN, &bytes)?;
    keep(&vault, object, bytes).await
}

fn ensure_length(what: &str, least: u32, bytes: &[u8]) -> Result<(), Refusal> {
    if bytes.len() >= least as usize {
        return Ok(());
    }
    Err(Refusal::input(
        "vault/too_short",
        format!("{what} has at least {least} bytes, got {}", bytes.len()),
    ))
}

async fn keep(vault: &Vault, object: Object, bytes: Bytes) -> Result<StatusCode, Refusal> {
    if digest(&bytes) != *object.digest() {
        return Err(Refusal::input(
            "vault/digest",
            "the body's SHA-256 is not the digest in the path",
        ));
    }
    vault.ensure_not_erased(&object)?;
    let stored = vault.objects.put(&object, bytes, &vault.quota).await?;
    // Erased since it was looked at: it goes, and stays counted until the next start, for the erasure
    // may have taken it off the count.
    if let Err(erased) = vault.ensure_not_erased(&object) {
        vault.objects.delete(&object).await?;
        return Err(erased);
    }
    if !stored {
        return Ok(StatusCode::OK);
    }
    metrics::counter!("vitals_vault_stored_total", "what" => object.kind.name()).increment(1);
    Ok(StatusCode::CREATED)
}

#[cfg(test)]
#[path = "store_tests.rs"]
mod tests;
