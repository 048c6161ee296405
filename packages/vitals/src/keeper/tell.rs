//! What a look tells: a line or a JSON object each, of public numbers alone.

use serde_json::{json, Value};
use vitals_insurance::show_time;
use vitals_keeper::{Done, Outcome, Review, ReviewStage, Task};

pub fn done(done: &Done, json: bool) {
    match json {
        true => println!("{}", as_json(done)),
        false => println!("{}", as_text(done)),
    }
}

/// A review that a person has to give.
pub fn review(review: &Review, json: bool) {
    match json {
        true => println!("{}", review_json(review)),
        false => println!("{}", review_text(review)),
    }
}

/// What a task is about: names, and their numbers or accounts.
fn about(task: &Task) -> Vec<(&'static str, String)> {
    match task {
        Task::Escalate { alert } => vec![("alert", alert.to_string())],
        Task::EndEmergency { patient, emergency } => vec![
            ("patient", patient.to_string()),
            ("emergency", emergency.to_string()),
        ],
        Task::CompleteRecovery { patient } => vec![("patient", patient.to_string())],
        Task::WithdrawOffer { policy } | Task::Lapse { policy } | Task::Expire { policy } => {
            vec![("policy", policy.to_string())]
        }
        Task::Settle { policy, claim } => {
            vec![("policy", policy.to_string()), ("claim", claim.to_string())]
        }
        Task::ReclaimUnclaimed { product, account } => vec![
            ("product", product.to_string()),
            ("account", account.clone()),
        ],
    }
}

fn as_json(done: &Done) -> Value {
    let mut told = json!({ "call": done.task.kind() });
    for (name, value) in about(&done.task) {
        told[name] = value.into();
    }
    match &done.outcome {
        Ok(Outcome::Called { tx }) => told["tx"] = tx.as_str().into(),
        Ok(Outcome::Elsewhere) => told["elsewhere"] = true.into(),
        Err(error) => told["error"] = error.to_string().into(),
    }
    told
}

fn as_text(done: &Done) -> String {
    let about = about(&done.task).into_iter();
    let about: Vec<_> = about
        .map(|(name, value)| format!("{name} {value}"))
        .collect();
    let (about, verb) = (about.join(", "), done.task.verb());
    match &done.outcome {
        Ok(Outcome::Called { tx }) => format!("{about}: {verb}, transaction {tx}"),
        Ok(Outcome::Elsewhere) => format!("{about}: {verb} by somebody else"),
        Err(error) => format!("{about}: not {verb}: {error}"),
    }
}

fn review_json(review: &Review) -> Value {
    json!({
        "review": review.stage.name(), "patient": review.patient.to_string(),
        "emergency": review.emergency.to_string(), "review_by": review.review_by,
    })
}

fn review_text(review: &Review) -> String {
    let by = show_time(review.review_by);
    let late = match review.stage {
        ReviewStage::Due => format!("a review is due by {by}"),
        ReviewStage::Overdue => format!("the review is overdue since {by}"),
    };
    let Review {
        patient, emergency, ..
    } = review;
    format!("patient {patient}, emergency {emergency}: {late}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use vitals_ledger::LedgerError;

    #[test]
    fn what_was_done_or_refused_is_told_as_a_line_and_as_json() {
        let mut settled = Done {
            task: Task::Settle {
                policy: 7,
                claim: 2,
            },
            outcome: Ok(Outcome::Called { tx: "AB12".into() }),
        };
        let text = "policy 7, claim 2: settled, transaction AB12";
        assert_eq!(as_text(&settled), text);
        let json = json!({"policy": "7", "claim": "2", "call": "settle", "tx": "AB12"});
        assert_eq!(as_json(&settled), json);
        settled.outcome = Ok(Outcome::Elsewhere);
        let text = "policy 7, claim 2: settled by somebody else";
        assert_eq!(as_text(&settled), text);
        let reason = "care/too_early: wait".to_string();
        let refused = Done {
            task: Task::Escalate { alert: 3 },
            outcome: Err(LedgerError::Refused { reason }),
        };
        let text = "alert 3: not escalated: care/too_early: wait";
        assert_eq!(as_text(&refused), text);
        let json = json!({"alert": "3", "call": "escalate", "error": "care/too_early: wait"});
        assert_eq!(as_json(&refused), json);
    }

    #[test]
    fn a_missing_review_is_told_with_its_deadline() {
        let review = Review {
            patient: u64::MAX,
            emergency: 2,
            review_by: 1_795_392_000,
            stage: ReviewStage::Overdue,
        };
        let text = review_text(&review);
        assert!(text.ends_with("emergency 2: the review is overdue since 2026-11-23T00:00:00Z"));
        let json = review_json(&review);
        assert_eq!(json["patient"], "18446744073709551615", "passes 2^53");
        assert_eq!(json["review"], "overdue");
    }
}
