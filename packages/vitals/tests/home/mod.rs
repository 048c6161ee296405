//! A directory with everything but a chain and a vault.
#![allow(dead_code, reason = "each test file uses a part of it")]

use std::path::Path;

use age::secrecy::ExposeSecret;
use age::x25519::Identity;

const AT: &str = "wasm1c0nsentqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqkqsuny";
/// Nothing listens there.
pub const AWAY: &str = "http://127.0.0.1:9";

pub fn write(dir: &Path, name: &str, text: &str) {
    use std::io::Write;
    use std::os::unix::fs::OpenOptionsExt;
    let mut options = std::fs::OpenOptions::new();
    let options = options.write(true).create(true).truncate(true).mode(0o600);
    let mut file = options.open(dir.join(name)).unwrap();
    file.write_all(text.as_bytes()).unwrap();
}

/// A directory with what commands take, and a gateway of patient 7 before this node and vault.
pub fn home(node: &str, vault: &str) -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    let deployment = format!(
        r#"{{"chain_id": "c", "consent": "{AT}", "device_registry": "{AT}", "vitals_anchor": "{AT}",
            "care": "{AT}", "claims": "{AT}", "deployment_id": "{}"}}"#,
        "04".repeat(32)
    );
    let made = Identity::generate().to_string();
    for (name, text) in [
        ("deployment.json", &deployment[..]),
        ("words", &format!("{} art", ["abandon"; 23].join(" "))),
        ("identity", made.expose_secret()),
        ("passphrase", "correct horse"),
        (
            "vitals.toml",
            &format!(
                "[chain]\nnode = '{node}'\ndeployment = 'deployment.json'\nkey_file = 'words'\n\
                 [gateway]\npatient = '7'\nground = 'grant:2'\ndir = 'gateway'\ndevices = [7]\n\
                 identity_file = 'identity'\nops_listen = '127.0.0.1:0'\n\
                 vaults = [{{ name = 'a', {vault} }}]\n"
            ),
        ),
    ] {
        write(dir.path(), name, text);
    }
    dir
}
