//! Conditions that are given, each raised once until it is over.

use std::collections::BTreeMap;

use vitals_core::time::Millis;

use super::{int, uint, Store};
use crate::GatewayError;

impl Store {
    /// By rule and subject, since when.
    pub(crate) fn open_conditions(&self) -> Result<BTreeMap<(u16, String), Millis>, GatewayError> {
        let mut query = self
            .db
            .prepare_cached("SELECT rule, subject, since_ms FROM condition")?;
        let rows = query.query_map([], |row| {
            let key = (row.get("rule")?, row.get("subject")?);
            Ok((key, uint(row.get("since_ms")?)))
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    pub(crate) fn open_condition(
        &self,
        rule: u16,
        subject: &str,
        now_ms: Millis,
    ) -> Result<(), GatewayError> {
        let sql = "INSERT INTO condition (rule, subject, since_ms) VALUES (?1, ?2, ?3)";
        self.db.execute(sql, (rule, subject, int(now_ms)))?;
        Ok(())
    }

    pub(crate) fn close_condition(&self, rule: u16, subject: &str) -> Result<(), GatewayError> {
        let sql = "DELETE FROM condition WHERE rule = ?1 AND subject = ?2";
        self.db.execute(sql, (rule, subject))?;
        Ok(())
    }
}
