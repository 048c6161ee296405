//! `vitals receipts list`: who saw what, when, on which ground, and whether it is proved.

use clap::Args;
use serde_json::json;
use vitals_core::receipt::Receipt;
use vitals_insurance::show_ms;
use vitals_ledger::Deployment;
use vitals_vault_client::{
    anchored_logs, ground_text, purpose_text, LoggedRelease, Proof, VaultLog,
};

use super::at::{Vault, VaultsArgs};
use crate::failure::Failure;

#[derive(Args)]
pub struct ListArgs {
    #[command(flatten)]
    at: VaultsArgs,
}

/// Every vault is asked, though one does not answer.
pub fn list(args: &ListArgs) -> Result<(), Failure> {
    let (at, node) = (args.at.contracts()?, args.at.node()?);
    let (mut failed, mut known) = (None, Vec::new());
    for vault in args.at.vaults()? {
        match one(args, &vault, &node, &at) {
            Ok(log) => known.extend(log.account),
            Err(cause) => {
                eprintln!("error: {}: {cause}", vault.vault());
                failed = Some(cause);
            }
        }
    }
    for log in anchored_logs(&node, &at.consent, args.at.patient)? {
        if !known.contains(&log.vault) {
            let (vault, count) = (log.vault, log.count);
            eprintln!("{vault} anchored {count} receipts, and none of these vaults is it");
        }
    }
    failed.map_or(Ok(()), Err)
}

fn one(
    args: &ListArgs,
    vault: &Vault,
    node: &vitals_chain_client::Node,
    at: &Deployment,
) -> Result<VaultLog, Failure> {
    let (patient, ground) = (args.at.patient, &args.at.ground);
    let log = VaultLog::read(vault, node, &at.consent, patient, ground)?;
    match args.at.json {
        true => log
            .releases
            .iter()
            .for_each(|release| println!("{}", as_json(vault.vault(), release))),
        false => tell(vault.vault(), &log),
    }
    let wrong = log
        .releases
        .iter()
        .filter(|release| matches!(release.proof, Proof::Wrong(_)))
        .count();
    match (wrong, log.withheld()) {
        (0, 0) => Ok(log),
        (wrong, withheld) => Err(Failure::new(
            "vault/receipts",
            format!(
                "{wrong} receipts are not what this vault anchored, {withheld} are withheld: \
                 ask its operator, and trust it with nothing until it is explained"
            ),
        )),
    }
}

fn tell(vault: &str, log: &VaultLog) {
    println!(
        "{vault}: {} receipts, {} of them anchored by {}",
        log.releases.len(),
        log.anchored,
        log.account.as_deref().unwrap_or("no account")
    );
    for release in &log.releases {
        println!("{}", line(release));
    }
}

fn line(release: &LoggedRelease) -> String {
    let receipt = &release.receipt;
    format!(
        "{:>5}  {}  {}{}  {}  {}  {}  {}",
        release.index,
        show_ms(receipt.at.saturating_mul(1_000)),
        receipt.who,
        session_text(release),
        what(receipt),
        ground_text(&receipt.ground),
        hex::encode(receipt.digest),
        proof_text(&release.proof)
    )
}

/// The first digits of the session's id, as those of a commit.
fn session_text(release: &LoggedRelease) -> String {
    let by = release.by_session.as_ref();
    by.map_or_else(String::new, |by| {
        let id = hex::encode(&by.session);
        format!(" by session {}", id.get(..8).unwrap_or(&id))
    })
}

/// Category and purpose, where a release has them.
fn what(receipt: &Receipt) -> String {
    let category = receipt.category.map_or("keys or plan", |c| c.name());
    match receipt.purpose {
        Some(purpose) => format!("{category} for {}", purpose_text(purpose)),
        None => category.into(),
    }
}

fn proof_text(proof: &Proof) -> String {
    match proof {
        Proof::Proved => "proved".into(),
        Proof::NotAnchored => "not anchored yet".into(),
        Proof::Wrong(cause) => format!("WRONG: {cause}"),
    }
}

fn as_json(vault: &str, release: &LoggedRelease) -> serde_json::Value {
    let receipt = &release.receipt;
    let (proof, cause) = match &release.proof {
        Proof::Proved => ("proved", None),
        Proof::NotAnchored => ("not_anchored", None),
        Proof::Wrong(cause) => ("wrong", Some(cause)),
    };
    json!({
        "vault": vault,
        "index": release.index,
        "at": receipt.at,
        "who": receipt.who,
        "category": receipt.category,
        "purpose": receipt.purpose,
        "action": receipt.action,
        "ground": ground_text(&receipt.ground),
        "digest": hex::encode(receipt.digest),
        "proof": proof,
        "cause": cause,
        "session": release.by_session.as_ref().map(|by| hex::encode(&by.session)),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use vitals_core::decision::{Action, GroundRef, Purpose};
    use vitals_core::measure::Category;
    use vitals_vault_client::BySession;

    #[test]
    fn a_release_is_told_with_who_when_why_and_whether_it_is_proved() {
        let release = LoggedRelease {
            index: 3,
            receipt: Receipt {
                patient: 7,
                at: 1_800_000_000,
                salt: [1; 16],
                digest: [2; 32],
                purpose: Some(Purpose::Treatment),
                category: Some(Category::Cardiac),
                action: Action::Read,
                ground: GroundRef::Grant { id: 4 },
                who: "wasm1clinician".into(),
            },
            proof: Proof::Proved,
            inclusion: None,
            by_session: Some(BySession::new(&[0xab; 32], [0; 32])),
        };
        let text = line(&release);
        for part in [
            "2027-01-15",
            "wasm1clinician by session abababab  ",
            "cardiac for TREAT",
            "grant:4",
            "proved",
        ] {
            assert!(text.contains(part), "{part}: {text}");
        }
        let json = as_json("ward", &release);
        assert_eq!(
            (&json["proof"], &json["index"]),
            (&"proved".into(), &3.into())
        );
    }
}
