use base64::engine::general_purpose::STANDARD as BASE64;
use base64::Engine;
use sha2::{Digest, Sha256};

use super::{address_of, verify, Wallet};
use crate::Error;

/// BIP-39's own test vector for 32 zero bytes of entropy.
fn zero_mnemonic() -> String {
    format!("{}art", "abandon ".repeat(23))
}

fn wallet() -> Wallet {
    Wallet::from_mnemonic(&zero_mnemonic(), "cosmos").unwrap()
}

const MESSAGE: &[u8] = b"vitals-vault/1 get /key/7";

/// Order of secp256k1 (SEC 2, 2.4.1), big-endian.
const ORDER: &str = "fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141";

/// The other signature that plain ECDSA would accept: `s` replaced by the order less `s`.
fn high_s_twin(signature: &[u8; 64]) -> Vec<u8> {
    let order = hex::decode(ORDER).unwrap();
    let mut twin = signature.to_vec();
    let mut borrow = 0i32;
    for index in (0..32).rev() {
        let digit = i32::from(order[index]) - i32::from(signature[32 + index]) - borrow;
        borrow = i32::from(digit < 0);
        twin[32 + index] = u8::try_from(digit.rem_euclid(256)).unwrap();
    }
    twin
}

#[test]
fn mnemonic_derives_the_address_that_wasmd_derives() {
    // Seen from `wasmd keys add --recover` 0.70.3 with the same words.
    assert_eq!(
        wallet().address(),
        "cosmos1r5v5srda7xfth3hn2s26txvrcrntldjumt8mhl"
    );
    let wasm = Wallet::from_mnemonic(&zero_mnemonic(), "wasm").unwrap();
    assert_eq!(
        wasm.address(),
        "wasm1r5v5srda7xfth3hn2s26txvrcrntldju3hkw75"
    );
    assert_eq!(
        BASE64.encode(wasm.public_key()),
        "ArpmqEz3g5rxcqE+f8n15wCMuLyhWF+PO6+zA57aPB/d"
    );
}

#[test]
fn white_space_around_words_does_not_matter() {
    let spaced = format!("\n {} \t\n", zero_mnemonic().replace(' ', "  "));
    assert_eq!(
        Wallet::from_mnemonic(&spaced, "cosmos").unwrap().address(),
        wallet().address()
    );
}

#[test]
fn malformed_mnemonics_are_refused() {
    let twelve = format!("{}about", "abandon ".repeat(11));
    let checksum = "abandon ".repeat(24);
    let unknown = zero_mnemonic().replace("art", "arts");
    for words in ["", &twelve, &checksum, &unknown] {
        let error = Wallet::from_mnemonic(words, "cosmos").unwrap_err();
        assert!(matches!(
            error,
            Error::Input {
                what: "mnemonic",
                ..
            }
        ));
        assert!(!error.to_string().contains("abandon"), "words in an error");
    }
}

#[test]
fn generated_wallet_is_recovered_from_its_mnemonic() {
    let (made, mnemonic) = Wallet::generate("wasm").unwrap();
    let recovered = Wallet::from_mnemonic(&mnemonic, "wasm").unwrap();
    assert_eq!(made.address(), recovered.address());
    assert!(made.address().starts_with("wasm1"));
    let (other, _) = Wallet::generate("wasm").unwrap();
    assert_ne!(made.address(), other.address());
}

#[test]
fn address_follows_from_the_public_key() {
    let wallet = wallet();
    assert_eq!(
        address_of(wallet.public_key(), "cosmos").unwrap(),
        wallet.address()
    );
}

#[test]
fn malformed_public_keys_and_prefixes_are_refused() {
    let key = *wallet().public_key();
    let off_curve = [vec![2u8], vec![0xff; 32]].concat();
    let uncompressed = [vec![4u8], vec![1; 64]].concat();
    for bad in [&[][..], &key[..32], &off_curve, &uncompressed, &[0; 33]] {
        assert!(address_of(bad, "cosmos").is_err());
        assert!(verify(bad, MESSAGE, &[1; 64]).is_err());
    }
    assert!(address_of(&key, "").is_err());
    assert!(address_of(&key, "COSMOS").is_err());
}

#[test]
fn signature_verifies_for_its_key_and_bytes_only() {
    let wallet = wallet();
    let signature = wallet.sign_bytes(MESSAGE).unwrap();
    assert_eq!(verify(wallet.public_key(), MESSAGE, &signature), Ok(()));

    let refused = Err(Error::Signature);
    let (other, _) = Wallet::generate("cosmos").unwrap();
    assert_eq!(verify(other.public_key(), MESSAGE, &signature), refused);
    assert_eq!(verify(wallet.public_key(), b"vitals", &signature), refused);
    for cut in [&signature[..63], &[0; 64], &[0xff; 64], &[]] {
        assert_eq!(verify(wallet.public_key(), MESSAGE, cut), refused);
    }
}

#[test]
fn signature_is_over_the_sha256_of_the_bytes() {
    use bip32::secp256k1::ecdsa::signature::hazmat::PrehashVerifier;

    let wallet = wallet();
    let signature = wallet.sign_bytes(MESSAGE).unwrap();
    let digest: [u8; 32] = Sha256::digest(MESSAGE).into();
    let key = super::verifying_key(wallet.public_key()).unwrap();
    let signature = super::Signature::from_slice(&signature).unwrap();
    assert!(key.verify_prehash(&digest, &signature).is_ok());
}

#[test]
fn high_s_twin_of_a_signature_is_refused() {
    let wallet = wallet();
    let signature = wallet.sign_bytes(MESSAGE).unwrap();
    let twin = high_s_twin(&signature);
    assert_ne!(twin, signature);
    assert_eq!(
        verify(wallet.public_key(), MESSAGE, &twin),
        Err(Error::Signature)
    );
}

#[test]
fn sign_documents_of_transactions_are_not_signed() {
    use cosmrs::proto::cosmos::tx::v1beta1::SignDoc;
    use cosmrs::proto::traits::Message;

    let direct = SignDoc {
        body_bytes: vec![1, 2, 3],
        auth_info_bytes: vec![4],
        chain_id: "vitals-1".to_string(),
        account_number: 7,
    };
    let amino = br#"{"account_number":"7","chain_id":"vitals-1","msgs":[]}"#;
    for document in [&direct.encode_to_vec()[..], amino, &[0xa1, 1]] {
        assert!(wallet().sign_bytes(document).is_err());
    }
    let adr36 = br#"{"account_number":"0","chain_id":"","msgs":[]}"#;
    for harmless in [&adr36[..], b"{not json", b"", b"{}"] {
        assert!(wallet().sign_bytes(harmless).is_ok());
    }
}

#[test]
fn debug_output_shows_the_address_only() {
    assert_eq!(
        format!("{:?}", wallet()),
        r#"Wallet { address: "cosmos1r5v5srda7xfth3hn2s26txvrcrntldjumt8mhl", .. }"#
    );
}
