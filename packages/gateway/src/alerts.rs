//! Findings become alerts: the detail encrypted to the patient and those who may receive it, the
//! notice signed by the gateway as a device, raised through the ledger. An alert does not wait for a vault.

use std::cmp::Reverse;

use cosmwasm_std::Binary;
use vitals_analysis::Severity;
use vitals_api::care::ExecuteMsg;
use vitals_core::agefile;
use vitals_core::alert::AlertNotice;
use vitals_core::key::Signer;
use vitals_core::measure::Category;
use vitals_core::package;
use vitals_core::time::{epoch_of, Epoch, Millis};
use vitals_keyring::Document;
use vitals_ledger::{Account, Call, LedgerError};
use zeroize::Zeroizing;

use crate::alarm::Alarm;
use crate::anchoring::ASK_AGAIN_MS;
use crate::blob::BlobStore;
use crate::gateway::Progress;
use crate::store::alert::{AlertRow, AlertStage, SentNotice};
use crate::store::blob::{BlobRow, Digest};
use crate::verdict::{Hindrance, Verdict};
use crate::{Gateway, GatewayError};

/// What an alert waits for.
enum Wait {
    Chain(LedgerError),
    /// The chain refused it for good.
    Refused(String),
    /// Not the alert is at fault, but the account or the chain.
    Later(Hindrance, String),
    /// The patient has published no age recipient.
    Recipient,
    /// The gateway is not set up as a registered device.
    Device,
    /// What was stored of it cannot be read.
    Damaged(String),
}

impl From<LedgerError> for Wait {
    fn from(error: LedgerError) -> Self {
        Self::Chain(error)
    }
}

impl Wait {
    fn text(&self) -> (&'static str, String) {
        match self {
            Self::Refused(reason) => ("refused", reason.clone()),
            Self::Later(hindrance, reason) => (hindrance.waiting(), reason.clone()),
            Self::Chain(error) => ("chain", error.to_string()),
            Self::Recipient => ("recipient", String::new()),
            Self::Device => ("gateway_device", String::new()),
            Self::Damaged(reason) => ("damaged", reason.clone()),
        }
    }
}

type Step = Result<Result<(), Wait>, GatewayError>;

impl<L: Account, V: BlobStore> Gateway<L, V> {
    /// The most severe first; one that has to wait for the chain lets the later ones wait too, for
    /// each takes the next number.
    pub(crate) fn raise_alerts(
        &mut self,
        now_ms: Millis,
        progress: &mut Progress,
    ) -> Result<(), GatewayError> {
        // Whoever did not answer for the patient a moment ago is not asked for more.
        if self.patient.is_none() {
            return Ok(());
        }
        self.ask_again_for_alerts(now_ms)?;
        for alert in self.in_turn()? {
            let raised = match self.raise(&alert, now_ms) {
                Err(error) if error.is_of_alert() => {
                    // the others go on
                    self.postpone(&alert, &Wait::Damaged(error.to_string()), now_ms)?;
                    continue;
                }
                raised => raised?,
            };
            match raised {
                Ok(()) => {
                    tracing::info!(rule = alert.rule, "an alert was raised");
                    progress.alerts_raised += 1;
                }
                Err(wait) => {
                    self.postpone(&alert, &wait, now_ms)?;
                    return Ok(());
                }
            }
        }
        Ok(())
    }

    /// The one that may have got to the chain already, then by severity, then as they were found.
    fn in_turn(&self) -> Result<Vec<AlertRow>, GatewayError> {
        let mut alerts = self.store.unraised()?;
        alerts.retain(|alert| alert.stage != AlertStage::Refused);
        let sent = |alert: &AlertRow| alert.stage == AlertStage::Sent;
        alerts.sort_by_cached_key(|alert| (!sent(alert), Reverse(self.severity(alert))));
        Ok(alerts)
    }

    /// Once its detail is ciphertext nobody here can tell, nor of one that is damaged.
    fn severity(&self, alert: &AlertRow) -> Severity {
        let known = match alert.stage {
            AlertStage::Found => self.store.alarm(alert).ok(),
            _ => None,
        };
        known.map_or(Severity::Urgent, |alarm| alarm.severity())
    }

    fn postpone(&self, alert: &AlertRow, wait: &Wait, now_ms: Millis) -> Result<(), GatewayError> {
        let (waiting, detail) = wait.text();
        // tried each second: what lasts is said once, and stands in the status
        match alert.waiting == waiting && alert.detail == detail {
            false => tracing::warn!(rule = alert.rule, waiting, "an alert waits"),
            true => tracing::debug!(rule = alert.rule, waiting, "an alert waits"),
        }
        self.store
            .set_alert_waiting(alert, waiting, &detail, now_ms)
    }

    fn raise(&mut self, alert: &AlertRow, now_ms: Millis) -> Step {
        let digest = match alert.digest {
            Some(digest) => digest,
            None => match self.encrypt_finding(alert)? {
                Ok(digest) => digest,
                Err(wait) => return Ok(Err(wait)),
            },
        };
        let notice = match &alert.notice {
            Some(notice) => notice.clone(),
            None => match self.sign_notice(alert, digest) {
                Ok(notice) => notice,
                Err(wait) => return Ok(Err(wait)),
            },
        };
        self.store.set_notice(alert.id, &notice)?;
        self.send_notice(alert, &notice, now_ms)
    }

    fn encrypt_finding(&self, alert: &AlertRow) -> Result<Result<Digest, Wait>, GatewayError> {
        let recipient = match self.recipient() {
            Ok(Some(recipient)) => recipient,
            Ok(None) if self.patient.is_some() => return Ok(Err(Wait::Recipient)),
            Ok(None) => return Ok(Err(Wait::Chain(patient_unknown()))),
            Err(error) => return Ok(Err(error.into())),
        };
        let alarm = self.store.alarm(alert)?;
        let category = self.category_of(&alarm)?;
        let epoch = epoch_of(alarm.at_ms()).unwrap_or(Epoch::MAX);
        let document = Document::alert_detail(self.config.patient, category, epoch);
        let readers = match self.readers(&document) {
            Ok(readers) => readers,
            Err(error) => return Ok(Err(error.into())),
        };
        let json = Zeroizing::new(alarm.detail()?);
        let Some(bytes) = encrypt_to(recipient, readers, &json) else {
            return Ok(Err(Wait::Recipient));
        };
        let blob = BlobRow {
            digest: package::digest(&bytes),
            category,
            epoch,
            bytes,
        };
        let tx = self.store.begin()?;
        self.store.put_blob(&blob, None)?;
        self.store.set_encrypted(alert.id, &blob.digest)?;
        tx.commit()?;
        Ok(Ok(blob.digest))
    }

    /// A vault keeps the detail as of a category the gateway may seal: a condition is none of its
    /// own, and goes with what the devices measure.
    fn category_of(&self, alarm: &Alarm) -> Result<Category, GatewayError> {
        if let Alarm::Finding(finding) = alarm {
            return Ok(finding.measure.category());
        }
        let devices = self.store.devices()?;
        let measured = devices
            .iter()
            .flat_map(|device| device.categories.members());
        Ok(measured
            .min_by_key(|category| category.code())
            .unwrap_or(Category::Cardiac))
    }

    /// Its number is the chain's last plus one; nobody else signs with this key.
    fn sign_notice(&self, alert: &AlertRow, digest: Digest) -> Result<SentNotice, Wait> {
        let own = self.device.as_ref().ok_or(Wait::Device)?;
        let pairing = self.registered(own.device)?.pairing;
        let number = self.last_alert(own.device)?.saturating_add(1);
        // A chain whose clock is behind would refuse a time ahead of its own for good.
        // The block is one that was found to be new a moment ago: by an old one the notice would name
        // an hour in which vaults find no detail.
        let at_ms = self.trusted_ms(alert.at_ms).unwrap_or(alert.at_ms);
        let notice = AlertNotice {
            device: own.device,
            pairing,
            number,
            at_ms,
            rule: alert.rule,
            ladder: alert.ladder,
            digest,
        };
        Ok(SentNotice {
            number,
            body: notice.to_bytes(),
            signature: own.signer.sign(&notice.digest(&self.deployment)),
        })
    }

    fn send_notice(&mut self, alert: &AlertRow, notice: &SentNotice, now_ms: Millis) -> Step {
        // Sent before without an answer: it may have got there.
        if alert.stage == AlertStage::Sent && self.is_raised(notice) {
            self.store.set_alert(alert.id, AlertStage::Raised)?;
            return Ok(Ok(()));
        }
        let outcome = self.execute_notice(notice);
        let verdict = Verdict::of(&outcome);
        self.note_verdict(&verdict, now_ms)?;
        match verdict {
            Verdict::Done => self.store.set_alert(alert.id, AlertStage::Raised)?,
            Verdict::Refused(_) if self.is_raised(notice) => {
                self.store.set_alert(alert.id, AlertStage::Raised)?;
            }
            Verdict::Refused(reason) | Verdict::TooMuch(reason) => {
                self.store.set_alert(alert.id, AlertStage::Refused)?;
                return Ok(Err(Wait::Refused(reason)));
            }
            Verdict::Later(hindrance, reason) => return Ok(Err(Wait::Later(hindrance, reason))),
            Verdict::Unknown(_) => return Ok(outcome.map_err(Wait::Chain)),
        }
        Ok(Ok(()))
    }

    fn execute_notice(&self, notice: &SentNotice) -> Result<(), LedgerError> {
        let msg = ExecuteMsg::RaiseAlert {
            body: Binary::new(notice.body.clone()),
            signature: Binary::new(notice.signature.to_vec()),
            ground: self.config.ground,
        };
        let call = Call::new(&self.config.deployment.care, &msg)?;
        self.ledger.execute(&[call]).map(|_| ())
    }

    fn is_raised(&self, notice: &SentNotice) -> bool {
        let own = self.device.as_ref().map(|own| own.device);
        own.is_some_and(|device| self.last_alert(device).is_ok_and(|n| n >= notice.number))
    }

    pub(crate) fn retry_refused_alerts(&self, now_ms: Millis) -> Result<(), GatewayError> {
        self.retry_alerts(now_ms, |_| true)
    }

    fn ask_again_for_alerts(&self, now_ms: Millis) -> Result<(), GatewayError> {
        self.retry_alerts(now_ms, |alert| {
            alert.since_ms.abs_diff(now_ms) >= ASK_AGAIN_MS
        })
    }

    /// Signed anew: the number may be another's by now.
    fn retry_alerts(
        &self,
        now_ms: Millis,
        which: impl Fn(&AlertRow) -> bool,
    ) -> Result<(), GatewayError> {
        let mut refused = self.store.unraised()?;
        refused.retain(|alert| alert.stage == AlertStage::Refused && which(alert));
        for alert in refused {
            self.store.unsend_alert(alert.id, now_ms)?;
        }
        Ok(())
    }
}

/// None where the patient's recipient is no key to encrypt to.
fn encrypt_to(patient: String, mut readers: Vec<String>, json: &[u8]) -> Option<Vec<u8>> {
    readers.retain(|reader| *reader != patient);
    readers.push(patient);
    agefile::seal(json, &readers).ok()
}

fn patient_unknown() -> LedgerError {
    LedgerError::Unreachable {
        cause: "the patient's record is not known".into(),
    }
}
