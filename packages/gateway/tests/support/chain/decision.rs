//! Between consent's messages and the core's decision. The vault's tests use this file too.

use vitals_api::consent::{DecideMsg, Decision};
use vitals_core::decision::{GroundRef, Refusal, Request};

pub fn request(asked: &DecideMsg) -> Request<'_> {
    Request {
        patient: asked.patient.u64(),
        who: &asked.who,
        purpose: asked.purpose,
        category: asked.category,
        action: asked.action,
        window: asked.window,
    }
}

pub fn answer(decided: Result<GroundRef, Refusal>) -> Decision {
    match decided {
        Ok(by) => Decision::Permit { by },
        Err(refusal) => Decision::Refuse {
            code: refusal.code(),
            reason: refusal.to_string(),
        },
    }
}
