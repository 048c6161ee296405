//! Custodians: each a server of its own, which keeps a share of the patient's emergency package.

use std::sync::Arc;

use anyhow::{ensure, Result};
use vitals_api::consent::{self, ExecuteMsg};
use vitals_chain_client::Wallet;
use vitals_core::decision::Role;
use vitals_keys::{Custody, Named, Vaults};
use vitals_ledger::Call;
use vitals_vault_client::{VaultClient, VaultError};

use super::people::Patient;
use super::recording::Played;
use super::vault::{Client, Identity};
use super::Stage;
use crate::edge::VaultAt;
use crate::screen;

/// Any two of them open the patient's emergency package.
pub const CUSTODIANS: [&str; 3] = ["vault", "relative", "employer"];
const THRESHOLD: u8 = 2;
const DAY_S: u64 = 86_400;

impl Stage<'_> {
    /// Credentials, recipients and servers; then the patient's key agent makes the package.
    pub fn custodians(&mut self, patient: &Patient, played: &Played) -> Result<Vec<VaultAt>> {
        self.attest_custodians()?;
        let consent = self.at.consent.clone();
        let mut servers = Vec::new();
        for who in CUSTODIANS {
            let identity = Identity::generate();
            let set = ExecuteMsg::SetRecipient {
                recipient: identity.recipient,
            };
            self.act(who, "set_recipient", &consent, &set)?;
            let at = self.at.clone();
            servers.push(self.backend.start_custodian(&at, who, &identity.secret)?);
        }
        self.keep_shares(played, &servers)?;
        screen::say(&format!(
            "patient {}: custodians {}, any {THRESHOLD} of whom open the last days and the next two",
            patient.id,
            CUSTODIANS.join(", ")
        ));
        Ok(servers)
    }

    fn attest_custodians(&mut self) -> Result<()> {
        let consent = self.at.consent.clone();
        let mut calls = Vec::new();
        for who in CUSTODIANS {
            let issue = ExecuteMsg::IssueCredential {
                account: self.address(who)?,
                role: Role::Custodian,
                until: self.now_s()? + 365 * DAY_S,
            };
            calls.push(Call::new(&consent, &issue)?);
        }
        self.act_all("board", "issue_credentials", &calls)?;
        Ok(())
    }

    fn keep_shares(&mut self, played: &Played, servers: &[VaultAt]) -> Result<()> {
        let consent = self.at.consent.clone();
        let accounts = CUSTODIANS.map(|who| self.address(who));
        let accounts = accounts.into_iter().collect::<Result<Vec<_>>>()?;
        let chain = self.account("patient")?;
        let sink = self.every_vault(played, servers)?;
        played
            .agent
            .set_custodians(&*chain, &consent, &accounts, THRESHOLD)?;
        let kept = played.agent.keep_custody(&*chain, &consent, &sink)?;
        ensure!(
            matches!(kept, Custody::Kept { renewed: true, .. }),
            "no emergency package was made: {kept:?}"
        );
        let again = played.agent.keep_custody(&*chain, &consent, &sink)?;
        ensure!(
            matches!(again, Custody::Kept { renewed: false, .. }),
            "a package that was just made was made again"
        );
        Ok(())
    }

    /// What the patient's key agent puts packages into.
    pub fn every_vault(
        &self,
        played: &Played,
        servers: &[VaultAt],
    ) -> Result<Vaults<VaultClient<Arc<Wallet>>>> {
        let named = [&played.vault].into_iter().chain(servers).map(|vault| {
            Ok(Named {
                name: vault.name.clone(),
                vault: self.vault_as("patient", vault)?,
            })
        });
        let named = named.collect::<Result<_>>()?;
        Ok(Vaults::new(named, played.agent.waiting_dir()))
    }

    pub fn as_responder(&self, servers: &[VaultAt]) -> Result<Vec<Client>> {
        let client = |vault| self.vault_as("responder", vault);
        servers.iter().map(client).collect()
    }

    pub fn custody_of(&self, patient: &Patient) -> Result<consent::emergency::CustodiansInfo> {
        let asked = consent::QueryMsg::Custodians {
            patient: patient.id.into(),
        };
        self.ask(&self.at.consent, &asked)
    }

    /// What the first vault gives that gives anything.
    pub fn from_any<T>(
        &self,
        vaults: &[Client],
        ask: impl Fn(&Client) -> Result<T, VaultError>,
    ) -> Result<T> {
        let mut refused = anyhow::anyhow!("there is no vault");
        for vault in vaults {
            match ask(vault) {
                Ok(given) => return Ok(given),
                Err(error) => refused = error.into(),
            }
        }
        Err(refused)
    }
}
