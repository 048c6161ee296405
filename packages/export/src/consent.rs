//! Who may see what: grants, denials, guardians, teams, emergencies, recoveries.

use std::collections::BTreeMap;

use cosmwasm_std::Uint64;
use serde_json::{json, Value};
use vitals_api::consent::emergency::{EmergenciesPage, EmergencyInfo};
use vitals_api::consent::recovery::{GuardiansPage, NamedGuardian};
use vitals_api::consent::{
    DenialInfo, GrantInfo, GrantsPage, MemberInfo, MembersPage, Party, QueryMsg,
};
use vitals_insurance::pages;
use vitals_ledger::{LedgerError, Reader};
use vitals_vault_client::Signer;

use crate::export::{value, Work};
use crate::ExportError;

impl<C: Reader + ?Sized, S: Signer> Work<'_, C, S> {
    pub(crate) fn consent(&mut self) -> Result<(), ExportError> {
        let patient = Uint64::new(self.export.patient());
        for (name, asked) in [
            ("patient", QueryMsg::Patient { patient }),
            ("quorums", QueryMsg::Quorums { patient }),
            ("proposals", QueryMsg::Proposals { patient }),
            ("recovery", QueryMsg::Recovery { patient }),
            ("custodians", QueryMsg::Custodians { patient }),
            ("timing", QueryMsg::Timing {}),
        ] {
            let answer = self.consents::<Value>(&asked);
            self.section(&format!("chain/{name}.json"), answer)?;
        }
        let (grants, guardians) = (self.grants()?, self.guardians()?);
        self.section("chain/grants.json", value(&grants))?;
        self.section("chain/guardians.json", value(&guardians))?;
        let emergencies = self.emergencies();
        self.section("chain/emergencies.json", emergencies)?;
        let denials = self.denials(&grants, &guardians);
        self.section("chain/denials.json", denials)?;
        let teams = self.teams(&grants);
        self.section("chain/teams.json", teams)
    }

    fn consents<T: serde::de::DeserializeOwned>(&self, asked: &QueryMsg) -> Result<T, LedgerError> {
        self.export.ask(&self.export.at.consent, asked)
    }

    fn grants(&self) -> Result<Vec<GrantInfo>, LedgerError> {
        pages(|last: Option<&GrantInfo>, limit| {
            let asked = QueryMsg::Grants {
                patient: self.export.patient().into(),
                start_after: last.map(|grant| grant.grant),
                limit: Some(limit),
            };
            self.consents(&asked).map(|page: GrantsPage| page.grants)
        })
    }

    fn guardians(&self) -> Result<Vec<NamedGuardian>, LedgerError> {
        pages(|last: Option<&NamedGuardian>, limit| {
            let asked = QueryMsg::Guardians {
                patient: self.export.patient().into(),
                start_after: last.map(|guardian| guardian.guardian.clone()),
                limit: Some(limit),
            };
            self.consents(&asked)
                .map(|page: GuardiansPage| page.guardians)
        })
    }

    fn emergencies(&self) -> Result<Value, LedgerError> {
        let all = pages(|last: Option<&EmergencyInfo>, limit| {
            let asked = QueryMsg::Emergencies {
                patient: self.export.patient().into(),
                start_after: last.map(|emergency| emergency.emergency),
                limit: Some(limit),
            };
            self.consents(&asked)
                .map(|page: EmergenciesPage| page.emergencies)
        })?;
        value(&all)
    }

    /// The contract lists none: everybody is asked about whom the patient dealt with.
    fn denials(
        &self,
        grants: &[GrantInfo],
        guardians: &[NamedGuardian],
    ) -> Result<Value, LedgerError> {
        let grantees = grants.iter().map(|grant| grant.grantee.clone());
        let guardians = guardians.iter();
        let guardians = guardians.map(|guardian| Party::Account(guardian.guardian.clone()));
        let asked: BTreeMap<String, Party> = grantees
            .chain(guardians)
            .map(|party| (party.to_string(), party))
            .collect();
        let mut denials = Vec::new();
        for whom in asked.into_values() {
            let asked = QueryMsg::Denial {
                patient: self.export.patient().into(),
                whom: whom.clone(),
            };
            let denial: DenialInfo = self.consents(&asked)?;
            if let Some(since) = denial.since {
                denials.push(json!({ "whom": whom, "since": since }));
            }
        }
        Ok(json!({
            "of": "accounts and teams of the patient's grants, and its guardians",
            "denials": denials,
        }))
    }

    /// Those that grants name, with the members of today.
    fn teams(&self, grants: &[GrantInfo]) -> Result<Value, LedgerError> {
        let mut teams = BTreeMap::new();
        for grant in grants {
            if let Party::Team(team) = grant.grantee {
                teams.insert(team, Value::Null);
            }
        }
        for (team, told) in &mut teams {
            let info: Value = self.consents(&QueryMsg::Team { team: *team })?;
            let members = pages(|last: Option<&MemberInfo>, limit| {
                let asked = QueryMsg::Members {
                    team: *team,
                    start_after: last.map(|member| member.account.clone()),
                    limit: Some(limit),
                };
                self.consents(&asked).map(|page: MembersPage| page.members)
            })?;
            *told = json!({ "team": info, "members": members });
        }
        value(&teams.into_values().collect::<Vec<_>>())
    }
}
