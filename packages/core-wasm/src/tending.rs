//! What the patient's key agent does, decided here and carried out by the caller: it asks the
//! chain, puts files to the vaults and keeps what it is told to remember.

use std::collections::BTreeMap;

use cosmwasm_std::{Binary, Uint64};
use serde::{Deserialize, Serialize};
use vitals_api::consent::emergency::CustodiansInfo;
use vitals_api::consent::{Decision, GrantInfo, PackageRef, PatientInfo};
use vitals_core::time::{epoch_of, Epoch, Window};
use vitals_keyring::{
    asked, emergency_window, generation_due, keeps_package, permitted, Back, Custodians, Due,
    EmergencyRoll, Roll,
};
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::JsValue;

use crate::json::{give, read};
use crate::keyring::Keyring;
use crate::number::millis;
use crate::Refusal;

/// A grant as it stands, and what was remembered of its package.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Standing {
    patient: PatientInfo,
    grant: GrantInfo,
    /// Of the grantee, or of the team's members who may have keys.
    recipients: Vec<String>,
    roll: Option<Roll>,
    now_ms: f64,
}

impl Standing {
    fn now(&self) -> Result<Epoch, Refusal> {
        Ok(epoch_of(millis("now", self.now_ms)?).unwrap_or(Epoch::MAX))
    }
}

/// Of the emergency package.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Custody {
    patient: PatientInfo,
    named: CustodiansInfo,
    /// By account: the custodians' recipients.
    recipients: BTreeMap<String, String>,
    roll: Option<EmergencyRoll>,
    now_ms: f64,
}

#[derive(Serialize)]
#[serde(rename_all = "snake_case")]
enum Need {
    Nothing,
    Record(Roll),
    Seal,
}

impl From<Due> for Need {
    fn from(due: Due) -> Self {
        match due {
            Due::Nothing => Self::Nothing,
            Due::Record(roll) => Self::Record(roll),
            Due::Seal => Self::Seal,
        }
    }
}

/// A package that was sealed: to the vaults first, then what goes on the grant.
#[wasm_bindgen]
pub struct SealedPackage {
    file: Vec<u8>,
    roll: Roll,
}

#[derive(Serialize)]
struct ForGrant {
    package: PackageRef,
    roll: Roll,
}

#[wasm_bindgen]
impl SealedPackage {
    #[wasm_bindgen(getter)]
    pub fn file(&self) -> Vec<u8> {
        self.file.clone()
    }

    /// `package` goes on the grant by `put_packages`; `roll` is remembered.
    #[wasm_bindgen(unchecked_return_type = "PackageRecord")]
    pub fn record(&self) -> Result<JsValue, Refusal> {
        give(&ForGrant {
            package: self.roll.package(),
            roll: self.roll.clone(),
        })
    }
}

/// An emergency package that was split: package and shares to the vaults, then to the chain.
#[wasm_bindgen]
pub struct EmergencyFiles {
    files: vitals_keyring::EmergencyFiles,
    window: Window,
}

#[derive(Serialize)]
struct EmergencyRecord<'a> {
    window: Window,
    packages: Vec<NamedShare<'a>>,
    roll: &'a EmergencyRoll,
}

#[derive(Serialize)]
struct NamedShare<'a> {
    custodian: &'a str,
    digest: &'a Binary,
}

#[wasm_bindgen]
impl EmergencyFiles {
    #[wasm_bindgen(getter)]
    pub fn package(&self) -> Vec<u8> {
        self.files.package.clone()
    }

    /// Accounts of the custodians.
    #[wasm_bindgen(getter)]
    pub fn custodians(&self) -> Vec<String> {
        self.files.shares.keys().cloned().collect()
    }

    /// The share of one custodian; none where it is not one.
    pub fn share(&self, custodian: &str) -> Option<Vec<u8>> {
        self.files.shares.get(custodian).cloned()
    }

    /// `window` and `packages` go to the chain by `put_emergency_packages`; `roll` is remembered.
    #[wasm_bindgen(unchecked_return_type = "EmergencyRecord")]
    pub fn record(&self) -> Result<JsValue, Refusal> {
        let named = |(custodian, digest)| NamedShare { custodian, digest };
        let roll = &self.files.roll;
        give(&EmergencyRecord {
            window: self.window,
            packages: roll
                .shares
                .iter()
                .map(|(a, d)| named((a.as_str(), d)))
                .collect(),
            roll,
        })
    }
}

#[wasm_bindgen]
impl Keyring {
    /// That these are the patient's keys, as new as the chain's. `patient`: consent's answer.
    #[wasm_bindgen(js_name = check)]
    pub fn check(
        &self,
        #[wasm_bindgen(unchecked_param_type = "object")] patient: &JsValue,
    ) -> Result<(), Refusal> {
        let patient: PatientInfo = read("the patient", patient)?;
        Ok(self.0.check(&patient)?)
    }

    /// Draws the secret that is due where a generation is pending. True: lock and keep the keys, and
    /// their backup, before the commitment of `generationDue` is posted.
    #[wasm_bindgen(js_name = bringIn)]
    pub fn bring_in(
        &mut self,
        #[wasm_bindgen(unchecked_param_type = "object")] patient: &JsValue,
    ) -> Result<bool, Refusal> {
        let patient: PatientInfo = read("the patient", patient)?;
        self.0.check(&patient)?;
        Ok(self.0.bring_in(&patient)?)
    }

    /// What a grant's package needs.
    #[wasm_bindgen(unchecked_return_type = "PackageNeed")]
    pub fn due(
        &self,
        #[wasm_bindgen(unchecked_param_type = "GrantStanding")] standing: &JsValue,
    ) -> Result<JsValue, Refusal> {
        let it: Standing = read("the grant", standing)?;
        self.0.check(&it.patient)?;
        let (recipients, now) = (&it.recipients, it.now()?);
        let due = self
            .0
            .due(&it.patient, &it.grant, recipients, it.roll.as_ref(), now);
        give(&Need::from(due))
    }

    /// Seals a grant's package to its recipients.
    #[wasm_bindgen(js_name = sealFor)]
    pub fn seal_for(
        &self,
        #[wasm_bindgen(unchecked_param_type = "GrantStanding")] standing: &JsValue,
    ) -> Result<SealedPackage, Refusal> {
        let it: Standing = read("the grant", standing)?;
        self.0.check(&it.patient)?;
        let now = it.now()?;
        let back = Back::owed(&it.patient, it.roll.as_ref(), now);
        let (file, roll) = self
            .0
            .seal_for(&it.patient, &it.grant, &it.recipients, back, now)?;
        Ok(SealedPackage { file, roll })
    }

    /// A new emergency package where one is due; none where there are no custodians, or where what
    /// is on the chain holds.
    #[wasm_bindgen]
    pub fn emergency(
        &self,
        #[wasm_bindgen(unchecked_param_type = "CustodyStanding")] custody: &JsValue,
    ) -> Result<Option<EmergencyFiles>, Refusal> {
        let it: Custody = read("the custodians", custody)?;
        self.0.check(&it.patient)?;
        if it.patient.pending {
            return Err(vitals_keyring::KeyringError::Pending.into());
        }
        let now = epoch_of(millis("now", it.now_ms)?).unwrap_or(Epoch::MAX);
        let custodians = Custodians {
            threshold: it.named.threshold,
            recipients: it.recipients,
        };
        let roll = it.roll.as_ref();
        let holds = self
            .0
            .custody_holds(&it.patient, &it.named, &custodians, roll, now);
        if it.named.custodians.is_empty() || holds.is_some() {
            return Ok(None);
        }
        let window = emergency_window(now);
        let files = self.0.emergency(&it.patient, &custodians, window)?;
        Ok(Some(EmergencyFiles { files, window }))
    }
}

/// The generation that is open, or the next one while it is pending.
#[wasm_bindgen(js_name = generationDue)]
pub fn due_generation(
    #[wasm_bindgen(unchecked_param_type = "object")] patient: &JsValue,
) -> Result<u32, Refusal> {
    Ok(generation_due(&read("the patient", patient)?))
}

/// Whether a grant's package is kept current unasked.
#[wasm_bindgen(js_name = keepsPackage)]
pub fn is_kept(
    #[wasm_bindgen(unchecked_param_type = "object")] grant: &JsValue,
) -> Result<bool, Refusal> {
    Ok(keeps_package(&read("the grant", grant)?))
}

/// What to ask consent (its query `decide`) before `who` gets keys by a grant of the patient.
#[wasm_bindgen(js_name = keysQuestion, unchecked_return_type = "object")]
pub fn keys_question(
    patient: &str,
    #[wasm_bindgen(unchecked_param_type = "object")] grant: &JsValue,
    who: &str,
) -> Result<JsValue, Refusal> {
    let patient = Uint64::new(crate::number::id("patient", patient)?);
    let grant: GrantInfo = read("the grant", grant)?;
    give(&asked(patient, &grant, who)?)
}

/// Throws what consent refused for good; what time or a credential may lift is no refusal of keys.
#[wasm_bindgen(js_name = checkKeysAnswer)]
pub fn check_keys_answer(
    #[wasm_bindgen(unchecked_param_type = "object")] decision: &JsValue,
) -> Result<(), Refusal> {
    let decision: Decision = read("the decision", decision)?;
    Ok(permitted(decision)?)
}
