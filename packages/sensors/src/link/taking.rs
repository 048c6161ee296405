//! Where a reading goes: into the open batch of its hour, or it waits until one is asked for.

use vitals_core::device::BatchHead;
use vitals_core::measure::Category;
use vitals_core::reading::Reading;
use vitals_core::time::{epoch_of, epoch_start, Epoch, Millis};

use super::batch::Batch;
use super::device::{Change, DeviceLink};
use super::framing::LinkStateError;
use crate::Sample;

/// A batch that holds so many is closed before the next time: values of one time stay together.
const FULL: usize = u16::MAX as usize - 64;

impl DeviceLink {
    /// Adds readings, each under a number of the caller's that tells it from all others it kept.
    /// They are put into batches by time, those of one time in order of their numbers.
    pub fn measure(
        &mut self,
        samples: impl IntoIterator<Item = (u64, Sample)>,
    ) -> Result<(), LinkStateError> {
        for (id, sample) in samples {
            self.wait(id, sample);
        }
        self.work()
    }

    pub(super) fn wait(&mut self, id: u64, sample: Sample) {
        let waiting = self.waiting.entry(sample.measure.category()).or_default();
        waiting.insert((sample.at_ms, id), sample);
    }

    /// Puts what waits into batches, as far as the gateway asked for them.
    pub(super) fn work(&mut self) -> Result<(), LinkStateError> {
        for category in Category::ALL {
            while self.place_next(category)? {}
        }
        Ok(())
    }

    /// Puts the oldest waiting reading of a category into its batch; whether that was possible.
    fn place_next(&mut self, category: Category) -> Result<bool, LinkStateError> {
        let Some((id, sample)) = self.oldest(category) else {
            return Ok(false);
        };
        let at_ms = sample.at_ms;
        let epoch = epoch_of(at_ms).ok_or(LinkStateError::Time { at_ms })?;
        let Some(sequence) = self.batch_for(category, epoch, at_ms)? else {
            return Ok(false);
        };
        self.place(sequence, id, sample)?;
        if let Some(waiting) = self.waiting.get_mut(&category) {
            waiting.remove(&(at_ms, id));
        }
        Ok(true)
    }

    fn oldest(&self, category: Category) -> Option<(u64, Sample)> {
        let ((_, id), sample) = self.waiting.get(&category)?.first_key_value()?;
        Some((*id, *sample))
    }

    /// The open batch of this hour. One of another hour, or a full one, is closed first; a new one
    /// is opened only when the gateway asked for it.
    fn batch_for(
        &mut self,
        category: Category,
        epoch: Epoch,
        at_ms: Millis,
    ) -> Result<Option<u64>, LinkStateError> {
        let open = |batch: &&Batch| batch.is_open() && batch.head().category == category;
        if let Some(batch) = self.batches.values().find(open) {
            let head = *batch.head();
            let full = batch.count() >= FULL && batch.last_ms() < Some(at_ms);
            if head.epoch == epoch && !full {
                return Ok(Some(head.sequence));
            }
            self.close(head.sequence)?;
        }
        match self.asked.get(&category) {
            Some(asked) if *asked >= epoch => {
                self.asked.remove(&category);
                self.open(category, epoch).map(Some)
            }
            _ => Ok(None),
        }
    }

    fn open(&mut self, category: Category, epoch: Epoch) -> Result<u64, LinkStateError> {
        let mut seed = [0; 32];
        getrandom::fill(&mut seed).map_err(|_| LinkStateError::Random)?;
        let sequence = self.identity.next_sequence;
        let head = BatchHead {
            device: self.identity.device,
            pairing: self.identity.pairing,
            sequence,
            category,
            epoch,
        };
        self.batches.insert(sequence, Batch::open(head, seed)?);
        self.identity.next_sequence = sequence.saturating_add(1);
        self.changes.push(Change::Opened { head, seed });
        Ok(sequence)
    }

    fn place(&mut self, sequence: u64, id: u64, sample: Sample) -> Result<(), LinkStateError> {
        let Some(batch) = self.batches.get_mut(&sequence) else {
            return Ok(());
        };
        let place = batch.push(id, reading(&sample, batch.head().epoch)?)?;
        let at_ms = sample.at_ms;
        self.placed.insert(sample.measure.category(), at_ms);
        self.changes.push(Change::Placed {
            id,
            sequence,
            place,
            measure: sample.measure,
            at_ms,
        });
        Ok(())
    }
}

pub(super) fn reading(sample: &Sample, epoch: Epoch) -> Result<Reading, LinkStateError> {
    let at_ms = sample.at_ms;
    let offset_ms = u32::try_from(at_ms.saturating_sub(epoch_start(epoch)))
        .map_err(|_| LinkStateError::Time { at_ms })?;
    Ok(Reading {
        measure: sample.measure,
        value: sample.value,
        offset_ms,
        flags: sample.flags,
    })
}
