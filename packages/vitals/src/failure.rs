//! What ends the program: `code: message`.

use std::fmt;

/// The text of an error, which begins with its stable code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure(String);

impl Failure {
    pub fn new(code: &str, message: impl fmt::Display) -> Self {
        Self(format!("{code}: {message}"))
    }

    /// What a service answered, which begins with its code.
    pub fn told(text: String) -> Self {
        Self(text)
    }

    /// Of a file that could not be read or written.
    pub fn file(path: &std::path::Path, cause: impl fmt::Display) -> Self {
        Self::new("cli/file", format!("{}: {cause}", path.display()))
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

macro_rules! coded {
    ($($error:ty),+ $(,)?) => {
        $(impl From<$error> for Failure {
            fn from(error: $error) -> Self {
                Self(error.to_string())
            }
        })+
    };
}

// These begin with their codes.
coded!(
    vitals_edge::EdgeError,
    vitals_export::ExportError,
    vitals_gateway::GatewayError,
    vitals_insurance::InsuranceError,
    vitals_insurance::StatementError,
    vitals_ledger::LedgerError,
    vitals_ledger::DeploymentError,
    vitals_keeper::MemoryError,
    vitals_keys::KeyringError,
    vitals_keys::KeysError,
    vitals_notify::NotifyError,
    vitals_ops::OpsError,
    vitals_sensors::SensorError,
    vitals_transport::TransportError,
    vitals_ops::config::ConfigError,
    vitals_vault::LogError,
    vitals_vault::CustodianError,
    vitals_vault::NoncesError,
    vitals_vault::ObjectsError,
    vitals_vault::PatientsError,
    vitals_vault::TlsError,
    vitals_vault_client::LogReadError,
    vitals_vault_client::NoneGave,
    vitals_vault_client::RepairError,
    vitals_vault_client::SharesMissing,
    vitals_vault_client::VaultError,
    vitals_api::ApiError,
    vitals_core::package::PackageError,
    vitals_core::agefile::AgeFileError,
    vitals_core::recovery::RecoveryError,
    vitals_core::shares::SharesError,
    vitals_reader::ReadError,
);

impl From<vitals_chain_client::Error> for Failure {
    fn from(error: vitals_chain_client::Error) -> Self {
        vitals_ledger::LedgerError::from(error).into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_contract_s_refusal_is_shown_with_its_code_alone() {
        let log = "failed to execute message; message index: 0: dispatch: claims/pool_too_small: \
                   500 is needed, 20 is free: execute wasm contract failed";
        let failed = vitals_chain_client::Error::Failed {
            hash: None,
            code: 5,
            codespace: "wasm".into(),
            log: log.into(),
        };
        let shown = Failure::from(failed).to_string();
        assert_eq!(shown, "claims/pool_too_small: 500 is needed, 20 is free");
    }
}
