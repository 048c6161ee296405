//! A vault's log of a patient, as the vault keeps it.

use cosmwasm_std::{Binary, Uint64};
use vitals_api::consent::receipt::{LogMsg, LogsPage, ReceiptInfo};
use vitals_api::consent::{ExecuteMsg, QueryMsg};
use vitals_core::decision::{Action, GroundRef};
use vitals_core::receipt::proof::{Consistency, Head, Inclusion};
use vitals_core::receipt::Receipt;
use vitals_core::tree::Hash;

use super::facts::{NAMES, VAULT};
use super::step::Anchored;
use crate::common::Contract;

pub struct Receipts {
    patient: u64,
    anchored: u8,
}

impl Receipts {
    pub fn new(patient: u64) -> Self {
        Self {
            patient,
            anchored: 0,
        }
    }

    fn receipt(&self, n: u8) -> Receipt {
        Receipt {
            patient: self.patient,
            at: 1_800_000_000 + u64::from(n),
            salt: [n; 16],
            digest: [n; 32],
            purpose: None,
            category: None,
            action: Action::Read,
            ground: GroundRef::Patient {},
            who: "cosmos1reader".into(),
        }
    }

    fn leaves(&self, count: u8) -> Vec<Hash> {
        let leaf = |n| self.receipt(n).leaf().unwrap();
        (0..count).map(leaf).collect()
    }

    /// How many receipts it says there are, and whether it only adds.
    pub fn attempt(&self, log: Anchored) -> (ExecuteMsg, u8, bool) {
        let (count, alters) = match log {
            Anchored::Longer(more) => (self.anchored + more, false),
            Anchored::Same => (self.anchored, false),
            Anchored::Cut => (self.anchored.saturating_sub(1), false),
            Anchored::Altered => (self.anchored + 1, self.anchored > 0),
        };
        let mut leaves = self.leaves(count);
        if alters {
            leaves[0] = [0xee; 32];
        }
        let head = Head::of(&leaves).unwrap();
        let from = u32::from(self.anchored.min(count));
        let entry = LogMsg {
            patient: Uint64::new(self.patient),
            count: head.count,
            root: Binary::new(head.root.to_vec()),
            proof: Binary::new(Consistency::build(&leaves, from).unwrap().to_bytes()),
        };
        let anchor = ExecuteMsg::AnchorReceipts {
            entries: vec![entry],
        };
        (anchor, count, count > self.anchored && !alters)
    }

    /// Every receipt that was ever anchored is in the newest head.
    pub fn extended(&mut self, contract: &Contract, count: u8) {
        self.anchored = count;
        let leaves = self.leaves(count);
        for index in 0..count {
            let proof = Inclusion::build(&leaves, index.into()).unwrap();
            let ask = QueryMsg::VerifyReceipt {
                patient: Uint64::new(self.patient),
                vault: contract.addr(NAMES[VAULT]).into(),
                index: index.into(),
                receipt: Binary::new(self.receipt(index).to_bytes().unwrap()),
                proof: Binary::new(proof.to_bytes()),
            };
            contract.ask::<ReceiptInfo>(ask).unwrap();
        }
    }

    /// The head that stands is the one anchored last.
    pub fn compare(&self, contract: &Contract) {
        let page: LogsPage = contract
            .ask(QueryMsg::Receipts {
                patient: Uint64::new(self.patient),
                start_after: None,
                limit: None,
            })
            .unwrap();
        let counts: Vec<u32> = page.logs.iter().map(|log| log.count).collect();
        let expected = (self.anchored > 0).then_some(u32::from(self.anchored));
        assert_eq!(counts, Vec::from_iter(expected));
    }
}
