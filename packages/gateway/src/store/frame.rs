//! Readings as they were stored, a frame at a time.

use rusqlite::OptionalExtension;
use vitals_core::device::BatchHead;
use vitals_core::reading::{Reading, READING_BYTES};
use zeroize::Zeroizing;

use super::{int, Store};
use crate::at_rest::{AtRest, Place};
use crate::GatewayError;

fn place(row: &[u64]) -> Place<'_> {
    Place {
        table: "frame",
        row,
    }
}

fn assessed_place(row: &[u64]) -> Place<'_> {
    Place {
        table: "assessed",
        row,
    }
}

/// As they are stored. It needs no connection: many threads may do it at once.
pub(crate) fn seal_readings(
    rest: &AtRest,
    head: &BatchHead,
    first_index: u16,
    readings: &[Reading],
) -> Result<Vec<u8>, GatewayError> {
    let bytes = Zeroizing::new(encode(readings));
    let row = [head.device, head.sequence, first_index.into()];
    rest.seal(place(&row), &bytes)
}

impl Store {
    pub(crate) fn put_readings(
        &self,
        head: &BatchHead,
        first_index: u16,
        readings: &[Reading],
    ) -> Result<(), GatewayError> {
        let sealed = seal_readings(&self.rest, head, first_index, readings)?;
        self.put_frame(head, first_index, &sealed, None)
    }

    /// Readings sealed by [`seal_readings`], with what the analysis says of each where it says
    /// something.
    pub(crate) fn put_frame(
        &self,
        head: &BatchHead,
        first_index: u16,
        sealed: &[u8],
        assessed: Option<&[u8]>,
    ) -> Result<(), GatewayError> {
        let row = [head.device, head.sequence, first_index.into()];
        let assessed = assessed
            .map(|bytes| self.rest.seal(assessed_place(&row), bytes))
            .transpose()?;
        let sql = "INSERT INTO frame (device, sequence, first_index, readings, assessed) \
                   VALUES (?1, ?2, ?3, ?4, ?5)";
        let (device, sequence) = (int(head.device), int(head.sequence));
        let values = (device, sequence, first_index, sealed, assessed);
        self.db.prepare_cached(sql)?.execute(values)?;
        Ok(())
    }

    /// The readings of the frame that begins here, if one does.
    pub(crate) fn readings_at(
        &self,
        head: &BatchHead,
        first_index: u16,
    ) -> Result<Option<Vec<Reading>>, GatewayError> {
        let sql = "SELECT readings FROM frame \
                   WHERE device = ?1 AND sequence = ?2 AND first_index = ?3";
        let key = (int(head.device), int(head.sequence), first_index);
        let mut query = self.db.prepare_cached(sql)?;
        let sealed: Option<Vec<u8>> = query.query_row(key, |row| row.get(0)).optional()?;
        sealed
            .map(|sealed| self.open_readings(head, first_index, &sealed))
            .transpose()
    }

    /// All readings of a batch, in order.
    pub(crate) fn readings(&self, head: &BatchHead) -> Result<Vec<Reading>, GatewayError> {
        let sql = "SELECT first_index, readings FROM frame \
                   WHERE device = ?1 AND sequence = ?2 ORDER BY first_index";
        let mut query = self.db.prepare_cached(sql)?;
        let rows = query.query_map((int(head.device), int(head.sequence)), |row| {
            Ok((row.get::<_, u16>(0)?, row.get::<_, Vec<u8>>(1)?))
        })?;
        self.opened(head, rows)
    }

    fn opened(
        &self,
        head: &BatchHead,
        frames: impl Iterator<Item = rusqlite::Result<(u16, Vec<u8>)>>,
    ) -> Result<Vec<Reading>, GatewayError> {
        let mut readings = Vec::new();
        for frame in frames {
            let (first_index, sealed) = frame?;
            readings.extend(self.open_readings(head, first_index, &sealed)?);
        }
        Ok(readings)
    }

    /// Of the frames of a batch that begin within this run.
    pub(crate) fn readings_of(
        &self,
        head: &BatchHead,
        first_index: u16,
        count: u16,
    ) -> Result<Vec<Reading>, GatewayError> {
        let sql = "SELECT first_index, readings FROM frame WHERE device = ?1 AND sequence = ?2 \
                   AND first_index >= ?3 AND first_index < ?4 ORDER BY first_index";
        let mut query = self.db.prepare_cached(sql)?;
        let end = u32::from(first_index) + u32::from(count);
        let (device, sequence) = (int(head.device), int(head.sequence));
        let rows = query.query_map((device, sequence, first_index, end), |row| {
            Ok((row.get::<_, u16>(0)?, row.get::<_, Vec<u8>>(1)?))
        })?;
        self.opened(head, rows)
    }

    pub(crate) fn forget_readings(&self, head: &BatchHead) -> Result<(), GatewayError> {
        let sql = "DELETE FROM frame WHERE device = ?1 AND sequence = ?2";
        self.db
            .execute(sql, (int(head.device), int(head.sequence)))?;
        Ok(())
    }

    fn open_readings(
        &self,
        head: &BatchHead,
        first_index: u16,
        sealed: &[u8],
    ) -> Result<Vec<Reading>, GatewayError> {
        let row = [head.device, head.sequence, first_index.into()];
        decode(&self.rest.open(place(&row), sealed)?)
    }
}

pub(crate) fn encode(readings: &[Reading]) -> Vec<u8> {
    readings.iter().flat_map(Reading::to_bytes).collect()
}

pub(crate) fn decode(bytes: &[u8]) -> Result<Vec<Reading>, GatewayError> {
    bytes
        .chunks(READING_BYTES)
        .map(Reading::from_bytes)
        .collect::<Result<_, _>>()
        .map_err(|cause| GatewayError::damaged("frame", cause))
}
