//! A bucket of a server that speaks S3 and that nobody here wrote. Runs where `VITALS_TEST_S3` is
//! its URL (see `scripts/lib/tools.sh`) and the AWS variables are set; its bucket is `vitals`.

mod fixture;

use fixture::chain::{FakeAccount, FakeChain, PATIENT};
use fixture::{deployment, NAME};
use std::sync::Arc;
use tokio::net::TcpListener;
use vitals_chain_client::Wallet;
use vitals_vault::{serve, Bucket, Config, DisclosureLog, Nonces, Objects, Vault};
use vitals_vault_client::{Period, VaultClient, VaultError};

/// A prefix of its own for each run.
fn bucket() -> Option<Bucket> {
    let endpoint = std::env::var("VITALS_TEST_S3").ok()?;
    Some(Bucket {
        url: format!("s3://vitals/run-{}", std::process::id()),
        endpoint: Some(endpoint),
        region: Some("us-east-1".into()),
    })
}

#[test]
fn a_bucket_keeps_refuses_and_erases_as_files_do() {
    let Some(bucket) = bucket() else {
        eprintln!("not run: VITALS_TEST_S3 names no server");
        return;
    };
    let (wallet, _) = Wallet::generate("wasm").unwrap();
    let chain = Arc::new(FakeChain::default());
    chain.0.lock().unwrap().controller = wallet.address().into();
    chain.0.lock().unwrap().grants = vec![(
        wallet.address().into(),
        fixture::terms(vitals_core::decision::Action::Read),
        None,
    )];
    let dir = tempfile::tempdir().unwrap();
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let listener = runtime.block_on(TcpListener::bind("127.0.0.1:0")).unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let own = FakeAccount {
        chain: chain.clone(),
        address: "wasm1operator".into(),
    };
    let vault = Vault::new(
        Config::new(NAME, &deployment()),
        chain.clone(),
        Objects::in_bucket(&bucket).unwrap(),
        DisclosureLog::open(&dir.path().join("log")).unwrap(),
        Nonces::default(),
    );
    runtime.spawn(serve(
        vault.anchoring(Arc::new(own)),
        listener,
        std::future::pending(),
    ));
    let client = VaultClient::new(&url, NAME, &wallet).unwrap();
    let digest = client.put_package(PATIENT, b"keys").unwrap();
    assert_eq!(client.put_package(PATIENT, b"keys").unwrap(), digest);
    chain.0.lock().unwrap().grants[0].2 = Some(digest);
    let read = || client.read_own_package(PATIENT, 1, &digest);
    assert_eq!(read().unwrap(), b"keys");
    let again = Objects::in_bucket(&bucket).unwrap();
    let seen = runtime.block_on(again.scrub()).unwrap();
    assert_eq!((seen.objects, seen.bytes, seen.altered.len()), (1, 4, 0));
    let report = client.erase(PATIENT, &Period::default()).unwrap();
    assert_eq!(report.packages, 1);
    let gone = |result: Result<_, VaultError>| result.unwrap_err().code().to_string();
    assert_eq!(gone(read()), "vault/erased");
    let put = client.put_package(PATIENT, b"keys").map(|_| Vec::new());
    assert_eq!(gone(put), "vault/erased");
    assert_eq!(runtime.block_on(again.scrub()).unwrap().objects, 0);
}
