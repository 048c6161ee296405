//! Findings on their way to the people who are called.

use rusqlite::types::{FromSql, FromSqlResult, ToSqlOutput, ValueRef};
use rusqlite::{Row, ToSql};
use vitals_analysis::Finding;
use vitals_core::key::Signature;
use vitals_core::time::Millis;
use zeroize::Zeroizing;

use super::blob::Digest;
use super::{int, uint, Store};
use crate::alarm::Alarm;
use crate::at_rest::Place;
use crate::GatewayError;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum AlertStage {
    /// The finding lies in the store.
    Found = 0,
    /// Its detail is encrypted to the patient.
    Encrypted = 1,
    /// Signed under its number and given to the chain, outcome unknown.
    Sent = 2,
    Raised = 3,
    /// The chain refused it for good.
    Refused = 4,
}

impl ToSql for AlertStage {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok((*self as u8).into())
    }
}

impl FromSql for AlertStage {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        match u8::column_result(value)? {
            0 => Ok(Self::Found),
            1 => Ok(Self::Encrypted),
            2 => Ok(Self::Sent),
            3 => Ok(Self::Raised),
            4 => Ok(Self::Refused),
            other => Err(rusqlite::types::FromSqlError::OutOfRange(other.into())),
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct AlertRow {
    pub id: u64,
    pub stage: AlertStage,
    pub rule: u16,
    pub ladder: u8,
    pub at_ms: Millis,
    pub digest: Option<Digest>,
    pub notice: Option<SentNotice>,
    pub waiting: String,
    pub detail: String,
    pub since_ms: Millis,
}

/// The signed notice, kept so that a second sending is the same one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SentNotice {
    pub number: u64,
    pub body: Vec<u8>,
    pub signature: Signature,
}

impl AlertRow {
    fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            id: uint(row.get("id")?),
            stage: row.get("state")?,
            rule: row.get("rule")?,
            ladder: row.get("ladder")?,
            at_ms: uint(row.get("at_ms")?),
            digest: row.get("digest")?,
            notice: read_notice(row)?,
            waiting: row.get("waiting")?,
            detail: row.get("detail")?,
            since_ms: uint(row.get("since_ms")?),
        })
    }
}

fn read_notice(row: &Row<'_>) -> rusqlite::Result<Option<SentNotice>> {
    let number: Option<i64> = row.get("number")?;
    number
        .map(|number| {
            Ok(SentNotice {
                number: uint(number),
                body: row.get("body")?,
                signature: row.get("signature")?,
            })
        })
        .transpose()
}

fn place(row: &[u64]) -> Place<'_> {
    Place {
        table: "alert",
        row,
    }
}

impl Store {
    pub(crate) fn put_finding(
        &self,
        finding: &Finding,
        now_ms: Millis,
    ) -> Result<(), GatewayError> {
        self.put_alarm(&Alarm::Finding(finding.clone()), finding.ladder, now_ms)
    }

    pub(crate) fn put_alarm(
        &self,
        alarm: &Alarm,
        ladder: u8,
        now_ms: Millis,
    ) -> Result<(), GatewayError> {
        let (rule, at_ms) = (alarm.rule(), alarm.at_ms());
        let sealed = self.sealed_alarm(alarm)?;
        let sql = "INSERT INTO alert (state, finding, rule, ladder, at_ms, waiting, since_ms) \
                   VALUES (?1, ?2, ?3, ?4, ?5, 'to_encrypt', ?6)";
        let at_ms = int(at_ms);
        let values = (AlertStage::Found, sealed, rule, ladder, at_ms, int(now_ms));
        self.db.execute(sql, values)?;
        Ok(())
    }

    fn sealed_alarm(&self, alarm: &Alarm) -> Result<Vec<u8>, GatewayError> {
        let json = serde_json::to_vec(alarm);
        let json = Zeroizing::new(json.map_err(|cause| GatewayError::damaged("alarm", cause))?);
        let row = [alarm.rule().into(), alarm.at_ms()];
        self.rest.seal(place(&row), &json)
    }

    pub(crate) fn alarm(&self, alert: &AlertRow) -> Result<Alarm, GatewayError> {
        let json = self.alarm_json(alert.id, alert.rule, alert.at_ms)?;
        serde_json::from_slice(&json).map_err(|cause| GatewayError::damaged("alarm", cause))
    }

    fn alarm_json(
        &self,
        id: u64,
        rule: u16,
        at_ms: Millis,
    ) -> Result<Zeroizing<Vec<u8>>, GatewayError> {
        let sql = "SELECT finding FROM alert WHERE id = ?1";
        let sealed: Vec<u8> = self.db.query_row(sql, [int(id)], |row| row.get(0))?;
        self.rest.open(place(&[rule.into(), at_ms]), &sealed)
    }

    /// Version 1 kept findings alone, and did not say so.
    pub(super) fn name_findings(&self) -> Result<(), GatewayError> {
        let sql = "SELECT id, rule, at_ms FROM alert WHERE finding IS NOT NULL";
        let mut query = self.db.prepare(sql)?;
        let rows = query.query_map([], |row| {
            Ok((uint(row.get(0)?), row.get::<_, u16>(1)?, uint(row.get(2)?)))
        })?;
        for row in rows {
            let (id, rule, at_ms) = row?;
            let json = self.alarm_json(id, rule, at_ms)?;
            let named = Zeroizing::new([&b"{\"finding\":"[..], &json, b"}"].concat());
            let sealed = self.rest.seal(place(&[rule.into(), at_ms]), &named)?;
            let sql = "UPDATE alert SET finding = ?2 WHERE id = ?1";
            self.db.execute(sql, (int(id), sealed))?;
        }
        Ok(())
    }

    /// Not raised yet, oldest first; those refused for good are among them.
    pub(crate) fn unraised(&self) -> Result<Vec<AlertRow>, GatewayError> {
        let sql = "SELECT * FROM alert WHERE state <> ?1 ORDER BY id";
        let mut query = self.db.prepare_cached(sql)?;
        let rows = query.query_map([AlertStage::Raised], AlertRow::read)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    pub(crate) fn raised(&self) -> Result<u64, GatewayError> {
        let sql = "SELECT COUNT(*) FROM alert WHERE state = ?1";
        let count = self
            .db
            .query_row(sql, [AlertStage::Raised], |row| row.get(0))?;
        Ok(uint(count))
    }

    /// The detail is ciphertext now: the finding itself goes.
    pub(crate) fn set_encrypted(&self, id: u64, digest: &Digest) -> Result<(), GatewayError> {
        let sql = "UPDATE alert SET state = ?2, digest = ?3, finding = NULL, waiting = 'chain' \
                   WHERE id = ?1";
        self.db
            .execute(sql, (int(id), AlertStage::Encrypted, digest))?;
        Ok(())
    }

    pub(crate) fn set_notice(&self, id: u64, notice: &SentNotice) -> Result<(), GatewayError> {
        let sql = "UPDATE alert SET state = ?2, number = ?3, body = ?4, signature = ?5 \
                   WHERE id = ?1";
        let (number, body) = (int(notice.number), &notice.body);
        let values = (int(id), AlertStage::Sent, number, body, notice.signature);
        self.db.execute(sql, values)?;
        Ok(())
    }

    /// As if it had never been signed.
    pub(crate) fn unsend_alert(&self, id: u64, now_ms: Millis) -> Result<(), GatewayError> {
        let sql = "UPDATE alert SET state = ?2, number = NULL, body = NULL, signature = NULL, \
                   waiting = 'chain', detail = '', since_ms = ?3 WHERE id = ?1";
        let values = (int(id), AlertStage::Encrypted, int(now_ms));
        self.db.execute(sql, values)?;
        Ok(())
    }

    pub(crate) fn set_alert(&self, id: u64, stage: AlertStage) -> Result<(), GatewayError> {
        let sql = "UPDATE alert SET state = ?2 WHERE id = ?1";
        self.db.execute(sql, (int(id), stage))?;
        Ok(())
    }

    pub(crate) fn set_alert_waiting(
        &self,
        alert: &AlertRow,
        waiting: &str,
        detail: &str,
        now_ms: Millis,
    ) -> Result<(), GatewayError> {
        if alert.waiting == waiting && alert.detail == detail {
            return Ok(());
        }
        let since_ms = if alert.waiting == waiting {
            alert.since_ms
        } else {
            now_ms
        };
        let sql = "UPDATE alert SET waiting = ?2, detail = ?3, since_ms = ?4 WHERE id = ?1";
        let values = (int(alert.id), waiting, detail, int(since_ms));
        self.db.execute(sql, values)?;
        Ok(())
    }
}
