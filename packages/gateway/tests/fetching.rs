//! What the vaults keep for the gateway: it comes, there is none, or somebody says no.

mod support;

use std::io::{Read, Write};
use std::net::TcpListener;
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use cosmwasm_std::Binary;
use support::bench::START;
use support::chain::{Chain, PATIENT};
use support::Bench;
use vitals_analysis::Plan;
use vitals_api::consent::{GrantInfo, PackageRef, Party};
use vitals_core::decision::GroundRef;
use vitals_core::time::Window;
use vitals_gateway::{CarePlans, Fetch, Fetched, KeyPackages, Looked};
use vitals_vault_client::{digest, Signer, SignerError, VaultClient};

const PACKAGE: &[u8] = b"an age file";
const REFUSAL: &[u8] = br#"{"code":"consent/grant_revoked","reason":"it was revoked"}"#;
const GROUND: GroundRef = GroundRef::Grant { id: 1 };

struct Nobody;

impl Signer for Nobody {
    fn address(&self) -> &str {
        "wasm1gateway"
    }

    fn public_key(&self) -> &[u8; 33] {
        &[2; 33]
    }

    fn sign(&self, _: &[u8]) -> Result<[u8; 64], SignerError> {
        Ok([0; 64])
    }
}

type Answer = Arc<Mutex<(&'static str, Vec<u8>)>>;

/// A vault that gives every request this answer.
fn vault(answer: &Answer) -> VaultClient<Nobody> {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let answer = answer.clone();
    thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let _request = stream.read(&mut [0; 4_096]).unwrap();
            let (status, body) = answer.lock().unwrap().clone();
            let length = body.len();
            let head = format!(
                "HTTP/1.1 {status}\r\nconnection: close\r\ncontent-length: {length}\r\n\r\n"
            );
            let whole = [head.as_bytes(), &body].concat();
            stream.write_all(&whole).unwrap();
        }
    });
    VaultClient::new(&url, "ward", Nobody).unwrap()
}

fn answers(status: &'static str, body: &[u8]) -> Answer {
    Arc::new(Mutex::new((status, body.to_vec())))
}

fn grant(chain: &Chain, package: Option<&[u8]>) {
    chain.state().grants = vec![GrantInfo {
        grant: 1u64.into(),
        grantee: Party::Account("gateway".into()),
        by: None,
        purposes: vec![],
        categories: vec![],
        actions: vec![],
        window: Window { from: 0, to: 1 },
        valid_from: 0,
        valid_until: 0,
        revoked: false,
        package: package.map(|file| PackageRef {
            digest: Binary::new(digest(file).to_vec()),
            recipient_hash: Binary::new(vec![0; 32]),
        }),
    }];
}

fn packages(chain: &Chain, vault: VaultClient<Nobody>, at: &Path) -> KeyPackages<Chain, Nobody> {
    let chain = chain.clone();
    KeyPackages::new(chain, "consent", PATIENT, GROUND, vec![vault], at.into())
}

fn plans(bench: &Bench, vault: VaultClient<Nobody>) -> CarePlans<Chain, Nobody> {
    let path = bench.dir.path().join("plan.age");
    let chain = bench.chain.clone();
    let plans = CarePlans::new(chain, "care", PATIENT, GROUND, vec![vault], path);
    plans.asking_every(Duration::ZERO)
}

#[test]
fn a_refusal_is_told_with_its_reason_and_apart_from_that_there_is_none() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("package.age");
    let chain = Chain::default();
    grant(&chain, None);
    let answer = answers("403 Forbidden", REFUSAL);
    let look = || packages(&chain, vault(&answer), &path).fetch();
    assert_eq!(look(), Some(Fetched::Nothing));
    grant(&chain, Some(PACKAGE));
    let told = "consent/grant_revoked: it was revoked (vault ward)";
    assert_eq!(look(), Some(Fetched::Failed(told.into())));
    *answer.lock().unwrap() = ("200 OK", PACKAGE.to_vec());
    assert_eq!(look(), Some(Fetched::Here));
    assert_eq!(std::fs::read(&path).unwrap(), PACKAGE);
    chain.state().unreachable = true;
    assert_eq!(look(), None, "what is known stands");
}

#[test]
fn who_refused_is_not_asked_again_at_once() {
    let dir = tempfile::tempdir().unwrap();
    let chain = Chain::default();
    grant(&chain, Some(PACKAGE));
    let answer = answers("403 Forbidden", REFUSAL);
    let path = dir.path().join("package.age");
    let mut packages = packages(&chain, vault(&answer), &path);
    assert!(matches!(packages.fetch(), Some(Fetched::Failed(_))));
    assert_eq!(packages.fetch(), None);
}

#[test]
fn the_status_says_since_when_a_file_is_refused_and_forgets_it_when_it_came() {
    let mut bench = Bench::new(vec![]);
    let mut note = |care_plan: Fetched, now_ms: u64| {
        let looked = Looked {
            key_package: Some(Fetched::Nothing),
            care_plan: Some(care_plan),
        };
        bench.gateway().note_looked(looked, now_ms).unwrap();
        let status = bench.gateway().status().unwrap();
        assert_eq!(status.key_package_fetch, Fetch::Nothing);
        status.care_plan_fetch
    };
    let refused = |reason: &str| Fetched::Failed(reason.into());
    note(refused("consent/not_granted: no"), START);
    let Fetch::Failing(failing) = note(refused("vault/not_found: none"), START + 5_000) else {
        panic!("it fails");
    };
    assert_eq!(failing.since_ms, START);
    assert_eq!(failing.reason, "vault/not_found: none");
    assert_eq!(note(Fetched::Here, START + 6_000), Fetch::Here);
    bench.open();
    let status = bench.gateway().status().unwrap();
    assert_eq!(status.care_plan_fetch, Fetch::NotAsked);
}

/// A gateway that watched by it has let it go meanwhile.
#[test]
fn a_plan_that_was_withdrawn_and_is_written_again_as_it_was_is_fetched_again() {
    let mut bench = Bench::new(vec![]);
    bench.prescribe_plan(1, &Plan::default());
    let path = bench.dir.path().join("plan.age");
    let file = std::fs::read(&path).unwrap();
    let mut plans = plans(&bench, vault(&answers("200 OK", &file)));
    assert_eq!(plans.fetch(), Some(Fetched::Here));
    bench.tick(START).unwrap();
    assert_eq!(bench.gateway().status().unwrap().care_plan, Some(1));
    let written = bench.chain.state().plan.take();
    assert_eq!(plans.fetch(), Some(Fetched::Nothing));
    bench.tick(START + 60_000).unwrap();
    assert_eq!(bench.gateway().status().unwrap().care_plan, None);
    assert!(!path.exists());
    bench.chain.state().plan =
        written.map(|plan| vitals_api::care::PlanInfo { version: 2, ..plan });
    assert_eq!(plans.fetch(), Some(Fetched::Here));
    bench.tick(START + 120_000).unwrap();
    let status = bench.gateway().status().unwrap();
    assert_eq!(
        (status.care_plan, status.care_plan_trouble),
        (Some(2), None)
    );
}
