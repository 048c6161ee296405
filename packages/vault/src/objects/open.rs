//! Opening a store: files, or a bucket.

use std::path::Path as FilePath;
use std::sync::Arc;

use object_store::aws::AmazonS3Builder;
use object_store::local::LocalFileSystem;
use object_store::memory::InMemory;

use super::{Objects, ObjectsError, PrefixStore};

/// Variables of the environment that say how a bucket is reached, as the AWS tools name them.
pub const S3_ENVIRONMENT: [&str; 6] = [
    "AWS_ACCESS_KEY_ID",
    "AWS_SECRET_ACCESS_KEY",
    "AWS_SESSION_TOKEN",
    "AWS_REGION",
    "AWS_ENDPOINT_URL",
    "AWS_ALLOW_HTTP",
];

/// What the environment does not say of a bucket.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Bucket {
    /// `s3://bucket` or `s3://bucket/prefix`.
    pub url: String,
    /// Of another server than Amazon's. Plain `http://` goes to this machine alone.
    pub endpoint: Option<String>,
    pub region: Option<String>,
}

impl Bucket {
    /// That the URL is one of a bucket; the bucket is not asked.
    pub fn check(&self) -> Result<(), ObjectsError> {
        parts(&self.url).map(|_| ())
    }
}

impl Objects {
    /// Files under a directory, which is made where there is none. What was put is on disk.
    pub fn in_directory(path: &FilePath) -> Result<Self, ObjectsError> {
        let failed = |cause| ObjectsError::Directory {
            path: path.display().to_string(),
            cause,
        };
        std::fs::create_dir_all(path).map_err(failed)?;
        let files = LocalFileSystem::new_with_prefix(path)?
            .with_fsync(true)
            .with_automatic_cleanup(true);
        Ok(Self {
            store: Arc::new(files),
            directory: Some(path.canonicalize().map_err(failed)?),
        })
    }

    /// A bucket without versions, so that what is erased is gone. Credentials come from the
    /// environment.
    pub fn in_bucket(bucket: &Bucket) -> Result<Self, ObjectsError> {
        let (name, prefix) = parts(&bucket.url)?;
        // Which provider is set first does not matter: each does TLS.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let mut builder = AmazonS3Builder::from_env().with_bucket_name(name);
        if let Some(endpoint) = &bucket.endpoint {
            builder = builder
                .with_endpoint(endpoint)
                .with_allow_http(is_here(endpoint));
        }
        if let Some(region) = &bucket.region {
            builder = builder.with_region(region);
        }
        let store = builder.build()?;
        Ok(Self {
            store: Arc::new(PrefixStore::new(store, prefix)),
            directory: None,
        })
    }

    /// In memory, and gone with it: for tests.
    pub fn in_memory() -> Self {
        Self {
            store: Arc::new(InMemory::new()),
            directory: None,
        }
    }

    /// The same, with a wait before each write.
    #[cfg(test)]
    pub(crate) fn slow(wait: std::time::Duration) -> Self {
        use object_store::throttle::{ThrottleConfig, ThrottledStore};
        let config = ThrottleConfig {
            wait_put_per_call: wait,
            ..ThrottleConfig::default()
        };
        Self {
            store: Arc::new(ThrottledStore::new(InMemory::new(), config)),
            directory: None,
        }
    }
}

fn parts(url: &str) -> Result<(&str, &str), ObjectsError> {
    let refused = |rule: &str| ObjectsError::Url {
        url: url.into(),
        rule: rule.into(),
    };
    let rest = url.strip_prefix("s3://");
    let rest = rest.ok_or_else(|| refused("expected s3://bucket or s3://bucket/prefix"))?;
    let (name, prefix) = rest.split_once('/').unwrap_or((rest, ""));
    let plain = |text: &str| {
        text.bytes()
            .all(|b| b.is_ascii_alphanumeric() || b"-._/".contains(&b))
    };
    if name.is_empty() || !plain(name) || !plain(prefix) || prefix.contains("..") {
        return Err(refused(
            "letters, digits, - . _ and / name a bucket and a prefix",
        ));
    }
    Ok((name, prefix.trim_end_matches('/')))
}

fn is_here(endpoint: &str) -> bool {
    let Some(rest) = endpoint.strip_prefix("http://") else {
        return false;
    };
    let host = rest.split('/').next().unwrap_or_default();
    let host = host.rsplit_once(':').map_or(host, |(host, _)| host);
    host == "localhost"
        || host
            .trim_matches(['[', ']'])
            .parse::<std::net::IpAddr>()
            .is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bucket_is_named_by_its_url_with_or_without_a_prefix() {
        assert_eq!(parts("s3://vault").unwrap(), ("vault", ""));
        assert_eq!(parts("s3://vault/a/b/").unwrap(), ("vault", "a/b"));
        for bad in [
            "",
            "s3://",
            "s3:///a",
            "file:///a",
            "s3://a b",
            "s3://a/../b",
        ] {
            let refused = parts(bad).unwrap_err().to_string();
            assert!(refused.starts_with("vault/store_url: "), "{refused}");
        }
    }

    #[test]
    fn keys_go_over_plain_http_to_this_machine_alone() {
        for here in [
            "http://127.0.0.1:5000",
            "http://localhost",
            "http://[::1]:9/",
        ] {
            assert!(is_here(here), "{here}");
        }
        for away in [
            "http://192.0.2.1:5000",
            "http://127.0.0.1.example",
            "https://127.0.0.1",
        ] {
            assert!(!is_here(away), "{away}");
        }
    }
}
