//! The story on cw-multi-test: at the speed it was recorded, over more than one epoch.

use vitals_story::backend::native::Native;
use vitals_story::run;

/// What must be refused, each for the reason the story checks.
const REFUSED: [&str; 24] = [
    "a clinician who left the ward, reading by its grant",
    "a second clinician's plan that would replace one it has not seen",
    "a stranger opening an emergency",
    "the responder reading after the end of the emergency",
    "a vault's log in which a receipt was replaced",
    "a proof of a dose in the shredded hour",
    "a batch by the key that was replaced",
    "a frame with a wrong signature",
    "a claim whose reading was altered",
    "a claim sent twice",
    "a reading below the rule",
    "a replayed batch",
    "a skipped sequence number",
    "a batch signed for another deployment",
    "the insurer asking the vault for data it has no grant for",
    "the clinician asking for a category outside the grant",
    "the clinician asking for epochs outside the grant",
    "coins sent along by mistake",
    "an address in upper case",
    "a batch of three bytes",
    "after revocation, the clinician asking again",
    "a batch measured after revocation, sealed under the old generation",
    "a guardian recovering before its power counts",
    "the old account acting for the patient it lost",
];

#[test]
fn the_whole_story_holds_on_cw_multi_test() {
    let mut native = Native::start().unwrap();
    let report = run(&mut native).unwrap();

    assert_eq!(report.chain.engine, "cw-multi-test");
    assert_eq!(report.recording.speed, 1);
    let readings = &report.readings;
    assert_eq!(readings.sent, 4_684 + 899, "heart rates and oxygen");
    assert_eq!(readings.anchored, readings.sent);
    assert_eq!(readings.decrypted, readings.sent);
    assert_eq!(readings.lost, 0);
    assert!(report.batches > 2, "the recording runs into the next hour");
    assert!(report.ciphertext_bytes_per_reading < 4.5);

    let alerts = &report.alerts;
    assert_eq!(
        (alerts.raised, alerts.acknowledged, alerts.escalated),
        (3, 3, 1)
    );
    let care = &report.care;
    assert_eq!((care.team_reads, care.plans, care.emergencies), (1, 1, 1));
    assert_eq!((care.shredded, care.retired, care.recoveries), (1, 1, 1));
    let taken = &care.adherence;
    assert_eq!((taken.on_time, taken.late, taken.missed), (2, 1, 1));
    assert_eq!((taken.due, taken.taken_per_mille), (4, 750));
    let receipts = &care.receipts;
    assert!(receipts.anchored > 10, "{} receipts", receipts.anchored);
    assert_eq!((receipts.anchorings, receipts.proved), (2, 1));
    let claims: Vec<_> = report.claims.iter().map(|c| (&*c.id, &*c.amount)).collect();
    assert_eq!(claims, [("1/1", "250000")]);
    let refused: Vec<_> = report.refused.iter().map(|r| r.attempt.as_str()).collect();
    assert_eq!(refused, REFUSED);
}
