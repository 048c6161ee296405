use vitals_api::claims::QueryMsg;
use vitals_core::measure::Measure;

use crate::walk::Walk;

/// The hour of the episode: 15 days and an hour after the policy was bound.
const HOUR_S: u64 = 500_361 * 3_600;

#[test]
fn an_episode_of_a_fast_heart_is_paid_from_the_readings_that_show_it() {
    let mut walk = Walk::begin();
    let mut monitor = walk
        .suite
        .paired_device(1, &[Measure::HeartRate], "patient", walk.patient);
    walk.send("insurer", "episode-product.json", &[]);
    let deposit = walk.suite.coins(500_000);
    walk.send("insurer", "episode-deposit.json", &deposit);
    let premium = walk.suite.coins(6_000);
    walk.send("patient", "episode-bind.json", &premium);

    walk.advance_to(HOUR_S + 1_200);
    let batch = monitor.measure(Measure::HeartRate, HOUR_S * 1_000, &[1_310; 600]);
    walk.suite.anchor("patient", &batch).unwrap();
    let each_minute: Vec<u16> = (0..10).map(|i| i * 60).collect();
    walk.say("proof", batch.prove(&each_minute).to_base64());
    let had = walk.suite.balance("patient");
    walk.send("patient", "episode-claim.json", &[]);
    assert_eq!(walk.suite.balance("patient") - had, 50_000);

    let policy = 1u64.into();
    walk.answers(&QueryMsg::Claim { policy, claim: 1 }, "episode-paid.json");
    walk.pool("episode-pool.json");
}
