//! Assess, Appeal, Arbitrate and Settle: who gets what.

use cosmwasm_std::Uint128;
use vitals_api::claims::{AppealInfo, ClaimEvidenceInfo, InvoiceInfo, SilenceMsg};
use vitals_core::insurance::{ClaimState, PolicyState};

use crate::common::{
    World, APPEAL_S, ARBITRATE_S, ASSESS_S, BENEFIT, DEPOSIT, FEE, FILE_WITHIN_S, PREMIUM, TERM_S,
};

/// What each got in the end, beside what the claimant paid.
#[derive(Debug, PartialEq)]
struct Shares {
    payee: u128,
    deposit_back: u128,
    arbiter: u128,
}

/// A claim of 600 that is open, and its policy.
struct Dispute {
    world: World,
    at: (u64, u16),
    payee_before: u128,
    patient_before: u128,
}

impl Dispute {
    fn new(silence: SilenceMsg) -> Self {
        let (mut world, policy) = World::treated(silence);
        let invoice = world.invoice(1, 600);
        let claim = world.file(policy, invoice).unwrap();
        Self {
            payee_before: world.suite.balance("other"),
            patient_before: world.suite.balance("patient"),
            world,
            at: (policy, claim),
        }
    }

    fn assess(&mut self, award: u128) -> &mut Self {
        self.world.assess("assessor", self.at, award).unwrap();
        self
    }

    fn appeal(&mut self) -> &mut Self {
        self.world.appeal(self.at).unwrap();
        self
    }

    fn arbitrate(&mut self, award: u128) -> &mut Self {
        self.world.arbitrate("arbiter", self.at, award).unwrap();
        self
    }

    fn settle_after(&mut self, seconds: u64) -> &mut Self {
        self.world.suite.advance(seconds);
        self.world.settle(self.at).unwrap();
        self
    }

    fn state(&self) -> ClaimState {
        self.world.claim_info(self.at).state
    }

    fn invoice(&self) -> InvoiceInfo {
        match self.world.claim_info(self.at).evidence {
            ClaimEvidenceInfo::Invoice(invoice) => *invoice,
            ClaimEvidenceInfo::Disclosed { .. } => panic!("an invoice was filed"),
        }
    }

    /// The claim is closed; then the policy ends, and nothing is left of either.
    fn shares(&mut self) -> Shares {
        let suite = &self.world.suite;
        let shares = Shares {
            payee: suite.balance("other") - self.payee_before,
            deposit_back: suite.balance("patient") - self.patient_before,
            arbiter: suite.balance("arbiter"),
        };
        self.world.assert_whole();
        let free = DEPOSIT + PREMIUM + FEE - shares.payee - shares.deposit_back - shares.arbiter;
        self.world.suite.advance(TERM_S + FILE_WITHIN_S);
        self.world.expire(self.at.0).unwrap();
        assert_eq!(self.world.pool().free.u128(), free);
        self.world.assert_nothing_stays();
        shares
    }
}

fn shares(payee: u128, deposit_back: u128, arbiter: u128) -> Shares {
    Shares {
        payee,
        deposit_back,
        arbiter,
    }
}

#[test]
fn a_claim_approved_in_full_is_paid_and_its_deposit_returned() {
    let mut dispute = Dispute::new(SilenceMsg::Approves);
    dispute.assess(600);
    assert_eq!(dispute.state(), ClaimState::Paid);
    // the rest of its benefit and its bond are free; one more may be claimed
    let lock = BENEFIT + FEE + PREMIUM;
    assert_eq!(dispute.world.policy(dispute.at.0).locked.u128(), lock);
    let exposure = dispute.world.exposure();
    assert_eq!(exposure.most_payable.u128(), BENEFIT);
    let counts = [exposure.claims_paid, exposure.claims_open];
    assert_eq!(counts.map(|count| count.u64()), [1, 0]);
    assert_eq!(dispute.shares(), shares(600, FEE, 0));
}

#[test]
fn a_full_approval_takes_no_reason_and_a_cut_does() {
    let mut dispute = Dispute::new(SilenceMsg::Approves);
    let at = dispute.at;
    let cut = dispute.world.assess_for("insurer", at, 599, None);
    crate::common::refused(cut, "claims/award_without_reason");
    let more = dispute.world.assess_for("insurer", at, 601, None);
    crate::common::refused(more, "claims/award_too_large");
    assert!(dispute.world.assess_for("insurer", at, 600, None).is_ok());
}

#[test]
fn a_part_is_paid_at_once_and_stands_where_nobody_appeals() {
    let mut dispute = Dispute::new(SilenceMsg::Approves);
    dispute.assess(250);
    assert_eq!(dispute.state(), ClaimState::Assessed);
    assert_eq!(dispute.world.pool().paid.u128(), 250);
    dispute.settle_after(APPEAL_S);
    assert_eq!(dispute.shares(), shares(250, FEE, 0));
}

#[test]
fn a_refusal_that_stands_costs_the_deposit_and_gives_the_claim_back() {
    let mut dispute = Dispute::new(SilenceMsg::Approves);
    dispute.assess(0).settle_after(APPEAL_S);
    assert_eq!(dispute.state(), ClaimState::Refused);
    let info = dispute.world.policy(dispute.at.0);
    assert_eq!((info.claims_paid, info.claims_open), (0, 0));
    let exposure = dispute.world.exposure();
    assert_eq!(exposure.most_payable.u128(), 2 * BENEFIT);
    let counts = [exposure.claims_paid, exposure.claims_open];
    assert_eq!(counts.map(|count| count.u64()), [0, 0]);
    assert_eq!(dispute.shares(), shares(0, 0, 0));
}

#[test]
fn an_appeal_that_is_won_costs_the_insurer_its_bond() {
    let mut dispute = Dispute::new(SilenceMsg::Approves);
    dispute.assess(250).appeal();
    assert_eq!(dispute.state(), ClaimState::Appealed);
    dispute.arbitrate(400);
    assert_eq!(dispute.shares(), shares(400, FEE, FEE));
}

#[test]
fn an_appeal_that_is_lost_costs_the_claimant_the_deposit() {
    for award in [250, 0] {
        let mut dispute = Dispute::new(SilenceMsg::Approves);
        dispute.assess(award).appeal().arbitrate(award);
        assert_eq!(dispute.shares(), shares(award, 0, FEE));
    }
}

#[test]
fn an_assessors_silence_approves_where_the_product_says_so() {
    let mut dispute = Dispute::new(SilenceMsg::Approves);
    dispute.settle_after(ASSESS_S);
    assert_eq!(dispute.shares(), shares(600, FEE, 0));
}

#[test]
fn an_assessors_silence_goes_to_the_arbiter_where_the_product_says_so() {
    let mut dispute = Dispute::new(SilenceMsg::ToArbiter);
    dispute.settle_after(ASSESS_S);
    assert_eq!(dispute.state(), ClaimState::Appealed);
    let at = dispute.world.suite.now_s();
    let (by, reason) = (None, None);
    assert_eq!(
        dispute.invoice().appealed,
        Some(AppealInfo { at, by, reason })
    );
    dispute.arbitrate(500);
    assert_eq!(dispute.shares(), shares(500, FEE, FEE));
}

#[test]
fn an_arbiters_silence_leaves_the_last_decision_standing() {
    let mut dispute = Dispute::new(SilenceMsg::Approves);
    dispute.assess(250).appeal().settle_after(ARBITRATE_S);
    assert_eq!(dispute.shares(), shares(250, FEE, 0));

    let mut dispute = Dispute::new(SilenceMsg::Approves);
    dispute.assess(0).appeal().settle_after(ARBITRATE_S);
    assert_eq!(dispute.state(), ClaimState::Refused);
    assert_eq!(dispute.shares(), shares(0, FEE, 0));
}

#[test]
fn where_nobody_ever_decided_the_claim_is_approved() {
    let mut dispute = Dispute::new(SilenceMsg::ToArbiter);
    dispute.settle_after(ASSESS_S).settle_after(ARBITRATE_S);
    assert_eq!(dispute.shares(), shares(600, FEE, 0));
}

#[test]
fn the_record_says_who_decided_what_and_when() {
    let mut dispute = Dispute::new(SilenceMsg::Approves);
    dispute.assess(250).appeal().arbitrate(400);
    let invoice = dispute.invoice();
    let now = dispute.world.suite.now_s();
    let by = |name: &str| dispute.world.suite.actor(name).to_string();
    let (assessed, arbitrated) = (invoice.assessed.unwrap(), invoice.arbitrated.unwrap());
    assert_eq!(
        (assessed.award, assessed.by),
        (Uint128::new(250), by("assessor"))
    );
    assert_eq!(
        (arbitrated.award, arbitrated.by),
        (Uint128::new(400), by("arbiter"))
    );
    assert_eq!(invoice.appealed.unwrap().by, Some(by("patient")));
    assert_eq!((invoice.deadline, invoice.closed_at), (None, Some(now)));
}

/// Every slot is taken, one of them open: not until it is closed is the policy done, and only if
/// it is paid.
#[test]
fn a_policy_is_exhausted_when_its_last_open_claim_is_paid() {
    for (award, state) in [(600, PolicyState::Exhausted), (0, PolicyState::Active)] {
        let mut dispute = Dispute::new(SilenceMsg::Approves);
        let policy = dispute.at.0;
        let second = dispute.world.invoice(2, BENEFIT);
        let second = dispute.world.file(policy, second).unwrap();
        let at = (policy, second);
        dispute.world.assess("insurer", at, BENEFIT).unwrap();
        let info = dispute.world.policy(policy);
        assert_eq!((info.state, info.claims_open), (PolicyState::Active, 1));
        dispute.assess(award);
        if award == 0 {
            dispute.settle_after(APPEAL_S);
        }
        assert_eq!(dispute.world.policy(policy).state, state);
        if state == PolicyState::Active {
            dispute.world.suite.advance(TERM_S + FILE_WITHIN_S);
            dispute.world.expire(policy).unwrap();
        }
        dispute.world.assert_nothing_stays();
    }
}
