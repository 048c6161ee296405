//! Ciphertext and key packages by digest, each under what it belongs to.

use std::path::Path as FilePath;
use std::sync::Arc;

use axum::body::Bytes;
use futures_util::TryStreamExt;
use object_store::local::LocalFileSystem;
use object_store::path::Path;
use object_store::{Error, ObjectStore, ObjectStoreExt, PutMode, PutPayload};
use vitals_core::measure::Category;
use vitals_core::time::Epoch;
use vitals_vault_client::digest;

use crate::quota::Quota;
use crate::refusal::Refusal;

/// Why the store did not do its work.
#[derive(Debug, thiserror::Error)]
pub enum ObjectsError {
    #[error("vault/store: {0}")]
    Store(#[from] Error),
    #[error("vault/store: {path}: {cause}")]
    Directory { path: String, cause: std::io::Error },
    #[error("vault/store: {0} is altered: its bytes have another digest")]
    Altered(String),
}

/// Where an object is. Nothing a caller wrote becomes part of a path but numbers, a category of
/// ours and 64 hex digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Object {
    Blob {
        patient: u64,
        category: Category,
        epoch: Epoch,
        digest: [u8; 32],
    },
    Package {
        patient: u64,
        digest: [u8; 32],
    },
}

impl Object {
    pub fn digest(&self) -> &[u8; 32] {
        match self {
            Self::Blob { digest, .. } | Self::Package { digest, .. } => digest,
        }
    }

    fn patient(&self) -> u64 {
        match self {
            Self::Blob { patient, .. } | Self::Package { patient, .. } => *patient,
        }
    }

    fn path(&self) -> Path {
        match self {
            Self::Blob {
                patient,
                category,
                epoch,
                digest,
            } => format!(
                "blobs/{patient}/{}/{epoch}/{}",
                category.name(),
                hex::encode(digest)
            ),
            Self::Package { patient, digest } => {
                format!("packages/{patient}/{}", hex::encode(digest))
            }
        }
        .into()
    }
}

/// An object store.
#[derive(Debug, Clone)]
pub struct Objects(Arc<dyn ObjectStore>);

impl Objects {
    /// Files under a directory, which is made where there is none. What was put is on disk.
    pub fn in_directory(path: &FilePath) -> Result<Self, ObjectsError> {
        std::fs::create_dir_all(path).map_err(|cause| ObjectsError::Directory {
            path: path.display().to_string(),
            cause,
        })?;
        let files = LocalFileSystem::new_with_prefix(path)?.with_fsync(true);
        Ok(Self(Arc::new(files)))
    }

    /// A bucket: `s3://bucket`, with the credentials of the AWS environment variables.
    #[cfg(feature = "s3")]
    pub fn in_bucket(url: &str) -> Result<Self, ObjectsError> {
        let bucket = object_store::aws::AmazonS3Builder::from_env()
            .with_url(url)
            .build()?;
        Ok(Self(Arc::new(bucket)))
    }

    /// The object's bytes, checked; `None` where there is none.
    pub(crate) async fn get(&self, object: &Object) -> Result<Option<Vec<u8>>, ObjectsError> {
        let path = object.path();
        let bytes = match self.0.get(&path).await {
            Ok(found) => found.bytes().await?,
            Err(Error::NotFound { .. }) => return Ok(None),
            Err(error) => return Err(error.into()),
        };
        if digest(&bytes) != *object.digest() {
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
        let (patient, len) = (object.patient(), bytes.len() as u64);
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
        self.0
            .put_opts(&object.path(), payload, mode.into())
            .await?;
        Ok(())
    }

    /// Counts what is stored.
    pub(crate) async fn count(&self, quota: &Quota) -> Result<(), ObjectsError> {
        let mut stored = self.0.list(None);
        while let Some(found) = stored.try_next().await? {
            if let Some(patient) = patient_of(&found.location) {
                quota.count(patient, found.size);
            }
        }
        Ok(())
    }
}

/// The patient a path of [`Object`] is under.
fn patient_of(path: &Path) -> Option<u64> {
    path.parts().nth(1)?.as_ref().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEYS: Bytes = Bytes::from_static(b"keys");

    fn object(bytes: &[u8]) -> Object {
        Object::Package {
            patient: 7,
            digest: digest(bytes),
        }
    }

    #[tokio::test]
    async fn an_altered_object_is_not_served_and_can_be_put_again() {
        let dir = tempfile::tempdir().unwrap();
        let objects = Objects::in_directory(dir.path()).unwrap();
        let object = object(b"keys");
        let quota = Quota::new(4_096, 4_096);
        assert!(objects.put(&object, KEYS, &quota).await.unwrap());
        assert!(!objects.put(&object, KEYS, &quota).await.unwrap());
        std::fs::write(dir.path().join(object.path().to_string()), b"kexs").unwrap();
        assert!(matches!(
            objects.get(&object).await,
            Err(ObjectsError::Altered(_))
        ));
        assert!(objects.put(&object, KEYS, &quota).await.unwrap());
        assert_eq!(objects.get(&object).await.unwrap().unwrap(), b"keys");
    }

    #[tokio::test]
    async fn the_same_bytes_under_another_patient_are_another_object() {
        let dir = tempfile::tempdir().unwrap();
        let objects = Objects::in_directory(dir.path()).unwrap();
        let quota = Quota::new(4_096, 4_096);
        objects.put(&object(b"keys"), KEYS, &quota).await.unwrap();
        let other = Object::Package {
            patient: 8,
            digest: digest(b"keys"),
        };
        assert_eq!(objects.get(&other).await.unwrap(), None);
    }

    #[tokio::test]
    async fn what_was_not_stored_is_not_counted_and_what_was_is_found_again() {
        let dir = tempfile::tempdir().unwrap();
        let objects = Objects::in_directory(dir.path()).unwrap();
        let quota = Quota::new(4_096, 4_096);
        let (keys, more) = (object(b"keys"), object(b"more"));
        std::fs::write(dir.path().join("packages"), b"in the way").unwrap();
        objects.put(&keys, KEYS, &quota).await.unwrap_err();
        std::fs::remove_file(dir.path().join("packages")).unwrap();
        // Another request put it since this one looked.
        let other = Quota::new(4_096, 4_096);
        assert!(objects.create(&keys, KEYS, &other).await.unwrap());
        assert!(!objects.create(&keys, KEYS, &quota).await.unwrap());
        quota.take(7, 4_096).unwrap();
        let counted = Quota::new(4_096, 4_096);
        objects.count(&counted).await.unwrap();
        let full = objects.put(&more, Bytes::from_static(b"more"), &counted);
        assert_eq!(full.await.unwrap_err().code, "vault/quota");
    }
}
