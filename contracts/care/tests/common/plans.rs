//! Plans of the ward's patient, by a clinician with a credential and a grant.

use cosmwasm_std::{Binary, Uint64};
use vitals_api::care::{
    AdherenceInfo, AdherenceMsg, AdherencePage, CurrentPlan, ExecuteMsg, PlanInfo, PlanMsg,
    PlansPage, QueryMsg,
};
use vitals_core::decision::{Action, GroundRef, Purpose, Role};
use vitals_core::measure::Category;
use vitals_core::time::Window;

use super::{Outcome, Ward};

pub fn plan(categories: &[Category]) -> PlanMsg {
    PlanMsg {
        digest: Binary::new(vec![9; 32]),
        length: 4_096,
        categories: categories.to_vec(),
    }
}

pub fn cardiac() -> PlanMsg {
    plan(&[Category::Cardiac])
}

impl Ward {
    /// A credential as clinician and a grant to write plans over cardiac data and medication.
    pub fn may_write(&mut self, clinician: &str) -> GroundRef {
        self.suite.credential(clinician, Role::Clinician);
        let id = self.writing_grant(clinician);
        GroundRef::Grant { id }
    }

    pub fn writing_grant(&mut self, clinician: &str) -> u64 {
        let patient = self.patient;
        self.suite.grant(
            "patient",
            patient,
            clinician,
            Purpose::Treatment,
            &[Category::Cardiac, Category::Medication],
            &[Action::WritePlan],
        )
    }

    pub fn write(&mut self, sender: &str, ground: GroundRef, replaces: u32) -> Outcome {
        self.write_plan(sender, ground, replaces, &cardiac())
    }

    pub fn write_plan(
        &mut self,
        sender: &str,
        ground: GroundRef,
        replaces: u32,
        plan: &PlanMsg,
    ) -> Outcome {
        let msg = ExecuteMsg::WritePlan {
            patient: Uint64::new(self.patient),
            ground,
            replaces,
            plan: plan.clone(),
        };
        self.run(sender, &msg)
    }

    pub fn accept(&mut self, sender: &str, version: u32) -> Outcome {
        let patient = Uint64::new(self.patient);
        self.run(sender, &ExecuteMsg::AcknowledgePlan { patient, version })
    }

    pub fn withdraw(&mut self, sender: &str, version: u32) -> Outcome {
        let patient = Uint64::new(self.patient);
        self.run(sender, &ExecuteMsg::WithdrawPlan { patient, version })
    }

    pub fn sign_off(
        &mut self,
        sender: &str,
        ground: GroundRef,
        plan: u32,
        period: Window,
    ) -> Outcome {
        let msg = ExecuteMsg::RecordAdherence {
            patient: Uint64::new(self.patient),
            ground,
            report: AdherenceMsg {
                plan,
                period,
                digest: Binary::new(vec![5; 32]),
            },
        };
        self.run(sender, &msg)
    }

    pub fn plan(&self, version: u32) -> PlanInfo {
        let patient = Uint64::new(self.patient);
        self.ask(&QueryMsg::Plan { patient, version })
    }

    pub fn plans(&self, start_after: Option<u32>, limit: Option<u32>) -> Vec<u32> {
        let page: PlansPage = self.ask(&QueryMsg::Plans {
            patient: Uint64::new(self.patient),
            start_after,
            limit,
        });
        page.plans.iter().map(|plan| plan.version).collect()
    }

    /// The version in force, and the newest.
    pub fn current(&self) -> (Option<u32>, u32) {
        let patient = Uint64::new(self.patient);
        let current: CurrentPlan = self.ask(&QueryMsg::CurrentPlan { patient });
        (current.plan.map(|plan| plan.version), current.newest)
    }

    pub fn reports(&self, start_after: Option<u32>, limit: Option<u32>) -> Vec<AdherenceInfo> {
        let page: AdherencePage = self.ask(&QueryMsg::Adherence {
            patient: Uint64::new(self.patient),
            start_after,
            limit,
        });
        page.reports
    }
}
