//! What `vitals config check` calls sound, the services start with.

use std::process::Command;

const VAULT: &str = "[vault]\nlisten = '127.0.0.1:0'\ndir = 'd'\n";
const GATEWAY: &str = "[gateway]\npatient = '7'\nground = 'grant:2'\ndir = 'd'\ndevices = [7]\n\
                       identity_file = 'i'\n";
const NEAR: &str = "vaults = [{ name = 'a', url = 'http://127.0.0.1:1' }]\n";

/// What the check faults it for; nothing where it is sound.
fn fault(text: &str) -> Option<String> {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("vitals.toml");
    std::fs::write(&path, text).unwrap();
    let mut check = Command::new(env!("CARGO_BIN_EXE_vitals"));
    check.args(["config", "check", "--config"]).arg(&path);
    let done = check.output().unwrap();
    (!done.status.success()).then(|| String::from_utf8(done.stderr).unwrap())
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
    let deployment = format!(
        r#"{{"chain_id": "c", "consent": "{at}", "device_registry": "{at}", "vitals_anchor": "{at}",
            "care": "{elsewhere}", "claims": "{at}", "deployment_id": "{}"}}"#,
        "04".repeat(32)
    );
    std::fs::write(dir.path().join("deployment.json"), deployment).unwrap();
    let mut serve = Command::new(env!("CARGO_BIN_EXE_vitals"));
    serve.current_dir(dir.path()).args(["vault", "serve"]);
    serve.args(["--listen", "127.0.0.1:0", "--dir", "vault", "--name", "a"]);
    serve.args(["--node", "http://127.0.0.1:9"]);
    let done = serve.args(["--deployment", "deployment.json"]).output();
    let done = done.unwrap();
    let said = String::from_utf8(done.stderr).unwrap();
    assert!(said.starts_with("error: vault/config: "), "{said}");
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

/// Whoever is between a service and its node says who may read, and to which key packages are
/// sealed.
#[test]
fn a_node_beyond_this_machine_is_reached_over_tls() {
    let node = "[chain]\nnode = 'https://rpc.example.org'\ndeployment = 'd'\n";
    assert_eq!(fault(node), None);
}
