//! One generation: its secret or, once something was erased from it, the cover of everything else.

use serde::{Deserialize, Serialize};
use vitals_core::keytree::{Cover, GenerationSecret};
use vitals_core::measure::Category;
use vitals_core::time::{Epoch, Window};
use zeroize::Zeroizing;

use crate::{random, KeyringError};

pub(crate) struct Generation {
    pub number: u32,
    /// What the chain may know of it.
    pub commitment: [u8; 32],
    /// First epoch in which nothing was measured under it; absent while it is open.
    pub until: Option<Epoch>,
    held: Held,
}

enum Held {
    Secret(GenerationSecret),
    /// Each category of the release that erased first; what is not listed is erased.
    Rest(Vec<(Category, Cover)>),
}

impl Generation {
    pub fn draw(patient: u64, number: u32) -> Result<Self, KeyringError> {
        let secret = GenerationSecret::from_bytes(*random::secret()?);
        Ok(Self::whole(patient, number, secret, None))
    }

    fn whole(patient: u64, number: u32, secret: GenerationSecret, until: Option<Epoch>) -> Self {
        Self {
            number,
            commitment: secret.commitment(patient, number),
            until,
            held: Held::Secret(secret),
        }
    }

    /// The nodes that open what is left of `window` in one category.
    pub fn cover(&self, patient: u64, category: Category, window: Window) -> Option<Cover> {
        let cover = match &self.held {
            Held::Secret(secret) => secret.cover(patient, self.number, category, window),
            Held::Rest(rest) => rest
                .iter()
                .find(|(held, _)| *held == category)?
                .1
                .narrow(window),
        };
        (!cover.is_empty()).then_some(cover)
    }

    /// The part of a window in which something can have been sealed under this generation.
    pub fn reach(&self, window: Window) -> Option<Window> {
        let to = self.until.unwrap_or(Epoch::MAX).min(window.to);
        Window::new(window.from, to).ok()
    }

    /// Whether anything of it was erased.
    pub fn is_whole(&self) -> bool {
        matches!(self.held, Held::Secret(_))
    }

    /// Forgets these categories over the window: the secret, from which they could be derived again,
    /// is replaced by the cover of everything else.
    pub fn erase(&mut self, patient: u64, categories: &[Category], window: Window) {
        let number = self.number;
        let before = std::mem::replace(&mut self.held, Held::Rest(Vec::new()));
        let rest = match before {
            Held::Rest(rest) => rest,
            Held::Secret(secret) => Category::ALL
                .iter()
                .map(|category| (*category, secret.root(patient, number, *category).whole()))
                .collect(),
        };
        let left = rest.into_iter().map(|(category, cover)| {
            let cover = match categories.contains(&category) {
                true => cover.without(window),
                false => cover,
            };
            (category, cover)
        });
        self.held = Held::Rest(left.collect());
    }
}

/// As a key file holds it, before it is wrapped.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct PlainGeneration {
    number: u32,
    /// Hex of 32 bytes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    secret: Option<Zeroizing<String>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    rest: Option<PlainRest>,
    until: Option<Epoch>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct PlainRest {
    /// Hex of 32 bytes.
    commitment: String,
    covers: Vec<PlainCover>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct PlainCover {
    category: Category,
    /// Hex of the cover's canonical bytes.
    nodes: Zeroizing<String>,
}

impl PlainGeneration {
    /// Bytes it takes at most when written.
    pub fn len(&self) -> usize {
        let rest = self.rest.iter().flat_map(|rest| &rest.covers);
        256 + rest.map(|cover| cover.nodes.len() + 64).sum::<usize>()
    }

    pub fn is_whole(&self) -> bool {
        self.rest.is_none()
    }

    pub fn read(self, patient: u64) -> Result<Generation, String> {
        match (&self.secret, self.rest) {
            (Some(secret), None) => {
                let secret = GenerationSecret::from_bytes(*unhex(secret)?);
                Ok(Generation::whole(patient, self.number, secret, self.until))
            }
            (None, Some(rest)) => Ok(Generation {
                number: self.number,
                commitment: *unhex(&rest.commitment)?,
                until: self.until,
                held: Held::Rest(covers(rest.covers)?),
            }),
            _ => Err("a generation has either a secret or the rest of one".into()),
        }
    }
}

impl From<&Generation> for PlainGeneration {
    fn from(generation: &Generation) -> Self {
        let (secret, rest) = match &generation.held {
            Held::Secret(secret) => (Some(Zeroizing::new(hex::encode(secret.as_bytes()))), None),
            Held::Rest(rest) => {
                let covers = rest.iter().map(|(category, cover)| PlainCover {
                    category: *category,
                    nodes: Zeroizing::new(hex::encode(&*cover.to_bytes())),
                });
                let rest = PlainRest {
                    commitment: hex::encode(generation.commitment),
                    covers: covers.collect(),
                };
                (None, Some(rest))
            }
        };
        Self {
            number: generation.number,
            secret,
            rest,
            until: generation.until,
        }
    }
}

fn covers(plain: Vec<PlainCover>) -> Result<Vec<(Category, Cover)>, String> {
    plain
        .into_iter()
        .map(|plain| {
            let bytes = hex::decode(plain.nodes.as_bytes()).map(Zeroizing::new);
            let bytes = bytes.map_err(|_| "nodes are not hex".to_string())?;
            let cover = Cover::from_bytes(&bytes).map_err(|cause| cause.to_string())?;
            Ok((plain.category, cover))
        })
        .collect()
}

fn unhex(text: &str) -> Result<Zeroizing<[u8; 32]>, String> {
    let mut bytes = Zeroizing::new([0u8; 32]);
    hex::decode_to_slice(text, bytes.as_mut())
        .map_err(|_| "not the hex of 32 bytes".to_string())?;
    Ok(bytes)
}
