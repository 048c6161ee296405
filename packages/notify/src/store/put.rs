//! New notifications, and the end of those that reached nobody.

use rusqlite::{params, OptionalExtension, Transaction};

use super::{int, Telling};
use crate::people::People;
use crate::{Message, NotifyError, Urgency};

/// Of more than so many that wait for one person, what can wait the longest is left out.
const MAX_WAITING: i64 = 1_000;

pub(super) fn put_all(
    tx: &Transaction<'_>,
    tellings: &[Telling],
    now_ms: u64,
) -> Result<usize, NotifyError> {
    let mut new = 0;
    for telling in tellings {
        let id = fresh_id()?;
        if put(tx, &id, telling, now_ms)? {
            new += 1;
            if waiting(tx, &telling.person)? > MAX_WAITING {
                let least = least_urgent(tx, &telling.person)?;
                give_up(tx, &least, "notify/queue_full", now_ms)?;
            }
        }
    }
    Ok(new)
}

fn put(
    tx: &Transaction<'_>,
    id: &str,
    telling: &Telling,
    now_ms: u64,
) -> Result<bool, NotifyError> {
    let mut asked = tx.prepare_cached(
        "INSERT OR IGNORE INTO notice
         (id, thing, person, message, urgency, alert, tier, made_ms, deadline_ms, next_ms)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?8)",
    )?;
    let Telling {
        thing,
        person,
        message,
        urgency,
        alert,
        within_ms,
    } = telling;
    let deadline_ms = int(now_ms.saturating_add(*within_ms));
    let number = alert.map(|(number, _)| int(number));
    let tier = alert.map(|(_, tier)| tier);
    let new = asked.execute(params![
        id,
        thing,
        person,
        message.name(),
        urgency.level(),
        number,
        tier,
        int(now_ms),
        deadline_ms,
    ])?;
    Ok(new == 1)
}

fn waiting(tx: &Transaction<'_>, person: &str) -> Result<i64, NotifyError> {
    let mut asked =
        tx.prepare_cached("SELECT count(*) FROM notice WHERE state = 0 AND person = ?1")?;
    Ok(asked.query_row([person], |row| row.get(0))?)
}

/// Of those that are as little urgent, the newest.
fn least_urgent(tx: &Transaction<'_>, person: &str) -> Result<String, NotifyError> {
    let mut asked = tx.prepare_cached(
        "SELECT id FROM notice WHERE state = 0 AND person = ?1
         ORDER BY urgency, made_ms DESC, rowid DESC LIMIT 1",
    )?;
    Ok(asked.query_row([person], |row| row.get(0))?)
}

pub(super) fn give_up(
    tx: &Transaction<'_>,
    id: &str,
    why: &str,
    now_ms: u64,
) -> Result<(), NotifyError> {
    tx.execute(
        "UPDATE notice SET state = 3, why = ?2, ended_ms = ?3, carry_on = (alert IS NOT NULL)
         WHERE id = ?1 AND state = 0",
        params![id, why, int(now_ms)],
    )?;
    Ok(())
}

pub(super) fn for_operators(
    tx: &Transaction<'_>,
    id: &str,
    people: &People,
) -> Result<Vec<Telling>, NotifyError> {
    let found: Option<(String, i64)> = tx
        .query_row(
            "SELECT message, urgency FROM notice WHERE id = ?1",
            [id],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )
        .optional()?;
    let Some((message, urgency)) = found else {
        return Ok(Vec::new());
    };
    let untold = [Message::Undelivered, Message::Test].map(Message::name);
    if untold.contains(&message.as_str()) {
        return Ok(Vec::new());
    }
    let urgency = Urgency::of_level(urgency).unwrap_or(Urgency::Urgent);
    Ok(crate::undelivered::to_operators(
        &format!("undelivered/{id}"),
        urgency,
        people,
    ))
}

fn fresh_id() -> Result<String, NotifyError> {
    let mut bytes = [0u8; 16];
    getrandom::fill(&mut bytes).map_err(|_| NotifyError::Random)?;
    Ok(hex::encode(bytes))
}
