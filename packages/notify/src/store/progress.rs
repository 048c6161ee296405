//! How far the chain was read, and what to look at again.

use rusqlite::{params, OptionalExtension};

use super::put::put_all;
use super::{back, int, Store};
use crate::{NotifyError, Telling};

/// The last block that was read.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Progress {
    pub height: u64,
    pub time_ms: u64,
    /// The highest number of an alert that was looked at.
    pub alert: u64,
}

/// Blocks that could not be read: what happened in them nobody was told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gap {
    pub from: u64,
    pub to: u64,
    /// A code.
    pub why: String,
    pub noted_ms: u64,
}

/// Something to look at again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Later {
    pub kind: String,
    pub about: String,
    /// Block seconds.
    pub at_s: u64,
}

/// An alert of which somebody could not be told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Carried {
    pub id: String,
    pub alert: u64,
    pub tier: u8,
}

impl Store {
    pub(crate) fn progress(&self) -> Result<Option<Progress>, NotifyError> {
        let read = |row: &rusqlite::Row<'_>| {
            Ok(Progress {
                height: back(row.get(0)?),
                time_ms: back(row.get(1)?),
                alert: back(row.get(2)?),
            })
        };
        let sql = "SELECT height, time_ms, alert FROM progress";
        Ok(self.db.query_row(sql, [], read).optional()?)
    }

    /// A block and what follows from it, together: a block is read again after a crash, or is
    /// told for good.
    pub(crate) fn advance(
        &mut self,
        to: Progress,
        tellings: &[Telling],
        later: &[Later],
        now_ms: u64,
    ) -> Result<usize, NotifyError> {
        let tx = self.db.transaction()?;
        let new = put_all(&tx, tellings, now_ms)?;
        for Later { kind, about, at_s } in later {
            tx.execute(
                "INSERT OR REPLACE INTO later (kind, about, at_s) VALUES (?1, ?2, ?3)",
                params![kind, about, int(*at_s)],
            )?;
        }
        tx.execute(
            "INSERT INTO progress (one, height, time_ms, alert) VALUES (1, ?1, ?2, ?3)
             ON CONFLICT (one) DO UPDATE SET height = ?1, time_ms = ?2, alert = max(alert, ?3)",
            params![int(to.height), int(to.time_ms), int(to.alert)],
        )?;
        tx.commit()?;
        Ok(new)
    }

    /// Every alert that was open is looked at again at once.
    pub(crate) fn note_gap(&mut self, gap: &Gap) -> Result<(), NotifyError> {
        let tx = self.db.transaction()?;
        tx.execute(
            "INSERT OR REPLACE INTO gap (from_height, to_height, why, noted_ms) VALUES (?1, ?2, ?3, ?4)",
            params![int(gap.from), int(gap.to), gap.why, int(gap.noted_ms)],
        )?;
        tx.execute("UPDATE later SET at_s = 0", [])?;
        Ok(tx.commit()?)
    }

    /// Oldest first.
    pub fn gaps(&self) -> Result<Vec<Gap>, NotifyError> {
        let mut asked = self.db.prepare(
            "SELECT from_height, to_height, why, noted_ms FROM gap ORDER BY from_height",
        )?;
        let gaps = asked.query_map([], |row| {
            Ok(Gap {
                from: back(row.get(0)?),
                to: back(row.get(1)?),
                why: row.get(2)?,
                noted_ms: back(row.get(3)?),
            })
        })?;
        Ok(gaps.collect::<Result<_, _>>()?)
    }

    pub(crate) fn later(&self, block_s: u64, limit: u32) -> Result<Vec<Later>, NotifyError> {
        let mut asked = self.db.prepare_cached(
            "SELECT kind, about, at_s FROM later WHERE at_s <= ?1 ORDER BY at_s LIMIT ?2",
        )?;
        let found = asked.query_map(params![int(block_s), limit], |row| {
            Ok(Later {
                kind: row.get(0)?,
                about: row.get(1)?,
                at_s: back(row.get(2)?),
            })
        })?;
        Ok(found.collect::<Result<_, _>>()?)
    }

    /// What a look led to: people to tell, and when to look again, if ever.
    pub(crate) fn looked(
        &mut self,
        at: &Later,
        again_s: Option<u64>,
        tellings: &[Telling],
        now_ms: u64,
    ) -> Result<usize, NotifyError> {
        let tx = self.db.transaction()?;
        let new = put_all(&tx, tellings, now_ms)?;
        match again_s {
            Some(at_s) => tx.execute(
                "UPDATE later SET at_s = ?3 WHERE kind = ?1 AND about = ?2",
                params![at.kind, at.about, int(at_s)],
            )?,
            None => tx.execute(
                "DELETE FROM later WHERE kind = ?1 AND about = ?2",
                params![at.kind, at.about],
            )?,
        };
        tx.commit()?;
        Ok(new)
    }

    pub(crate) fn to_carry_on(&self) -> Result<Vec<Carried>, NotifyError> {
        let mut asked = self.db.prepare_cached(
            "SELECT id, alert, tier FROM notice WHERE carry_on = 1 ORDER BY id LIMIT 100",
        )?;
        let found = asked.query_map([], |row| {
            Ok(Carried {
                id: row.get(0)?,
                alert: back(row.get(1)?),
                tier: row.get(2)?,
            })
        })?;
        Ok(found.collect::<Result<_, _>>()?)
    }

    pub(crate) fn carried_on(&self, id: &str) -> Result<(), NotifyError> {
        let sql = "UPDATE notice SET carry_on = 0 WHERE id = ?1";
        self.db.execute(sql, [id])?;
        Ok(())
    }
}
