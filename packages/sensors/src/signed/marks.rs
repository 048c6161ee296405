//! Which payloads came before.
//!
//! A measurement that names itself, by its number or its time, is the same whenever it comes
//! again. One that does not (a heart rate strap, a thermometer without clock) may well measure the
//! same twice: it is a repetition only at once, or when the transport says that it delivers again
//! and under which number it did so before.

use vitals_at_rest::{Mark, Marks};
use vitals_core::time::Millis;

use super::store::{int, uint, Store};
use super::taking::Arrival;
use crate::{Measurement, SensorError, Stamp};

/// A radio that repeats an indication does so within a connection interval or two; the fastest
/// of these sensors measures once a second.
const AT_ONCE_MS: u64 = 500;

/// For how long a payload that is delivered again is looked for among those that came.
const AGAIN_MS: u64 = 600_000;

/// Marks kept of measurements that name themselves: more than a meter's memory.
const MOST_STAMPED: i64 = 10_000;

/// How many payloads come between two clearings.
const CLEAR_EVERY: i64 = 64;

/// Names the marks of this store among those of its key.
pub(super) const MARKED: &str = "vitals-sensors mark";

/// The mark of a measurement, and whether it names itself.
fn mark_of(marks: &Marks, arrival: &Arrival<'_>, measurement: &Measurement) -> (Mark, bool) {
    let device = arrival.device.to_be_bytes();
    let characteristic = arrival.characteristic.to_be_bytes();
    let head: [&[u8]; 2] = [&device, &characteristic];
    match (measurement.stamp, measurement.own_number) {
        (Stamp::Local { ms }, Some(number)) => {
            let parts = [head[0], head[1], &number.to_be_bytes(), &ms.to_be_bytes()];
            (marks.of(&parts), true)
        }
        (stamp, _) => {
            let parts = [head[0], head[1], arrival.value];
            (marks.of(&parts), stamp != Stamp::Arrival)
        }
    }
}

impl Store {
    /// Notes that a measurement came; whether it is new.
    pub(super) fn is_new(
        &self,
        arrival: &Arrival<'_>,
        measurement: &Measurement,
    ) -> Result<bool, SensorError> {
        let (mark, stamped) = mark_of(&self.marks, arrival, measurement);
        let since = |last: Option<Millis>| last.map(|at_ms| arrival.at_ms.abs_diff(at_ms));
        let repeated = match since(self.last_seen(arrival, &mark)?) {
            Some(_) if stamped => true,
            Some(since) if since < AT_ONCE_MS => true,
            Some(_) if arrival.again => {
                let delivered = since(self.last_delivered(arrival, &mark)?);
                delivered.is_some_and(|since| since < AGAIN_MS)
            }
            _ => false,
        };
        if !repeated {
            self.note(arrival, &mark, stamped)?;
        }
        Ok(!repeated)
    }

    fn last_seen(&self, of: &Arrival<'_>, mark: &Mark) -> Result<Option<Millis>, SensorError> {
        let sql = "SELECT max(at_ms) FROM mark WHERE device = ?1 AND mark = ?2";
        let mut statement = self.db.prepare_cached(sql)?;
        let at_ms: Option<i64> = statement.query_row((int(of.device), mark), |row| row.get(0))?;
        Ok(at_ms.map(uint))
    }

    /// The same under the same number of the transport's, where it gives numbers.
    fn last_delivered(&self, of: &Arrival<'_>, mark: &Mark) -> Result<Option<Millis>, SensorError> {
        let sql = "SELECT max(at_ms) FROM mark
                   WHERE device = ?1 AND mark = ?2 AND delivery IS ?3";
        let mut statement = self.db.prepare_cached(sql)?;
        let row = (int(of.device), mark, of.delivery);
        let at_ms: Option<i64> = statement.query_row(row, |row| row.get(0))?;
        Ok(at_ms.map(uint))
    }

    fn note(&self, arrival: &Arrival<'_>, mark: &Mark, stamped: bool) -> Result<(), SensorError> {
        let (device, at_ms) = (int(arrival.device), int(arrival.at_ms));
        let sql = "INSERT INTO mark (device, stamped, mark, at_ms, delivery)
                   VALUES (?1, ?2, ?3, ?4, ?5)";
        let mut statement = self.db.prepare_cached(sql)?;
        statement.execute((device, stamped, mark, at_ms, arrival.delivery))?;
        if self.db.last_insert_rowid() % CLEAR_EVERY == 0 {
            self.clear(device, arrival.at_ms)?;
        }
        Ok(())
    }

    fn clear(&self, device: i64, now_ms: Millis) -> Result<(), SensorError> {
        let old = "DELETE FROM mark WHERE device = ?1 AND stamped = 0 AND at_ms < ?2";
        let before = int(now_ms.saturating_sub(AGAIN_MS));
        self.db.prepare_cached(old)?.execute((device, before))?;
        let many = "DELETE FROM mark WHERE device = ?1 AND stamped = 1 AND id <= (
                        SELECT id FROM mark WHERE device = ?1 AND stamped = 1
                        ORDER BY id DESC LIMIT 1 OFFSET ?2)";
        let mut statement = self.db.prepare_cached(many)?;
        statement.execute((device, MOST_STAMPED))?;
        Ok(())
    }
}
