//! The patient's keys.

use serde::Serialize;
use vitals_core::measure::Category;
use vitals_core::recovery::{combine, RecoveryShare};
use vitals_core::time::Window;
use vitals_keyring::{Keys, Lock};
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::JsValue;
use zeroize::Zeroizing;

use crate::batch::{check_pointer, open, OpenedBatch};
use crate::identity::Identity;
use crate::json::{give, read};
use crate::number::id;
use crate::Refusal;

/// What errors call the file.
const NAME: &str = "the key file";
/// Of scrypt, where the caller names none: 256 MiB of memory.
pub(crate) const WORK_FACTOR: u8 = 18;

/// A patient's secrets; they stay in here. After a change (`addGeneration`, `erase`,
/// `shareRecovery`) lock and keep the file before anything is told to the chain.
#[wasm_bindgen]
pub struct Keyring(pub(crate) Keys);

#[derive(Serialize)]
struct Held {
    number: u32,
    /// Nothing of it was erased.
    whole: bool,
}

#[derive(Serialize)]
struct Recovery<'a> {
    recipient: &'a str,
    set: &'a str,
    threshold: u8,
    of: u8,
}

#[wasm_bindgen]
impl Keyring {
    /// New keys for a patient whose open generation is `generation`.
    pub fn create(patient: &str, generation: u32) -> Result<Keyring, Refusal> {
        Ok(Self(Keys::create(id("patient", patient)?, generation)?))
    }

    /// Opens a key file, of this or of `vitals keys`.
    pub fn unlock(file: &[u8], passphrase: String) -> Result<Keyring, Refusal> {
        let passphrase = Zeroizing::new(passphrase);
        Ok(Self(Keys::unlock(
            file,
            &Lock::passphrase(&passphrase),
            NAME,
        )?))
    }

    /// Opens a key file or a backup that is wrapped under an identity.
    #[wasm_bindgen(js_name = unlockWith)]
    pub fn unlock_with(file: &[u8], identity: &Identity) -> Result<Keyring, Refusal> {
        let lock = Lock::identity(identity.secret())?;
        Ok(Self(Keys::unlock(file, &lock, NAME)?))
    }

    /// The key file under a passphrase. `workFactor`: base-2 logarithm of scrypt's cost, 18 where
    /// absent. Counts a revision.
    pub fn lock(
        &mut self,
        passphrase: String,
        #[wasm_bindgen(js_name = workFactor)] work_factor: Option<u8>,
    ) -> Result<Vec<u8>, Refusal> {
        let passphrase = Zeroizing::new(passphrase);
        let work_factor = work_factor.unwrap_or(WORK_FACTOR);
        let lock = Lock::passphrase(&passphrase).with_work_factor(work_factor)?;
        self.0.next_revision();
        Ok(self.0.lock(&lock, NAME)?)
    }

    /// The key file under an identity that is kept elsewhere.
    #[wasm_bindgen(js_name = lockWith)]
    pub fn lock_with(&mut self, identity: &Identity) -> Result<Vec<u8>, Refusal> {
        let lock = Lock::identity(identity.secret())?;
        self.0.next_revision();
        Ok(self.0.lock(&lock, NAME)?)
    }

    #[wasm_bindgen(getter)]
    pub fn patient(&self) -> String {
        self.0.patient().to_string()
    }

    /// The patient's own `age1…`, to publish with `set_recipient`.
    #[wasm_bindgen(getter)]
    pub fn recipient(&self) -> String {
        self.0.recipient().into()
    }

    /// What opens what is sealed to the patient.
    pub fn identity(&self) -> Result<Identity, Refusal> {
        Identity::of(Zeroizing::new(self.0.identity().to_string()))
    }

    /// The last generation whose secret is held.
    #[wasm_bindgen(getter)]
    pub fn latest(&self) -> u32 {
        self.0.latest()
    }

    #[wasm_bindgen(unchecked_return_type = "HeldGeneration[]")]
    pub fn generations(&self) -> Result<JsValue, Refusal> {
        let held = |(number, whole)| Held { number, whole };
        let held: Vec<Held> = self.0.generations().map(held).collect();
        give(&held)
    }

    /// Erasures so far, and how often the keys were locked.
    #[wasm_bindgen(getter)]
    pub fn erasures(&self) -> u32 {
        self.0.erasures()
    }

    #[wasm_bindgen(getter)]
    pub fn revision(&self) -> u32 {
        self.0.revision()
    }

    /// What the chain may know of a generation's secret.
    pub fn commitment(&self, generation: u32) -> Result<Vec<u8>, Refusal> {
        Ok(self.0.commitment(generation)?.to_vec())
    }

    /// Draws the secret of the next generation, which nothing is measured under before `until`'s
    /// hour ends the one before.
    #[wasm_bindgen(js_name = addGeneration)]
    pub fn add_generation(&mut self, until: u32) -> Result<u32, Refusal> {
        Ok(self.0.add_generation(until)?)
    }

    /// Forgets the keys of these categories over the window for good.
    pub fn erase(
        &mut self,
        #[wasm_bindgen(unchecked_param_type = "string[]")] categories: &JsValue,
        from: u32,
        to: u32,
    ) -> Result<(), Refusal> {
        let categories: Vec<Category> = read("categories", categories)?;
        self.0.erase(&categories, Window::new(from, to)?);
        Ok(())
    }

    /// Decrypts a batch and checks it against the chain. `info`: the anchor's answer.
    #[wasm_bindgen(js_name = openBatch)]
    pub fn open_batch(
        &self,
        #[wasm_bindgen(unchecked_param_type = "object")] info: &JsValue,
        sealed: &[u8],
    ) -> Result<OpenedBatch, Refusal> {
        let info: vitals_api::anchor::BatchInfo = read("the batch", info)?;
        self.0.check_patient(info.id.patient.u64())?;
        check_pointer(&info, sealed)?;
        let id = &info.id;
        let key = self.0.epoch_key(info.generation, id.category, id.epoch)?;
        open(info, &key, sealed)
    }

    /// An age file of the keys that the recovery identity opens.
    pub fn backup(&self) -> Result<Vec<u8>, Refusal> {
        Ok(self.0.backup()?)
    }

    /// Draws a new recovery identity and gives out its shares, one line of text for each guardian,
    /// of which any `threshold` of `of` open the backups. They are not kept.
    #[wasm_bindgen(js_name = shareRecovery)]
    pub fn share_recovery(&mut self, threshold: u8, of: u8) -> Result<Vec<String>, Refusal> {
        let shares = self.0.share_recovery(threshold, of)?;
        let line = |share: &RecoveryShare| Ok(share.to_text()?.to_string());
        shares.iter().map(line).collect()
    }

    /// Who can open the backups; null where nobody has shares.
    #[wasm_bindgen(unchecked_return_type = "RecoveryState | null")]
    pub fn recovery(&self) -> Result<JsValue, Refusal> {
        give(&self.0.recovery().map(|recovery| Recovery {
            recipient: &recovery.recipient,
            set: &recovery.set,
            threshold: recovery.threshold,
            of: recovery.of,
        }))
    }
}

/// The identity that opens a patient's backups, from the guardians' lines.
#[wasm_bindgen(js_name = combineRecovery)]
pub fn combine_recovery(lines: Vec<String>) -> Result<Identity, Refusal> {
    let lines: Vec<Zeroizing<String>> = lines.into_iter().map(Zeroizing::new).collect();
    let shares = lines.iter().map(|line| RecoveryShare::from_text(line));
    let shares: Vec<RecoveryShare> = shares.collect::<Result<_, _>>()?;
    Identity::of(combine(&shares)?.identity()?)
}
