//! A device closes a batch.

use vitals_core::device::{BatchHead, OpenBatch};
use vitals_core::link::{ClosedBatch, GatewayMessage, Refusal};
use vitals_core::measured::Measured;
use vitals_core::reading::Reading;
use vitals_core::time::epoch_of;

use super::check::Checked;
use super::group::{standing, stored, Group};
use super::refused::{refuse, Refused, Taken};
use crate::damage;
use crate::store::batch::{head_of, BatchRow, State};
use crate::GatewayError;

impl Group<'_> {
    pub(super) fn take_closed(
        &mut self,
        closed: &ClosedBatch,
        checked: &Checked,
    ) -> Result<Taken, GatewayError> {
        let measured = &closed.measured;
        let head = head_of(measured);
        let device = match self.speaker(&head)? {
            Ok(Some(device)) => device,
            Ok(None) => return Ok(Ok(None)),
            Err(refused) => return Ok(Err(refused)),
        };
        if !checked.is_signed(&device, head.sequence, &self.rules.deployment) {
            return Ok(refuse(Refusal::Signature, "gateway/batch_signature"));
        }
        let row = self.batch(head.device, head.sequence)?.cloned();
        let Some(row) = row.filter(|row| row.head == head) else {
            return Ok(refuse(Refusal::Batch, "gateway/batch_unknown"));
        };
        if row.state == State::Damaged {
            // heard; it is asked for again when somebody wants that
            return Ok(Ok(Some(standing(&row))));
        }
        if row.state != State::Open {
            return Ok(match row.measured.as_ref() == Some(measured) {
                true => Ok(Some(standing(&row))),
                false => refuse(Refusal::Batch, "gateway/batch_closed"),
            });
        }
        self.close(closed, &row)
    }

    fn close(&mut self, closed: &ClosedBatch, row: &BatchRow) -> Result<Taken, GatewayError> {
        let head = &row.head;
        if closed.measured.count > row.count {
            let refused = Refused::go_on_from(row.count, "gateway/readings_missing");
            return Ok(Err(refused));
        }
        let readings = self.store.readings(head);
        self.let_go(head)?;
        let agrees = match readings {
            Err(error) if error.is_of_batch() => {
                damage::mark(self.store, head, &error, self.now_ms)?;
                return Ok(Ok(Some(standing(row))));
            }
            readings => commits_to(closed, head, &readings?),
        };
        if !agrees {
            let why = "gateway/root";
            self.store.set_waiting(row, "root", why, self.now_ms)?;
            return Ok(refuse(Refusal::Root, why));
        }
        self.store.close_batch(closed, self.now_ms)?;
        self.brought.is_final = true;
        tracing::info!(
            device = head.device,
            sequence = head.sequence,
            "a batch was closed"
        );
        Ok(Ok(Some(self.closed(closed, head))))
    }

    fn closed(&self, closed: &ClosedBatch, head: &BatchHead) -> Vec<GatewayMessage> {
        let mut answers = stored(head, closed.measured.count);
        let category = head.category;
        let epoch = epoch_of(self.now_ms);
        answers.extend(epoch.map(|epoch| GatewayMessage::Open { category, epoch }));
        answers
    }
}

/// Whether the device signed exactly these readings: its own machine, run over them.
pub(crate) fn commits_to(closed: &ClosedBatch, head: &BatchHead, readings: &[Reading]) -> bool {
    rebuilt(closed, head, readings).as_ref() == Some(&closed.measured)
}

fn rebuilt(closed: &ClosedBatch, head: &BatchHead, readings: &[Reading]) -> Option<Measured> {
    let mut open = OpenBatch::open(*head, closed.seed).ok()?;
    for reading in readings {
        open.push(reading).ok()?;
    }
    let measured = &closed.measured;
    open.close(measured.private_root, measured.flags).ok()
}
