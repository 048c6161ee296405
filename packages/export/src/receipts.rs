//! Who was given what: each vault's log of the patient, with the proofs that lead to what it
//! anchored on the chain.

use serde_json::{json, Value};
use vitals_core::decision::GroundRef;
use vitals_ledger::Reader;
use vitals_vault_client::{
    anchored_logs, ground_text, purpose_text, LoggedRelease, Proof, Signer, VaultLog,
};

use crate::export::{value, Work};
use crate::ExportError;

impl<C: Reader + ?Sized, S: Signer> Work<'_, C, S> {
    pub(crate) fn receipts(&mut self) -> Result<(), ExportError> {
        let export = self.export;
        let (chain, consent, patient) = (export.chain, &export.at.consent, export.patient());
        let mut known = Vec::new();
        for vault in export.vaults {
            let ground = GroundRef::Patient {};
            match VaultLog::read(vault, chain, consent, patient, &ground) {
                Ok(log) => {
                    known.extend(log.account.clone());
                    self.log(vault.vault(), &log)?;
                }
                Err(cause) => {
                    let what = format!("receipts of vault {}", vault.vault());
                    self.folder.missing(&what, &cause.to_string());
                }
            }
        }
        let anchored = anchored_logs(chain, consent, patient)?;
        self.section("chain/anchored_logs.json", value(&anchored))?;
        for log in anchored {
            if !known.contains(&log.vault) {
                let what = format!("{} receipts anchored by {}", log.count, log.vault);
                self.folder.missing(&what, "none of the vaults asked is it");
            }
        }
        Ok(())
    }

    fn log(&mut self, vault: &str, log: &VaultLog) -> Result<(), ExportError> {
        let mut lines = String::new();
        for release in &log.releases {
            lines.push_str(&line(release).to_string());
            lines.push('\n');
            if let Proof::Wrong(cause) = &release.proof {
                let what = format!("proof of receipt {} of vault {vault}", release.index);
                self.folder.missing(&what, cause);
            }
        }
        if log.withheld() > 0 {
            let what = format!("{} receipts of vault {vault}", log.withheld());
            self.folder.missing(
                &what,
                "the chain knows of them, the vault does not show them",
            );
        }
        // names are of any text, file names are not
        let name = format!("receipts/{}", hex::encode(vault));
        self.folder
            .write(&format!("{name}.jsonl"), lines.as_bytes())?;
        let about = json!({
            "vault": vault, "account": log.account, "receipts": log.releases.len(),
            "anchored": log.anchored,
        });
        self.folder.write_json(&format!("{name}.json"), &about)
    }
}

fn line(release: &LoggedRelease) -> Value {
    let receipt = &release.receipt;
    let (proof, cause) = match &release.proof {
        Proof::Proved => ("proved", None),
        Proof::NotAnchored => ("not_anchored", None),
        Proof::Wrong(cause) => ("wrong", Some(cause)),
    };
    json!({
        "index": release.index, "at": receipt.at, "who": receipt.who,
        "category": receipt.category, "purpose": receipt.purpose.map(purpose_text),
        "action": receipt.action, "ground": ground_text(&receipt.ground),
        "released_sha256": hex::encode(receipt.digest),
        "proof": proof, "cause": cause,
        "by_session": release.by_session.as_ref().map(|by| hex::encode(&by.session)),
        "evidence": {
            "receipt": receipt.to_bytes().ok().map(hex::encode),
            "inclusion": release.inclusion.as_deref().map(hex::encode),
            "session_draw": release.by_session.as_ref().map(|by| hex::encode(&by.draw)),
        },
    })
}
