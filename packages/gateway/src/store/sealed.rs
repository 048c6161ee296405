//! From which hour on is sealed. The chain side asks, the taking-in side looks here.

use rusqlite::OptionalExtension;
use vitals_core::time::Epoch;

use super::Store;
use crate::GatewayError;

impl Store {
    /// None before the chain was asked.
    pub(crate) fn sealed_from(&self) -> Result<Option<Epoch>, GatewayError> {
        let sql = "SELECT epoch FROM sealed_from";
        let mut query = self.db.prepare_cached(sql)?;
        Ok(query.query_row([], |row| row.get(0)).optional()?)
    }

    pub(crate) fn set_sealed_from(&self, epoch: Epoch) -> Result<(), GatewayError> {
        if self.sealed_from()? == Some(epoch) {
            return Ok(());
        }
        let tx = self.begin()?;
        self.db.execute("DELETE FROM sealed_from", [])?;
        let sql = "INSERT INTO sealed_from (epoch) VALUES (?1)";
        self.db.execute(sql, [epoch])?;
        Ok(tx.commit()?)
    }
}
