//! `deployment.json`: where the contracts of one deployment are.

use std::path::Path;

use serde::{Deserialize, Serialize};
use vitals_core::signing::DeploymentId;

/// Written by `vitals deploy`, read by every service and app.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Deployment {
    pub chain_id: String,
    pub consent: String,
    pub device_registry: String,
    pub vitals_anchor: String,
    pub care: String,
    pub claims: String,
    /// Hex of 32 bytes: in every signed body.
    pub deployment_id: String,
}

#[derive(Debug, thiserror::Error)]
pub enum DeploymentError {
    #[error("deployment/file: {path}: {cause}")]
    File { path: String, cause: String },
    #[error("deployment/id: {value} is not the hex of 32 bytes")]
    Id { value: String },
}

impl Deployment {
    pub fn read(path: &Path) -> Result<Self, DeploymentError> {
        let file = |cause: String| DeploymentError::File {
            path: path.display().to_string(),
            cause,
        };
        let text = std::fs::read_to_string(path).map_err(|e| file(e.to_string()))?;
        let deployment: Self = serde_json::from_str(&text).map_err(|e| file(e.to_string()))?;
        deployment.id()?;
        Ok(deployment)
    }

    pub fn id(&self) -> Result<DeploymentId, DeploymentError> {
        let mut id = [0u8; 32];
        hex::decode_to_slice(&self.deployment_id, &mut id).map_err(|_| DeploymentError::Id {
            value: self.deployment_id.clone(),
        })?;
        Ok(id)
    }
}
