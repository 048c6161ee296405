//! The bound of each field of the messages of claims.

use vitals_api::claims::{
    MAX_CLAIMS, MAX_EVIDENCE, MAX_PRODUCT_MODELS, MAX_PROOF_BYTES, MAX_TERM_S,
};
use vitals_core::rule::{MAX_CONDITIONS, MAX_READINGS};
use vitals_testing::products::{FILE_WITHIN_S, TERM_S};

use super::table::{every, hash, narrow, of, of_next, LENGTH};
use super::Kind::StaffParts;
use super::Size::*;
use super::{Bound, Size};

const BOUNDS: &str = "claims/terms_bounds";
/// Days of ten times a day, whenever in an hour they begin.
const DAYS: u64 = 10;
/// Steps that one claim can show: as many as are plausible, in each reading of each batch.
const STEPS: u64 = 30_000 * MAX_READINGS as u64 * MAX_EVIDENCE as u64;

/// A field of new terms. Those of amended ones are read by the same code: they are bound here where
/// only the amendment has them.
macro_rules! term {
    ($field:literal) => {
        concat!("/create_product/product/terms", $field)
    };
}

macro_rules! amended {
    ($field:literal) => {
        concat!("/amend_product/terms", $field)
    };
}

/// Seconds up to ten years.
const fn seconds(field: &'static str) -> Bound {
    of(field, number(MAX_TERM_S), number(MAX_TERM_S + 1), BOUNDS)
}

const fn number(of: u32) -> Size {
    Number(of as u64)
}

const fn evidence(field: &'static str) -> Bound {
    of_next(
        field,
        Items(MAX_EVIDENCE),
        "input/duplicate",
        Items(MAX_EVIDENCE + 1),
        LENGTH,
    )
}

const fn proof(field: &'static str) -> Bound {
    of_next(
        field,
        Bytes(MAX_PROOF_BYTES),
        "proof/encoding",
        Bytes(MAX_PROOF_BYTES + 1),
        LENGTH,
    )
}

pub const CLAIMS: &[Bound] = &[
    every("/set_staff/parts", StaffParts),
    of(
        term!("/benefit/per_event/max_claims"),
        Number(MAX_CLAIMS as u64),
        Number(MAX_CLAIMS as u64 + 1),
        BOUNDS,
    ),
    of_next(
        term!("/benefit/per_event/separation_s"),
        number(MAX_TERM_S),
        "claims/cover_too_short",
        number(MAX_TERM_S + 1),
        BOUNDS,
    ),
    seconds(term!("/term_s")),
    of_next(
        term!("/waiting_s"),
        number(TERM_S - 1),
        "claims/cover_too_short",
        number(TERM_S),
        "claims/no_cover",
    ),
    seconds(term!("/file_within_s")),
    of_next(
        term!("/evidence/disclosed/rule/conditions"),
        Items(MAX_CONDITIONS),
        "claims/rule_measure_twice",
        Items(MAX_CONDITIONS + 1),
        "claims/rule_conditions",
    ),
    of(
        term!("/evidence/disclosed/rule/conditions/0/threshold"),
        Number(3_500),
        Number(3_501),
        "claims/rule_threshold",
    ),
    of(
        term!("/evidence/disclosed/rule/readings"),
        Number(MAX_READINGS as u64),
        Number(MAX_READINGS as u64 + 1),
        "claims/rule_readings",
    ),
    of(
        term!("/evidence/disclosed/rule/spaced_s"),
        Number(30),
        Number(31),
        "claims/rule_spacing",
    ),
    narrow(term!("/evidence/disclosed/rule/within_s")),
    narrow(term!("/evidence/disclosed/rule/anchored_within_s")),
    seconds(term!("/evidence/disclosed/rule/paired_for_s")),
    of_next(
        term!("/evidence/disclosed/models"),
        Items(MAX_PRODUCT_MODELS),
        "claims/model_twice",
        Items(MAX_PRODUCT_MODELS + 1),
        BOUNDS,
    ),
    hash(term!("/terms_digest")),
    of(
        amended!("/premium/instalments/every_s"),
        number(TERM_S - 1),
        number(TERM_S),
        BOUNDS,
    ),
    of(
        amended!("/premium/instalments/grace_s"),
        number(FILE_WITHIN_S - 1),
        number(FILE_WITHIN_S),
        "claims/grace_too_long",
    ),
    seconds(amended!("/evidence/invoice/assess_within_s")),
    seconds(amended!("/evidence/invoice/appeal_within_s")),
    seconds(amended!("/evidence/invoice/arbitrate_within_s")),
    of(
        amended!("/reward/least_a_day"),
        Number(STEPS),
        Number(STEPS + 1),
        "claims/reward_out_of_reach",
    ),
    of(
        amended!("/reward/days"),
        Number(DAYS),
        Number(DAYS + 1),
        "claims/too_few_days",
    ),
    of(
        "/offer/until",
        FromNow(90 * 86_400),
        FromNow(90 * 86_400 + 1),
        "claims/offer_too_long",
    ),
    evidence("/claim/evidence"),
    proof("/claim/evidence/0/proof"),
    evidence("/claim_reward/evidence"),
    proof("/claim_reward/evidence/0/proof"),
    hash("/file_invoice/invoice/digest"),
    of(
        "/file_invoice/invoice/served_from",
        BeforeNow(1),
        BeforeNow(0),
        "input/time",
    ),
    of(
        "/file_invoice/invoice/served_until",
        FromNow(0),
        FromNow(1),
        "claims/not_yet_measured",
    ),
    hash("/assess/reason"),
    hash("/appeal/reason"),
    hash("/arbitrate/reason"),
];
