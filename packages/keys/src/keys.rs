//! Generation secrets, and what is derived from them.

use age::secrecy::ExposeSecret;
use age::x25519::Identity;
use serde::{Deserialize, Serialize};
use vitals_core::keytree::{Cover, GenerationSecret};
use vitals_core::measure::Category;
use vitals_core::package::{KeyPackage, PackageEntry};
use vitals_core::time::{Epoch, Window};
use zeroize::Zeroizing;

use crate::KeysError;

const VERSION: u8 = 1;

/// A patient's secrets: an identity of its own, and the secret of each generation.
pub struct Keys {
    patient: u64,
    identity: Zeroizing<String>,
    recipient: String,
    generations: Vec<Generation>,
}

struct Generation {
    number: u32,
    secret: GenerationSecret,
    /// First epoch in which nothing was measured under it; absent while it is open.
    until: Option<Epoch>,
}

impl Keys {
    /// New keys for a patient whose open generation is `generation`.
    pub fn create(patient: u64, generation: u32) -> Result<Self, KeysError> {
        let identity = Identity::generate();
        Ok(Self {
            patient,
            recipient: identity.to_public().to_string(),
            identity: Zeroizing::new(identity.to_string().expose_secret().to_string()),
            generations: vec![Generation::draw(generation)?],
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

    /// Draws the secret of the generation after the last, which nothing is measured under from
    /// `until` on.
    pub fn add_generation(&mut self, until: Epoch) -> Result<u32, KeysError> {
        let next = Generation::draw(self.latest().saturating_add(1))?;
        let number = next.number;
        if let Some(last) = self.generations.last_mut() {
            last.until = Some(until);
        }
        self.generations.push(next);
        Ok(number)
    }

    /// What the chain may know of a generation's secret.
    pub fn commitment(&self, generation: u32) -> Result<[u8; 32], KeysError> {
        let held = self.generation(generation)?;
        Ok(held.secret.commitment(self.patient, generation))
    }

    /// The nodes that open `window` in one category of one generation.
    pub fn cover_for(
        &self,
        generation: u32,
        category: Category,
        window: Window,
    ) -> Result<Cover, KeysError> {
        let held = self.generation(generation)?;
        Ok(held
            .secret
            .cover(self.patient, generation, category, window))
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
        categories.iter().map(move |category| PackageEntry {
            generation: held.number,
            category: *category,
            cover: held
                .secret
                .cover(self.patient, held.number, *category, window),
        })
    }

    fn generation(&self, number: u32) -> Result<&Generation, KeysError> {
        self.generations
            .iter()
            .find(|held| held.number == number)
            .ok_or(KeysError::NoGeneration { generation: number })
    }
}

impl Generation {
    fn draw(number: u32) -> Result<Self, KeysError> {
        let mut bytes = Zeroizing::new([0u8; 32]);
        getrandom::fill(bytes.as_mut()).map_err(|cause| KeysError::Random {
            cause: cause.to_string(),
        })?;
        Ok(Self {
            number,
            secret: GenerationSecret::from_bytes(*bytes),
            until: None,
        })
    }

    /// The part of a window in which something can have been sealed under this generation.
    fn reach(&self, window: Window) -> Option<Window> {
        let to = self.until.unwrap_or(Epoch::MAX).min(window.to);
        Window::new(window.from, to).ok()
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
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct PlainGeneration {
    number: u32,
    /// Hex of 32 bytes.
    secret: Zeroizing<String>,
    until: Option<Epoch>,
}

impl Keys {
    pub(crate) fn to_bytes(&self) -> Result<Zeroizing<Vec<u8>>, serde_json::Error> {
        let generations = self.generations.iter().map(|held| PlainGeneration {
            number: held.number,
            secret: Zeroizing::new(hex::encode(held.secret.as_bytes())),
            until: held.until,
        });
        let plain = Plain {
            version: VERSION,
            patient: self.patient,
            identity: self.identity.clone(),
            generations: generations.collect(),
        };
        // Room for all of it at once, so that no grown-out-of buffer keeps a copy of secrets.
        let mut out = Zeroizing::new(Vec::with_capacity(256 + 160 * self.generations.len()));
        serde_json::to_writer(&mut *out, &plain)?;
        Ok(out)
    }

    pub(crate) fn from_bytes(bytes: &[u8]) -> Result<Self, String> {
        let plain: Plain = serde_json::from_slice(bytes).map_err(|cause| cause.to_string())?;
        if plain.version != VERSION {
            return Err(format!("version {}", plain.version));
        }
        let identity: Identity = plain.identity.parse().map_err(str::to_string)?;
        let generations: Vec<Generation> = plain
            .generations
            .into_iter()
            .map(Generation::try_from)
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
        })
    }
}

impl TryFrom<PlainGeneration> for Generation {
    type Error = String;

    fn try_from(plain: PlainGeneration) -> Result<Self, String> {
        let mut secret = Zeroizing::new([0u8; 32]);
        hex::decode_to_slice(plain.secret.as_bytes(), secret.as_mut())
            .map_err(|_| "a secret is not the hex of 32 bytes".to_string())?;
        Ok(Self {
            number: plain.number,
            secret: GenerationSecret::from_bytes(*secret),
            until: plain.until,
        })
    }
}
