//! What a person follows the story by.

use crate::report::{Care, Insurance, Report};

pub fn step(number: u8, title: &str) {
    println!("\n{number:>2}. {title}");
}

pub fn say(text: &str) {
    println!("    {text}");
}

pub fn refused(attempt: &str, error: &str) {
    println!("    refused: {attempt}\n             {error}");
}

/// What was shown, what was refused and what it cost.
pub fn summary(report: &Report) {
    let r = &report.readings;
    println!("\nSummary");
    say(&format!(
        "chain      {} {} ({})",
        report.chain.engine, report.chain.version, report.chain.chain_id
    ));
    say(&format!(
        "recording  {} at {} x; {} of the readings are simulated and say so",
        report.recording.name, report.recording.speed, report.recording.simulated
    ));
    say(&format!(
        "readings   {} sent, {} anchored in {} batches, {} decrypted and verified, {} lost",
        r.sent, r.anchored, report.batches, r.decrypted, r.lost
    ));
    say(&format!(
        "ciphertext {:.2} bytes a reading, padding included",
        report.ciphertext_bytes_per_reading
    ));
    let a = &report.alerts;
    say(&format!(
        "alerts     {} raised, {} acknowledged, {} escalated",
        a.raised, a.acknowledged, a.escalated
    ));
    care(&report.care);
    for claim in &report.claims {
        say(&format!(
            "claim      {} paid {} in {}",
            claim.id, claim.amount, claim.tx
        ));
    }
    insurance(&report.insurance);
    say(&format!(
        "refused    {} attempts, each with its reason",
        report.refused.len()
    ));
    gas(report);
}

fn care(care: &Care) {
    let taken = &care.adherence;
    say(&format!(
        "care       {} plan in force, {} of {} doses taken, {} emergency reviewed, {} batch shredded",
        care.plans,
        taken.on_time + taken.late,
        taken.due,
        care.emergencies,
        care.shredded
    ));
    say(&format!(
        "receipts   {} anchored, {} proved",
        care.receipts.anchored, care.receipts.proved
    ));
}

fn insurance(insurance: &Insurance) {
    say(&format!(
        "insurance  {} products: {} claim in tokens, {} rebate, {} invoice arbitrated and {} settled, {} policy lapsed and expired",
        insurance.products,
        insurance.claims_in_tokens,
        insurance.rebates,
        insurance.arbitrated,
        insurance.settled,
        insurance.expired
    ));
    say(&format!(
        "books      added up {} times, to the last coin",
        insurance.books_checked
    ));
}

fn gas(report: &Report) {
    let Some(noop) = report.gas.get("noop") else {
        say("gas        not metered here");
        return;
    };
    for (kind, gas) in &report.gas {
        #[allow(clippy::cast_precision_loss)]
        let ratio = *gas as f64 / *noop as f64;
        say(&format!(
            "gas        {kind:<24} {gas:>9}  {ratio:.2} x a transaction that does nothing"
        ));
    }
}
