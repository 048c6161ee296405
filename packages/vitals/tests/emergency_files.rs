//! A responder's files, with every server away: what is said first is what is wrong with them.

use std::net::TcpListener;
use std::path::Path;
use std::process::Command;

use age::secrecy::ExposeSecret;
use age::x25519::Identity;

const AT: &str = "wasm1c0nsentqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqkqsuny";

/// The first code that `vitals emergency` ends with, in a directory with everything it takes.
fn code(dir: &Path, line: &str) -> String {
    let write = |name: &str, text: &str| std::fs::write(dir.join(name), text).unwrap();
    let deployment = format!(
        r#"{{"chain_id": "c", "consent": "{AT}", "device_registry": "{AT}", "vitals_anchor": "{AT}",
            "care": "{AT}", "claims": "{AT}", "deployment_id": "{}"}}"#,
        "04".repeat(32)
    );
    write("deployment.json", &deployment);
    write("words", &format!("{} art", ["abandon"; 23].join(" ")));
    write("reason", "found unconscious");
    let made = Identity::generate();
    let (public, secret) = (made.to_public(), made.to_string());
    let secret = secret.expose_secret();
    // as age-keygen writes it
    write(
        "me.txt",
        &format!("# created: today\n# public key: {public}\n{secret}\n"),
    );
    write("other.txt", "no identity\n");
    let away = TcpListener::bind("127.0.0.1:0").unwrap();
    let away = format!("http://{}", away.local_addr().unwrap());
    let mut program = Command::new(env!("CARGO_BIN_EXE_vitals"));
    program
        .current_dir(dir)
        .arg("emergency")
        .args(line.split_whitespace())
        .args([
            "--patient",
            "7",
            "--node",
            &away,
            "--deployment",
            "deployment.json",
        ])
        .args(["--mnemonic-file", "words"]);
    let said = String::from_utf8(program.output().unwrap().stderr).unwrap();
    let said = said.strip_prefix("error: ").unwrap_or(&said);
    said.split(':').next().unwrap().to_owned()
}

#[test]
fn an_identity_file_is_read_as_age_keygen_writes_it() {
    let dir = tempfile::tempdir().unwrap();
    let open = "open --reason-file reason --identity-file";
    assert_eq!(
        code(dir.path(), &format!("{open} me.txt")),
        "chain/unreachable"
    );
    assert_eq!(
        code(dir.path(), &format!("{open} other.txt")),
        "age/identity"
    );
}

#[test]
fn what_cannot_be_written_or_opened_is_said_before_custodians_are_asked() {
    let dir = tempfile::tempdir().unwrap();
    let read = "read --emergency 1 --custodian a=http://127.0.0.1:1";
    let nowhere = format!("{read} --identity-file me.txt --out nowhere/readings");
    assert_eq!(code(dir.path(), &nowhere), "cli/file");
    let other = format!("{read} --identity-file other.txt --out readings");
    assert_eq!(code(dir.path(), &other), "age/identity");
    assert!(
        !dir.path().join("readings").exists(),
        "it can be given again"
    );
}
