//! Ciphertext on its way to the vaults.

use rusqlite::Row;
use vitals_core::device::BatchHead;
use vitals_core::measure::Category;
use vitals_core::time::Epoch;

use super::{int, read_category, Store};
use crate::GatewayError;

pub(crate) type Digest = [u8; 32];

pub(crate) struct BlobRow {
    pub digest: Digest,
    pub category: Category,
    pub epoch: Epoch,
    pub bytes: Vec<u8>,
}

impl BlobRow {
    fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            digest: row.get("digest")?,
            category: read_category(row)?,
            epoch: row.get("epoch")?,
            bytes: row.get("bytes")?,
        })
    }
}

impl Store {
    /// Ciphertext of a batch, or where `batch` is absent the detail of an alert.
    pub(crate) fn put_blob(
        &self,
        blob: &BlobRow,
        batch: Option<&BatchHead>,
    ) -> Result<(), GatewayError> {
        let sql = "INSERT OR IGNORE INTO blob (digest, bytes, category, epoch, device, sequence) \
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
        self.db.execute(
            sql,
            (
                blob.digest,
                &blob.bytes,
                blob.category.code(),
                blob.epoch,
                batch.map(|head| int(head.device)),
                batch.map(|head| int(head.sequence)),
            ),
        )?;
        Ok(())
    }

    /// What a vault does not have yet, oldest hour first.
    pub(crate) fn undelivered(&self, vault: &str) -> Result<Vec<Digest>, GatewayError> {
        let sql = "SELECT digest FROM blob WHERE digest NOT IN \
                   (SELECT digest FROM delivery WHERE vault = ?1) ORDER BY epoch, rowid";
        let mut query = self.db.prepare_cached(sql)?;
        let digests = query.query_map([vault], |row| row.get(0))?;
        Ok(digests.collect::<Result<_, _>>()?)
    }

    pub(crate) fn blob(&self, digest: &Digest) -> Result<BlobRow, GatewayError> {
        let sql = "SELECT digest, category, epoch, bytes FROM blob WHERE digest = ?1";
        Ok(self.db.query_row(sql, [digest], BlobRow::read)?)
    }

    pub(crate) fn set_delivered(&self, digest: &Digest, vault: &str) -> Result<(), GatewayError> {
        let sql = "INSERT OR IGNORE INTO delivery (digest, vault) VALUES (?1, ?2)";
        self.db.execute(sql, (digest, vault))?;
        Ok(())
    }

    pub(crate) fn is_delivered(&self, digest: &Digest, vault: &str) -> Result<bool, GatewayError> {
        let sql = "SELECT COUNT(*) FROM delivery WHERE digest = ?1 AND vault = ?2";
        let count: u32 = self.db.query_row(sql, (digest, vault), |row| row.get(0))?;
        Ok(count > 0)
    }

    /// Details of alerts that some vault may still lack.
    pub(crate) fn alert_blobs(&self) -> Result<Vec<Digest>, GatewayError> {
        let sql = "SELECT digest FROM blob WHERE device IS NULL";
        let mut query = self.db.prepare_cached(sql)?;
        let digests = query.query_map([], |row| row.get(0))?;
        Ok(digests.collect::<Result<_, _>>()?)
    }

    pub(crate) fn forget_blob(&self, digest: &Digest) -> Result<(), GatewayError> {
        self.db
            .execute("DELETE FROM blob WHERE digest = ?1", [digest])?;
        Ok(())
    }

    pub(crate) fn forget_blobs(&self, head: &BatchHead) -> Result<(), GatewayError> {
        let sql = "DELETE FROM blob WHERE device = ?1 AND sequence = ?2";
        self.db
            .execute(sql, (int(head.device), int(head.sequence)))?;
        Ok(())
    }
}
