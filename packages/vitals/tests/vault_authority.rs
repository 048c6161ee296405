//! Who vouches for a vault is asked of whoever calls vaults: a file that is no certificate is
//! refused before anything is sent.

mod home;

use std::path::Path;
use std::process::Command;

use home::{home, write, AWAY};
use vitals_keys::{Agent, Lock};

fn of_a_vault_s_own_authority() -> tempfile::TempDir {
    let home = home(
        AWAY,
        "url = 'https://127.0.0.1:9', authority_file = 'ca.pem'",
    );
    write(home.path(), "ca.pem", "no certificate");
    home
}

/// The first code that a command ends with.
fn code(dir: &Path, line: &str) -> String {
    let mut program = Command::new(env!("CARGO_BIN_EXE_vitals"));
    let program = program.current_dir(dir).args(line.split_whitespace());
    let said = String::from_utf8(program.output().unwrap().stderr).unwrap();
    let error = said.lines().find_map(|line| line.strip_prefix("error: "));
    let error = error.unwrap_or(&said);
    error.split(':').next().unwrap().to_owned()
}

#[test]
fn the_key_agent_and_a_responder_take_a_vault_s_own_authority() {
    let home = of_a_vault_s_own_authority();
    let dir = home.path();
    let lock = Lock::Passphrase {
        passphrase: "correct horse".to_string().into(),
        work_factor: Some(4),
    };
    Agent::create(&dir.join("keys"), lock, 7, 0).unwrap();
    let chain = format!("--node {AWAY} --deployment deployment.json --mnemonic-file words");
    let own = "--vault-authority ca.pem";
    let keys = "--file keys --passphrase-file passphrase --vault a=https://127.0.0.1:9";
    let read =
        "--patient 7 --emergency 1 --identity-file identity --custodian a=https://127.0.0.1:9";
    for line in [
        format!("keys agent once {keys} {chain} {own}"),
        format!("keys rotate {keys} {chain} {own}"),
        format!("emergency read {read} {chain} {own}"),
    ] {
        assert_eq!(code(dir, &line), "vault/authority", "{line}");
    }
}

#[test]
fn a_gateway_takes_the_authority_of_each_of_its_vaults() {
    let home = of_a_vault_s_own_authority();
    let line = "gateway run --config vitals.toml";
    assert_eq!(code(home.path(), line), "vault/authority");
    write(home.path(), "ca.pem", "");
    assert_eq!(code(home.path(), line), "vault/authority");
}
