//! Ciphertext and key packages by digest, each under what it belongs to.

use std::path::Path as FilePath;
use std::sync::Arc;

use object_store::local::LocalFileSystem;
use object_store::path::Path;
use object_store::{Error, ObjectStore, ObjectStoreExt, PutPayload};
use vitals_core::measure::Category;
use vitals_core::time::Epoch;
use vitals_vault_client::digest;

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

    /// Stores bytes of the object's digest; false where they were there. An altered object is
    /// written anew.
    pub(crate) async fn put(&self, object: &Object, bytes: Vec<u8>) -> Result<bool, ObjectsError> {
        match self.get(object).await {
            Ok(Some(_)) => return Ok(false),
            Ok(None) | Err(ObjectsError::Altered(_)) => {}
            Err(error) => return Err(error),
        }
        self.0.put(&object.path(), PutPayload::from(bytes)).await?;
        Ok(true)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
        assert!(objects.put(&object, b"keys".to_vec()).await.unwrap());
        assert!(!objects.put(&object, b"keys".to_vec()).await.unwrap());
        std::fs::write(dir.path().join(object.path().to_string()), b"kexs").unwrap();
        assert!(matches!(
            objects.get(&object).await,
            Err(ObjectsError::Altered(_))
        ));
        assert!(objects.put(&object, b"keys".to_vec()).await.unwrap());
        assert_eq!(objects.get(&object).await.unwrap().unwrap(), b"keys");
    }

    #[tokio::test]
    async fn the_same_bytes_under_another_patient_are_another_object() {
        let dir = tempfile::tempdir().unwrap();
        let objects = Objects::in_directory(dir.path()).unwrap();
        objects
            .put(&object(b"keys"), b"keys".to_vec())
            .await
            .unwrap();
        let other = Object::Package {
            patient: 8,
            digest: digest(b"keys"),
        };
        assert_eq!(objects.get(&other).await.unwrap(), None);
    }
}
