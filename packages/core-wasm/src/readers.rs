//! Who may open a care plan, or the detail of an alert, besides the patient.

use vitals_api::consent::{DecideMsg, Decision};
use vitals_keyring::{is_reader, Claimed, Document};
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::JsValue;

use crate::json::{give, read};
use crate::Refusal;

/// What to ask consent (its query `decide`) before something is sealed for `who`: a list for each
/// category. `by`: one of the patient's grants or guardians, as consent answers it.
#[wasm_bindgen(js_name = readerQuestions, unchecked_return_type = "object[][]")]
pub fn reader_questions(
    #[wasm_bindgen(unchecked_param_type = "SealedDocument")] document: &JsValue,
    #[wasm_bindgen(unchecked_param_type = "{ grant: object } | { guardian: object }")] by: &JsValue,
    who: &str,
) -> Result<JsValue, Refusal> {
    let document: Document = read("the document", document)?;
    let by: Claimed = read("the grant or guardian", by)?;
    give(&document.questions(&by, who))
}

/// Whether the answers make somebody a reader. `answers`: consent's, in the order of the questions.
#[wasm_bindgen(js_name = isReader)]
pub fn reads(
    #[wasm_bindgen(unchecked_param_type = "object[][]")] questions: &JsValue,
    #[wasm_bindgen(unchecked_param_type = "object[]")] answers: &JsValue,
) -> Result<bool, Refusal> {
    let questions: Vec<Vec<DecideMsg>> = read("the questions", questions)?;
    let answers: Vec<Decision> = read("the answers", answers)?;
    judge(&questions, &answers)
}

fn judge(questions: &[Vec<DecideMsg>], answers: &[Decision]) -> Result<bool, Refusal> {
    let asked: Vec<&DecideMsg> = questions.iter().flatten().collect();
    if asked.len() != answers.len() {
        let (due, got) = (asked.len(), answers.len());
        let reason = format!("{due} questions have {got} answers");
        return Err(Refusal::new("keys/answers", reason));
    }
    is_reader(questions, |question| {
        let mut both = asked.iter().zip(answers);
        let found = both.find(|(asked, _)| **asked == question);
        Ok(matches!(found, Some((_, Decision::Permit { .. }))))
    })
}

#[cfg(test)]
mod tests {
    use vitals_api::consent::recovery::NamedGuardian;
    use vitals_api::consent::GuardianInfo;
    use vitals_core::decision::{GroundRef, Power};
    use vitals_core::measure::Category;

    use super::*;

    fn questions() -> Vec<Vec<DecideMsg>> {
        let guardian = Claimed::Guardian(NamedGuardian {
            guardian: "guardian".into(),
            info: GuardianInfo {
                live: true,
                powers: vec![Power::Read, Power::Acknowledge],
                until: None,
                recovers_from: None,
                recovers_until: None,
            },
        });
        Document::alert_detail(7, Category::Cardiac, 9).questions(&guardian, "guardian")
    }

    fn refused() -> Decision {
        Decision::Refuse {
            code: "consent/power_missing".into(),
            reason: "it is missing".into(),
        }
    }

    #[test]
    fn the_answers_are_judged_in_the_order_of_the_questions_and_each_needs_one() {
        let permit = || Decision::Permit {
            by: GroundRef::Guardian {},
        };
        let told = |answers: &[Decision]| judge(&questions(), answers);
        assert!(told(&[permit(), refused()]).unwrap());
        assert!(told(&[refused(), permit()]).unwrap());
        assert!(!told(&[refused(), refused()]).unwrap());
        for wrong in [vec![], vec![permit()]] {
            let refusal = told(&wrong).unwrap_err();
            assert_eq!(refusal.code, "keys/answers");
        }
    }
}
