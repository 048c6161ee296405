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
