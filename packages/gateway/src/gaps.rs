//! Holes that devices signed for go to the chain in the order of their numbers; and what the
//! gateway holds of the batches in them is kept for the patient.

use cosmwasm_std::Binary;
use vitals_api::anchor::ExecuteMsg;
use vitals_core::link::GatewayMessage;
use vitals_core::salt::SEED_BYTES;
use vitals_core::time::Millis;
use vitals_ledger::{Account, Call, LedgerError};
use zeroize::Zeroizing;

use crate::blob::BlobStore;
use crate::gateway::Progress;
use crate::intake::code_of;
use crate::parking::{content, encrypt};
use crate::store::batch::{BatchRow, State};
use crate::store::frame;
use crate::store::gap::{GapRow, GapStage};
use crate::verdict::Verdict;
use crate::{Gateway, GatewayError};

impl<L: Account, V: BlobStore> Gateway<L, V> {
    pub(crate) fn note_gaps(
        &mut self,
        now_ms: Millis,
        progress: &mut Progress,
    ) -> Result<(), GatewayError> {
        for row in self.store.open_gaps()? {
            match self.chain_head(row.notice.device) {
                Ok(head) if head >= row.last() => self.noted(&row, now_ms, progress)?,
                Ok(head) if head.checked_add(1) != Some(row.notice.from) => {
                    self.gap_waits(&row, "earlier_batch", "", now_ms)?;
                }
                Ok(_) if row.stage == GapStage::Waiting => {
                    self.note_gap(&row, now_ms, progress)?;
                }
                Ok(_) => (),
                Err(error) => self.gap_waits(&row, "chain", &error.to_string(), now_ms)?,
            }
        }
        Ok(())
    }

    fn note_gap(
        &mut self,
        row: &GapRow,
        now_ms: Millis,
        progress: &mut Progress,
    ) -> Result<(), GatewayError> {
        let verdict = Verdict::of(&self.send_gap(row));
        self.note_verdict(&verdict, now_ms)?;
        match verdict {
            Verdict::Done => self.noted(row, now_ms, progress),
            Verdict::Later(hindrance, reason) => {
                self.gap_waits(row, hindrance.waiting(), &reason, now_ms)
            }
            // The chain's number of the device tells, at the next tick.
            Verdict::Unknown(reason) => self.gap_waits(row, "chain", &reason, now_ms),
            Verdict::Refused(reason) | Verdict::TooMuch(reason) => {
                tracing::error!(device = row.notice.device, "the chain refused a gap notice");
                self.store
                    .set_gap(row, GapStage::Refused, "refused", &reason, now_ms)
            }
        }
    }

    fn send_gap(&self, row: &GapRow) -> Result<(), LedgerError> {
        let msg = ExecuteMsg::NoteGap {
            notice: Binary::new(row.notice.to_bytes()),
            signature: Binary::new(row.signature.to_vec()),
        };
        let call = Call::new(&self.config.deployment.vitals_anchor, &msg)?;
        self.ledger.execute(&[call]).map(|_| ())
    }

    fn noted(
        &self,
        row: &GapRow,
        now_ms: Millis,
        progress: &mut Progress,
    ) -> Result<(), GatewayError> {
        self.store.set_gap(row, GapStage::Noted, "", "", now_ms)?;
        tracing::info!(device = row.notice.device, "a gap was noted");
        let sequence = row.last();
        progress.tell(row.notice.device, GatewayMessage::Anchored { sequence });
        Ok(())
    }

    fn gap_waits(
        &self,
        row: &GapRow,
        waiting: &str,
        detail: &str,
        now_ms: Millis,
    ) -> Result<(), GatewayError> {
        self.store.set_gap(row, row.stage, waiting, detail, now_ms)
    }

    /// Readings that were stored, of a batch its device can no longer close. Nobody can prove
    /// them; the patient gets them: an age file in the form of a parked one, the seed zeros.
    pub(crate) fn keep_given_up(&mut self, now_ms: Millis) -> Result<(), GatewayError> {
        let rows = self.store.to_keep()?;
        if rows.is_empty() {
            return Ok(());
        }
        let Ok(Some(recipient)) = self.recipient() else {
            return Ok(());
        };
        for row in rows {
            if self.store.parked_file(&row.head)?.is_some() {
                // the patient has it already, and signed: it was to come a second time
                self.store.keep_parked(&row, now_ms)?;
                continue;
            }
            let readings = match self.store.readings(&row.head) {
                Err(error) if error.is_of_batch() => {
                    self.cannot_keep(&row, &error, now_ms)?;
                    continue;
                }
                readings => frame::encode(&readings?),
            };
            let content = Zeroizing::new(content(&[0; SEED_BYTES], &readings));
            let Some(file) = encrypt(&recipient, &content) else {
                return Ok(());
            };
            let tx = self.store.begin()?;
            self.store.keep(&row, &file, now_ms)?;
            tx.commit()?;
            self.to_flush = true;
        }
        Ok(())
    }

    fn cannot_keep(
        &self,
        row: &BatchRow,
        error: &GatewayError,
        now_ms: Millis,
    ) -> Result<(), GatewayError> {
        let (device, sequence) = (row.head.device, row.head.sequence);
        let code = code_of(&error.to_string()).to_owned();
        tracing::error!(
            device,
            sequence,
            code,
            "a batch given up cannot be kept: it is damaged"
        );
        let (head, state) = (&row.head, State::GivenUp);
        self.store.set_state(head, state, "damaged", now_ms)
    }
}
