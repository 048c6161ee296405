//! Receipts, with what shows that they are in the log whose head the chain keeps.

use std::sync::Arc;

use axum::extract::State;
use axum::Json;
use cosmwasm_std::{Binary, Uint64};
use vitals_api::consent::DecideMsg;
use vitals_api::page::page_limit;
use vitals_core::decision::{Action, GroundRef, Purpose};
use vitals_core::measure::Category;
use vitals_core::receipt::proof::Head;
use vitals_core::time::Window;
use vitals_vault_client::{anchored_head, ground_text, AnchoredHead, ProvedReceipt, ReceiptsPage};

use crate::authenticate::Caller;
use crate::input::{Asked, Number, ReceiptsQuery, Segments};
use crate::log::{LogError, Released, Standing};
use crate::refusal::Refusal;
use crate::vault::{blocking, Vault};

pub(crate) async fn receipts(
    State(vault): State<Arc<Vault>>,
    caller: Caller,
    Segments(Number(patient)): Segments<Number<u64>>,
    Asked(query): Asked<ReceiptsQuery>,
) -> Result<Json<ReceiptsPage>, Refusal> {
    vault.ensure_fresh().await?;
    let asked = to_review(patient, &caller, query.ground)?;
    vault.decide(&caller, asked).await?;
    let (log, own, consent) = (
        vault.log.clone(),
        vault.own.clone(),
        vault.config.consent.clone(),
    );
    let page = blocking(move || {
        let page = log.page(patient, query.start_after, page_limit(query.limit))?;
        let anchored = match &own {
            Some(own) => anchored_head(own, &consent, patient, own.address())?,
            None => None,
        };
        let (_, standing) = log.standing(patient, anchored);
        let within = provable(standing, anchored, query.head);
        let receipts = page.receipts.iter().map(|released| {
            let proof = log.inclusion(patient, released.index, within);
            shown(released, proof)
        });
        Ok(ReceiptsPage {
            account: own.map(|own| own.address().to_string()),
            count: page.count,
            anchored: anchored.map(|head| AnchoredHead {
                count: head.count,
                root: Binary::new(head.root.to_vec()),
            }),
            receipts: receipts.collect::<Result<_, LogError>>()?,
        })
    });
    Ok(Json(page.await?))
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

/// Of the first how many receipts the head is that proofs are to lead to; 0 for none. Proofs to a head
/// of a log that the chain does not follow would prove nothing.
fn provable(standing: Standing, anchored: Option<Head>, asked: Option<u32>) -> u32 {
    match standing {
        Standing::Current | Standing::Behind => {
            asked.or(anchored.map(|head| head.count)).unwrap_or(0)
        }
        Standing::Ahead | Standing::Forked => 0,
    }
}

fn shown(released: &Released, proof: Option<Vec<u8>>) -> Result<ProvedReceipt, LogError> {
    let bytes = released.receipt.to_bytes();
    let bytes = bytes.map_err(|cause| LogError::Entry(cause.to_string()))?;
    Ok(ProvedReceipt {
        index: released.index,
        receipt: Binary::new(bytes),
        proof: proof.map(Binary::new),
        by_session: released.by_session.clone(),
    })
}
