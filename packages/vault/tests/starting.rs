//! What a vault refuses to start with.

mod fixture;

use fixture::chain::{FakeChain, ANCHOR, CONSENT};
use fixture::{deployment, vault_of, NAME};
use tokio::net::TcpListener;
use vitals_vault::{serve, Config, ServeError};

async fn started(name: &str, prefix: &str, consent: &str, anchor: &str) -> Result<(), ServeError> {
    let dir = tempfile::tempdir().unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let mut config = Config::new(name, &deployment());
    config.address_prefix = prefix.into();
    config.consent = consent.into();
    config.vitals_anchor = anchor.into();
    let vault = vault_of(config, dir.path().into(), FakeChain::default().into());
    serve(vault, listener, std::future::ready(())).await
}

#[tokio::test]
async fn a_vault_that_no_request_could_name_or_no_chain_answer_is_not_started() {
    started(NAME, "wasm", CONSENT, ANCHOR).await.unwrap();
    for (name, prefix, consent, anchor) in [
        ("", "wasm", CONSENT, ANCHOR),
        (NAME, "", CONSENT, ANCHOR),
        (NAME, "wasm", "wasm1consent", ANCHOR),
        (NAME, "wasm", CONSENT, ""),
    ] {
        let refused = started(name, prefix, consent, anchor).await.unwrap_err();
        assert!(
            refused.to_string().starts_with("vault/config: "),
            "{refused}"
        );
    }
}

#[tokio::test]
async fn requests_do_not_cross_a_network_in_clear_unless_a_proxy_is_said_to_be_in_front() {
    let begin = async |behind_proxy| {
        let dir = tempfile::tempdir().unwrap();
        let listener = TcpListener::bind("0.0.0.0:0").await.unwrap();
        let mut config = Config::new(NAME, &deployment());
        config.behind_proxy = behind_proxy;
        let vault = vault_of(config, dir.path().into(), FakeChain::default().into());
        serve(vault, listener, std::future::ready(())).await
    };
    let refused = begin(false).await.unwrap_err().to_string();
    assert!(refused.starts_with("vault/plain: "), "{refused}");
    begin(true).await.unwrap();
}
