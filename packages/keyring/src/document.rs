//! Who may open what is sealed outside the key tree: a care plan, and the detail of an alert. The
//! rule is here alone; consent decides what it asks, and a vault asks consent again on release.

use cosmwasm_std::Uint64;
use serde::{Deserialize, Serialize};
use vitals_api::consent::recovery::NamedGuardian;
use vitals_api::consent::{DecideMsg, GrantInfo};
use vitals_core::decision::{guardians_power, Action, GroundRef, Purpose};
use vitals_core::measure::Category;
use vitals_core::time::{Epoch, Window};

/// What is sealed for the patient and for whoever is permitted one of its actions, for treatment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DocumentKind {
    /// For who may read, write plans of, or seal all that it is about: a gateway watches by it.
    Plan,
    /// For who may receive alerts of its category, or read it.
    AlertDetail,
}

impl DocumentKind {
    fn actions(self) -> &'static [Action] {
        match self {
            Self::Plan => &[Action::Read, Action::WritePlan, Action::Seal],
            Self::AlertDetail => &[Action::ReceiveAlerts, Action::Read],
        }
    }
}

/// One of a patient, of the hour in which it is sealed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Document {
    pub kind: DocumentKind,
    pub patient: Uint64,
    /// What it is about.
    pub categories: Vec<Category>,
    pub hour: Epoch,
}

/// By what somebody may be one of its readers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Claimed {
    Grant(GrantInfo),
    Guardian(NamedGuardian),
}

impl Claimed {
    fn ground(&self) -> GroundRef {
        match self {
            Self::Grant(grant) => GroundRef::Grant {
                id: grant.grant.u64(),
            },
            Self::Guardian(_) => GroundRef::Guardian {},
        }
    }

    /// What consent would refuse for certain is not asked.
    fn may(&self, action: Action, category: Category) -> bool {
        match self {
            Self::Grant(grant) => {
                !grant.revoked
                    && grant.actions.contains(&action)
                    && grant.categories.contains(&category)
            }
            Self::Guardian(guardian) => {
                guardians_power(action).is_ok_and(|power| guardian.info.powers.contains(&power))
            }
        }
    }
}

impl Document {
    pub fn plan(patient: u64, categories: &[Category], hour: Epoch) -> Self {
        Self {
            kind: DocumentKind::Plan,
            patient: Uint64::new(patient),
            categories: categories.to_vec(),
            hour,
        }
    }

    pub fn alert_detail(patient: u64, category: Category, hour: Epoch) -> Self {
        Self {
            kind: DocumentKind::AlertDetail,
            patient: Uint64::new(patient),
            categories: vec![category],
            hour,
        }
    }

    /// What to ask consent of `who`: a list for each category, in which one permit is enough.
    /// [`Document::is_for`] judges the answers.
    pub fn questions(&self, by: &Claimed, who: &str) -> Vec<Vec<DecideMsg>> {
        let ask = |category, action| DecideMsg {
            patient: self.patient,
            who: who.into(),
            purpose: Purpose::Treatment,
            category,
            action,
            window: Window::one(self.hour),
            ground: Some(by.ground()),
        };
        let of = |category: &Category| {
            let actions = self.kind.actions().iter();
            let open = actions.filter(|action| by.may(**action, *category));
            open.map(|action| ask(*category, *action)).collect()
        };
        self.categories.iter().map(of).collect()
    }
}

/// Whether somebody is a reader, by what consent permits of the questions: one of each list, and
/// nobody is one of what is about nothing.
pub fn is_reader<E>(
    questions: &[Vec<DecideMsg>],
    mut permits: impl FnMut(&DecideMsg) -> Result<bool, E>,
) -> Result<bool, E> {
    for any in questions {
        let mut permitted = false;
        for question in any {
            permitted = permits(question)?;
            if permitted {
                break;
            }
        }
        if !permitted {
            return Ok(false);
        }
    }
    Ok(!questions.is_empty())
}

#[cfg(test)]
mod tests {
    use vitals_api::consent::{GuardianInfo, Party};
    use vitals_core::decision::Power;

    use super::*;

    fn grant(actions: &[Action], categories: &[Category]) -> GrantInfo {
        GrantInfo {
            grant: Uint64::new(4),
            grantee: Party::Account("clinician".into()),
            by: None,
            purposes: vec![Purpose::Treatment],
            categories: categories.to_vec(),
            actions: actions.to_vec(),
            window: Window::one(9),
            valid_from: 0,
            valid_until: 10,
            revoked: false,
            package: None,
        }
    }

    fn guardian(powers: &[Power]) -> Claimed {
        let info = GuardianInfo {
            live: true,
            powers: powers.to_vec(),
            until: None,
            recovers_from: None,
            recovers_until: None,
        };
        Claimed::Guardian(NamedGuardian {
            guardian: "guardian".into(),
            info,
        })
    }

    fn asked(document: &Document, by: &Claimed) -> Vec<Vec<Action>> {
        let lists = document.questions(by, "somebody");
        let actions = |list: &Vec<DecideMsg>| list.iter().map(|q| q.action).collect();
        lists.iter().map(actions).collect()
    }

    fn reads(document: &Document, by: &Claimed) -> bool {
        is_reader(&document.questions(by, "somebody"), |_| {
            Ok::<_, std::convert::Infallible>(true)
        })
        .unwrap()
    }

    const HEART: &[Category] = &[Category::Cardiac];

    #[test]
    fn a_plan_is_for_who_reads_writes_or_seals_and_an_alert_for_who_receives_it_or_reads() {
        let plan = Document::plan(7, HEART, 9);
        let alert = Document::alert_detail(7, Category::Cardiac, 9);
        for (action, of_plan, of_alert) in [
            (Action::Read, true, true),
            (Action::WritePlan, true, false),
            (Action::Seal, true, false),
            (Action::ReceiveAlerts, false, true),
            (Action::Disclose, false, false),
        ] {
            let by = Claimed::Grant(grant(&[action], HEART));
            assert_eq!(reads(&plan, &by), of_plan, "{action:?}");
            assert_eq!(reads(&alert, &by), of_alert, "{action:?}");
        }
    }

    #[test]
    fn a_guardian_reads_a_plan_by_the_power_to_read_and_an_alert_by_that_to_acknowledge_too() {
        let plan = Document::plan(7, HEART, 9);
        let alert = Document::alert_detail(7, Category::Cardiac, 9);
        for (power, of_plan, of_alert) in [
            (Power::Read, true, true),
            (Power::Acknowledge, false, true),
            (Power::Revoke, false, false),
            (Power::Claim, false, false),
        ] {
            let by = guardian(&[power]);
            assert_eq!(reads(&plan, &by), of_plan, "{power:?}");
            assert_eq!(reads(&alert, &by), of_alert, "{power:?}");
        }
    }

    #[test]
    fn of_a_plan_every_category_is_asked_for_and_one_that_is_not_granted_closes_it() {
        let both = [Category::Cardiac, Category::Metabolic];
        let plan = Document::plan(7, &both, 9);
        let whole = Claimed::Grant(grant(&[Action::Seal, Action::Read], &both));
        let lists = asked(&plan, &whole);
        assert_eq!(lists, vec![vec![Action::Read, Action::Seal]; 2]);
        let half = Claimed::Grant(grant(&[Action::Read], HEART));
        assert!(reads(&plan, &whole) && !reads(&plan, &half));
        assert!(!reads(&Document::plan(7, &[], 9), &whole));
    }

    #[test]
    fn of_a_revoked_grant_nothing_is_asked_and_nobody_reads_by_it() {
        let revoked = GrantInfo {
            revoked: true,
            ..grant(&[Action::Read], HEART)
        };
        let revoked = Claimed::Grant(revoked);
        let plan = Document::plan(7, HEART, 9);
        assert_eq!(asked(&plan, &revoked), [Vec::<Action>::new()]);
        assert!(!reads(&plan, &revoked));
    }

    #[test]
    fn what_is_asked_names_the_ground_the_hour_and_treatment() {
        let by = Claimed::Grant(grant(&[Action::ReceiveAlerts], HEART));
        let alert = Document::alert_detail(7, Category::Cardiac, 9);
        let expected = DecideMsg {
            patient: Uint64::new(7),
            who: "clinician".into(),
            purpose: Purpose::Treatment,
            category: Category::Cardiac,
            action: Action::ReceiveAlerts,
            window: Window::one(9),
            ground: Some(GroundRef::Grant { id: 4 }),
        };
        assert_eq!(alert.questions(&by, "clinician"), [[expected]]);
    }

    #[test]
    fn one_permit_in_each_list_is_enough_and_none_in_one_is_not() {
        let by = Claimed::Grant(grant(&[Action::ReceiveAlerts, Action::Read], HEART));
        let questions = Document::alert_detail(7, Category::Cardiac, 9).questions(&by, "x");
        for (allowed, reads) in [
            (vec![Action::ReceiveAlerts], true),
            (vec![Action::Read], true),
            (vec![], false),
        ] {
            let told = is_reader(&questions, |question| {
                Ok::<_, ()>(allowed.contains(&question.action))
            });
            assert_eq!(told, Ok(reads));
        }
        assert_eq!(is_reader(&questions, |_| Err(3)), Err(3));
    }
}
