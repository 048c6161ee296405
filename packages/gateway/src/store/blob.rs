//! Ciphertext on its way to the vaults.

use std::collections::HashSet;

use rusqlite::{OptionalExtension, Row};
use vitals_core::device::BatchHead;
use vitals_core::measure::Category;
use vitals_core::time::Epoch;

use super::batch::State;
use super::{int, read_category, uint, Store};
use crate::GatewayError;

pub(crate) type Digest = [u8; 32];

/// Ciphertexts that one tick hands to a vault at most, besides those it did not take before.
const AT_ONCE: usize = 256;

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

    /// What a vault does not have yet but for `known`, oldest hour first, as much as a tick may hand
    /// over.
    pub(crate) fn undelivered(
        &self,
        vault: &str,
        known: &HashSet<Digest>,
    ) -> Result<Vec<Digest>, GatewayError> {
        let sql = "SELECT digest FROM blob WHERE digest NOT IN \
                   (SELECT digest FROM delivery WHERE vault = ?1) ORDER BY epoch, rowid";
        let mut query = self.db.prepare_cached(sql)?;
        let digests = query.query_map([vault], |row| row.get::<_, Digest>(0))?;
        let is_known =
            |digest: &rusqlite::Result<Digest>| matches!(digest, Ok(d) if known.contains(d));
        let fresh = digests.filter(|digest| !is_known(digest)).take(AT_ONCE);
        Ok(fresh.collect::<Result<_, _>>()?)
    }

    /// How many a vault does not have yet.
    pub(crate) fn count_undelivered(&self, vault: &str) -> Result<u64, GatewayError> {
        let sql = "SELECT COUNT(*) FROM blob WHERE digest NOT IN \
                   (SELECT digest FROM delivery WHERE vault = ?1)";
        Ok(uint(self.db.query_row(sql, [vault], |row| row.get(0))?))
    }

    pub(crate) fn blob(&self, digest: &Digest) -> Result<Option<BlobRow>, GatewayError> {
        let sql = "SELECT digest, category, epoch, bytes FROM blob WHERE digest = ?1";
        let found = self.db.query_row(sql, [digest], BlobRow::read);
        Ok(found.optional()?)
    }

    /// Of a ciphertext that was sealed anew since, nothing is noted.
    pub(crate) fn set_delivered(&self, digest: &Digest, vault: &str) -> Result<(), GatewayError> {
        let sql = "INSERT OR IGNORE INTO delivery (digest, vault) \
                   SELECT digest, ?2 FROM blob WHERE digest = ?1";
        self.db.execute(sql, (digest, vault))?;
        Ok(())
    }

    /// Vaults that hold it, those no longer listed among them.
    pub(crate) fn held_by(&self, digest: &Digest) -> Result<Vec<String>, GatewayError> {
        let sql = "SELECT vault FROM delivery WHERE digest = ?1";
        let mut query = self.db.prepare_cached(sql)?;
        let vaults = query.query_map([digest], |row| row.get(0))?;
        Ok(vaults.collect::<Result<_, _>>()?)
    }

    /// What every listed vault holds is not needed here: details of alerts, and ciphertext of
    /// batches the chain points to. That of others may still be sealed anew.
    pub(crate) fn forget_delivered(&self, vaults: &[String]) -> Result<(), GatewayError> {
        let sql = "DELETE FROM blob WHERE digest IN \
                   (SELECT digest FROM delivery WHERE vault IN (SELECT value FROM json_each(?1)) \
                    GROUP BY digest HAVING COUNT(*) = ?2) \
                   AND (device IS NULL OR EXISTS (SELECT 1 FROM batch WHERE state = ?3 \
                        AND batch.device = blob.device AND batch.sequence = blob.sequence))";
        let names = serde_json::to_string(vaults);
        let names = names.map_err(|cause| GatewayError::damaged("vault names", cause))?;
        let count = u32::try_from(vaults.len()).unwrap_or(u32::MAX);
        let values = (names, count, State::Anchored);
        self.db.prepare_cached(sql)?.execute(values)?;
        Ok(())
    }

    pub(crate) fn forget_blobs(&self, head: &BatchHead) -> Result<(), GatewayError> {
        let sql = "DELETE FROM blob WHERE device = ?1 AND sequence = ?2";
        self.db
            .execute(sql, (int(head.device), int(head.sequence)))?;
        Ok(())
    }
}
