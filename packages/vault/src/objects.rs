//! Ciphertext and key packages by digest, each under what it belongs to.

use std::sync::Arc;

use axum::body::Bytes;
use futures_util::stream::BoxStream;
use futures_util::{StreamExt, TryStreamExt};
use object_store::path::Path;
use object_store::prefix::PrefixStore;
use object_store::{Error, ObjectStore, ObjectStoreExt, PutMode, PutPayload};
use vitals_vault_client::digest;

use crate::quota::Quota;
use crate::refusal::Refusal;

mod open;
mod place;
mod scrub;

pub use open::{Bucket, S3_ENVIRONMENT};
pub(crate) use place::{Kind, Object};
pub use scrub::Scrub;

/// Why the store did not do its work.
#[derive(Debug, thiserror::Error)]
pub enum ObjectsError {
    #[error("vault/store: {0}")]
    Store(#[from] Error),
    #[error("vault/store: {path}: {cause}")]
    Directory { path: String, cause: std::io::Error },
    #[error("vault/store_url: {url}: {rule}")]
    Url { url: String, rule: String },
    #[error("vault/altered: {0}: its bytes have another digest")]
    Altered(String),
}

/// An object store.
#[derive(Debug, Clone)]
pub struct Objects {
    store: Arc<dyn ObjectStore>,
    /// Of files: where writes that were interrupted leave what they wrote.
    directory: Option<std::path::PathBuf>,
}

/// An object that is stored, and how many bytes it takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Stored {
    pub object: Object,
    pub bytes: u64,
}

impl Objects {
    /// The object's bytes, checked; `None` where there is none.
    pub(crate) async fn get(&self, object: &Object) -> Result<Option<Vec<u8>>, ObjectsError> {
        let path = object.path();
        let bytes = match self.store.get(&path).await {
            Ok(found) => found.bytes().await?,
            Err(Error::NotFound { .. }) => return Ok(None),
            Err(error) => return Err(error.into()),
        };
        if digest(&bytes) != *object.digest() {
            metrics::counter!("vitals_vault_altered_total").increment(1);
            return Err(ObjectsError::Altered(path.to_string()));
        }
        Ok(Some(bytes.into()))
    }

    /// Stores bytes of the object's digest if there is room; false where they were there. An
    /// altered object is written anew.
    pub(crate) async fn put(
        &self,
        object: &Object,
        bytes: Bytes,
        quota: &Quota,
    ) -> Result<bool, Refusal> {
        match self.get(object).await {
            Ok(Some(_)) => Ok(false),
            Ok(None) => self.create(object, bytes, quota).await,
            Err(ObjectsError::Altered(_)) => {
                let written = self.write(object, bytes, PutMode::Overwrite).await;
                written.map_err(ObjectsError::from)?;
                Ok(true)
            }
            Err(error) => Err(error.into()),
        }
    }

    /// A request that ends while it writes stays counted until the next start: its bytes may yet
    /// reach the disk.
    async fn create(&self, object: &Object, bytes: Bytes, quota: &Quota) -> Result<bool, Refusal> {
        let (patient, len) = (object.patient, bytes.len() as u64);
        quota.take(patient, len)?;
        let created = self.write(object, bytes, PutMode::Create).await;
        if created.is_err() {
            quota.give_back(patient, len);
        }
        match created {
            Ok(()) => Ok(true),
            Err(Error::AlreadyExists { .. }) => Ok(false),
            Err(error) => Err(ObjectsError::from(error).into()),
        }
    }

    async fn write(&self, object: &Object, bytes: Bytes, mode: PutMode) -> Result<(), Error> {
        let payload = PutPayload::from(bytes);
        self.store
            .put_opts(&object.path(), payload, mode.into())
            .await?;
        Ok(())
    }

    /// What is there, or under a prefix of [`Object::path`].
    pub(crate) fn list(&self, prefix: Option<Path>) -> BoxStream<'static, Result<Stored, Error>> {
        self.store
            .list(prefix.as_ref())
            .try_filter_map(|found| async move {
                Ok(Object::parse(&found.location).map(|object| Stored {
                    object,
                    bytes: found.size,
                }))
            })
            .boxed()
    }

    /// Deletes an object, which may be gone already.
    pub(crate) async fn delete(&self, object: &Object) -> Result<(), ObjectsError> {
        match self.store.delete(&object.path()).await {
            Ok(()) | Err(Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }
}

#[cfg(test)]
#[path = "objects_tests.rs"]
mod tests;
