//! Step 6: one alert is acknowledged; another is left, climbs, and is acknowledged by the next.

use anyhow::{ensure, Context, Result};
use cosmwasm_std::Uint64;
use vitals_analysis::Finding;
use vitals_api::care::{self, AlertInfo, AlertState};
use vitals_core::agefile;
use vitals_core::decision::GroundRef;
use vitals_vault_client::VaultError;

use super::people::Patient;
use super::recording::{FAST_HEART, LOW_OXYGEN};
use super::vault::Identity;
use super::Stage;
use crate::edge::VaultAt;
use crate::screen;

/// The most that a detail holds, bytes.
const MAX_DETAIL: usize = 1 << 20;

impl Stage<'_> {
    pub fn alerts(&mut self, patient: &Patient, vault: &VaultAt) -> Result<()> {
        screen::step(6, "Alerts that somebody must answer");
        self.report.step("alerts");
        let care = self.at.care.clone();
        let fast = self.alert(patient, FAST_HEART)?;
        screen::say(&format!(
            "alert {}: signed by the gateway, {} notices, nothing medical in it",
            fast.alert, fast.notices
        ));
        let ground = GroundRef::Grant { id: patient.caring };
        self.open_detail(vault, "clinician", ground, &patient.clinician, &fast)?;
        self.refused_detail(patient, vault, &fast)?;
        let acknowledge = care::ExecuteMsg::Acknowledge {
            alert: fast.alert,
            ground,
        };
        self.act("clinician", "acknowledge", &care, &acknowledge)?;
        screen::say(&format!("alert {}: the clinician took it on", fast.alert));

        let low = self.alert(patient, LOW_OXYGEN)?;
        let due = low.escalates_at.context("the alert has nowhere to climb")?;
        self.backend.wait_past(due.saturating_mul(1_000))?;
        let escalate = care::ExecuteMsg::Escalate { alert: low.alert };
        self.act("stranger", "escalate", &care, &escalate)?;
        screen::say(&format!(
            "alert {}: nobody answered in time; anybody may call the next, and it was called",
            low.alert
        ));
        let ground = GroundRef::Guardian {};
        self.open_detail(vault, "guardian", ground, &patient.guardian, &low)?;
        let acknowledge = care::ExecuteMsg::Acknowledge {
            alert: low.alert,
            ground,
        };
        self.act("guardian", "acknowledge_as_guardian", &care, &acknowledge)?;
        screen::say(&format!("alert {}: the guardian took it on", low.alert));
        self.count_alerts(patient)
    }

    /// What it is about: encrypted to those who may receive it, released by the vault.
    fn open_detail(
        &self,
        vault: &VaultAt,
        who: &str,
        ground: GroundRef,
        identity: &Identity,
        alert: &AlertInfo,
    ) -> Result<()> {
        let sealed = self.sealed_detail(vault, who, ground, alert)??;
        let detail = agefile::open(&sealed, &identity.secret, MAX_DETAIL)?;
        let finding: Finding = serde_json::from_slice(&detail)?;
        ensure!(Some(finding.rule) == alert.rule, "the detail of another");
        screen::say(&format!(
            "alert {}: the {who} opens what it is about, with {} readings as evidence",
            alert.alert,
            finding.evidence.len()
        ));
        Ok(())
    }

    fn sealed_detail(
        &self,
        vault: &VaultAt,
        who: &str,
        ground: GroundRef,
        alert: &AlertInfo,
    ) -> Result<Result<Vec<u8>, VaultError>> {
        let digest = alert.digest.as_ref().context("the alert has no detail")?;
        let digest: [u8; 32] = digest.as_slice().try_into()?;
        let (patient, number) = (alert.patient.u64(), alert.alert.u64());
        let asked = self
            .vault_as(who, vault)?
            .read_alert(patient, number, &digest, &ground);
        Ok(asked.map(|(sealed, _)| sealed))
    }

    fn refused_detail(
        &mut self,
        patient: &Patient,
        vault: &VaultAt,
        alert: &AlertInfo,
    ) -> Result<()> {
        let ground = GroundRef::Grant { id: patient.caring };
        let asked = self.sealed_detail(vault, "stranger", ground, alert)?;
        let attempt = "a stranger's reading what an alert is about, by the clinician's grant";
        self.refused_read(attempt, "consent/not_the_grantee", asked)
    }

    fn alert(&self, patient: &Patient, rule: u16) -> Result<AlertInfo> {
        self.alerts_of(patient)?
            .into_iter()
            .find(|alert| alert.rule == Some(rule) && alert.state == AlertState::Open)
            .with_context(|| format!("no open alert of rule {rule}"))
    }

    fn alerts_of(&self, patient: &Patient) -> Result<Vec<AlertInfo>> {
        let page: care::AlertsPage = self.ask(
            &self.at.care,
            &care::QueryMsg::Alerts {
                patient: Uint64::new(patient.id),
                start_after: None,
                limit: Some(30),
            },
        )?;
        Ok(page.alerts)
    }

    /// From the chain's own record, not from what was sent.
    pub fn count_alerts(&mut self, patient: &Patient) -> Result<()> {
        let alerts = self.alerts_of(patient)?;
        let count = |wanted: &dyn Fn(&AlertInfo) -> bool| {
            alerts
                .iter()
                .filter(|a| wanted(a))
                .count()
                .try_into()
                .unwrap_or(u64::MAX)
        };
        let counted = &mut self.report.alerts;
        counted.raised = count(&|_| true);
        counted.acknowledged = count(&|a| a.acknowledged_by.is_some());
        counted.escalated = count(&|a| a.tier > 0);
        ensure!(
            counted.acknowledged == counted.raised,
            "an alert was left open"
        );
        Ok(())
    }
}
