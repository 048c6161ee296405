//! The signatures in the vectors, made by OpenSSL.

use super::*;
use vitals_core::key::{Ed25519Signer, HostVerifier, Signer, Verifier};

#[test]
fn an_ed25519_key_makes_the_second_implementation_s_signatures() {
    let made = |vectors: &Value, list: &str, digest: &str| {
        let signer = Ed25519Signer::from_seed(&array(vectors, "secret"));
        let key = hex::encode(signer.public_key().bytes());
        assert_eq!(key, text(vectors, "public_key"));
        for vector in items(vectors, list) {
            let signature = signer.sign(&array(vector, digest));
            assert_eq!(hex::encode(signature), text(vector, "signature"));
        }
    };
    made(&vectors!("measured"), "batches", "digest");
    made(&vectors!("measured"), "gaps", "digest");
    made(&vectors!("alert"), "notices", "signing_digest");
    made(&vectors!("registration"), "pairings", "pair_digest");
}

#[test]
fn the_host_accepts_a_possession_for_its_own_action_and_not_its_high_s_twin() {
    for vector in items(&vectors!("registration"), "registrations") {
        let (key, signature) = (public_key(vector), array(vector, "possession"));
        let accepts =
            |digest: &str, signature| HostVerifier.verify(&key, &array(vector, digest), signature);
        assert!(accepts("register_digest", &signature));
        assert!(!accepts("attest_digest", &signature));
        if vector["high_s"].is_string() {
            assert!(!accepts("register_digest", &array(vector, "high_s")));
        }
    }
}
