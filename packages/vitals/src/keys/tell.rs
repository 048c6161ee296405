//! What the key agent did, for people and as JSON.

use serde_json::{json, Value};
use vitals_core::time::Window;
use vitals_insurance::show_ms;
use vitals_keys::{Custody, KeysError, Rolled, Rotation, Skipped, Tended, Unreached};

pub fn rotation(rotation: &Rotation) {
    println!("generation {} is open", rotation.generation);
    grants(&rotation.packaged, &rotation.skipped);
    unreached("does not hold the new secret", &rotation.unreached);
}

pub fn rolled(rolled: &Rolled) {
    grants(&rolled.grants, &rolled.skipped);
}

pub fn unreached(lacks: &str, targets: &[Unreached]) {
    for Unreached { target, reason } in targets {
        println!("WARNING: {target} {lacks}: {reason}");
    }
}

pub fn custody(custody: &Custody) {
    match custody {
        Custody::Nobody => {
            println!("no custodians are named: an emergency opens nothing");
        }
        Custody::Kept {
            threshold,
            of,
            window,
            renewed,
        } => {
            let when = if *renewed { "made anew" } else { "current" };
            println!(
                "emergency package {when}: any {threshold} of {of} custodians open {}",
                hours(window)
            );
        }
        Custody::Waiting { holds, lacking } => waiting(holds.as_ref(), lacking),
    }
}

/// What still waits is no fault of the patient's: it is told, and tried again.
fn waiting(holds: Option<&Window>, lacking: &[String]) {
    println!(
        "WARNING: another emergency package waits for vaults that lack its shares: {}",
        lacking.join(", ")
    );
    match holds {
        Some(window) => println!("until they have them custodians open {}", hours(window)),
        None => println!("until they have them an emergency opens nothing"),
    }
}

/// What was done; nothing where nothing was due.
pub fn tended(tended: &Tended) {
    if let Some(done) = &tended.rotation {
        rotation(done);
    }
    rolled(&tended.rolled);
    match &tended.custody {
        Ok(Custody::Kept { renewed: false, .. }) => {}
        Ok(done) => custody(done),
        Err(why) => println!("WARNING: no emergency package was made: {why}"),
    }
    unreached("is behind", &tended.unreached);
}

pub fn hours(window: &Window) -> String {
    format!(
        "{} to {}",
        show_ms(window.start_ms()),
        show_ms(window.end_ms())
    )
}

fn grants(packaged: &[u64], skipped: &[Skipped]) {
    for grant in packaged {
        println!("grant {grant}: new key package");
    }
    for Skipped { grant, reason } in skipped {
        println!("grant {grant}: none, {reason}");
    }
}

pub fn rotation_json(rotation: Option<&Rotation>) -> Value {
    let Some(rotation) = rotation else {
        return json!({"rotated": false});
    };
    json!({
        "rotated": true,
        "generation": rotation.generation,
        "packaged": numbers(&rotation.packaged),
        "skipped": skipped_json(&rotation.skipped),
        "unreached": unreached_json(&rotation.unreached),
    })
}

pub fn rolled_json(rolled: &Rolled) -> Value {
    json!({"packaged": numbers(&rolled.grants), "skipped": skipped_json(&rolled.skipped)})
}

pub fn custody_json(custody: &Result<Custody, KeysError>) -> Value {
    match custody {
        Ok(Custody::Nobody) => json!({"custodians": 0}),
        Ok(Custody::Kept {
            threshold,
            of,
            window,
            renewed,
        }) => {
            json!({"custodians": of, "threshold": threshold, "window": window, "renewed": renewed})
        }
        Ok(Custody::Waiting { holds, lacking }) => json!({"holds": holds, "lacking": lacking}),
        Err(why) => json!({"error": why.to_string()}),
    }
}

pub fn tended_json(tended: &Tended) -> Value {
    json!({
        "rotation": rotation_json(tended.rotation.as_ref()),
        "rolled": rolled_json(&tended.rolled),
        "emergency": custody_json(&tended.custody),
        "unreached": unreached_json(&tended.unreached),
    })
}

pub fn unreached_json(targets: &[Unreached]) -> Value {
    let target = |u: &Unreached| json!({"target": u.target, "reason": u.reason});
    targets.iter().map(target).collect()
}

fn skipped_json(skipped: &[Skipped]) -> Value {
    let skipped = skipped.iter();
    skipped
        .map(|s| json!({"grant": s.grant.to_string(), "reason": s.reason}))
        .collect()
}

fn numbers(numbers: &[u64]) -> Vec<String> {
    numbers.iter().map(u64::to_string).collect()
}
