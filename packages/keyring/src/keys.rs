//! A patient's secrets, and what is derived from them.

use age::secrecy::ExposeSecret;
use age::x25519::Identity;
use vitals_core::keytree::{Cover, EpochKey};
use vitals_core::measure::Category;
use vitals_core::package::{KeyPackage, PackageEntry};
use vitals_core::time::{Epoch, Window};
use zeroize::Zeroizing;

use crate::generation::Generation;
use crate::{KeyringError, Recovery};

/// A patient's secrets: an identity of its own, and the secret of each generation.
pub struct Keys {
    pub(crate) patient: u64,
    pub(crate) identity: Zeroizing<String>,
    pub(crate) recipient: String,
    pub(crate) generations: Vec<Generation>,
    /// Erasures so far: what was sealed before the last one opens what it erased.
    pub(crate) erasures: u32,
    /// Of the file: counts what was saved.
    pub(crate) revision: u32,
    pub(crate) recovery: Option<Recovery>,
}

impl Keys {
    /// New keys for a patient whose open generation is `generation`.
    pub fn create(patient: u64, generation: u32) -> Result<Self, KeyringError> {
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

    pub fn recovery_mut(&mut self) -> Option<&mut Recovery> {
        self.recovery.as_mut()
    }

    /// Counts what was saved.
    pub fn revision(&self) -> u32 {
        self.revision
    }

    /// To be called before each save.
    pub fn next_revision(&mut self) {
        self.revision = self.revision.saturating_add(1);
    }

    /// Draws the secret of the generation after the last, which nothing is measured under from
    /// `until` on.
    pub fn add_generation(&mut self, until: Epoch) -> Result<u32, KeyringError> {
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
    pub fn commitment(&self, generation: u32) -> Result<[u8; 32], KeyringError> {
        Ok(self.generation(generation)?.commitment)
    }

    /// The nodes that open `window` in one category of one generation. Fails where all of it was
    /// erased.
    pub fn cover_for(
        &self,
        generation: u32,
        category: Category,
        window: Window,
    ) -> Result<Cover, KeyringError> {
        self.generation(generation)?
            .cover(self.patient, category, window)
            .ok_or(KeyringError::Erased {
                generation,
                category: category.name(),
            })
    }

    /// The key of one hour. Fails where it was erased.
    pub fn epoch_key(
        &self,
        generation: u32,
        category: Category,
        epoch: Epoch,
    ) -> Result<EpochKey, KeyringError> {
        let cover = self.cover_for(generation, category, Window::one(epoch))?;
        cover.epoch_key(epoch).ok_or(KeyringError::Erased {
            generation,
            category: category.name(),
        })
    }

    /// A reader's package: these categories over this window, in every generation held.
    pub fn package(
        &self,
        categories: &[Category],
        window: Window,
    ) -> Result<KeyPackage, KeyringError> {
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
    ) -> Result<KeyPackage, KeyringError> {
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

    fn generation(&self, number: u32) -> Result<&Generation, KeyringError> {
        self.generations
            .iter()
            .find(|held| held.number == number)
            .ok_or(KeyringError::NoGeneration { generation: number })
    }
}
