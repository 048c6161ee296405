use clap::CommandFactory;

use super::*;

fn parse(line: &str) -> Result<Cli, clap::Error> {
    Cli::try_parse_from(std::iter::once("vitals").chain(line.split_whitespace()))
}

const SEND: &str = "--node http://n --deployment d.json --mnemonic-file m";
const ASK: &str = "--node http://n --deployment d.json";

#[test]
fn the_arguments_are_consistent() {
    Cli::command().debug_assert();
}

#[test]
fn every_insurance_command_takes_what_its_help_says() {
    for line in [
        "product template --kind heart-episode",
        "product template --kind invoice --arbiter wasm1a --denom uvital",
        &format!("product create --terms t.toml --words w.pdf {SEND}"),
        &format!("product amend --product 1 --terms t.json {SEND}"),
        &format!("product show --product 1 --version 2 --json {ASK}"),
        &format!("product list --insurer wasm1i {ASK}"),
        &format!("product sale --product 1 --close {SEND}"),
        &format!("product staff set --staff wasm1s --part assessor --part treasurer {SEND}"),
        &format!("product staff set --staff wasm1s --dismiss {SEND}"),
        &format!("product staff list --insurer wasm1i {ASK}"),
        &format!("product limit --product 1 --above 100uvital {SEND}"),
        &format!("product limit --product 1 --none {SEND}"),
        &format!("product deposit --product 1 --amount 5cw20:wasm1t {SEND}"),
        &format!("product withdraw --product 1 --amount 5uvital {SEND}"),
        &format!("product waiting --product 1 {ASK}"),
        &format!("product exposure --product 1 {ASK}"),
        &format!("product statement --product 1 --from 2026-11-01T00:00:00Z --to 1795392000 {ASK}"),
        &format!("policy offer --product 1 --version 1 --patient 2 --payee wasm1p --until 1795392000 {SEND}"),
        &format!("policy withdraw-offer --policy 1 {SEND}"),
        &format!("policy accept --policy 1 --ground guardian {SEND}"),
        &format!("policy bind --product 1 --version 1 --patient 2 --payee wasm1p {SEND}"),
        &format!("policy pay --policy 1 {SEND}"),
        &format!("policy cancel --policy 1 {SEND}"),
        &format!("policy lapse --policy 1 {SEND}"),
        &format!("policy expire --policy 1 --json {SEND}"),
        &format!("policy show --policy 1 {ASK}"),
        &format!("policy list --patient 2 --state run_off {ASK}"),
        &format!("policy history --policy 1 {ASK}"),
        &format!("claim prepare --policy 1 --vault a=http://v --vault b=http://w --keys k --passphrase-file p {SEND}"),
        &format!("claim prepare --policy 1 --vault a=http://v --ground grant:3 --identity-file i --send {SEND}"),
        &format!("claim reward --policy 1 --vault a=http://v --keys k --identity-file i {SEND}"),
        &format!("claim file-invoice --policy 1 --document b.pdf --amount 5uvital --served-from 1 --served-until 2 {SEND}"),
        &format!("claim assess --policy 1 --claim 1 --award 0uvital --reason r.txt {SEND}"),
        &format!("claim appeal --policy 1 --claim 1 --reason r.txt {SEND}"),
        &format!("claim arbitrate --policy 1 --claim 1 --award 5uvital --reason r.txt {SEND}"),
        &format!("claim settle --policy 1 --claim 1 {SEND}"),
        &format!("claim show --policy 1 --claim 1 {ASK}"),
        &format!("claim list --product 1 --state overdue {ASK}"),
        &format!("claim collect --product 1 --to wasm1o {SEND}"),
    ] {
        if let Err(error) = parse(line) {
            panic!("{line}: {error}");
        }
    }
}

const AGENT: &str = "--file k --passphrase-file p --vault a=http://v --vault b=http://w --node http://n --deployment d.json --mnemonic-file m";
const KEYS: &str = "--file k --identity-file i";

#[test]
fn every_command_about_keys_and_emergencies_takes_what_its_help_says() {
    for line in [
        &format!("keys create {KEYS} --patient 1 {ASK}"),
        &format!("keys show {KEYS} --json"),
        &format!("keys backup {KEYS} --to b"),
        &format!("keys restore {KEYS} --backup b --recovery-identity r"),
        &format!("keys package --grant 1 {AGENT}"),
        &format!("keys rotate {AGENT}"),
        &format!("keys teams roll {AGENT} --json"),
        &format!("keys agent once {AGENT}"),
        &format!("keys agent run --every 60 {AGENT}"),
        &format!("keys recovery share {KEYS} --threshold 2 --guardian wasm1g {ASK} --out d"),
        &format!("keys recovery share {KEYS} --threshold 2 --recipient age1a --printed 2 --out d"),
        "keys recovery pass --share s.age --identity-file i --to age1a --out o",
        "keys recovery pass --share s.txt --out o",
        "keys recovery combine --share a --share b --identity-file i --out o",
        &format!("keys emergency set --custodian wasm1a --custodian wasm1b --threshold 2 {AGENT}"),
        &format!("keys emergency set --none {AGENT}"),
        &format!("keys emergency refresh {AGENT}"),
        &format!("keys emergency show --patient 1 {ASK}"),
        &format!("keys erase {KEYS} --category cardiac --from 1 --to 2026-11-01T00:00:00Z"),
        &format!("emergency open --patient 1 --reason-file r --hours-back 24 --for 600 --identity-file i {SEND}"),
        &format!("emergency read --patient 1 --emergency 2 --custodian a=http://v --vault b=http://w --identity-file i --category cardiac --out o {SEND}"),
        &format!("emergency end --patient 1 --emergency 2 {SEND}"),
        &format!("emergency review --patient 1 --emergency 2 --uphold {SEND}"),
        &format!("emergency show --patient 1 --emergency 2 --json {ASK}"),
    ] {
        if let Err(error) = parse(line) {
            panic!("{line}: {error}");
        }
    }
    for line in [
        format!("keys rotate {KEYS} {SEND}"),
        format!("keys emergency set --none --threshold 1 {AGENT}"),
        format!("keys emergency set --custodian wasm1a {AGENT}"),
        format!("keys recovery share {KEYS} --threshold 2 --guardian wasm1g --out d"),
        format!("keys erase {KEYS} --from 1 --to 2"),
        format!("keys erase {KEYS} --category heart --from 1 --to 2"),
        format!("keys agent run --every 0 {AGENT}"),
        format!(
            "emergency open --patient 1 --reason-file r --hours-back 337 --identity-file i {SEND}"
        ),
        format!("emergency review --patient 1 --emergency 2 {SEND}"),
        format!("emergency review --patient 1 --emergency 2 --uphold --reject {SEND}"),
        format!("emergency read --patient 1 --emergency 2 --identity-file i {SEND}"),
    ] {
        assert!(parse(&line).is_err(), "{line}");
    }
}

#[test]
fn what_is_ambiguous_or_malformed_is_refused() {
    for line in [
        format!("product sale --product 1 {SEND}"),
        format!("product sale --product 1 --open --close {SEND}"),
        format!("product limit --product 1 {SEND}"),
        format!("product limit --product 1 --above 100 {SEND}"),
        format!("product staff set --staff wasm1s {SEND}"),
        format!("product staff set --staff wasm1s --part insurer {SEND}"),
        format!("product statement --product 1 --from yesterday {ASK}"),
        format!("policy list {ASK}"),
        format!("policy list --patient 1 --product 1 {ASK}"),
        format!("policy accept --policy 1 --ground emergency:1 {SEND}"),
        format!("claim prepare --policy 1 --keys k --passphrase-file p {SEND}"),
        format!("claim prepare --policy 1 --vault http://v --keys k --passphrase-file p {SEND}"),
        format!("claim prepare --policy 1 --vault a=http://v --passphrase-file p {SEND}"),
        format!("claim prepare --policy 1 --vault a=http://v --keys k {SEND}"),
        format!("claim file-invoice --policy 1 --amount 5uvital --served-from 1 --served-until 2 {SEND}"),
    ] {
        assert!(parse(&line).is_err(), "{line}");
    }
}

#[test]
fn every_operator_s_command_takes_what_its_help_says() {
    for line in [
        "gateway run --config c.toml",
        "gateway run --stdin --dir d --config c.toml --log-format json",
        "--log-format text gateway run --node http://n --deployment d.json --mnemonic-file m",
        "gateway close --config c.toml",
        "gateway retry --config c.toml",
        "gateway quarantine list --limit 5 --json --config c.toml",
        "gateway parked export --device 7 --sequence 2 --out f.age --config c.toml",
        "gateway parked restore --device 7 --sequence 2 --content f --config c.toml",
        "gateway device-password --device 7 --config c.toml",
        "gateway device-password --device 7 --remove --config c.toml",
        "status --json --config c.toml",
        "backup --out b.age --recipient age1x --config c.toml",
        "restore --from b.age --dir d --backup-passphrase-file p",
        "config check --config c.toml",
        "config example",
    ] {
        if let Err(error) = parse(line) {
            panic!("{line}: {error}");
        }
    }
}

#[test]
fn what_an_operator_leaves_open_or_says_twice_is_refused() {
    for line in [
        "--log-format xml config example",
        "backup --out b.age --config c.toml",
        "backup --out b.age --recipient age1x --backup-passphrase-file p --config c.toml",
        "restore --from b.age --dir d",
        "gateway parked export --device 7 --out f.age",
        "gateway device-password --config c.toml",
    ] {
        assert!(parse(line).is_err(), "{line}");
    }
}

#[test]
fn every_command_of_keeper_sponsor_and_export_takes_what_its_help_says() {
    for line in [
        &format!("keeper once --json --state-file s {SEND}"),
        &format!("keeper once --fee-granter wasm1s {SEND}"),
        "keeper run --config c --every 5 --turns 8 --ops-listen 127.0.0.1:1",
        &format!("sponsor grant --to wasm1p --total 5uvital --expires 1795392000 {ACCOUNT}"),
        &format!("sponsor grant --to wasm1p --total 5uvital --per-period 1uvital --period-s 60 --expires 2027-01-01T00:00:00Z --replace {ACCOUNT}"),
        "sponsor list --granter wasm1s --json --node http://n",
        &format!("sponsor revoke --from wasm1p --from wasm1q {ACCOUNT}"),
        &format!("sponsor watch --state-file s --also wasm1token --every 9 {SEND}"),
        &format!("policy pay --policy 1 --fee-granter wasm1s {SEND}"),
        "web --config c --app d --listen 127.0.0.1:1 --public-node https://n --behind-proxy --ops-listen 127.0.0.1:2",
        &format!("web --app d --vault a=http://v --vault b=http://w --local --export e {ASK}"),
        &format!("export --patient 1 --out d {KEYS} --vault a=http://v --vault b=http://w --json {SEND}"),
    ] {
        if let Err(error) = parse(line) {
            panic!("{line}: {error}");
        }
    }
    for line in [
        // no grant without a cap or an end
        format!("sponsor grant --to wasm1p --expires 1795392000 {ACCOUNT}"),
        format!("sponsor grant --to wasm1p --total 5uvital {ACCOUNT}"),
        format!("sponsor grant --to wasm1p --total 0uvital --expires 1 {ACCOUNT}"),
        format!("sponsor watch {SEND}"),
        format!("export --patient 1 --out d {KEYS} {SEND}"),
    ] {
        assert!(parse(&line).is_err(), "{line} was taken");
    }
}

const ACCOUNT: &str = "--node http://n --mnemonic-file m";
