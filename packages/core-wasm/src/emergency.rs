//! Emergencies: shares from the custodians, and what they open.

use vitals_core::emergency::{combine, EmergencyShare};
use vitals_core::time::Window;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::identity::Identity;
use crate::Refusal;

/// Shares of a patient's emergency package, as they come in.
#[wasm_bindgen]
#[derive(Default)]
pub struct EmergencyShares(Vec<EmergencyShare>);

#[wasm_bindgen]
impl EmergencyShares {
    #[wasm_bindgen(constructor)]
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes the file that a custodian sealed to the responder.
    pub fn add(&mut self, file: &[u8], identity: &Identity) -> Result<(), Refusal> {
        self.0.push(EmergencyShare::open(file, identity.secret())?);
        Ok(())
    }

    #[wasm_bindgen(getter)]
    pub fn count(&self) -> usize {
        self.0.len()
    }

    /// The key, once enough of them go together.
    pub fn combine(&self) -> Result<EmergencyKey, Refusal> {
        let key = combine(&self.0)?;
        Ok(EmergencyKey {
            identity: key.identity,
            package: key.package,
            window: key.window,
            generation: key.generation,
        })
    }
}

/// What shares put together give.
#[wasm_bindgen]
pub struct EmergencyKey {
    identity: zeroize::Zeroizing<String>,
    package: [u8; 32],
    window: Window,
    generation: u32,
}

#[wasm_bindgen]
impl EmergencyKey {
    /// Opens the emergency package, which is a key package.
    pub fn identity(&self) -> Result<Identity, Refusal> {
        Identity::of(self.identity.clone())
    }

    /// SHA-256 of the emergency package's file.
    #[wasm_bindgen(getter, js_name = packageDigest)]
    pub fn package_digest(&self) -> Vec<u8> {
        self.package.to_vec()
    }

    /// First epoch that it opens.
    #[wasm_bindgen(getter)]
    pub fn from(&self) -> u32 {
        self.window.from
    }

    /// First epoch after.
    #[wasm_bindgen(getter)]
    pub fn to(&self) -> u32 {
        self.window.to
    }

    #[wasm_bindgen(getter)]
    pub fn generation(&self) -> u32 {
        self.generation
    }
}

/// A custodian's own share, sealed anew to a responder's recipient.
#[wasm_bindgen(js_name = passShareOn)]
pub fn pass_share_on(
    file: &[u8],
    identity: &Identity,
    recipient: &str,
) -> Result<Vec<u8>, Refusal> {
    Ok(EmergencyShare::open(file, identity.secret())?.seal(recipient)?)
}
