//! What `vitals config check` calls sound, the services start with.

use std::process::{Command, Output};

const VAULT: &str = "[vault]\nlisten = '127.0.0.1:0'\ndir = 'd'\n";
const GATEWAY: &str = "[gateway]\npatient = '7'\nground = 'grant:2'\ndir = 'd'\ndevices = [7]\n\
                       identity_file = 'i'\n";
const NEAR: &str = "vaults = [{ name = 'a', url = 'http://127.0.0.1:1' }]\n";

/// What the check faults it for; nothing where it is sound.
fn fault(text: &str) -> Option<String> {
    fault_with(text, &[])
}

fn fault_with(text: &str, options: &[&str]) -> Option<String> {
    let done = checked(text, options);
    (!done.status.success()).then(|| String::from_utf8(done.stderr).unwrap())
}

/// What the check says of what is sound.
fn noted(text: &str) -> String {
    let done = checked(text, &[]);
    assert!(done.status.success(), "{done:?}");
    String::from_utf8(done.stdout).unwrap()
}

fn checked(text: &str, options: &[&str]) -> Output {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("vitals.toml");
    std::fs::write(&path, text).unwrap();
    let mut check = Command::new(env!("CARGO_BIN_EXE_vitals"));
    check
        .args(["config", "check", "--config"])
        .arg(&path)
        .args(options);
    check.output().unwrap()
}

fn deployment(at: &str, care: &str) -> String {
    format!(
        r#"{{"chain_id": "c", "consent": "{at}", "device_registry": "{at}", "vitals_anchor": "{at}",
            "care": "{care}", "claims": "{at}", "deployment_id": "{}"}}"#,
        "04".repeat(32)
    )
}

/// Each of these ends `vault serve` with `vault/config` or `vault/store_url`.
#[test]
fn a_vault_that_would_not_start_is_not_called_sound() {
    for (more, key) in [
        ("name = 'a b'", "vault.name: "),
        ("name = 'a'\naccount_per_s = 0", "vault.account_per_s: "),
        (
            "name = 'a'\naddress_connections = 0",
            "vault.address_connections: ",
        ),
        ("name = 'a'\nstore = 'file:///x'", "vault.store: "),
    ] {
        let told = fault(&format!("{VAULT}{more}")).unwrap();
        assert!(told.contains(key), "{told}");
    }
    assert_eq!(fault(&format!("{VAULT}name = 'a'\nstore = 's3://x'")), None);
}

/// What only the deployment's file shows is found before anybody is told that it listens.
#[test]
fn a_vault_says_that_it_listens_only_where_it_serves() {
    let dir = tempfile::tempdir().unwrap();
    let at = "wasm1c0nsentqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqkqsuny";
    let elsewhere = "cosmos1pkptre7fdkl6gfrzlesjjvhxhlc3r4gmmk8rs6";
    std::fs::write(
        dir.path().join("deployment.json"),
        deployment(at, elsewhere),
    )
    .unwrap();
    let mut serve = Command::new(env!("CARGO_BIN_EXE_vitals"));
    serve.current_dir(dir.path()).args(["vault", "serve"]);
    serve.args(["--listen", "127.0.0.1:0", "--dir", "vault", "--name", "a"]);
    serve.args(["--node", "http://127.0.0.1:9"]);
    let done = serve.args(["--deployment", "deployment.json"]).output();
    let done = done.unwrap();
    let said = String::from_utf8(done.stderr).unwrap();
    let failed = |line: &str| line.starts_with("error: vault/config: ");
    assert!(said.lines().any(failed), "{said}");
    assert_eq!(String::from_utf8(done.stdout).unwrap(), "");
}

/// Each of these ends `gateway run` with `vault/url` or `transport/plain`.
#[test]
fn a_gateway_that_would_not_start_is_not_called_sound() {
    let far = "vaults = [{ name = 'a', url = 'ftp://x' }]";
    for (more, key) in [
        (far.to_string(), "gateway.vaults: "),
        (
            format!("{NEAR}[gateway.mqtt]\nlisten = '0.0.0.0:1883'"),
            "gateway.mqtt.listen: ",
        ),
        (
            format!("{NEAR}[gateway.mqtt]\nbroker = 'mqtt://broker.example'"),
            "gateway.mqtt.broker: ",
        ),
    ] {
        let told = fault(&format!("{GATEWAY}{more}")).unwrap();
        assert!(told.contains(key), "{told}");
    }
    assert_eq!(fault(&format!("{GATEWAY}{NEAR}")), None);
}

/// It ends `gateway run` with `gateway/rule_reserved`.
#[test]
fn a_threshold_under_a_rule_of_the_gateway_s_own_is_not_called_sound() {
    let threshold = |rule: u32| {
        format!(
            "{GATEWAY}{NEAR}[[gateway.thresholds]]\nrule = {rule}\nmeasure = 'heart_rate'\n\
             comparison = 'at_least'\nvalue = 1300\nfor_readings = 3\nseverity = 'urgent'\nladder = 1\n"
        )
    };
    assert_eq!(fault(&threshold(60_000)), None);
    let told = fault(&threshold(60_001)).unwrap();
    assert!(
        told.contains("gateway.thresholds: gateway/rule_reserved"),
        "{told}"
    );
}

/// Each of these ends a service with the same words.
#[test]
fn what_a_service_asks_of_the_chain_s_section_is_checked_with_it() {
    let account = "cosmos1pkptre7fdkl6gfrzlesjjvhxhlc3r4gmmk8rs6";
    let chain = "[chain]\nnode = 'http://127.0.0.1:1'\ndeployment = 'd'\n";
    let custodian = format!("{VAULT}name = 'a'\ncustodian_identity_file = 'i'\n");
    for (text, key) in [
        (format!("{chain}{GATEWAY}{NEAR}"), "chain.key_file: "),
        (format!("{chain}[keeper]"), "chain.key_file: "),
        (format!("{chain}{custodian}"), "vault.custodian_account: "),
        (
            format!("{chain}{custodian}custodian_account = '{account}'"),
            "vault.custodian_account: ",
        ),
        (
            format!("{chain}fee_granter = 'nonsense'"),
            "chain.fee_granter: ",
        ),
        (
            format!("{chain}fee_granter = '{account}'"),
            "chain.fee_granter: ",
        ),
        (
            format!("{chain}address_prefix = 'Wasm'"),
            "chain.address_prefix: ",
        ),
        (
            format!("{chain}[web]\napp = 'a'\nfee_granter = '{account}'"),
            "web.fee_granter: ",
        ),
    ] {
        let told = fault(&text).unwrap();
        assert!(told.contains(key), "{key} is not in {told}");
    }
    let signs = format!("{chain}key_file = 'k'\n");
    let all = format!("{signs}fee_granter = '{account}'\naddress_prefix = 'cosmos'\n{custodian}");
    assert_eq!(fault(&format!("{all}{GATEWAY}{NEAR}")), None);
}

/// An account made for another chain could pay for nothing there.
#[test]
fn the_prefix_of_addresses_is_that_of_the_contracts_where_their_file_is_at_hand() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("deployment.json");
    let at = "wasm1c0nsentqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqkqsuny";
    std::fs::write(&path, deployment(at, at)).unwrap();
    let chain = |prefix: &str| {
        let node = "[chain]\nnode = 'http://127.0.0.1:1'";
        format!(
            "{node}\naddress_prefix = '{prefix}'\ndeployment = '{}'",
            path.display()
        )
    };
    assert_eq!(fault(&chain("wasm")), None);
    let told = fault(&chain("cosmos")).unwrap();
    assert!(told.contains("chain.address_prefix: is cosmos"), "{told}");
}

/// What a service is told by options, the check is told by them too.
#[test]
fn options_of_the_services_are_options_of_the_check() {
    let chain = "[chain]\nnode = 'http://127.0.0.1:1'\ndeployment = 'd'\n";
    let signs = format!("{chain}[keeper]");
    assert!(fault(&signs).is_some());
    assert_eq!(fault_with(&signs, &["--mnemonic-file", "k"]), None);
}

/// Whoever is between a service and its node says who may read, and to which key packages are
/// sealed.
#[test]
fn a_node_beyond_this_machine_is_reached_over_tls() {
    let node = "[chain]\nnode = 'https://rpc.example.org'\ndeployment = 'd'\n";
    assert_eq!(fault(node), None);
}

#[test]
fn a_gateway_that_raises_no_alert_is_sound_with_a_note() {
    let silent = noted(&format!("{GATEWAY}{NEAR}"));
    assert!(silent.contains("note: gateway.device: "), "{silent}");
    let device = "[gateway.device]\nnumber = 3\nkey_file = 'k'\n";
    let heard = noted(&format!("{GATEWAY}{NEAR}{device}"));
    assert!(!heard.contains("note: "), "{heard}");
}

#[test]
fn a_vault_without_a_list_of_its_patients_is_sound_with_a_note() {
    let vault = format!("{VAULT}name = 'a'\n");
    let open = noted(&vault);
    assert!(open.contains("note: vault.patients_file: "), "{open}");
    let listed = noted(&format!("{vault}patients_file = 'p'\n"));
    assert!(!listed.contains("note: "), "{listed}");
}
