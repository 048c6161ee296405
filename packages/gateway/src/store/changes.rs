//! How a batch's row changes. Several of these make one transaction of the caller's.

use rusqlite::{OptionalExtension, ToSql};
use vitals_core::device::BatchHead;
use vitals_core::link::ClosedBatch;
use vitals_core::measure::Measure;
use vitals_core::measured::Seal;
use vitals_core::salt::Seed;
use vitals_core::time::Millis;

use super::batch::{head_of, BatchRow, State, DAMAGED};
use super::{int, Store};
use crate::at_rest::Place;
use crate::GatewayError;

fn seed_place(row: &[u64]) -> Place<'_> {
    Place { table: "seed", row }
}

impl Store {
    pub(crate) fn advance(
        &self,
        head: &BatchHead,
        count: u16,
        last_ms: u32,
    ) -> Result<(), GatewayError> {
        self.change(head, "count = ?3, last_ms = ?4", (count, last_ms))
    }

    /// What frames change of it, as the row has it now.
    pub(crate) fn put_progress(&self, row: &BatchRow) -> Result<(), GatewayError> {
        let sql = "UPDATE batch SET count = ?3, last_ms = ?4, due = ?5, half = ?6, \
                   implausible = ?7, poor = ?8, sudden = ?9 WHERE device = ?1 AND sequence = ?2";
        let flagged = &row.flagged;
        self.db.prepare_cached(sql)?.execute((
            int(row.head.device),
            int(row.head.sequence),
            row.count,
            row.last_ms,
            row.due,
            row.half.map_or(0, Measure::code),
            int(flagged.implausible),
            int(flagged.poor),
            int(flagged.sudden),
        ))?;
        Ok(())
    }

    pub(crate) fn make_due(&self, head: &BatchHead) -> Result<(), GatewayError> {
        self.change(head, "due = ?3 | ?4", (true, false))
    }

    /// All of a pairing that are open.
    pub(crate) fn make_pairing_due(&self, device: u64, pairing: u32) -> Result<(), GatewayError> {
        let sql = "UPDATE batch SET due = 1 \
                   WHERE device = ?1 AND pairing = ?2 AND state = ?3 AND due = 0";
        self.db.execute(sql, (int(device), pairing, State::Open))?;
        Ok(())
    }

    pub(crate) fn close_batch(
        &self,
        closed: &ClosedBatch,
        now_ms: Millis,
    ) -> Result<(), GatewayError> {
        let head = head_of(&closed.measured);
        self.put_seed(&head, &closed.seed)?;
        let parts = (closed.measured.to_bytes(), closed.signature);
        self.change(&head, "measured = ?3, signature = ?4", parts)?;
        self.set_state(&head, State::Closed, "to_seal", now_ms)
    }

    pub(crate) fn put_seed(&self, head: &BatchHead, seed: &Seed) -> Result<(), GatewayError> {
        let place = [head.device, head.sequence];
        let sealed = self.rest.seal(seed_place(&place), seed)?;
        self.change(head, "seed = ?3, due = ?4", (sealed, 0))
    }

    pub(crate) fn seed(&self, head: &BatchHead) -> Result<Seed, GatewayError> {
        let sql = "SELECT seed FROM batch WHERE device = ?1 AND sequence = ?2";
        let key = (int(head.device), int(head.sequence));
        let sealed: Vec<u8> = self.db.query_row(sql, key, |row| row.get(0))?;
        let place = [head.device, head.sequence];
        let seed = self.rest.open(seed_place(&place), &sealed)?;
        Seed::try_from(seed.as_slice()).map_err(|cause| GatewayError::damaged("seed", cause))
    }

    /// A seal that was given to the chain stays in the blobs until the outcome is known.
    pub(crate) fn set_seal(
        &self,
        head: &BatchHead,
        seal: &Seal,
        now_ms: Millis,
    ) -> Result<(), GatewayError> {
        self.change(
            head,
            "generation = ?3, digest = ?4",
            (seal.generation, seal.digest),
        )?;
        self.change(head, "length = ?3, sent = ?4", (seal.length, false))?;
        self.set_state(head, State::Sealed, "vault", now_ms)
    }

    pub(crate) fn set_sent(&self, head: &BatchHead, sent: bool) -> Result<(), GatewayError> {
        self.change(head, "sent = ?3 & ?4", (sent, 1))
    }

    /// Only the patient can read it from now on: readings and seed go.
    pub(crate) fn park(
        &self,
        head: &BatchHead,
        file: &[u8],
        waiting: &str,
        now_ms: Millis,
    ) -> Result<(), GatewayError> {
        let none: Option<Vec<u8>> = None;
        self.change(head, "parked = ?3, seed = ?4", (file, none))?;
        self.forget_readings(head)?;
        self.set_state(head, State::Parked, waiting, now_ms)
    }

    pub(crate) fn parked_file(&self, head: &BatchHead) -> Result<Option<Vec<u8>>, GatewayError> {
        let sql = "SELECT parked FROM batch WHERE device = ?1 AND sequence = ?2";
        let key = (int(head.device), int(head.sequence));
        let file: Option<Option<Vec<u8>>> =
            self.db.query_row(sql, key, |row| row.get(0)).optional()?;
        Ok(file.flatten())
    }

    /// Its device sends the readings again, from the first.
    pub(crate) fn reopen(&self, head: &BatchHead, now_ms: Millis) -> Result<(), GatewayError> {
        self.advance(head, 0, 0)?;
        self.change(head, "due = ?3, again = ?4", (true, true))?;
        self.change(head, "half = ?3 | ?4", (0, 0))?;
        self.set_state(head, State::Open, "device", now_ms)
    }

    /// On the chain: nothing of it but its numbers is needed any more, and its ciphertext until
    /// every vault has it.
    pub(crate) fn finish(&self, head: &BatchHead, now_ms: Millis) -> Result<(), GatewayError> {
        let none: Option<Vec<u8>> = None;
        self.change(head, "seed = ?3, parked = ?4", (&none, &none))?;
        self.change(head, "sent = ?3, due = ?4", (false, false))?;
        self.forget_readings(head)?;
        self.set_state(head, State::Anchored, "", now_ms)
    }

    /// Nothing stored of it is touched: it may be all that there is.
    pub(crate) fn set_damaged(
        &self,
        head: &BatchHead,
        detail: &str,
        now_ms: Millis,
    ) -> Result<(), GatewayError> {
        self.set_state(head, State::Damaged, DAMAGED, now_ms)?;
        self.change(head, "waiting = ?3, detail = ?4", (DAMAGED, detail))
    }

    pub(crate) fn set_state(
        &self,
        head: &BatchHead,
        state: State,
        waiting: &str,
        now_ms: Millis,
    ) -> Result<(), GatewayError> {
        self.change(head, "state = ?3, since_ms = ?4", (state, int(now_ms)))?;
        self.change(head, "waiting = ?3, detail = ?4", (waiting, ""))
    }

    /// Why it waits; since when stays while the reason is the same.
    pub(crate) fn set_waiting(
        &self,
        row: &BatchRow,
        waiting: &str,
        detail: &str,
        now_ms: Millis,
    ) -> Result<(), GatewayError> {
        if row.waiting == waiting && row.detail == detail {
            return Ok(());
        }
        let since_ms = if row.waiting == waiting {
            row.since_ms
        } else {
            now_ms
        };
        // The other connection may have brought it on since it was read.
        let sql = "UPDATE batch SET waiting = ?4, detail = ?5, since_ms = ?6 \
                   WHERE device = ?1 AND sequence = ?2 AND state = ?3";
        let (device, sequence) = (int(row.head.device), int(row.head.sequence));
        let since_ms = int(since_ms);
        let values = (device, sequence, row.state, waiting, detail, since_ms);
        self.db.prepare_cached(sql)?.execute(values)?;
        Ok(())
    }

    fn change(
        &self,
        head: &BatchHead,
        columns: &str,
        values: (impl ToSql, impl ToSql),
    ) -> Result<(), GatewayError> {
        let sql = format!("UPDATE batch SET {columns} WHERE device = ?1 AND sequence = ?2");
        let (device, sequence) = (int(head.device), int(head.sequence));
        let key = (device, sequence, values.0, values.1);
        self.db.prepare_cached(&sql)?.execute(key)?;
        Ok(())
    }
}
