//! A receipt, held against the head of its vault's log that the chain keeps.

use vitals_core::receipt::proof::{Head, Inclusion};
use vitals_core::receipt::Receipt;
use vitals_core::tree::leaf_hash;

use crate::ProvedReceipt;

/// Whether a receipt is in the log that the vault anchored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Proof {
    Proved,
    /// Released since the log was last anchored, or by a vault that anchors none.
    NotAnchored,
    /// The vault does not prove what the chain says it anchored: the reason.
    Wrong(String),
}

impl ProvedReceipt {
    /// `head` as the chain keeps it, not as the vault tells it.
    pub fn proof(&self, head: Option<Head>) -> Proof {
        if !self.is_marked_rightly() {
            return Proof::Wrong("the session that the vault names is not the receipt's".into());
        }
        let Some(head) = head.filter(|head| self.index < head.count) else {
            return Proof::NotAnchored;
        };
        let Some(proof) = &self.proof else {
            return Proof::Wrong("the vault gives no proof of it".into());
        };
        let held = Inclusion::from_bytes(proof)
            .and_then(|proof| proof.verify(&leaf_hash(&self.receipt), self.index, &head));
        match held {
            Ok(()) => Proof::Proved,
            Err(cause) => Proof::Wrong(cause.to_string()),
        }
    }

    /// Where a session is named: that the receipt was made with it.
    fn is_marked_rightly(&self) -> bool {
        let Some(mark) = &self.by_session else {
            return true;
        };
        Receipt::from_bytes(&self.receipt).is_ok_and(|receipt| mark.is_of(&receipt))
    }
}
