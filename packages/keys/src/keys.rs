//! A patient's secrets, and what is derived from them.

use age::secrecy::ExposeSecret;
use age::x25519::Identity;
use serde::{Deserialize, Serialize};
use vitals_core::keytree::Cover;
use vitals_core::measure::Category;
use vitals_core::package::{KeyPackage, PackageEntry};
use vitals_core::time::{Epoch, Window};
use zeroize::Zeroizing;

use crate::generation::{Generation, PlainGeneration};
use crate::recovery::Recovery;
use crate::KeysError;

/// Version 1 knew neither what is left after an erasure nor a recovery identity.
const VERSION: u8 = 2;

/// A patient's secrets: an identity of its own, and the secret of each generation.
pub struct Keys {
    patient: u64,
    identity: Zeroizing<String>,
    recipient: String,
    generations: Vec<Generation>,
    /// Erasures so far: what was sealed before the last one opens what it erased.
    erasures: u32,
    /// Of the file: counts what was saved.
    pub(crate) revision: u32,
    pub(crate) recovery: Option<Recovery>,
}

impl Keys {
    /// New keys for a patient whose open generation is `generation`.
    pub fn create(patient: u64, generation: u32) -> Result<Self, KeysError> {
        let identity = Identity::generate();
        Ok(Self {
            patient,
            recipient: identity.to_public().to_string(),
            identity: Zeroizing::new(identity.to_string().expose_secret().to_string()),
            generations: vec![Generation::draw(patient, generation)?],
            erasures: 0,
            revision: 0,
            recovery: None,
        })
    }

    pub fn patient(&self) -> u64 {
        self.patient
    }

    /// The patient's own `age1…`, to publish with `SetRecipient`.
    pub fn recipient(&self) -> &str {
        &self.recipient
    }

    /// `AGE-SECRET-KEY-1…`: opens what is sealed to the patient.
    pub fn identity(&self) -> &str {
        &self.identity
    }

    /// The last generation whose secret is held.
    pub fn latest(&self) -> u32 {
        self.generations.last().map_or(0, |g| g.number)
    }

    /// Generations held, and whether nothing of each was erased.
    pub fn generations(&self) -> impl Iterator<Item = (u32, bool)> + '_ {
        self.generations.iter().map(|g| (g.number, g.is_whole()))
    }

    pub fn erasures(&self) -> u32 {
        self.erasures
    }

    /// What the backups are sealed to.
    pub fn recovery(&self) -> Option<&Recovery> {
        self.recovery.as_ref()
    }

    /// Draws the secret of the generation after the last, which nothing is measured under from
    /// `until` on.
    pub fn add_generation(&mut self, until: Epoch) -> Result<u32, KeysError> {
        let next = Generation::draw(self.patient, self.latest().saturating_add(1))?;
        let number = next.number;
        if let Some(last) = self.generations.last_mut() {
            last.until = Some(until);
        }
        self.generations.push(next);
        Ok(number)
    }

    /// Forgets the keys of these categories over the window, in every generation.
    pub fn erase(&mut self, categories: &[Category], window: Window) {
        for generation in &mut self.generations {
            generation.erase(self.patient, categories, window);
        }
        self.erasures = self.erasures.saturating_add(1);
    }

    /// What the chain may know of a generation's secret.
    pub fn commitment(&self, generation: u32) -> Result<[u8; 32], KeysError> {
        Ok(self.generation(generation)?.commitment)
    }

    /// The nodes that open `window` in one category of one generation. Fails where all of it was
    /// erased.
    pub fn cover_for(
        &self,
        generation: u32,
        category: Category,
        window: Window,
    ) -> Result<Cover, KeysError> {
        self.generation(generation)?
            .cover(self.patient, category, window)
            .ok_or(KeysError::Erased {
                generation,
                category: category.name(),
            })
    }

    /// A reader's package: these categories over this window, in every generation held.
    pub fn package(
        &self,
        categories: &[Category],
        window: Window,
    ) -> Result<KeyPackage, KeysError> {
        let entries = self
            .generations
            .iter()
            .filter_map(|held| Some((held, held.reach(window)?)))
            .flat_map(|(held, window)| self.entries(held, categories, window))
            .collect();
        Ok(KeyPackage::new(self.patient, entries)?)
    }

    /// A sealer's package: the open generation alone, over a rolling window.
    pub fn sealer_package(
        &self,
        categories: &[Category],
        window: Window,
    ) -> Result<KeyPackage, KeysError> {
        let held = self.generation(self.latest())?;
        let entries = self.entries(held, categories, window).collect();
        Ok(KeyPackage::new(self.patient, entries)?)
    }

    fn entries<'a>(
        &'a self,
        held: &'a Generation,
        categories: &'a [Category],
        window: Window,
    ) -> impl Iterator<Item = PackageEntry> + 'a {
        categories.iter().filter_map(move |category| {
            Some(PackageEntry {
                generation: held.number,
                category: *category,
                cover: held.cover(self.patient, *category, window)?,
            })
        })
    }

    fn generation(&self, number: u32) -> Result<&Generation, KeysError> {
        self.generations
            .iter()
            .find(|held| held.number == number)
            .ok_or(KeysError::NoGeneration { generation: number })
    }
}

/// What a key file holds, before it is wrapped.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Plain {
    version: u8,
    patient: u64,
    identity: Zeroizing<String>,
    generations: Vec<PlainGeneration>,
    #[serde(default)]
    erasures: u32,
    #[serde(default)]
    revision: u32,
    #[serde(default)]
    recovery: Option<Recovery>,
}

impl Plain {
    /// A version that knows what is in it.
    fn check(&self) -> Result<(), String> {
        let first = self.generations.iter().all(PlainGeneration::is_whole)
            && self.recovery.is_none()
            && (self.erasures, self.revision) == (0, 0);
        match self.version {
            VERSION => Ok(()),
            1 if first => Ok(()),
            other => Err(format!("version {other}")),
        }
    }
}

impl Keys {
    pub(crate) fn to_bytes(&self) -> Result<Zeroizing<Vec<u8>>, serde_json::Error> {
        let plain = Plain {
            version: VERSION,
            patient: self.patient,
            identity: self.identity.clone(),
            generations: self.generations.iter().map(Into::into).collect(),
            erasures: self.erasures,
            revision: self.revision,
            recovery: self.recovery.clone(),
        };
        // Room for all of it at once, so that no grown-out-of buffer keeps a copy of secrets.
        let room = plain.generations.iter().map(PlainGeneration::len);
        let recovery = self.recovery.as_ref().map_or(0, Recovery::len);
        let room = 512 + recovery + room.sum::<usize>();
        let mut out = Zeroizing::new(Vec::with_capacity(room));
        serde_json::to_writer(&mut *out, &plain)?;
        Ok(out)
    }

    pub(crate) fn from_bytes(bytes: &[u8]) -> Result<Self, String> {
        let plain: Plain = serde_json::from_slice(bytes).map_err(|cause| cause.to_string())?;
        plain.check()?;
        let identity: Identity = plain.identity.parse().map_err(str::to_string)?;
        let generations: Vec<Generation> = plain
            .generations
            .into_iter()
            .map(|generation| generation.read(plain.patient))
            .collect::<Result<_, _>>()?;
        let in_order = generations
            .windows(2)
            .all(|pair| pair[0].number.checked_add(1) == Some(pair[1].number));
        if generations.is_empty() || !in_order {
            return Err("generations are not one after the other".into());
        }
        Ok(Self {
            patient: plain.patient,
            recipient: identity.to_public().to_string(),
            identity: plain.identity,
            generations,
            erasures: plain.erasures,
            revision: plain.revision,
            recovery: plain.recovery,
        })
    }
}
