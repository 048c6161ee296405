//! Erasure: what the patient no longer wants kept here.

use std::sync::Arc;

use axum::extract::State;
use axum::Json;
use cosmwasm_std::Uint64;
use futures_util::{StreamExt, TryStreamExt};
use object_store::path::Path;
use vitals_core::measure::Category;
use vitals_core::time::{Epoch, Window};
use vitals_vault_client::ErasureReport;

use crate::authenticate::{now_s, Caller};
use crate::input::{Asked, EraseQuery, Number, Segments};
use crate::log::{Erased, Scope, MAX_ERASED};
use crate::objects::{Kind, Objects, ObjectsError, Stored};
use crate::quota::Quota;
use crate::refusal::Refusal;
use crate::vault::{blocking, Vault};

/// Objects of one request; it says when there are more.
const MAX_OBJECTS: usize = 1_000;

/// Deleted at once.
const AT_ONCE: usize = 16;

/// Logged first, so that what is left of an erasure that was interrupted is neither given out nor
/// taken again, and goes at the next start.
pub(crate) async fn erase(
    State(vault): State<Arc<Vault>>,
    caller: Caller,
    Segments(Number(patient)): Segments<Number<u64>>,
    Asked(query): Asked<EraseQuery>,
) -> Result<Json<ErasureReport>, Refusal> {
    let window = window(&query)?;
    vault.ensure_fresh().await?;
    let reserve = &vault.reserve;
    reserve
        .help(|| vault.ensure_patient(&caller, patient))
        .await?;
    let done = vault.erase(&caller, patient, query.category, window).await;
    reserve.keep();
    done.map(Json)
}

/// Of a whole window, `None`; of one end alone, the other is as far as there are hours.
fn window(query: &EraseQuery) -> Result<Option<Window>, Refusal> {
    if query.from.is_none() && query.to.is_none() {
        return Ok(None);
    }
    let (from, to) = (query.from.unwrap_or(0), query.to.unwrap_or(Epoch::MAX));
    Window::new(from, to)
        .map(Some)
        .map_err(|cause| Refusal::input("vault/query", cause.to_string()))
}

impl Objects {
    /// A patient's objects, one more than a request erases where there are as many. What is no
    /// ciphertext of an hour goes only where everything does.
    async fn of_patient(
        &self,
        patient: u64,
        category: Option<Category>,
        window: Option<Window>,
    ) -> Result<Vec<Stored>, ObjectsError> {
        let kinds: &[&str] = match (category, window) {
            (None, None) => &["blobs", "packages", "shares", "plans"],
            _ => &["blobs"],
        };
        let mut found = Vec::new();
        for kind in kinds {
            let prefix = Path::from(format!("{kind}/{patient}"));
            let some: Vec<Stored> = self
                .list(Some(prefix))
                .try_filter(|stored| {
                    futures_util::future::ready(is_within(&stored.object.kind, category, window))
                })
                .take(MAX_OBJECTS + 1)
                .try_collect()
                .await?;
            found.extend(some);
        }
        Ok(found)
    }

    async fn erase(&self, found: &[Stored], quota: &Quota) -> Result<(), ObjectsError> {
        futures_util::stream::iter(found.to_vec())
            .map(|stored| async move {
                self.delete(&stored.object).await?;
                quota.give_back(stored.object.patient, stored.bytes);
                Ok(())
            })
            .buffer_unordered(AT_ONCE)
            .try_collect()
            .await
    }
}

fn is_within(kind: &Kind, category: Option<Category>, window: Option<Window>) -> bool {
    let Kind::Blob {
        category: own,
        epoch,
    } = kind
    else {
        return true;
    };
    category.is_none_or(|asked| asked == *own)
        && window.is_none_or(|window| window.contains(&Window::one(*epoch)))
}

impl Vault {
    async fn erase(
        &self,
        caller: &Caller,
        patient: u64,
        category: Option<Category>,
        window: Option<Window>,
    ) -> Result<ErasureReport, Refusal> {
        let mut found = self.objects.of_patient(patient, category, window).await?;
        let more = found.len() > MAX_OBJECTS;
        found.truncate(MAX_OBJECTS);
        let scope = Scope {
            category: category.map(|category| category.name().into()),
            window,
        };
        let logged = || self.log_erasure(caller, patient, scope.clone(), &found);
        self.reserve.help(logged).await?;
        self.objects.erase(&found, &self.quota).await?;
        let objects = self.objects.clone();
        let leftovers = blocking(move || Ok(objects.sweep(Some(patient))?)).await?;
        metrics::counter!("vitals_vault_erased_total").increment(found.len() as u64);
        Ok(report(patient, &found, leftovers, more))
    }

    async fn log_erasure(
        &self,
        caller: &Caller,
        patient: u64,
        scope: Scope,
        found: &[Stored],
    ) -> Result<(), Refusal> {
        let digests = digests(found);
        // an erasure that finds nothing is logged too
        let chunks = digests.chunks(MAX_ERASED).map(<[String]>::to_vec);
        let entries: Vec<Erased> = chunks
            .chain(digests.is_empty().then(Vec::new))
            .map(|digests| Erased {
                patient: Uint64::new(patient),
                at: now_s(),
                by: caller.account.clone(),
                scope: scope.clone(),
                digests,
            })
            .collect();
        let log = self.log.clone();
        blocking(move || {
            let logged = entries.into_iter().try_for_each(|entry| log.erase(entry));
            Ok(logged?)
        })
        .await
    }

    /// Counts what is stored, and ends erasures that were interrupted.
    pub(crate) async fn take_stock(&self) -> Result<(), ObjectsError> {
        self.objects.sweep(None)?;
        let mut listed = self.objects.list(None);
        while let Some(Stored { object, bytes }) = listed.try_next().await? {
            match self.log.is_erased(object.patient, object.digest()) {
                true => self.objects.delete(&object).await?,
                false => self.quota.count(object.patient, bytes),
            }
        }
        Ok(())
    }
}

fn digests(found: &[Stored]) -> Vec<String> {
    found
        .iter()
        .map(|stored| hex::encode(stored.object.digest))
        .collect()
}

fn report(patient: u64, found: &[Stored], leftovers: u64, more: bool) -> ErasureReport {
    let count = |name: &str| {
        let of_kind = found.iter().filter(|s| s.object.kind.name() == name);
        of_kind.count() as u64
    };
    ErasureReport {
        patient: Uint64::new(patient),
        blobs: count("blobs"),
        packages: count("packages"),
        shares: count("shares"),
        plans: count("plans"),
        bytes: Uint64::new(found.iter().map(|stored| stored.bytes).sum()),
        leftovers,
        digests: digests(found),
        more,
    }
}
