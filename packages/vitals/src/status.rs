//! `vitals status`: what a gateway waits for, since when and why.

use clap::Args;
use serde_json::Value;
use vitals_insurance::show_ms;

use crate::failure::Failure;
use crate::gateway::{ask, read, GatewayArgs};

#[derive(Debug, Args)]
pub struct StatusArgs {
    #[command(flatten)]
    gateway: GatewayArgs,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

pub fn run(args: &StatusArgs) -> Result<(), Failure> {
    let status = ask(&read(&args.gateway)?, "status", &())?;
    match args.json {
        true => println!("{status}"),
        false => lines(&status).iter().for_each(|line| println!("{line}")),
    }
    Ok(())
}

fn lines(status: &Value) -> Vec<String> {
    let count = |name: &str| status["counts"][name].as_u64().unwrap_or(0);
    let mut lines = Vec::from_iter(as_of_line(status));
    lines.push(format!(
        "readings    {} stored, {} anchored; {} messages in quarantine",
        count("stored"),
        count("anchored"),
        count("quarantined")
    ));
    lines.push(match &status["generation"] {
        Value::Null => "generation  not known: the chain does not say".into(),
        generation => generation_line(generation),
    });
    lines.extend(package_line(status));
    lines.extend(plan_line(status));
    lines.extend(fetch_line("care plan   ", &status["care_plan_fetch"]));
    let waiting: Vec<_> = status["waiting"].as_array().into_iter().flatten().collect();
    if waiting.is_empty() {
        lines.push("waiting     nothing".into());
    }
    lines.extend(waiting.into_iter().map(waiting_line));
    lines
}

/// Where it is not of now.
fn as_of_line(status: &Value) -> Option<String> {
    let as_of = show_ms(status["as_of_ms"].as_u64()?);
    Some(format!(
        "as of       {as_of}: the gateway is busy with a node or a vault since"
    ))
}

fn generation_line(generation: &Value) -> String {
    let open = &generation["open"];
    match generation["pending"].as_bool() {
        Some(true) => format!("generation  {open}; the next waits for the patient's key agent"),
        _ => format!("generation  {open}"),
    }
}

/// Nothing where it came and was taken.
fn package_line(status: &Value) -> Option<String> {
    const LABEL: &str = "key package ";
    if let Some(trouble) = status["key_package"].as_str() {
        return Some(format!("{LABEL}not taken: {trouble}"));
    }
    let fetch = &status["key_package_fetch"];
    match fetch["state"].as_str() {
        Some("nothing") => Some(format!("{LABEL}none: the grant names none")),
        _ => fetch_line(LABEL, fetch),
    }
}

/// Where the chain names a file and no vault gives it.
fn fetch_line(label: &str, fetch: &Value) -> Option<String> {
    let reason = fetch["reason"].as_str()?;
    let since = show_ms(fetch["since_ms"].as_u64()?);
    Some(format!("{label}not to be had since {since}: {reason}"))
}

/// Nothing where there is no plan.
fn plan_line(status: &Value) -> Option<String> {
    let version = status["care_plan"]
        .as_u64()
        .map(|version| version.to_string());
    let trouble = status["care_plan_trouble"].as_str();
    let watched = version.or(trouble.map(|_| "none".into()))?;
    Some(match trouble {
        Some(trouble) => format!("care plan   {watched}, for {trouble}"),
        None => format!("care plan   {watched}"),
    })
}

fn waiting_line(waiting: &Value) -> String {
    let number = |name: &str| waiting[name].as_u64().unwrap_or(0);
    let what = match number("alerts") {
        0 => format!(
            "{} batches, {} readings",
            number("batches"),
            number("readings")
        ),
        alerts => format!("{alerts} alerts"),
    };
    let detail = match waiting["detail"].as_str().unwrap_or_default() {
        "" => String::new(),
        detail => format!(": {detail}"),
    };
    let reason = waiting["reason"].as_str().unwrap_or_default();
    let since = show_ms(number("since_ms"));
    format!("waiting     {reason}: {what}, since {since}{detail}")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::lines;

    #[test]
    fn what_waits_is_told_with_its_reason_and_since_when() {
        let status = json!({
            "counts": {"stored": 7, "anchored": 5, "quarantined": 1},
            "generation": {"open": 2, "pending": true},
            "key_package": null,
            "key_package_fetch": {"state": "failing", "since_ms": 1_795_392_000_000u64,
                "reason": "consent/grant_revoked: it was revoked (vault a)"},
            "care_plan_fetch": {"state": "failing", "since_ms": 1_795_392_000_000u64,
                "reason": "vault/not_found: none (vault a)"},
            "care_plan": 1, "care_plan_trouble": "gateway/plan_missing: plan 2 is in force",
            "waiting": [
                {"reason": "vault", "detail": "vault/full: no room", "batches": 1, "readings": 2,
                 "alerts": 0, "since_ms": 1_795_392_000_000u64},
                {"reason": "alert_chain", "detail": "", "batches": 0, "readings": 0, "alerts": 3,
                 "since_ms": 1_795_392_000_000u64},
            ],
        });
        assert_eq!(
            lines(&status),
            [
                "readings    7 stored, 5 anchored; 1 messages in quarantine",
                "generation  2; the next waits for the patient's key agent",
                "key package not to be had since 2026-11-23T00:00:00Z: consent/grant_revoked: it was revoked (vault a)",
                "care plan   1, for gateway/plan_missing: plan 2 is in force",
                "care plan   not to be had since 2026-11-23T00:00:00Z: vault/not_found: none (vault a)",
                "waiting     vault: 1 batches, 2 readings, since 2026-11-23T00:00:00Z: vault/full: no room",
                "waiting     alert_chain: 3 alerts, since 2026-11-23T00:00:00Z",
            ]
        );
    }

    #[test]
    fn that_the_grant_names_no_key_package_is_told_apart_from_one_that_was_not_taken() {
        let of = |key_package, state: &str| {
            let fetch = json!({"state": state});
            let status = json!({"counts": {}, "waiting": [], "key_package": key_package,
                "key_package_fetch": fetch, "care_plan_fetch": fetch});
            let lines = lines(&status);
            lines
                .into_iter()
                .find(|line| line.starts_with("key package"))
        };
        let none = "key package none: the grant names none";
        assert_eq!(of(json!(null), "nothing").as_deref(), Some(none));
        assert_eq!(of(json!(null), "here"), None);
        let other = "key package not taken: gateway/package_patient: another's";
        let trouble = json!("gateway/package_patient: another's");
        assert_eq!(of(trouble, "here").as_deref(), Some(other));
    }

    #[test]
    fn what_is_not_of_now_says_so_first() {
        let status = json!({"counts": {}, "waiting": [], "as_of_ms": 1_795_392_000_000u64});
        let first =
            "as of       2026-11-23T00:00:00Z: the gateway is busy with a node or a vault since";
        assert_eq!(lines(&status)[0], first);
    }

    #[test]
    fn that_nothing_waits_and_that_the_chain_is_silent_is_told() {
        let status = json!({"counts": {}, "generation": null, "waiting": []});
        assert_eq!(
            lines(&status)[1..],
            [
                "generation  not known: the chain does not say",
                "waiting     nothing"
            ]
        );
    }
}
