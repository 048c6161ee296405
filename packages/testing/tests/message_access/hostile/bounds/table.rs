//! The bound of each field of the four contracts' messages.

use vitals_api::consent::emergency::MAX_HOURS_BACK;
use vitals_api::consent::MAX_CREDENTIAL_S;
use vitals_api::parse::LAST_DATE;
use vitals_api::registry::MAX_NAME;
use vitals_api::{anchor, care};
use vitals_core::receipt::proof::MAX_PROOF_BYTES;
use vitals_core::registration::MAX_BODY;

use super::Kind::*;
use super::Size::*;
use super::{Bound, Kind, Size};

/// One whose most is taken.
const fn of(field: &'static str, most: Size, beyond: Size, refused: &'static str) -> Bound {
    of_next(field, most, "ok", beyond, refused)
}

const fn of_next(
    field: &'static str,
    most: Size,
    at_most: &'static str,
    beyond: Size,
    refused: &'static str,
) -> Bound {
    Bound {
        field,
        most,
        at_most,
        beyond,
        refused,
    }
}

const LENGTH: &str = "input/length";

/// SHA-256, or another 32 bytes.
const fn hash(field: &'static str) -> Bound {
    of(field, Bytes(32), Bytes(33), LENGTH)
}

/// Of 64 bytes, and by nobody.
const fn signature(field: &'static str, refused: &'static str) -> Bound {
    of_next(field, Bytes(64), refused, Bytes(65), LENGTH)
}

/// What a device signs.
const fn body(field: &'static str) -> Bound {
    of_next(
        field,
        Bytes(MAX_BODY),
        "format/length",
        Bytes(MAX_BODY + 1),
        LENGTH,
    )
}

const fn every(field: &'static str, kind: Kind) -> Bound {
    of(field, Every(kind), EveryAndOneMore(kind), LENGTH)
}

/// Any number of 32 bits.
const fn narrow(field: &'static str) -> Bound {
    let most = u32::MAX as u64;
    of(field, Number(most), Number(most + 1), "")
}

const fn date(field: &'static str) -> Bound {
    of(
        field,
        Number(LAST_DATE),
        Number(LAST_DATE + 1),
        "input/date",
    )
}

const SIGNED: &str = "registry/signature";

pub const BOUNDS: &[Bound] = &[
    // consent
    of_next(
        "/set_recipient/recipient",
        Letters(62),
        "recipient/bech32",
        Letters(63),
        "recipient/length",
    ),
    every("/admit_issuer/roles", Roles),
    of(
        "/issue_credential/until",
        FromNow(MAX_CREDENTIAL_S),
        FromNow(MAX_CREDENTIAL_S + 1),
        "consent/credential_too_long",
    ),
    every("/appoint_guardian/powers", Powers),
    date("/appoint_guardian/until"),
    every("/grant/grant/purposes", Purposes),
    every("/grant/grant/categories", Categories),
    every("/grant/grant/actions", Actions),
    narrow("/grant/grant/window/to"),
    date("/grant/grant/valid_until"),
    hash("/put_packages/packages/0/package/digest"),
    hash("/put_packages/packages/0/package/recipient_hash"),
    of(
        "/set_custodians/threshold",
        Number(1),
        Number(2),
        "consent/out_of_bounds",
    ),
    narrow("/put_emergency_packages/window/to"),
    hash("/put_emergency_packages/packages/0/digest"),
    hash("/open_emergency/reason"),
    of(
        "/open_emergency/hours_back",
        Number(MAX_HOURS_BACK as u64),
        Number(MAX_HOURS_BACK as u64 + 1),
        "consent/out_of_bounds",
    ),
    of(
        "/open_emergency/for_s",
        Number(86_400),
        Number(86_401),
        "consent/out_of_bounds",
    ),
    narrow("/anchor_receipts/entries/0/count"),
    hash("/anchor_receipts/entries/0/root"),
    of_next(
        "/anchor_receipts/entries/0/proof",
        Bytes(MAX_PROOF_BYTES),
        "receipt/nodes",
        Bytes(MAX_PROOF_BYTES + 1),
        LENGTH,
    ),
    hash("/open_generation/commitment"),
    // device-registry
    of(
        "/admit_maker/name",
        Letters(MAX_NAME),
        Letters(MAX_NAME + 1),
        LENGTH,
    ),
    of(
        "/admit_maker/key/bytes",
        Bytes(32),
        Bytes(33),
        "format/length",
    ),
    of(
        "/list_model/name",
        Letters(MAX_NAME),
        Letters(MAX_NAME + 1),
        LENGTH,
    ),
    every("/list_model/measures", Measures),
    narrow("/list_model/lowest_firmware"),
    narrow("/approve_firmware/version"),
    hash("/approve_firmware/digest"),
    narrow("/recall/to_firmware"),
    hash("/recall/reason"),
    date("/calibrate/until"),
    of(
        "/report_lost/lost_from_ms",
        FromNowMs(0),
        FromNowMs(1),
        "registry/lost_time",
    ),
    body("/register/body"),
    signature("/register/possession", SIGNED),
    signature("/register/attestation", SIGNED),
    body("/pair/body"),
    signature("/pair/signature", SIGNED),
    body("/unpair/signed/body"),
    signature("/unpair/signed/signature", SIGNED),
    body("/transfer/body"),
    signature("/transfer/signature", SIGNED),
    body("/retire/signed/body"),
    signature("/retire/signed/signature", SIGNED),
    body("/rotate_key/body"),
    signature("/rotate_key/old_signature", SIGNED),
    signature("/rotate_key/new_signature", SIGNED),
    body("/update_firmware/body"),
    signature("/update_firmware/signature", SIGNED),
    // vitals-anchor
    of_next(
        "/anchor/batches",
        Items(anchor::MAX_BATCHES),
        "anchor/sequence_replayed",
        Items(anchor::MAX_BATCHES + 1),
        LENGTH,
    ),
    signature("/note_gap/signature", "anchor/signature"),
    every("/shred/categories", Categories),
    narrow("/shred/window/to"),
    // care
    of("/set_ladder/ladder", Number(255), Number(256), ""),
    of(
        "/set_ladder/tiers",
        Items(care::MAX_TIERS),
        Items(care::MAX_TIERS + 1),
        LENGTH,
    ),
    of_next(
        "/set_ladder/tiers/0/responders",
        Items(care::MAX_RESPONDERS),
        "input/duplicate",
        Items(care::MAX_RESPONDERS + 1),
        LENGTH,
    ),
    of(
        "/set_ladder/tiers/0/within_s",
        Number(care::MAX_TIER_S as u64),
        Number(care::MAX_TIER_S as u64 + 1),
        "care/seconds",
    ),
    signature("/raise_alert/signature", "care/bad_signature"),
    hash("/write_plan/plan/digest"),
    of(
        "/write_plan/plan/length",
        Number(care::MAX_PLAN as u64),
        Number(care::MAX_PLAN as u64 + 1),
        "care/plan_length",
    ),
    hash("/record_adherence/report/digest"),
];

/// Bounds that take more than one value to reach, and the test that does.
pub const ELSEWHERE: &[(&str, &str)] = &[
    (
        "/set_quorum/of",
        "a_quorum_is_1_to_the_guardians_that_have_the_power",
    ),
    (
        "/put_packages/packages",
        "thirty_grants_are_re_keyed_at_once_and_neither_none_nor_more",
    ),
    (
        "/set_custodians/custodians",
        "custodians_are_at_most_eight_credentialed_accounts_with_a_threshold_within_them",
    ),
    (
        "/put_emergency_packages/packages",
        "packages_are_exactly_for_the_custodians_named",
    ),
    (
        "/put_emergency_packages/window/from",
        "a_window_holds_an_epoch",
    ),
    (
        "/anchor_receipts/entries",
        "entries_are_1_to_30_of_patients_that_exist_with_roots_and_proofs_of_their_sizes",
    ),
    ("/grant/grant/window/from", "a_window_holds_an_epoch"),
    (
        "/recall/from_firmware",
        "a_model_has_at_most_8_recalls_each_in_order",
    ),
    (
        "/raise_lowest_firmware/lowest",
        "the_lowest_firmware_is_only_raised_and_to_what_a_device_may_update_to",
    ),
    (
        "/mark_recalled/devices",
        "one_to_thirty_devices_are_marked_at_once_or_none",
    ),
    (
        "/anchor/batches/0",
        "entries_that_are_no_batches_are_refused_at_any_length",
    ),
    (
        "/note_gap/notice",
        "every_changed_bit_of_a_notice_is_refused",
    ),
    ("/shred/window/from", "nothing_to_shred_is_no_order"),
    ("/raise_alert/body", "malformed_bytes_are_refused"),
    (
        "/write_plan/plan/categories",
        "digest_length_and_categories_keep_to_their_bounds",
    ),
    (
        "/record_adherence/report/period/from",
        "a_period_has_at_most_366_days",
    ),
    (
        "/record_adherence/report/period/to",
        "a_period_has_at_most_366_days",
    ),
];

/// Numbers of records: what is not there is not found.
pub const NAMES_A_RECORD: &[&str] = &[
    "/open_generation/generation",
    "/approve_firmware/model",
    "/raise_lowest_firmware/model",
    "/recall/model",
    "/write_plan/ground/grant/id",
    "/write_plan/replaces",
    "/acknowledge_plan/version",
    "/withdraw_plan/version",
    "/record_adherence/ground/grant/id",
    "/record_adherence/report/plan",
];
