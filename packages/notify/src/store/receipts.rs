//! What was delivered to whom, when and by which route, or why it was not.

use rusqlite::{params, Row};
use serde::Serialize;

use super::{back, int, State, Store};
use crate::NotifyError;

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Receipt {
    pub id: String,
    /// The operator's label of the person.
    pub person: String,
    pub message: String,
    #[serde(serialize_with = "by_name")]
    pub state: State,
    /// Code of the last failure.
    pub why: Option<String>,
    pub tries: u64,
    pub made_ms: u64,
    pub ended_ms: Option<u64>,
    /// The last ones, oldest first.
    pub attempts: Vec<Attempt>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Attempt {
    pub at_ms: u64,
    /// Kind of the route.
    pub route: String,
    /// `delivered`, `gone`, or a code.
    pub outcome: String,
}

fn by_name<S: serde::Serializer>(state: &State, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(state.name())
}

impl Store {
    /// The newest first; of one person, or in one state, where that is named.
    pub fn receipts(
        &self,
        person: Option<&str>,
        state: Option<State>,
        limit: u32,
    ) -> Result<Vec<Receipt>, NotifyError> {
        let mut asked = self.db.prepare_cached(
            "SELECT id, person, message, state, why, tries, made_ms, ended_ms FROM notice
             WHERE (?1 IS NULL OR person = ?1) AND (?2 IS NULL OR state = ?2)
             ORDER BY made_ms DESC, rowid DESC LIMIT ?3",
        )?;
        let state = state.map(State::number);
        let found = asked.query_map(params![person, state, limit], receipt)?;
        let mut found: Vec<Receipt> = found.collect::<Result<_, _>>()?;
        for receipt in &mut found {
            receipt.attempts = self.attempts(&receipt.id)?;
        }
        Ok(found)
    }

    fn attempts(&self, id: &str) -> Result<Vec<Attempt>, NotifyError> {
        let mut asked = self.db.prepare_cached(
            "SELECT at_ms, route, outcome FROM attempt WHERE notice = ?1 ORDER BY number",
        )?;
        let found = asked.query_map([id], |row| {
            Ok(Attempt {
                at_ms: back(row.get(0)?),
                route: row.get(1)?,
                outcome: row.get(2)?,
            })
        })?;
        Ok(found.collect::<Result<_, _>>()?)
    }

    /// How many are in a state.
    pub fn count(&self, state: State) -> Result<u64, NotifyError> {
        let mut asked = self
            .db
            .prepare_cached("SELECT count(*) FROM notice WHERE state = ?1")?;
        Ok(back(asked.query_row([state.number()], |row| row.get(0))?))
    }

    /// Whether somebody could not be told since then.
    pub(crate) fn undelivered_since(&self, since_ms: u64) -> Result<bool, NotifyError> {
        let sql = "SELECT 1 FROM notice WHERE state = 3 AND ended_ms >= ?1";
        Ok(self.db.prepare_cached(sql)?.exists([int(since_ms)])?)
    }

    /// Removes what ended before, unless an alert of it is still to be carried on.
    pub(crate) fn forget(&self, before_ms: u64) -> Result<usize, NotifyError> {
        let sql = "DELETE FROM notice WHERE state > 0 AND carry_on = 0 AND ended_ms < ?1";
        Ok(self.db.execute(sql, [int(before_ms)])?)
    }
}

fn receipt(row: &Row<'_>) -> rusqlite::Result<Receipt> {
    Ok(Receipt {
        id: row.get(0)?,
        person: row.get(1)?,
        message: row.get(2)?,
        state: State::of(row.get(3)?),
        why: row.get(4)?,
        tries: back(row.get(5)?),
        made_ms: back(row.get(6)?),
        ended_ms: row.get::<_, Option<i64>>(7)?.map(back),
        attempts: Vec::new(),
    })
}
