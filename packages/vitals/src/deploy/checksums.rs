//! `checksums.txt`: what the artifacts have to be.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::plan::Contract;
use crate::failure::Failure;

pub type Checksum = [u8; 32];

/// A contract's wasm on disk, which is read when it is uploaded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Artifact {
    pub path: PathBuf,
    pub checksum: Checksum,
}

pub type Artifacts = BTreeMap<Contract, Artifact>;

/// The checksum of every contract's artifact. Fails where one is not listed.
pub fn read(directory: &Path) -> Result<Artifacts, Failure> {
    let path = directory.join("checksums.txt");
    let text = std::fs::read_to_string(&path).map_err(|cause| Failure::file(&path, cause))?;
    let listed = parse(&text);
    Contract::IN_ORDER
        .into_iter()
        .map(|contract| {
            let file = format!("{}.wasm", contract.name());
            let checksum = listed.get(&file).copied().ok_or_else(|| {
                Failure::new(
                    "deploy/checksum_missing",
                    format!("{} lists no {file}", path.display()),
                )
            })?;
            let path = directory.join(file);
            Ok((contract, Artifact { path, checksum }))
        })
        .collect()
}

/// Lines `<sha256>  <file>`; others tell what the artifacts were built with.
fn parse(text: &str) -> BTreeMap<String, Checksum> {
    text.lines()
        .filter_map(|line| {
            let (digest, file) = line.split_once("  ")?;
            let mut checksum = [0u8; 32];
            hex::decode_to_slice(digest, &mut checksum).ok()?;
            Some((file.trim_start_matches('*').to_string(), checksum))
        })
        .collect()
}

impl Artifact {
    /// The wasm, if it is what was listed.
    pub fn wasm(&self) -> Result<Vec<u8>, Failure> {
        let wasm = std::fs::read(&self.path).map_err(|cause| Failure::file(&self.path, cause))?;
        if <Checksum>::from(Sha256::digest(&wasm)) == self.checksum {
            return Ok(wasm);
        }
        Err(Failure::new(
            "deploy/checksum",
            format!("{} is not what checksums.txt lists", self.path.display()),
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn checksum_lines_are_told_from_what_stands_above_them() {
        let digest = "ab".repeat(32);
        let text = format!("rust      1.95.0\nsources   {digest}\n\n{digest}  care.wasm\n{digest}  ../x.wasm\nzz  care2.wasm\n{digest} one_space.wasm\n");
        let listed = parse(&text);
        let files: Vec<&String> = listed.keys().collect();
        assert_eq!(files, ["../x.wasm", "care.wasm"]);
        assert_eq!(listed["care.wasm"], [0xab; 32]);
    }

    #[test]
    fn an_artifact_that_is_not_listed_or_differs_is_refused() {
        let dir = tempfile::tempdir().unwrap();
        let digest = hex::encode(Sha256::digest(b"wasm"));
        let all = Contract::IN_ORDER.map(|c| format!("{digest}  {}.wasm\n", c.name()));
        std::fs::write(dir.path().join("checksums.txt"), all[1..].concat()).unwrap();
        let missing = read(dir.path()).unwrap_err().to_string();
        assert!(
            missing.starts_with("deploy/checksum_missing: "),
            "{missing}"
        );
        std::fs::write(dir.path().join("checksums.txt"), all.concat()).unwrap();
        std::fs::write(dir.path().join("care.wasm"), b"wasm").unwrap();
        std::fs::write(dir.path().join("claims.wasm"), b"other").unwrap();
        let artifacts = read(dir.path()).unwrap();
        assert_eq!(artifacts[&Contract::Care].wasm().unwrap(), b"wasm");
        let differs = artifacts[&Contract::Claims].wasm().unwrap_err().to_string();
        assert!(differs.starts_with("deploy/checksum: "), "{differs}");
    }
}
