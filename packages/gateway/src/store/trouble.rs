//! What fails, since when.

use std::collections::BTreeMap;

use super::{int, uint, Store};
use crate::troubles::Trouble;
use crate::GatewayError;

impl Store {
    pub(crate) fn troubles(&self) -> Result<BTreeMap<String, Trouble>, GatewayError> {
        let mut query = self
            .db
            .prepare("SELECT what, reason, since_ms FROM trouble")?;
        let rows = query.query_map([], |row| {
            let trouble = Trouble {
                reason: row.get("reason")?,
                since_ms: uint(row.get("since_ms")?),
            };
            Ok((row.get("what")?, trouble))
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    pub(crate) fn put_trouble(&self, what: &str, trouble: &Trouble) -> Result<(), GatewayError> {
        let sql = "INSERT OR REPLACE INTO trouble (what, reason, since_ms) VALUES (?1, ?2, ?3)";
        let values = (what, &trouble.reason, int(trouble.since_ms));
        self.db.execute(sql, values)?;
        Ok(())
    }

    pub(crate) fn forget_trouble(&self, what: &str) -> Result<(), GatewayError> {
        self.db
            .execute("DELETE FROM trouble WHERE what = ?1", [what])?;
        Ok(())
    }
}
