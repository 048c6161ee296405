//! The story on cw-multi-test: at the speed it was recorded, over more than one epoch.

use vitals_story::backend::native::Native;
use vitals_story::run;

/// What must be refused, each for the reason the story checks.
const REFUSED: [&str; 50] = [
    "a product in a token that is not admitted",
    "a stranger telling of tokens that did not arrive",
    "a stranger's reading what an alert is about, by the clinician's grant",
    "the program claiming the same day again",
    "a clinician who left the ward, reading by its grant",
    "a second clinician's plan that would replace one it has not seen",
    "premium back for fewer doses than the product asks for",
    "the same day shown again",
    "an offer in terms that are not the product's",
    "somebody else accepting the patient's offer",
    "an invoice with too small a deposit",
    "the same invoice filed again",
    "a clinician filing an invoice by a grant that is for treatment",
    "the treasurer awarding a claim",
    "an award of a part without a reason",
    "the assessor deciding the appeal",
    "an arbiter taking back what was awarded",
    "settling a claim before the assessor's deadline",
    "a claim while an instalment is due",
    "the assessor withdrawing money",
    "an insurer withdrawing what is locked for a policy",
    "the treasurer confirming its own withdrawal",
    "a stranger opening an emergency",
    "one custodian's share alone",
    "the responder reading after the end of the emergency",
    "the responder reading once more",
    "the responder asking a custodian once more",
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
    "one of several days shown twice",
    "one of several days shown twice",
    "a guardian recovering before its power counts",
    "the old account acting for the patient it lost",
    "an export into a finished one",
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
    assert_eq!(
        claims,
        [("1/1", "250000"), ("2/1", "250000"), ("3/1", "5000")]
    );
    let insurance = &report.insurance;
    assert_eq!((insurance.products, insurance.books_checked), (7, 9));
    assert_eq!(
        (insurance.claims_in_tokens, insurance.by_another_program),
        (1, 0)
    );
    assert_eq!(insurance.rebates, 2, "for a day, and for several");
    assert_eq!((insurance.arbitrated, insurance.settled), (1, 1));
    assert_eq!((insurance.lapsed, insurance.expired), (1, 1));
    assert_eq!(insurance.withdrawn_by_two, 1);
    let refused: Vec<_> = report.refused.iter().map(|r| r.attempt.as_str()).collect();
    assert_eq!(refused, REFUSED);
}
