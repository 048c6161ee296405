//! Fields whose bound is not in the table.

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
    ("/receive/msg", "tokens_bring_a_message_that_takes_funds"),
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
    "/create_product/product/terms/evidence/disclosed/models/0",
    "/offer/version",
    "/bind/version",
    "/claim/evidence/0/batch/epoch",
    "/claim_reward/evidence/0/batch/epoch",
    "/assess/claim",
    "/appeal/claim",
    "/arbitrate/claim",
    "/settle/claim",
];
