//! What a device is told when its link is new.

use vitals_core::link::{GatewayMessage, Refusal};
use vitals_core::measure::Category;
use vitals_core::time::{epoch_of, Millis};

use super::Intake;
use crate::store::batch::State;
use crate::store::device::DeviceRow;
use crate::store::Store;
use crate::GatewayError;

impl Intake {
    /// A link to a device is new: what it may forget, and what it is asked for. Where its batches
    /// stand it learns when it announces them. Nothing where the device is not known yet: it is
    /// greeted when the registry was asked.
    pub fn greet(&mut self, device: u64, now_ms: Millis) -> Result<Vec<String>, GatewayError> {
        self.state.catch_up(&self.store)?;
        let messages = match self.state.devices.get(&device) {
            Some(known) => greeting(&self.store, known, now_ms)?,
            None if self.store.was_asked(device, now_ms)? => vec![GatewayMessage::Refused {
                sequence: 0,
                reason: Refusal::Device,
            }],
            None => Vec::new(),
        };
        Ok(messages.iter().map(GatewayMessage::to_line).collect())
    }
}

fn greeting(
    store: &Store,
    device: &DeviceRow,
    now_ms: Millis,
) -> Result<Vec<GatewayMessage>, GatewayError> {
    let sequence = store.last_anchored(device.device)?.max(device.anchored);
    let mut messages = vec![GatewayMessage::Anchored { sequence }];
    messages.extend(opens(store, device, now_ms)?);
    Ok(messages)
}

/// A batch of this hour for each category the device measures and has none open of; none of one
/// that was given back.
pub(crate) fn opens(
    store: &Store,
    device: &DeviceRow,
    now_ms: Millis,
) -> Result<Vec<GatewayMessage>, GatewayError> {
    let Some(epoch) = epoch_of(now_ms).filter(|_| device.is_paired()) else {
        return Ok(Vec::new());
    };
    let open = store.batches(State::Open)?;
    let takes = |category: &Category| {
        open.iter().any(|row| {
            row.head.device == device.device
                && row.head.category == *category
                && row.head.epoch == epoch
        })
    };
    let categories = device.categories.members().into_iter();
    Ok(categories
        .filter(|category| !takes(category))
        .map(|category| GatewayMessage::Open { category, epoch })
        .collect())
}
