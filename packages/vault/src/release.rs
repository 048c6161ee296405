//! Giving out: decided first, then looked up, then recorded, then sent.

use std::sync::Arc;

use axum::extract::State;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::Json;
use cosmwasm_std::Uint64;
use vitals_api::anchor::{BatchId, BatchInfo};
use vitals_api::consent::{DecideMsg, GrantInfo};
use vitals_api::page::page_limit;
use vitals_core::decision::{Action, GroundRef, Purpose};
use vitals_core::measure::Category;
use vitals_core::time::{Epoch, Window};
use vitals_vault_client::{ground_text, purpose_text, Opened, ReceiptsPage, GROUND_HEADER};

use crate::ask::digest_of;
use crate::authenticate::{now_s, Caller};
use crate::input::{Asked, Number, ReadQuery, ReceiptsQuery, Segments};
use crate::log::Release;
use crate::objects::Object;
use crate::refusal::Refusal;
use crate::vault::{blocking, Vault};

/// Patient, category, epoch, device and sequence.
type BatchPath = (
    Number<u64>,
    Category,
    Number<Epoch>,
    Number<u64>,
    Number<u64>,
);

pub(crate) async fn batch(
    State(vault): State<Arc<Vault>>,
    caller: Caller,
    Segments(path): Segments<BatchPath>,
    Asked(query): Asked<ReadQuery>,
) -> Result<Response, Refusal> {
    let (Number(patient), category, Number(epoch), Number(device), Number(sequence)) = path;
    vault.ensure_fresh().await?;
    let id = BatchId {
        patient: Uint64::new(patient),
        category,
        epoch,
        device: Uint64::new(device),
        sequence: Uint64::new(sequence),
    };
    let by = vault.decide(&caller, to_read(&id, &caller, &query)).await?;
    let digest = pointer_of(&vault.batch(id).await?)?;
    let object = Object::Blob {
        patient,
        category,
        epoch,
        digest,
    };
    let opened = Opened::Batch {
        category: category.name().into(),
        epoch,
        device: Uint64::new(device),
        sequence: Uint64::new(sequence),
        purpose: purpose_text(query.purpose).into(),
    };
    release(&vault, caller, patient, object, opened, by).await
}

/// What the patient shredded points to nothing any more: no other vault has it, now or later.
fn pointer_of(batch: &BatchInfo) -> Result<[u8; 32], Refusal> {
    match &batch.shredded {
        None => digest_of(&batch.digest),
        Some(shredded) => Err(Refusal::new(
            StatusCode::GONE,
            "vault/shredded",
            format!("{} shredded it at {} ms", shredded.by, shredded.at_ms),
        )),
    }
}

fn to_read(id: &BatchId, caller: &Caller, query: &ReadQuery) -> DecideMsg {
    DecideMsg {
        patient: id.patient,
        who: caller.account.clone(),
        purpose: query.purpose,
        category: id.category,
        action: Action::Read,
        window: Window::one(id.epoch),
        ground: query.ground,
    }
}

pub(crate) async fn package(
    State(vault): State<Arc<Vault>>,
    caller: Caller,
    Segments((Number(patient), Number(number))): Segments<(Number<u64>, Number<u64>)>,
) -> Result<Response, Refusal> {
    vault.ensure_fresh().await?;
    let grant = vault.grant(patient, number).await?;
    let asked = to_use(patient, &caller, &grant)?;
    let by = vault.decide(&caller, asked).await?;
    let package = grant
        .package
        .ok_or_else(|| Refusal::not_found(format!("grant {number} has no key package")))?;
    let object = Object::Package {
        patient,
        digest: digest_of(&package.digest)?,
    };
    let opened = Opened::Package {
        grant: Uint64::new(number),
    };
    release(&vault, caller, patient, object, opened, by).await
}

/// Asks for something the grant itself covers: what is left to decide is whether it is this
/// account's, and live. Keys are for reading, or for sealing where the grant is a sealer's.
fn to_use(patient: u64, caller: &Caller, grant: &GrantInfo) -> Result<DecideMsg, Refusal> {
    let (Some(purpose), Some(category)) = (grant.purposes.first(), grant.categories.first()) else {
        return Err(Refusal::unavailable(
            "vault/chain",
            "the grant has no purpose or category",
        ));
    };
    let seals = grant.actions.contains(&Action::Seal) && !grant.actions.contains(&Action::Read);
    Ok(DecideMsg {
        patient: Uint64::new(patient),
        who: caller.account.clone(),
        purpose: *purpose,
        category: *category,
        action: if seals { Action::Seal } else { Action::Read },
        window: grant.window,
        ground: Some(GroundRef::Grant {
            id: grant.grant.u64(),
        }),
    })
}

async fn release(
    vault: &Vault,
    caller: Caller,
    patient: u64,
    object: Object,
    opened: Opened,
    by: GroundRef,
) -> Result<Response, Refusal> {
    let bytes = vault.objects.get(&object).await?.ok_or_else(|| {
        Refusal::not_found("this vault has no such ciphertext of that patient, category and hour")
    })?;
    let ground = ground_text(&by);
    let record = Release {
        at: now_s(),
        patient: Uint64::new(patient),
        account: caller.account,
        opened,
        digest: *object.digest(),
        ground: ground.clone(),
    };
    let log = vault.log.clone();
    blocking(move || Ok(log.append(record)?)).await?;
    let headers = [
        (CONTENT_TYPE.as_str(), "application/octet-stream"),
        (CACHE_CONTROL.as_str(), "no-store"),
        (GROUND_HEADER, ground.as_str()),
    ];
    Ok((headers, bytes).into_response())
}

pub(crate) async fn receipts(
    State(vault): State<Arc<Vault>>,
    caller: Caller,
    Segments(Number(patient)): Segments<Number<u64>>,
    Asked(query): Asked<ReceiptsQuery>,
) -> Result<Json<ReceiptsPage>, Refusal> {
    vault.ensure_fresh().await?;
    let asked = to_review(patient, &caller, query.ground)?;
    vault.decide(&caller, asked).await?;
    let log = vault.log.clone();
    let page = move || Ok(log.receipts(patient, query.start_after, page_limit(query.limit))?);
    Ok(Json(ReceiptsPage {
        receipts: blocking(page).await?,
    }))
}

/// Who was shown what is the patient's to know, and a reading guardian's; a grant to read some
/// category is no ground for it. Neither ground looks at purpose, category or window.
fn to_review(
    patient: u64,
    caller: &Caller,
    ground: Option<GroundRef>,
) -> Result<DecideMsg, Refusal> {
    let ground = ground.unwrap_or(GroundRef::Patient {});
    if !matches!(ground, GroundRef::Patient {} | GroundRef::Guardian {}) {
        return Err(Refusal::forbidden(
            "vault/ground",
            format!(
                "receipts are for patient or guardian, not {}",
                ground_text(&ground)
            ),
        ));
    }
    Ok(DecideMsg {
        patient: Uint64::new(patient),
        who: caller.account.clone(),
        purpose: Purpose::Family,
        category: Category::Cardiac,
        action: Action::Read,
        window: Window::one(0),
        ground: Some(ground),
    })
}
