//! Claims on invoices.

use cosmwasm_std::{Binary, Coin, Uint128, Uint64};
use cw_multi_test::AppResponse;
use vitals_api::claims::{ClaimInfo, ExecuteMsg, InvoiceMsg, QueryMsg, SilenceMsg, StaffPart};
use vitals_core::decision::GroundRef;
use vitals_testing::suite::{number, Refused};

use super::{invoices, World, FEE, PATIENT};

impl World {
    /// A policy of invoices, and an hour of cover in which care was given.
    pub fn treated(silence: SilenceMsg) -> (Self, u64) {
        let arbiter = vitals_testing::Suite::chain().api().addr_make("arbiter");
        let mut world = Self::selling(&invoices(silence, arbiter.as_str()));
        world.staff("assessor", &[StaffPart::Assessor]).unwrap();
        let policy = world.bind().unwrap();
        world.suite.advance(3_600);
        (world, policy)
    }

    /// For the last hour's care; the digest repeats one byte.
    pub fn invoice(&self, digest: u8, amount: u128) -> InvoiceMsg {
        let now = self.suite.now_s();
        InvoiceMsg {
            digest: Binary::new(vec![digest; 32]),
            amount: Uint128::new(amount),
            served_from: now - 3_600,
            served_until: now,
        }
    }

    pub fn file(&mut self, policy: u64, invoice: InvoiceMsg) -> Result<u16, Refused> {
        let funds = self.suite.coins(FEE);
        self.file_as("patient", PATIENT, policy, invoice, &funds)
    }

    pub fn file_as(
        &mut self,
        sender: &str,
        ground: GroundRef,
        policy: u64,
        invoice: InvoiceMsg,
        funds: &[Coin],
    ) -> Result<u16, Refused> {
        let msg = ExecuteMsg::FileInvoice {
            policy: Uint64::new(policy),
            ground,
            invoice,
        };
        let done = self.send(sender, &msg, funds)?;
        Ok(number(&done.events, "claim_filed", "claim") as u16)
    }

    /// With a reason.
    pub fn assess(
        &mut self,
        by: &str,
        at: (u64, u16),
        award: u128,
    ) -> Result<AppResponse, Refused> {
        let reason = Some(Binary::new(vec![1; 32]));
        self.assess_for(by, at, award, reason)
    }

    pub fn assess_for(
        &mut self,
        by: &str,
        (policy, claim): (u64, u16),
        award: u128,
        reason: Option<Binary>,
    ) -> Result<AppResponse, Refused> {
        let msg = ExecuteMsg::Assess {
            policy: Uint64::new(policy),
            claim,
            award: Uint128::new(award),
            reason,
        };
        self.tell(by, &msg)
    }

    pub fn appeal(&mut self, at: (u64, u16)) -> Result<AppResponse, Refused> {
        self.appeal_as("patient", PATIENT, at)
    }

    pub fn appeal_as(
        &mut self,
        sender: &str,
        ground: GroundRef,
        (policy, claim): (u64, u16),
    ) -> Result<AppResponse, Refused> {
        let msg = ExecuteMsg::Appeal {
            policy: Uint64::new(policy),
            claim,
            ground,
            reason: Binary::new(vec![2; 32]),
        };
        self.tell(sender, &msg)
    }

    pub fn arbitrate(
        &mut self,
        by: &str,
        (policy, claim): (u64, u16),
        award: u128,
    ) -> Result<AppResponse, Refused> {
        let msg = ExecuteMsg::Arbitrate {
            policy: Uint64::new(policy),
            claim,
            award: Uint128::new(award),
            reason: Binary::new(vec![3; 32]),
        };
        self.tell(by, &msg)
    }

    pub fn settle(&mut self, (policy, claim): (u64, u16)) -> Result<AppResponse, Refused> {
        let policy = Uint64::new(policy);
        self.tell("stranger", &ExecuteMsg::Settle { policy, claim })
    }

    pub fn claim_info(&self, (policy, claim): (u64, u16)) -> ClaimInfo {
        let policy = Uint64::new(policy);
        self.query(&QueryMsg::Claim { policy, claim }).unwrap()
    }
}
