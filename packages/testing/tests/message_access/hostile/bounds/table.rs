//! The bound of each field of the messages of all contracts but claims.

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
pub const fn of(field: &'static str, most: Size, beyond: Size, refused: &'static str) -> Bound {
    of_next(field, most, "ok", beyond, refused)
}

pub const fn of_next(
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

pub const LENGTH: &str = "input/length";

/// SHA-256, or another 32 bytes.
pub const fn hash(field: &'static str) -> Bound {
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

pub const fn every(field: &'static str, kind: Kind) -> Bound {
    of(field, Every(kind), EveryAndOneMore(kind), LENGTH)
}

/// Any number of 32 bits.
pub const fn narrow(field: &'static str) -> Bound {
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
