use vitals_core::decision::{Action, Purpose};
use vitals_core::measure::Category;

use crate::walk::Walk;

#[test]
fn an_invoice_is_paid_in_part_by_the_assessor_and_further_by_the_arbiter() {
    let mut walk = Walk::begin();
    walk.send("insurer", "invoice-staff.json", &[]);
    walk.send("insurer", "invoice-product.json", &[]);
    let deposit = walk.suite.coins(900_000);
    walk.send("insurer", "invoice-deposit.json", &deposit);
    let premium = walk.suite.coins(1_500);
    walk.send("other", "invoice-offer.json", &premium);
    walk.send("patient", "invoice-accept.json", &[]);

    let patient = walk.patient;
    let grant = walk.suite.grant(
        "patient",
        patient,
        "clinician",
        Purpose::Payment,
        &[Category::Cardiac],
        &[Action::Disclose],
    );
    assert_eq!(grant, 1, "the grant that the file names");
    walk.advance_to(1_800_018_000);
    let fee = walk.suite.coins(2_000);
    let (had, arbiter_had) = (
        walk.suite.balance("clinician"),
        walk.suite.balance("guardian"),
    );
    walk.send("clinician", "invoice-file.json", &fee);
    walk.send("gateway", "invoice-assess.json", &[]);
    assert_eq!(walk.suite.balance("clinician") + 2_000 - had, 80_000);
    walk.send("patient", "invoice-appeal.json", &[]);
    walk.send("guardian", "invoice-arbitrate.json", &[]);
    assert_eq!(walk.suite.balance("clinician") - had, 100_000);
    assert_eq!(walk.suite.balance("guardian") - arbiter_had, 2_000);
    walk.pool("invoice-pool.json");
}
