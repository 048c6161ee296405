//! The state of the analysis, what it was given since that was written, and the care plan it
//! watches by.

use rusqlite::OptionalExtension;
use vitals_analysis::Plan;

use super::blob::Digest;
use super::{int, uint, Store};
use crate::at_rest::Place;
use crate::GatewayError;

const STATE: Place<'_> = Place {
    table: "watching",
    row: &[0],
};
const PLAN: Place<'_> = Place {
    table: "care_plan",
    row: &[0],
};

/// Readings that follow each other in a batch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Noted {
    pub device: u64,
    pub sequence: u64,
    pub first_index: u16,
    pub count: u16,
}

/// The care plan that was taken over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct CarePlan {
    pub version: u32,
    /// Of its encrypted file, as the chain has it.
    pub digest: Digest,
    pub plan: Plan,
}

impl Store {
    pub(crate) fn watching(&self) -> Result<Option<Vec<u8>>, GatewayError> {
        let sql = "SELECT state FROM watching";
        let mut query = self.db.prepare_cached(sql)?;
        let sealed: Option<Vec<u8>> = query.query_row([], |row| row.get(0)).optional()?;
        let state = sealed.map(|sealed| self.rest.open(STATE, &sealed));
        Ok(state.transpose()?.map(|state| state.to_vec()))
    }

    /// Nothing that was noted is needed any more.
    pub(crate) fn put_watching(&self, state: &[u8]) -> Result<(), GatewayError> {
        let sealed = self.rest.seal(STATE, state)?;
        let sql = "INSERT OR REPLACE INTO watching (id, state) VALUES (0, ?1)";
        self.db.prepare_cached(sql)?.execute([sealed])?;
        self.db.prepare_cached("DELETE FROM watched")?.execute([])?;
        Ok(())
    }

    pub(crate) fn note_watched(&self, group: u64, noted: &Noted) -> Result<(), GatewayError> {
        let sql = "INSERT INTO watched (number, device, sequence, first_index, count) \
                   VALUES (?1, ?2, ?3, ?4, ?5)";
        self.db.prepare_cached(sql)?.execute((
            int(group),
            int(noted.device),
            int(noted.sequence),
            noted.first_index,
            noted.count,
        ))?;
        Ok(())
    }

    /// By the number of the group, in their order.
    pub(crate) fn watched(&self) -> Result<Vec<(u64, Vec<Noted>)>, GatewayError> {
        let sql = "SELECT * FROM watched ORDER BY number, device, sequence";
        let mut query = self.db.prepare_cached(sql)?;
        let rows = query.query_map([], |row| {
            let noted = Noted {
                device: uint(row.get("device")?),
                sequence: uint(row.get("sequence")?),
                first_index: row.get("first_index")?,
                count: row.get("count")?,
            };
            Ok((uint(row.get("number")?), noted))
        })?;
        let mut groups: Vec<(u64, Vec<Noted>)> = Vec::new();
        for row in rows {
            let (number, noted) = row?;
            match groups.last_mut().filter(|(last, _)| *last == number) {
                Some((_, group)) => group.push(noted),
                None => groups.push((number, vec![noted])),
            }
        }
        Ok(groups)
    }

    pub(crate) fn care_plan_digest(&self) -> Result<Option<Digest>, GatewayError> {
        let mut query = self.db.prepare_cached("SELECT digest FROM care_plan")?;
        Ok(query.query_row([], |row| row.get(0)).optional()?)
    }

    /// Its version and digest.
    pub(crate) fn care_plan_known(&self) -> Result<Option<(u32, Digest)>, GatewayError> {
        let sql = "SELECT version, digest FROM care_plan";
        let mut query = self.db.prepare_cached(sql)?;
        let read = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, row.get(1)?));
        Ok(query.query_row([], read).optional()?)
    }

    pub(crate) fn care_plan_version(&self) -> Result<Option<u32>, GatewayError> {
        let mut query = self.db.prepare_cached("SELECT version FROM care_plan")?;
        Ok(query.query_row([], |row| row.get(0)).optional()?)
    }

    pub(crate) fn care_plan(&self) -> Result<Option<CarePlan>, GatewayError> {
        let sql = "SELECT version, digest, document FROM care_plan";
        let mut query = self.db.prepare_cached(sql)?;
        let row = query.query_row([], |row| {
            let sealed: Vec<u8> = row.get("document")?;
            Ok((row.get("version")?, row.get("digest")?, sealed))
        });
        let Some((version, digest, sealed)) = row.optional()? else {
            return Ok(None);
        };
        let document = self.rest.open(PLAN, &sealed)?;
        let plan = serde_json::from_slice(&document);
        Ok(Some(CarePlan {
            version,
            digest,
            plan: plan.map_err(|cause| GatewayError::damaged("care_plan", cause))?,
        }))
    }

    pub(crate) fn put_care_plan(&self, plan: &CarePlan) -> Result<(), GatewayError> {
        let document = serde_json::to_vec(&plan.plan);
        let document = document.map_err(|cause| GatewayError::damaged("care_plan", cause))?;
        let sealed = self.rest.seal(PLAN, &document)?;
        let sql = "INSERT OR REPLACE INTO care_plan (id, version, digest, document) \
                   VALUES (0, ?1, ?2, ?3)";
        self.db.execute(sql, (plan.version, plan.digest, sealed))?;
        Ok(())
    }

    pub(crate) fn forget_care_plan(&self) -> Result<(), GatewayError> {
        self.db.execute("DELETE FROM care_plan", [])?;
        Ok(())
    }
}
