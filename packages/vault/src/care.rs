//! Details of alerts and care plans: ciphertext that the chain's records point to.

use std::sync::Arc;

use axum::extract::State;
use axum::http::header::HeaderValue;
use axum::response::Response;
use cosmwasm_std::Uint64;
use vitals_api::care::PlanInfo;
use vitals_api::consent::DecideMsg;
use vitals_core::decision::{Action, GroundRef, Purpose};
use vitals_core::measure::Category;
use vitals_core::time::{epoch_of, Epoch, Window};
use vitals_vault_client::PLACE_HEADER;

use crate::ask::digest_of;
use crate::authenticate::Caller;
use crate::input::{Asked, GroundQuery, Number, Segments};
use crate::objects::{Kind, Object};
use crate::refusal::Refusal;
use crate::release::Reason;
use crate::vault::Vault;

/// What lets somebody have a plan, the usual one first: its refusal is what is said.
const FOR_A_PLAN: [Action; 3] = [Action::Read, Action::WritePlan, Action::Seal];

/// The detail of an alert's first notice, of which the chain keeps the digest. It was put as a blob
/// of a category and hour that the chain does not know: it is looked for where the caller may
/// receive alerts.
pub(crate) async fn alert(
    State(vault): State<Arc<Vault>>,
    caller: Caller,
    Segments((Number(patient), Number(number))): Segments<(Number<u64>, Number<u64>)>,
    Asked(query): Asked<GroundQuery>,
) -> Result<Response, Refusal> {
    vault.ensure_fresh().await?;
    let alert = vault.alert(number).await?;
    if alert.patient.u64() != patient {
        return Err(Refusal::not_found(format!(
            "alert {number} is of another patient"
        )));
    }
    let hour = epoch_of(alert.at_ms)
        .ok_or_else(|| Refusal::unavailable("vault/chain", "the alert's time has no epoch"))?;
    let asked = DecideMsg {
        patient: Uint64::new(patient),
        who: caller.account.clone(),
        purpose: Purpose::Treatment,
        category: Category::Cardiac,
        action: Action::ReceiveAlerts,
        window: Window::one(hour),
        ground: query.ground,
    };
    let (by, categories) = vault.permitted_categories(&asked).await?;
    caller.spend(&vault).await?;
    let digest = alert
        .digest
        .ok_or_else(|| Refusal::not_found("an alert of an emergency has no detail"))?;
    let digest = digest_of(&digest)?;
    // a device's clock may run ahead of the block that its alert was dated back to
    for (category, epoch) in places(&categories, hour) {
        let object = Object::blob(patient, category, epoch, digest);
        match vault.fetch(&object).await {
            Err(refusal) if refusal.code == "vault/not_found" => {}
            Err(refusal) => return Err(refusal),
            Ok(_) => {
                let reason = Reason {
                    purpose: Some(Purpose::Treatment),
                    category: Some(category),
                    action: Action::ReceiveAlerts,
                    by,
                };
                let answer = vault.release(&caller, object, reason).await?;
                return Ok(placed(answer, category, epoch));
            }
        }
    }
    Err(Refusal::not_found("this vault has no detail of that alert"))
}

/// That another category would be granted says less than what else is wrong.
fn more_telling(before: Option<Refusal>, now: Refusal) -> Refusal {
    match before {
        Some(before) if before.code != "consent/category_not_granted" => before,
        _ => now,
    }
}

fn places(categories: &[Category], hour: Epoch) -> impl Iterator<Item = (Category, Epoch)> + '_ {
    let hours = [hour, hour.saturating_add(1)];
    categories
        .iter()
        .flat_map(move |category| hours.map(|epoch| (*category, epoch)))
}

/// Where it is kept, so that it can be put at another vault.
fn placed(mut answer: Response, category: Category, epoch: Epoch) -> Response {
    let place = format!("{}/{epoch}", category.name());
    if let Ok(value) = HeaderValue::from_str(&place) {
        answer.headers_mut().insert(PLACE_HEADER, value);
    }
    answer
}

/// A plan, for who may read, write plans of, or seal all the categories it is about, now: whoever
/// seals is a gateway, which watches by the plan and has the readings anyway.
pub(crate) async fn plan(
    State(vault): State<Arc<Vault>>,
    caller: Caller,
    Segments((Number(patient), Number(version))): Segments<(Number<u64>, Number<u32>)>,
    Asked(query): Asked<GroundQuery>,
) -> Result<Response, Refusal> {
    let now = vault.epoch_now().await?;
    let plan = vault.plan(patient, version).await?;
    let asked = DecideMsg {
        patient: Uint64::new(patient),
        who: caller.account.clone(),
        purpose: Purpose::Treatment,
        category: Category::Cardiac,
        action: Action::Read,
        window: Window::one(now),
        ground: query.ground,
    };
    let by = vault.permitted_plan(&asked, &plan).await?;
    caller.spend(&vault).await?;
    let object = Object {
        patient,
        kind: Kind::Plan,
        digest: digest_of(&plan.digest)?,
    };
    let reason = Reason {
        purpose: Some(Purpose::Treatment),
        category: None,
        action: Action::Read,
        by,
    };
    vault.release(&caller, object, reason).await
}

impl Vault {
    /// The categories for which it is permitted, and by what the first of them is. Where none is, it
    /// fails as the first does that is refused for something else than its category.
    async fn permitted_categories(
        &self,
        asked: &DecideMsg,
    ) -> Result<(GroundRef, Vec<Category>), Refusal> {
        let mut permitted = Vec::new();
        let mut refused = None;
        for category in Category::ALL {
            let decided = self.permitted(DecideMsg {
                category,
                ..asked.clone()
            });
            match decided.await {
                // these grounds do not look at the category
                Ok(by @ (GroundRef::Patient {} | GroundRef::Guardian {})) => {
                    return Ok((by, Category::ALL.to_vec()));
                }
                Ok(by) => permitted.push((by, category)),
                Err(refusal) if refusal.is_said_by_consent() => {
                    refused = Some(more_telling(refused, refusal));
                }
                Err(refusal) => return Err(refusal),
            }
        }
        match (permitted.first(), refused) {
            (Some((by, _)), _) => Ok((*by, permitted.iter().map(|(_, c)| *c).collect())),
            (None, Some(refusal)) => Err(refusal),
            (None, None) => Err(Refusal::not_found("there are no categories")),
        }
    }

    /// By the first of the actions that is permitted; where none is, the first one's refusal.
    async fn permitted_any(
        &self,
        asked: &DecideMsg,
        actions: &[Action],
    ) -> Result<GroundRef, Refusal> {
        let mut refused = None;
        for action in actions {
            let decided = self.permitted(DecideMsg {
                action: *action,
                ..asked.clone()
            });
            match decided.await {
                Ok(by) => return Ok(by),
                Err(refusal) if refusal.is_said_by_consent() => {
                    refused = refused.or(Some(refusal));
                }
                Err(refusal) => return Err(refusal),
            }
        }
        Err(refused.unwrap_or_else(|| Refusal::not_found("nothing permits it")))
    }

    async fn permitted_plan(
        &self,
        asked: &DecideMsg,
        plan: &PlanInfo,
    ) -> Result<GroundRef, Refusal> {
        let mut by = None;
        for category in &plan.categories {
            let of_category = DecideMsg {
                category: *category,
                ..asked.clone()
            };
            by = Some(self.permitted_any(&of_category, &FOR_A_PLAN).await?);
        }
        by.ok_or_else(|| Refusal::unavailable("vault/chain", "the plan has no category"))
    }
}
