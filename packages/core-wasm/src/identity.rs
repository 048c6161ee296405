//! Who can open what: age X25519 identities.

use vitals_core::agefile;
use vitals_core::recipient;
use wasm_bindgen::prelude::wasm_bindgen;
use zeroize::Zeroizing;

use crate::Refusal;

/// The most that an age file holds which is neither a batch nor a key package: a care plan, the
/// detail of an alert.
const MAX_PLAIN_BYTES: usize = 1 << 20;

/// An age identity. Its secret stays in here until `reveal`.
#[wasm_bindgen]
pub struct Identity {
    secret: Zeroizing<String>,
    recipient: String,
}

impl Identity {
    pub(crate) fn of(secret: Zeroizing<String>) -> Result<Self, Refusal> {
        let recipient = agefile::recipient_of(&secret)?;
        Ok(Self { secret, recipient })
    }

    pub(crate) fn secret(&self) -> &str {
        &self.secret
    }
}

#[wasm_bindgen]
impl Identity {
    /// A new one, drawn at random.
    pub fn create() -> Result<Identity, Refusal> {
        let drawn = vitals_keyring::draw_identity()?;
        Self::of(drawn.identity()?)
    }

    /// From `AGE-SECRET-KEY-1…`.
    pub fn parse(text: String) -> Result<Identity, Refusal> {
        let text = Zeroizing::new(text);
        Self::of(Zeroizing::new(text.trim().to_string()))
    }

    /// `age1…`, which may be published.
    #[wasm_bindgen(getter)]
    pub fn recipient(&self) -> String {
        self.recipient.clone()
    }

    /// `AGE-SECRET-KEY-1…`: whoever has it opens what is sealed to this identity.
    pub fn reveal(&self) -> String {
        self.secret.to_string()
    }

    /// What is in an age file of at most 1 MiB within.
    pub fn open(&self, file: &[u8]) -> Result<Vec<u8>, Refusal> {
        let plain = agefile::open(file, &self.secret, MAX_PLAIN_BYTES)?;
        Ok(plain.to_vec())
    }
}

/// An age file that the identity of any of these recipients opens.
#[wasm_bindgen(js_name = sealTo)]
pub fn seal_to(recipients: Vec<String>, plain: &[u8]) -> Result<Vec<u8>, Refusal> {
    Ok(agefile::seal(plain, &recipients)?)
}

/// Refuses what nobody should seal to.
#[wasm_bindgen(js_name = checkRecipient)]
pub fn check_recipient(text: &str) -> Result<(), Refusal> {
    recipient::check_recipient(text)?;
    Ok(())
}

/// SHA-256 of a recipient's text, as a grant keeps it.
#[wasm_bindgen(js_name = recipientHash)]
pub fn recipient_hash(recipient: &str) -> Vec<u8> {
    vitals_keyring::recipient_hash(recipient).to_vec()
}

/// SHA-256: what batches, packages, plans and shares are named by.
#[wasm_bindgen]
pub fn digest(bytes: &[u8]) -> Vec<u8> {
    vitals_vault_client::digest(bytes).to_vec()
}
