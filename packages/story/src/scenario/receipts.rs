//! Step 18: the vault's operator anchors what the vault released, and one release is proved. The
//! vault of the story has no account of its own, which `vitals vault serve` anchors by: here each
//! anchoring is a step that can be shown, and one is refused.

use anyhow::{ensure, Context, Result};
use cosmwasm_std::{Binary, Uint64};
use vitals_api::consent::receipt::{LogMsg, ReceiptInfo};
use vitals_api::consent::{self, ExecuteMsg};
use vitals_core::decision::GroundRef;
use vitals_core::receipt::proof::{Consistency, Head, Inclusion};
use vitals_core::receipt::Receipt;
use vitals_core::tree::Hash;

use super::people::Patient;
use super::recording::Played;
use super::Stage;
use crate::screen;

/// The operator's log of one patient.
#[derive(Default)]
struct Log {
    receipts: Vec<Receipt>,
    /// Place of the last of them.
    last: Option<u32>,
}

impl Log {
    fn leaves(&self) -> Result<Vec<Hash>> {
        Ok(self
            .receipts
            .iter()
            .map(Receipt::leaf)
            .collect::<Result<_, _>>()?)
    }
}

impl Stage<'_> {
    pub fn receipts(&mut self, patient: &Patient, played: &Played) -> Result<()> {
        screen::step(18, "Receipts of what the vault released");
        self.report.step("receipts");
        let mut log = Log::default();
        self.extend(&mut log, patient, played)?;
        screen::say("the vault logged each release before its first byte went");
        self.anchor_log(patient, &log.leaves()?, 0)?;

        let before = u32::try_from(log.receipts.len())?;
        self.open_own(patient, played)?;
        self.extend(&mut log, patient, played)?;
        self.refused_log(patient, &log, before)?;
        self.anchor_log(patient, &log.leaves()?, before)?;
        self.prove_receipt(patient, &log)
    }

    /// What the vault released since, as the patient is shown it.
    fn extend(&self, log: &mut Log, patient: &Patient, played: &Played) -> Result<()> {
        let vault = self.vault_as("patient", &played.vault)?;
        loop {
            let page = vault.receipts(patient.id, &GroundRef::Patient {}, log.last)?;
            let Some(last) = page.receipts.last() else {
                return Ok(());
            };
            log.last = Some(last.index);
            for told in &page.receipts {
                log.receipts.push(Receipt::from_bytes(&told.receipt)?);
            }
        }
    }

    fn anchor_log(&mut self, patient: &Patient, leaves: &[Hash], from: u32) -> Result<()> {
        let consent = self.at.consent.clone();
        let msg = anchoring(patient, leaves, from)?;
        let kind = match from {
            0 => "anchor_receipts_first",
            _ => "anchor_receipts",
        };
        self.act("vault", kind, &consent, &msg)?;
        let kept = &mut self.report.care.receipts;
        kept.anchored = u32::try_from(leaves.len())?;
        kept.anchorings += 1;
        screen::say(&match from {
            0 => format!("{} receipts anchored by their root", kept.anchored),
            _ => format!(
                "{} receipts anchored, with a proof that the first {from} are the same as before",
                kept.anchored
            ),
        });
        Ok(())
    }

    /// A log whose first receipt was replaced does not follow from the one anchored.
    fn refused_log(&mut self, patient: &Patient, log: &Log, from: u32) -> Result<()> {
        let mut leaves = log.leaves()?;
        let first = leaves.first_mut().context("nothing was released")?;
        first[0] ^= 1;
        let consent = self.at.consent.clone();
        self.refused_tx(
            "a vault's log in which a receipt was replaced",
            "receipt/root",
            "vault",
            &consent,
            &anchoring(patient, &leaves, from)?,
        )
    }

    /// The clinician's first read of a batch.
    fn prove_receipt(&mut self, patient: &Patient, log: &Log) -> Result<()> {
        let clinician = self.address("clinician")?;
        let index = log
            .receipts
            .iter()
            .position(|r| r.who == clinician && r.purpose.is_some())
            .context("the clinician read nothing")?;
        let receipt = &log.receipts[index];
        let index = u32::try_from(index)?;
        let proof = Inclusion::build(&log.leaves()?, index).context("no such receipt")?;
        let asked = consent::QueryMsg::VerifyReceipt {
            patient: Uint64::new(patient.id),
            vault: self.address("vault")?,
            index,
            receipt: Binary::new(receipt.to_bytes()?),
            proof: Binary::new(proof.to_bytes()),
        };
        let shown: ReceiptInfo = self.ask(&self.at.consent, &asked)?;
        ensure!(
            shown.who == clinician && shown.digest.as_slice() == receipt.digest,
            "the chain shows another receipt: {shown:?}"
        );
        self.report.care.receipts.proved += 1;
        screen::say(&format!(
            "receipt {index} is in the log: the clinician was given a batch, by {:?}",
            shown.ground
        ));
        Ok(())
    }
}

fn anchoring(patient: &Patient, leaves: &[Hash], from: u32) -> Result<ExecuteMsg> {
    let head = Head::of(leaves).context("too many receipts")?;
    let proof = Consistency::build(leaves, from).context("the log is shorter than it was")?;
    Ok(ExecuteMsg::AnchorReceipts {
        entries: vec![LogMsg {
            patient: Uint64::new(patient.id),
            count: head.count,
            root: Binary::new(head.root.to_vec()),
            proof: Binary::new(proof.to_bytes()),
        }],
    })
}
