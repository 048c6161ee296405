//! Step 15: an employer's policy for invoices. The assessor awards a part, the arbiter more, and
//! the insurer's bond pays the fee; on another invoice the assessor is silent.

use anyhow::{ensure, Result};
use cosmwasm_std::{Binary, Uint128, Uint64};
use vitals_api::claims::cw20::ReceiveMsg;
use vitals_api::claims::{ClaimInfo, ExecuteMsg, InvoiceMsg, QueryMsg, StaffPart};
use vitals_core::decision::{Action, GroundRef, Purpose};
use vitals_core::insurance::{ClaimState, PolicyState};
use vitals_core::measure::Category;
use vitals_vault_client::digest;

use super::insurance::Cover;
use super::people::Patient;
use super::products::{self, FEE, INVOICE_PREMIUM};
use super::{number, Stage};
use crate::screen;

const DEPOSIT: u128 = 90_000;
const OFFER_S: u64 = 3_600;

/// Who files what for how much.
pub struct Filing {
    pub by: &'static str,
    pub ground: GroundRef,
    pub document: &'static [u8],
    pub amount: u128,
}

impl Stage<'_> {
    pub fn invoices(&mut self, patient: &Patient) -> Result<()> {
        screen::step(
            15,
            "Invoices: an assessor, an appeal, an arbiter, a silence",
        );
        self.report.step("invoices");
        self.staff("assessor", StaffPart::Assessor)?;
        self.staff("treasurer", StaffPart::Treasurer)?;
        let terms = products::invoices(self.address("arbiter")?);
        let product = self.sell(&self.coins(), terms, DEPOSIT)?;
        let cover = self.offered(patient, product)?;
        let served_until = self.policy(cover.policy)?.bound_at + 1;
        self.backend.wait_past(served_until * 1_000)?;
        let disputed = Filing {
            by: "patient",
            ground: GroundRef::Patient {},
            document: b"invoice 1 of a hospital",
            amount: 30_000,
        };
        self.refused_filing(
            "an invoice with too small a deposit",
            "claims/wrong_deposit",
            cover,
            &disputed,
            FEE - 1,
        )?;
        let first = self.file(cover, &disputed)?;
        self.refused_filing(
            "the same invoice filed again",
            "claims/invoice_known",
            cover,
            &disputed,
            FEE,
        )?;
        let second = self.filed_by_care_provider(patient, cover)?;
        self.dispute(cover, first)?;
        self.silence(cover, second)?;
        let state = self.policy(cover.policy)?.state;
        ensure!(
            state == PolicyState::Exhausted,
            "two of two claims are paid, and the policy is {state:?}"
        );
        self.check_books()
    }

    fn staff(&mut self, who: &str, part: StaffPart) -> Result<()> {
        let claims = self.at.claims.clone();
        let set = ExecuteMsg::SetStaff {
            account: self.address(who)?,
            parts: vec![part],
        };
        self.act("insurer", "set_staff", &claims, &set)?;
        screen::say(&format!("the insurer has the {who} work for it"));
        Ok(())
    }

    /// The employer pays, the patient accepts.
    fn offered(&mut self, patient: &Patient, product: u64) -> Result<Cover> {
        let claims = self.at.claims.clone();
        let coins = self.coins();
        let until = self.now_s()? + OFFER_S;
        let payee = self.address("patient")?;
        let offer = |version| ReceiveMsg::Offer {
            product: Uint64::new(product),
            version,
            patient: Uint64::new(patient.id),
            payee: payee.clone(),
            until,
        };
        let unknown = self.paying(&coins, INVOICE_PREMIUM, &offer(2))?;
        self.refused_call(
            "an offer in terms that are not the product's",
            "claims/terms_changed",
            "employer",
            unknown,
        )?;
        let call = self.paying(&coins, INVOICE_PREMIUM, &offer(1))?;
        let offered = self.act_with("employer", "offer", call)?;
        let policy = number(&offered, &claims, "policy_offered", "policy")?;
        let accept = ExecuteMsg::Accept {
            policy: Uint64::new(policy),
            ground: GroundRef::Patient {},
        };
        self.refused_tx(
            "somebody else accepting the patient's offer",
            "consent/not_the_patient",
            "stranger",
            &claims,
            &accept,
        )?;
        self.act("patient", "accept", &claims, &accept)?;
        screen::say(&format!(
            "policy {policy}: offered and paid for by the employer, accepted by the patient"
        ));
        Ok(Cover { product, policy })
    }

    fn filing(&self, cover: Cover, filing: &Filing) -> Result<ReceiveMsg> {
        let bound_at = self.policy(cover.policy)?.bound_at;
        Ok(ReceiveMsg::FileInvoice {
            policy: Uint64::new(cover.policy),
            ground: filing.ground,
            invoice: InvoiceMsg {
                digest: Binary::new(digest(filing.document).to_vec()),
                amount: Uint128::new(filing.amount),
                served_from: bound_at,
                served_until: bound_at + 1,
            },
        })
    }

    /// Files it with the deposit the product asks for: the claim's number.
    fn file(&mut self, cover: Cover, filing: &Filing) -> Result<u16> {
        let claims = self.at.claims.clone();
        let msg = self.filing(cover, filing)?;
        let call = self.paying(&self.coins(), FEE, &msg)?;
        let filed = self.act_with(filing.by, "invoice_claim", call)?;
        let claim = number(&filed, &claims, "claim_filed", "claim")?;
        screen::say(&format!(
            "claim {}/{claim}: the {} files an invoice of {}, with a deposit of {FEE}",
            cover.policy, filing.by, filing.amount
        ));
        Ok(u16::try_from(claim)?)
    }

    fn refused_filing(
        &mut self,
        attempt: &str,
        code: &str,
        cover: Cover,
        filing: &Filing,
        deposit: u128,
    ) -> Result<()> {
        let msg = self.filing(cover, filing)?;
        let call = self.paying(&self.coins(), deposit, &msg)?;
        self.refused_call(attempt, code, filing.by, call)
    }

    /// The clinician may disclose for payment, and files for the patient.
    fn filed_by_care_provider(&mut self, patient: &Patient, cover: Cover) -> Result<u16> {
        let mut filing = Filing {
            by: "clinician",
            ground: GroundRef::Grant { id: patient.caring },
            document: b"invoice 2 of a practice",
            amount: 15_000,
        };
        self.refused_filing(
            "a clinician filing an invoice by a grant that is for treatment",
            "consent/purpose_not_granted",
            cover,
            &filing,
            FEE,
        )?;
        let id = self.grant_plain(
            patient,
            "clinician",
            Purpose::Payment,
            &[Action::Disclose],
            &[Category::Cardiac],
        )?;
        filing.ground = GroundRef::Grant { id };
        self.file(cover, &filing)
    }

    /// Nobody assesses it: what that means, anybody may make happen.
    fn silence(&mut self, cover: Cover, claim: u16) -> Result<()> {
        let claims = self.at.claims.clone();
        let settle = ExecuteMsg::Settle {
            policy: Uint64::new(cover.policy),
            claim,
        };
        self.refused_tx(
            "settling a claim before the assessor's deadline",
            "claims/claim_state",
            "stranger",
            &claims,
            &settle,
        )?;
        let deadline = self.deadline(cover, claim)?;
        self.backend.wait_past(deadline * 1_000)?;
        self.act("stranger", "settle", &claims, &settle)?;
        let settled = self.claim_info(cover, claim)?;
        ensure!(
            settled.state == ClaimState::Paid,
            "the assessor's silence approves: {settled:?}"
        );
        self.report.insurance.settled += 1;
        screen::say(&format!(
            "claim {}/{claim}: the assessor was silent, anybody settles it: {} paid in full",
            cover.policy, settled.paid
        ));
        Ok(())
    }

    pub fn claim_info(&self, cover: Cover, claim: u16) -> Result<ClaimInfo> {
        let asked = QueryMsg::Claim {
            policy: Uint64::new(cover.policy),
            claim,
        };
        self.ask(&self.at.claims, &asked)
    }
}
