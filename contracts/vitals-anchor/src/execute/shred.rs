//! Pointers of a period are taken away, some at a time; that there was something stays.

use cosmwasm_std::{Event, Storage, Uint64};
use vitals_api::anchor::record::{Batch, BatchKey, Content, Shredding};
use vitals_api::anchor::{BatchId, ShredAnswer, MAX_BATCHES};
use vitals_api::parse;
use vitals_core::measure::Category;
use vitals_core::set::Set;
use vitals_core::time::Window;

use super::Call;
use crate::error::ContractError;
use crate::state::{self, Batches};

/// What is to be shredded.
pub struct Order {
    patient: u64,
    categories: Set<Category>,
    window: Window,
    /// The last batch that the message before looked at.
    after: Option<BatchKey>,
}

impl Order {
    pub fn parse(
        patient: Uint64,
        categories: &[Category],
        window: Window,
        start_after: Option<&BatchId>,
    ) -> Result<Self, ContractError> {
        let order = Self {
            patient: patient.u64(),
            categories: parse::set("categories", categories)?,
            window: window.checked()?,
            after: start_after.map(BatchKey::from),
        };
        if order.after.is_some_and(|after| !order.holds(&after)) {
            return Err(ContractError::ForeignCursor);
        }
        Ok(order)
    }

    fn holds(&self, key: &BatchKey) -> bool {
        key.patient == self.patient
            && self.categories.contains(key.category)
            && self.window.holds(key.epoch)
    }

    /// What is left of each category, in the order of their numbers.
    fn ranges(&self) -> impl Iterator<Item = Batches> + '_ {
        let reached = self.after.map(|after| after.category);
        Category::ALL
            .into_iter()
            .filter(|category| self.categories.contains(*category))
            .filter(move |category| reached.is_none_or(|reached| *category >= reached))
            .map(move |category| Batches {
                patient: self.patient,
                category,
                from_epoch: Some(self.window.from),
                to_epoch: Some(self.window.to),
                after: self.after.filter(|after| after.category == category),
            })
    }
}

// not inlined: wasmvm allows no function of more than 100 locals
#[inline(never)]
pub fn shred(
    storage: &mut dyn Storage,
    call: &Call<'_>,
    order: &Order,
) -> Result<(Event, ShredAnswer), ContractError> {
    let seen = look(storage, order)?;
    let go_on_after = seen.get(MAX_BATCHES.saturating_sub(1)).map(|(key, _)| *key);
    let mut shredded = 0u32;
    for (key, batch) in seen {
        if matches!(batch.content, Content::Kept(_)) {
            state::save_batch(storage, &key, &tombstone(batch, call))?;
            shredded = shredded.saturating_add(1);
        }
    }
    let answer = ShredAnswer {
        shredded,
        go_on_after: go_on_after.map(Into::into),
    };
    Ok((event(&answer), answer))
}

/// The next batches of the order, at most as many as one message looks at.
fn look(storage: &dyn Storage, order: &Order) -> Result<Vec<(BatchKey, Batch)>, ContractError> {
    let mut seen = Vec::new();
    for range in order.ranges() {
        let room = MAX_BATCHES.saturating_sub(seen.len());
        if room == 0 {
            break;
        }
        seen.extend(state::batches(storage, &range, room)?);
    }
    Ok(seen)
}

fn tombstone(batch: Batch, call: &Call<'_>) -> Batch {
    Batch {
        content: Content::Shredded(Shredding {
            by: call.sender.to_string(),
            at_ms: call.now_ms(),
        }),
        ..batch
    }
}

/// Of whom, only the message says.
fn event(answer: &ShredAnswer) -> Event {
    Event::new("shredded")
        .add_attribute("batches", answer.shredded.to_string())
        .add_attribute("complete", answer.go_on_after.is_none().to_string())
}
