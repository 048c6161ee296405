//! Giving out: decided first, then looked up, then recorded, then sent.

use std::sync::Arc;

use axum::extract::State;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use cosmwasm_std::Uint64;
use vitals_api::anchor::{BatchId, BatchInfo};
use vitals_api::consent::{DecideMsg, GrantInfo};
use vitals_core::decision::{Action, GroundRef, Purpose};
use vitals_core::measure::Category;
use vitals_core::receipt::Receipt;
use vitals_core::time::{Epoch, Window};
use vitals_vault_client::{ground_text, BySession, GROUND_HEADER};

use crate::ask::digest_of;
use crate::authenticate::{now_s, Caller};
use crate::input::{Asked, GroundQuery, Number, ReadQuery, Segments};
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

/// Why something is released, for its receipt.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Reason {
    pub purpose: Option<Purpose>,
    pub category: Option<Category>,
    pub action: Action,
    pub by: GroundRef,
}

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
    let object = Object::blob(patient, category, epoch, digest);
    let reason = Reason {
        purpose: Some(query.purpose),
        category: Some(category),
        action: Action::Read,
        by,
    };
    vault.release(&caller, object, reason).await
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
    Asked(query): Asked<GroundQuery>,
) -> Result<Response, Refusal> {
    vault.ensure_fresh().await?;
    let grant = vault.grant(patient, number).await?;
    let asked = to_use(patient, &caller, &grant, query.ground)?;
    let action = asked.action;
    let by = vault.decide(&caller, asked).await?;
    let package = grant
        .package
        .ok_or_else(|| Refusal::not_found(format!("grant {number} has no key package")))?;
    let object = Object::package(patient, digest_of(&package.digest)?);
    let reason = Reason {
        purpose: None,
        category: None,
        action,
        by,
    };
    vault.release(&caller, object, reason).await
}

/// Asks for something the grant itself covers: what is left to decide is whether it is this
/// account's, and live. Keys are for reading, or for sealing where the grant is a sealer's. The
/// patient, who made it, gets it too, to bring it back to another vault.
fn to_use(
    patient: u64,
    caller: &Caller,
    grant: &GrantInfo,
    ground: Option<GroundRef>,
) -> Result<DecideMsg, Refusal> {
    let (Some(purpose), Some(category)) = (grant.purposes.first(), grant.categories.first()) else {
        return Err(Refusal::unavailable(
            "vault/chain",
            "the grant has no purpose or category",
        ));
    };
    let id = grant.grant.u64();
    let ground = ground.unwrap_or(GroundRef::Grant { id });
    if ground != (GroundRef::Grant { id }) && ground != (GroundRef::Patient {}) {
        return Err(Refusal::forbidden(
            "vault/ground",
            format!(
                "a key package is for its grant's grantee or the patient, not {}",
                ground_text(&ground)
            ),
        ));
    }
    let seals = grant.actions.contains(&Action::Seal) && !grant.actions.contains(&Action::Read);
    Ok(DecideMsg {
        patient: Uint64::new(patient),
        who: caller.account.clone(),
        purpose: *purpose,
        category: *category,
        action: if seals { Action::Seal } else { Action::Read },
        window: grant.window,
        ground: Some(ground),
    })
}

impl Vault {
    pub(crate) async fn release(
        &self,
        caller: &Caller,
        object: Object,
        reason: Reason,
    ) -> Result<Response, Refusal> {
        let bytes = self.fetch(&object).await?;
        self.record(caller, &object, reason).await?;
        Ok(answer(bytes, reason.by))
    }

    pub(crate) fn ensure_not_erased(&self, object: &Object) -> Result<(), Refusal> {
        if !self.log.is_erased(object.patient, object.digest()) {
            return Ok(());
        }
        Err(Refusal::new(
            StatusCode::GONE,
            "vault/erased",
            "the patient erased it at this vault",
        ))
    }

    pub(crate) async fn fetch(&self, object: &Object) -> Result<Vec<u8>, Refusal> {
        self.ensure_not_erased(object)?;
        self.objects.get(object).await?.ok_or_else(|| {
            Refusal::not_found("this vault has none under that patient, category and hour")
        })
    }

    /// Returns once the receipt is on disk: only then may the first byte go.
    pub(crate) async fn record(
        &self,
        caller: &Caller,
        object: &Object,
        reason: Reason,
    ) -> Result<(), Refusal> {
        let (salt, by_session) = salt(caller.session.as_ref())?;
        let receipt = Receipt {
            patient: object.patient,
            at: now_s(),
            salt,
            digest: object.digest,
            purpose: reason.purpose,
            category: reason.category,
            action: reason.action,
            ground: reason.by,
            who: caller.account.clone(),
        };
        let log = self.log.clone();
        blocking(move || Ok(log.release(&receipt, by_session)?)).await?;
        metrics::counter!("vitals_vault_released_total", "what" => object.kind.name()).increment(1);
        Ok(())
    }
}

/// At random; where a session asks, made of it and of what was drawn, which are kept beside the
/// receipt.
fn salt(session: Option<&[u8; 32]>) -> Result<([u8; 16], Option<BySession>), Refusal> {
    let Some(session) = session else {
        return Ok((drawn()?, None));
    };
    let mark = BySession::new(session, drawn()?);
    match mark.salt() {
        Some(salt) => Ok((salt, Some(mark))),
        None => Err(Refusal::unavailable("vault/log", "the session has no mark")),
    }
}

fn drawn<const N: usize>() -> Result<[u8; N], Refusal> {
    let mut drawn = [0; N];
    getrandom::fill(&mut drawn)
        .map_err(|_| Refusal::unavailable("vault/log", "this machine gives no random numbers"))?;
    Ok(drawn)
}

/// The bytes, with the ground they were released on.
pub(crate) fn answer(bytes: Vec<u8>, by: GroundRef) -> Response {
    let ground = ground_text(&by);
    let headers = [
        (CONTENT_TYPE.as_str(), "application/octet-stream"),
        (CACHE_CONTROL.as_str(), "no-store"),
        (GROUND_HEADER, ground.as_str()),
    ];
    (headers, bytes).into_response()
}
