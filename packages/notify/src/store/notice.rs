//! Notifications that wait, and what becomes of them.

use rusqlite::{params, Row, Transaction};

use super::put::{for_operators, give_up, put_all};
use super::{back, int, Store};
use crate::people::People;
use crate::{Message, NotifyError, Urgency};

/// Attempts of one notification that are kept.
const MAX_ATTEMPTS: i64 = 20;
/// No wait is longer: a time further off was set by a clock that has jumped back since.
const LONGEST_WAIT_MS: u64 = 3_600_000;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    Waiting,
    Delivered,
    /// Somebody answered, or it was over, before it was delivered.
    Answered,
    /// Not delivered in its time.
    Undelivered,
}

impl State {
    pub(super) fn number(self) -> i64 {
        match self {
            Self::Waiting => 0,
            Self::Delivered => 1,
            Self::Answered => 2,
            Self::Undelivered => 3,
        }
    }

    pub(super) fn of(number: i64) -> Self {
        match number {
            0 => Self::Waiting,
            1 => Self::Delivered,
            2 => Self::Answered,
            _ => Self::Undelivered,
        }
    }

    pub fn name(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Delivered => "delivered",
            Self::Answered => "answered",
            Self::Undelivered => "undelivered",
        }
    }
}

/// Something that a person is to be told of, once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Telling {
    /// What happened: the same thing is told nobody twice.
    pub thing: String,
    /// Of the person.
    pub person: String,
    pub message: Message,
    pub urgency: Urgency,
    /// The alert and its tier, where somebody has to answer it.
    pub alert: Option<(u64, u8)>,
    /// From now on; after that it is of no use.
    pub within_ms: u64,
}

/// What can be tried now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Due {
    pub id: String,
    pub message: Message,
    pub urgency: Urgency,
    pub route: usize,
    pub round: u32,
    /// From then on.
    pub next_ms: u64,
    pub deadline_ms: u64,
}

/// What waits although its time is over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Late {
    pub id: String,
    pub person: String,
    pub urgency: Urgency,
    /// By each of the person's routes.
    pub tried: bool,
}

/// What an attempt led to.
pub(crate) struct Tried<'a> {
    pub id: &'a str,
    pub at_ms: u64,
    /// The route's kind.
    pub route: &'a str,
    pub outcome: &'a str,
}

impl Store {
    /// All of them, or none; which were new. Of too long a queue the least urgent is undelivered at once.
    pub fn tell(&mut self, tellings: &[Telling], now_ms: u64) -> Result<usize, NotifyError> {
        let tx = self.db.transaction()?;
        let new = put_all(&tx, tellings, now_ms)?;
        tx.commit()?;
        Ok(new)
    }

    /// People for whom something can be tried now.
    pub(crate) fn due_people(&self, now_ms: u64) -> Result<Vec<String>, NotifyError> {
        let mut asked = self.db.prepare_cached(
            "SELECT DISTINCT person FROM notice WHERE state = 0 AND (next_ms <= ?1 OR next_ms > ?2)",
        )?;
        let people = asked.query_map(params![int(now_ms), jumped(now_ms)], |row| row.get(0))?;
        Ok(people.collect::<Result<_, _>>()?)
    }

    /// The most urgent first, then the longest due.
    pub(crate) fn due(
        &self,
        person: &str,
        least: Urgency,
        now_ms: u64,
        limit: usize,
    ) -> Result<Vec<Due>, NotifyError> {
        let mut asked = self.db.prepare_cached(
            "SELECT id, message, urgency, route, round, next_ms, deadline_ms FROM notice
             WHERE state = 0 AND person = ?1 AND urgency >= ?2 AND (next_ms <= ?3 OR next_ms > ?4)
             ORDER BY urgency DESC, next_ms LIMIT ?5",
        )?;
        let limit = int(limit as u64);
        let found = asked.query_map(
            params![person, least.level(), int(now_ms), jumped(now_ms), limit],
            due,
        )?;
        let found: Vec<Option<Due>> = found.collect::<Result<_, _>>()?;
        Ok(found.into_iter().flatten().collect())
    }

    pub(crate) fn delivered(&mut self, tried: &Tried<'_>) -> Result<(), NotifyError> {
        let tx = self.db.transaction()?;
        note(&tx, tried)?;
        // One that was answered or given up meanwhile was delivered all the same.
        tx.execute(
            "UPDATE notice SET state = 1, why = NULL, ended_ms = ?2, carry_on = 0 WHERE id = ?1",
            params![tried.id, int(tried.at_ms)],
        )?;
        Ok(tx.commit()?)
    }

    /// It is tried again, by this route, at this time.
    pub(crate) fn failed(
        &mut self,
        tried: &Tried<'_>,
        route: usize,
        round: u32,
        next_ms: u64,
    ) -> Result<(), NotifyError> {
        let tx = self.db.transaction()?;
        note(&tx, tried)?;
        tx.execute(
            "UPDATE notice SET why = ?2, route = ?3, round = ?4, next_ms = ?5
             WHERE id = ?1 AND state = 0",
            params![
                tried.id,
                tried.outcome,
                int(route as u64),
                round,
                int(next_ms)
            ],
        )?;
        Ok(tx.commit()?)
    }

    /// All routes are tried again, from the first, at this time.
    pub(crate) fn begin_round(
        &self,
        id: &str,
        round: u32,
        next_ms: u64,
    ) -> Result<(), NotifyError> {
        let sql = "UPDATE notice SET route = 0, round = ?2, next_ms = ?3 WHERE id = ?1";
        let mut asked = self.db.prepare_cached(sql)?;
        asked.execute(params![id, round, int(next_ms)])?;
        Ok(())
    }

    /// Ends it undelivered, and tells the operators: of themselves they are told nothing.
    pub(crate) fn give_up(
        &mut self,
        id: &str,
        why: &str,
        people: &People,
        now_ms: u64,
    ) -> Result<(), NotifyError> {
        let tx = self.db.transaction()?;
        give_up(&tx, id, why, now_ms)?;
        put_all(&tx, &for_operators(&tx, id, people)?, now_ms)?;
        Ok(tx.commit()?)
    }

    /// Those whose time is over.
    pub(crate) fn late(&self, now_ms: u64) -> Result<Vec<Late>, NotifyError> {
        let mut asked = self.db.prepare_cached(
            "SELECT id, person, urgency, round FROM notice WHERE state = 0 AND deadline_ms <= ?1",
        )?;
        let found = asked.query_map([int(now_ms)], |row| {
            Ok(Late {
                id: row.get(0)?,
                person: row.get(1)?,
                urgency: Urgency::of_level(row.get(2)?).unwrap_or(Urgency::Urgent),
                tried: row.get::<_, u32>(3)? > 0,
            })
        })?;
        Ok(found.collect::<Result<_, _>>()?)
    }

    /// Somebody answered the alert, or it is over: nobody else is told of it, and none of those
    /// who were not is carried on.
    pub(crate) fn answered(&mut self, alert: u64, now_ms: u64) -> Result<usize, NotifyError> {
        let tx = self.db.transaction()?;
        let ended = tx.execute(
            "UPDATE notice SET state = 2, ended_ms = ?2
             WHERE state = 0 AND alert = ?1 AND alert IS NOT NULL",
            params![int(alert), int(now_ms)],
        )?;
        tx.execute(
            "UPDATE notice SET carry_on = 0 WHERE carry_on = 1 AND alert = ?1",
            [int(alert)],
        )?;
        tx.commit()?;
        Ok(ended)
    }

    pub(crate) fn gone(&self, route: &str, now_ms: u64) -> Result<(), NotifyError> {
        self.db.execute(
            "INSERT OR IGNORE INTO gone (route, at_ms) VALUES (?1, ?2)",
            params![route, int(now_ms)],
        )?;
        Ok(())
    }

    /// Whether nobody is behind a route any more.
    pub fn is_gone(&self, route: &str) -> Result<bool, NotifyError> {
        let mut asked = self
            .db
            .prepare_cached("SELECT 1 FROM gone WHERE route = ?1")?;
        Ok(asked.exists([route])?)
    }
}

fn jumped(now_ms: u64) -> i64 {
    int(now_ms.saturating_add(LONGEST_WAIT_MS))
}

fn due(row: &Row<'_>) -> rusqlite::Result<Option<Due>> {
    let message: String = row.get(1)?;
    let known = Message::named(&message).zip(Urgency::of_level(row.get(2)?));
    let Some((message, urgency)) = known else {
        return Ok(None);
    };
    Ok(Some(Due {
        id: row.get(0)?,
        message,
        urgency,
        route: usize::try_from(row.get::<_, i64>(3)?).unwrap_or(0),
        round: row.get(4)?,
        next_ms: back(row.get(5)?),
        deadline_ms: back(row.get(6)?),
    }))
}

fn note(tx: &Transaction<'_>, tried: &Tried<'_>) -> Result<(), NotifyError> {
    tx.execute(
        "UPDATE notice SET tries = tries + 1 WHERE id = ?1",
        [tried.id],
    )?;
    tx.execute(
        "INSERT INTO attempt (notice, number, at_ms, route, outcome)
         SELECT id, tries, ?2, ?3, ?4 FROM notice WHERE id = ?1",
        params![tried.id, int(tried.at_ms), tried.route, tried.outcome],
    )?;
    tx.execute(
        "DELETE FROM attempt WHERE notice = ?1
         AND number <= (SELECT tries FROM notice WHERE id = ?1) - ?2",
        params![tried.id, MAX_ATTEMPTS],
    )?;
    Ok(())
}
