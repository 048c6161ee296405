use cosmwasm_std::Binary;
use vitals_core::measure::Measure;
use vitals_testing::token::{Token, SUPPLY};

use crate::walk::Walk;

/// The first hours of the second and the third day under the policy.
const SECOND_DAY_S: u64 = 500_024 * 3_600;
const THIRD_DAY_S: u64 = 500_048 * 3_600;

/// Sends tokens along with a message to claims.
fn send(walk: &mut Walk, token: &Token, who: &str, amount: &str, file: &str) {
    let inner = walk.read(file).to_string();
    let word = "the message below, in base64";
    walk.say(word, Binary::from(inner.as_bytes()).to_base64());
    walk.say("sum", amount.into());
    let msg = walk.read("adherence-send.json");
    walk.suite.execute(who, &token.at, &msg).unwrap();
}

/// What somebody has got, or paid where it is less than nothing.
fn got(walk: &Walk, token: &Token, who: &str) -> i128 {
    let has = token.balance(&walk.suite, &walk.suite.actor(who));
    i128::try_from(has).unwrap() - i128::try_from(SUPPLY).unwrap()
}

#[test]
fn a_day_of_high_glucose_and_days_of_doses_taken_are_paid_in_tokens() {
    let mut walk = Walk::begin();
    let token = Token::new(&mut walk.suite);
    walk.say("token", token.at.to_string());
    let patient = walk.patient;
    let mut glucometer = walk
        .suite
        .paired_device(1, &[Measure::Glucose], "patient", patient);
    let mut dispenser = walk
        .suite
        .paired_device(2, &[Measure::DoseTaken], "patient", patient);
    walk.send("owner", "adherence-admit.json", &[]);
    walk.send("insurer", "adherence-product.json", &[]);
    send(
        &mut walk,
        &token,
        "insurer",
        "50000",
        "adherence-deposit.json",
    );
    send(&mut walk, &token, "patient", "12000", "adherence-bind.json");
    assert_eq!(got(&walk, &token, "patient"), -12_000);

    walk.advance_to(SECOND_DAY_S + 1_800);
    let high = glucometer.measure(Measure::Glucose, SECOND_DAY_S * 1_000, &[221; 1_201]);
    walk.suite.anchor("patient", &high).unwrap();
    walk.say("proof", high.prove(&[0, 600, 1_200]).to_base64());
    walk.send("patient", "adherence-claim.json", &[]);
    assert_eq!(got(&walk, &token, "patient"), 1_000 - 12_000);

    for (day, hour_s) in [("1", SECOND_DAY_S), ("2", THIRD_DAY_S)] {
        walk.advance_to(hour_s + 2_000);
        let doses = dispenser.measure(Measure::DoseTaken, hour_s * 1_000, &[1, 1]);
        walk.suite.anchor("patient", &doses).unwrap();
        let proof = doses.prove(&[0, 1]).to_base64();
        walk.say(&format!("proof of day {day}"), proof);
    }
    walk.send("patient", "adherence-reward.json", &[]);
    assert_eq!(got(&walk, &token, "patient"), 1_000 + 6_000 - 12_000);
    walk.pool("adherence-pool.json");
    let claims = walk.suite.at.claims.clone();
    assert_eq!(token.balance(&walk.suite, &claims), 14_000 + 41_000);
}
