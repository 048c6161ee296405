//! Key packages: what a grant lets one reader open.

use serde::Serialize;
use vitals_api::anchor::BatchInfo;
use vitals_core::measure::Category;
use vitals_core::package::{KeyPackage as Package, PackageEntry};
use vitals_core::time::Window;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::JsValue;

use crate::batch::{check_pointer, open, OpenedBatch};
use crate::identity::Identity;
use crate::json::{give, named, read};
use crate::Refusal;

/// The keys that a grant gives one reader; they stay in here.
#[wasm_bindgen]
pub struct KeyPackage(Package);

#[derive(Serialize)]
struct Entry {
    generation: u32,
    category: Category,
    windows: Vec<Window>,
}

impl From<&PackageEntry> for Entry {
    fn from(entry: &PackageEntry) -> Self {
        Self {
            generation: entry.generation,
            category: entry.category,
            windows: entry.cover.windows(),
        }
    }
}

#[wasm_bindgen]
impl KeyPackage {
    /// Opens the file that a vault gave.
    pub fn open(file: &[u8], identity: &Identity) -> Result<KeyPackage, Refusal> {
        Ok(Self(Package::open(file, identity.secret())?))
    }

    #[wasm_bindgen(getter)]
    pub fn patient(&self) -> String {
        self.0.patient().to_string()
    }

    /// What it opens.
    #[wasm_bindgen(unchecked_return_type = "PackageEntry[]")]
    pub fn entries(&self) -> Result<JsValue, Refusal> {
        let entries: Vec<Entry> = self.0.entries().iter().map(Entry::from).collect();
        give(&entries)
    }

    /// Whether it opens an hour.
    pub fn opens(&self, generation: u32, category: &str, epoch: u32) -> Result<bool, Refusal> {
        let cover = self.0.cover(generation, named("category", category)?);
        Ok(cover.is_some_and(|cover| cover.opens(epoch)))
    }

    /// Decrypts a batch and checks it against the chain. `info`: the anchor's answer.
    #[wasm_bindgen(js_name = openBatch)]
    pub fn open_batch(
        &self,
        #[wasm_bindgen(unchecked_param_type = "object")] info: &JsValue,
        sealed: &[u8],
    ) -> Result<OpenedBatch, Refusal> {
        self.opened(read("the batch", info)?, sealed)
    }
}

impl KeyPackage {
    pub(crate) fn opened(&self, info: BatchInfo, sealed: &[u8]) -> Result<OpenedBatch, Refusal> {
        let id = &info.id;
        if id.patient.u64() != self.0.patient() {
            let (held, asked) = (self.0.patient(), id.patient);
            let reason =
                format!("these are keys of patient {held}, the batch is of patient {asked}");
            return Err(Refusal::new("keys/patient", reason));
        }
        check_pointer(&info, sealed)?;
        let key = self
            .0
            .epoch_key(info.generation, id.category, id.epoch)
            .ok_or_else(|| no_key(&info))?;
        open(info, &key, sealed)
    }
}

fn no_key(info: &BatchInfo) -> Refusal {
    let (category, epoch) = (info.id.category.name(), info.id.epoch);
    let generation = info.generation;
    let reason = format!("no key for {category} in hour {epoch} of generation {generation}");
    Refusal::new("keys/none", reason)
}
