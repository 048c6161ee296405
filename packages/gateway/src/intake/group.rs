//! One transaction of lines: each is taken by itself, and what they change together is written
//! once, at the end.

use std::collections::{BTreeMap, BTreeSet};

use vitals_core::device::BatchHead;
use vitals_core::link::{DeviceMessage, GatewayMessage, Refusal};
use vitals_core::time::Millis;

use super::aside::{speaks, PutAside};
use super::check::Checked;
use super::journal::Brought;
use super::refused::{code_of, Refused, Taken};
use super::{Inbound, Rules, State as Known, RECEIVED};
use crate::store::batch::{BatchRow, State};
use crate::store::device::DeviceRow;
use crate::store::quarantine::{COUNTER, DROPPED};
use crate::store::Store;
use crate::GatewayError;

pub(super) struct Group<'a> {
    pub rules: &'a Rules,
    pub store: &'a Store,
    pub state: &'a mut Known,
    pub now_ms: Millis,
    /// Batches whose rows are ahead of the store.
    pub advanced: BTreeSet<(u64, u64)>,
    /// Devices of which something was stored.
    pub seen: BTreeSet<u64>,
    /// For the analysis, at the end.
    pub brought: Brought,
    pub batteries: BTreeMap<u64, u8>,
    pub received: u64,
    pub aside: PutAside,
}

impl<'a> Group<'a> {
    pub fn new(rules: &'a Rules, store: &'a Store, state: &'a mut Known, now_ms: Millis) -> Self {
        Self {
            rules,
            store,
            state,
            now_ms,
            advanced: BTreeSet::new(),
            seen: BTreeSet::new(),
            brought: Brought::default(),
            batteries: BTreeMap::new(),
            received: 0,
            aside: PutAside::default(),
        }
    }

    /// The lines to send back; none at all where the line is to come again.
    pub fn take(
        &mut self,
        inbound: &Inbound,
        checked: &Checked,
    ) -> Result<Option<Vec<String>>, GatewayError> {
        let taken = match &checked.message {
            Err(error) => {
                let code = code_of(&error.to_string()).to_owned();
                Ok(Err(Refused::new(Refusal::Malformed, &code)))
            }
            Ok(message) if inbound.from.is_some_and(|from| from != speaks(message)) => {
                Ok(Err(Refused::new(Refusal::Device, "gateway/foreign")))
            }
            Ok(message) => self.take_message(message, checked),
        };
        let answers = match taken {
            Ok(Ok(answers)) => answers,
            Ok(Err(refused)) => Some(self.refuse(inbound, checked, &refused)?),
            Err(error) => unreadable(error)?,
        };
        if let (Some(_), Ok(DeviceMessage::Frame(frame))) = (&answers, &checked.message) {
            let readings = frame.unverified().readings().len();
            self.received += u64::try_from(readings).unwrap_or(0);
        }
        Ok(answers.map(|answers| answers.iter().map(GatewayMessage::to_line).collect()))
    }

    fn take_message(
        &mut self,
        message: &DeviceMessage,
        checked: &Checked,
    ) -> Result<Taken, GatewayError> {
        match message {
            DeviceMessage::Opened(head) => self.take_opened(head),
            DeviceMessage::Frame(frame) => self.take_frame(frame, checked),
            DeviceMessage::Closed(closed) => self.take_closed(closed, checked),
            DeviceMessage::Gap(gap) => self.take_gap(gap),
            DeviceMessage::Battery { device, percent } => self.take_battery(*device, *percent),
        }
    }

    fn take_battery(&mut self, device: u64, percent: u8) -> Result<Taken, GatewayError> {
        Ok(self.is_ours(device)?.map(|ours| {
            ours.then(|| {
                self.batteries.insert(device, percent);
                Vec::new()
            })
        }))
    }

    /// A batch's row as this group has it so far.
    pub fn batch(
        &mut self,
        device: u64,
        sequence: u64,
    ) -> Result<Option<&mut BatchRow>, GatewayError> {
        let key = (device, sequence);
        if !self.state.batches.contains_key(&key) {
            let Some(row) = self.store.batch(device, sequence)? else {
                return Ok(None);
            };
            self.state.batches.insert(key, row);
        }
        Ok(self.state.batches.get_mut(&key))
    }

    /// Writes a row and forgets it: from here on it changes in the store.
    pub fn let_go(&mut self, head: &BatchHead) -> Result<(), GatewayError> {
        let key = (head.device, head.sequence);
        let row = self.state.batches.remove(&key);
        match row.filter(|_| self.advanced.remove(&key)) {
            Some(row) => self.store.put_progress(&row),
            None => Ok(()),
        }
    }

    /// Writes what the lines changed together.
    pub fn finish(mut self) -> Result<(), GatewayError> {
        for batch in self.watch_brought()? {
            // of those closed meanwhile nothing is asked
            let row = self.state.batches.get_mut(&batch);
            if let Some(row) = row.filter(|_| self.advanced.contains(&batch)) {
                row.due = true;
            }
        }
        for key in &self.advanced {
            if let Some(row) = self.state.batches.get(key) {
                self.store.put_progress(row)?;
            }
        }
        for device in &self.seen {
            self.store.put_seen(*device, self.now_ms)?;
        }
        for (device, percent) in &self.batteries {
            self.store.put_battery(*device, *percent, self.now_ms)?;
        }
        self.store.count(COUNTER, self.aside.came)?;
        self.store.count(DROPPED, self.aside.dropped)?;
        self.store.count(RECEIVED, self.received)
    }
}

/// What of a batch cannot be read stops that batch, and no other line of the group: whatever does
/// is read before anything is written.
fn unreadable(error: GatewayError) -> Result<Option<Vec<GatewayMessage>>, GatewayError> {
    match error {
        GatewayError::StoreDamaged { .. } | GatewayError::StoreKey { .. } => {
            let code = code_of(&error.to_string()).to_owned();
            tracing::error!(code, "a line could not be taken");
            Ok(None)
        }
        error => Err(error),
    }
}

pub(super) fn stored(head: &BatchHead, count: u16) -> Vec<GatewayMessage> {
    let sequence = head.sequence;
    vec![GatewayMessage::Stored { sequence, count }]
}

/// Of a batch that takes readings here while the chain has one of its number: this store is older
/// than what was anchored, and what comes for it is there, or belongs behind it.
pub(super) fn passed(row: &BatchRow, device: &DeviceRow) -> Option<Vec<GatewayMessage>> {
    let sequence = device.anchored;
    let is_passed = row.state == State::Open && row.head.sequence <= sequence;
    is_passed.then(|| vec![GatewayMessage::Anchored { sequence }])
}

/// What a device is told that repeats itself.
pub(super) fn standing(row: &BatchRow) -> Vec<GatewayMessage> {
    let sequence = row.head.sequence;
    match row.state {
        State::Anchored => vec![GatewayMessage::Anchored { sequence }],
        _ => stored(&row.head, row.count),
    }
}
