//! Key packages: what opens one reader's windows, in an age file for that reader alone.
//!
//! The file is plain age (<https://age-encryption.org/v1>) for one X25519 recipient, or for each
//! member of a team: it opens with any age implementation, and the bytes within are
//!
//! ```text
//! version ‖ patient u64 ‖ entries u16 ‖ (generation u32 ‖ category u8 ‖ cover length u32 ‖ cover)… ‖ zeros
//! ```
//!
//! with zeros to the Padmé length, so that the file's size tells little of the window's shape.
//!
//! The `age` crate draws the file key itself, through `getrandom` 0.2: from the operating system,
//! and in a browser only when the crate that builds the wasm module enables that crate's `js`
//! feature.

use alloc::vec::Vec;

use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use crate::agefile::{self, AgeFileError, MAX_OVERHEAD};
use crate::bytes::Reader;
use crate::keytree::{Cover, EpochKey, KeyTreeError};
use crate::measure::Category;
use crate::payload::padded_len;
use crate::recipient::RecipientError;
use crate::time::Epoch;
use crate::FormatError;

const VERSION: u8 = 1;

/// Generations times categories a package may span.
pub const MAX_ENTRIES: usize = 256;

/// The largest package before encryption. An entry of one unbroken window is at most 62 nodes,
/// 2.3 kB; the rest is room for windows with periods erased from them.
pub const MAX_PACKAGE_BYTES: usize = 1 << 20;

/// The largest age file that is opened.
pub const MAX_FILE_BYTES: usize = MAX_PACKAGE_BYTES + MAX_OVERHEAD;

/// Why a package cannot be made, sealed or opened.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PackageError {
    #[error("package/recipient: {0}")]
    Recipient(#[from] RecipientError),
    #[error("package/identity: not an age X25519 identity")]
    Identity,
    #[error("package/entries: a package has 1 to 256 entries, got {got}")]
    Entries { got: usize },
    #[error("package/order: entry {index} is not above the one before by generation and category")]
    Order { index: usize },
    #[error("package/empty_cover: entry {index} opens nothing")]
    EmptyCover { index: usize },
    #[error("package/too_large: {got} bytes, at most {max}")]
    TooLarge { got: usize, max: usize },
    #[error("package/recipients: a package is for 1 to 256 recipients, got {got}")]
    Recipients { got: usize },
    #[error("package/age: {reason}")]
    Age { reason: &'static str },
    #[error("package/format: {0}")]
    Format(#[from] FormatError),
    #[error("package/cover: {0}")]
    Cover(#[from] KeyTreeError),
    #[error("package/padding: what follows the entries is not zeros to the padded length")]
    Padding,
}

impl From<AgeFileError> for PackageError {
    fn from(error: AgeFileError) -> Self {
        match error {
            AgeFileError::Recipient(cause) => Self::Recipient(cause),
            AgeFileError::Recipients { got } => Self::Recipients { got },
            AgeFileError::Identity => Self::Identity,
            AgeFileError::File { reason } => Self::Age { reason },
            AgeFileError::TooLarge { got, max } => Self::TooLarge { got, max },
        }
    }
}

/// What opens one category in one generation.
pub struct PackageEntry {
    pub generation: u32,
    pub category: Category,
    pub cover: Cover,
}

impl PackageEntry {
    fn place(&self) -> (u32, u8) {
        (self.generation, self.category.code())
    }
}

/// The keys one reader is given to one patient's data.
pub struct KeyPackage {
    patient: u64,
    entries: Vec<PackageEntry>,
}

impl KeyPackage {
    /// Entries in any order; one for each generation and category, none that opens nothing.
    pub fn new(patient: u64, mut entries: Vec<PackageEntry>) -> Result<Self, PackageError> {
        entries.sort_by_key(PackageEntry::place);
        let package = Self { patient, entries };
        package.checked()
    }

    pub fn patient(&self) -> u64 {
        self.patient
    }

    pub fn entries(&self) -> &[PackageEntry] {
        &self.entries
    }

    pub fn cover(&self, generation: u32, category: Category) -> Option<&Cover> {
        self.entries
            .iter()
            .find(|entry| entry.place() == (generation, category.code()))
            .map(|entry| &entry.cover)
    }

    pub fn epoch_key(&self, generation: u32, category: Category, epoch: Epoch) -> Option<EpochKey> {
        self.cover(generation, category)?.epoch_key(epoch)
    }

    /// An age file that only the recipient's identity opens.
    pub fn seal(&self, recipient: &str) -> Result<Vec<u8>, PackageError> {
        self.seal_to_all(&[recipient])
    }

    /// An age file that the identity of any of the recipients opens.
    pub fn seal_to_all<T: AsRef<str>>(&self, recipients: &[T]) -> Result<Vec<u8>, PackageError> {
        Ok(agefile::seal(&self.to_bytes()?, recipients)?)
    }

    /// Opens an age file with an identity (`AGE-SECRET-KEY-1…`).
    pub fn open(file: &[u8], identity: &str) -> Result<Self, PackageError> {
        Self::from_bytes(&agefile::open(file, identity, MAX_PACKAGE_BYTES)?)
    }

    /// The canonical bytes, padded.
    pub fn to_bytes(&self) -> Result<Zeroizing<Vec<u8>>, PackageError> {
        let covers: Vec<_> = self.entries.iter().map(|e| e.cover.to_bytes()).collect();
        let len = HEADER_BYTES + covers.iter().map(|c| ENTRY_BYTES + c.len()).sum::<usize>();
        let padded = padded_len(len);
        within(padded, MAX_PACKAGE_BYTES)?;
        // Room for all of it at once, so that no grown-out-of buffer keeps a copy of secrets.
        let mut out = Zeroizing::new(Vec::with_capacity(padded));
        out.push(VERSION);
        out.extend_from_slice(&self.patient.to_be_bytes());
        // At most 256 entries, and covers no longer than the whole: both counts fit.
        out.extend_from_slice(&(self.entries.len() as u16).to_be_bytes());
        for (entry, cover) in self.entries.iter().zip(&covers) {
            out.extend_from_slice(&entry.generation.to_be_bytes());
            out.push(entry.category.code());
            out.extend_from_slice(&(cover.len() as u32).to_be_bytes());
            out.extend_from_slice(cover);
        }
        out.resize(padded, 0);
        Ok(out)
    }

    pub fn from_bytes(bytes: &[u8]) -> Result<Self, PackageError> {
        within(bytes.len(), MAX_PACKAGE_BYTES)?;
        let mut reader = Reader::versioned("key package", VERSION, bytes)?;
        let patient = reader.u64()?;
        let count = usize::from(reader.u16()?);
        if count > MAX_ENTRIES {
            return Err(PackageError::Entries { got: count });
        }
        let mut entries = Vec::new();
        for _ in 0..count {
            entries.push(read_entry(&mut reader)?);
        }
        check_padding(reader, bytes.len())?;
        Self { patient, entries }.checked()
    }

    fn checked(self) -> Result<Self, PackageError> {
        let got = self.entries.len();
        if got == 0 || got > MAX_ENTRIES {
            return Err(PackageError::Entries { got });
        }
        if let Some(index) = self.entries.iter().position(|e| e.cover.is_empty()) {
            return Err(PackageError::EmptyCover { index });
        }
        let places: Vec<_> = self.entries.iter().map(PackageEntry::place).collect();
        if let Some(before) = places.windows(2).position(|pair| pair[0] >= pair[1]) {
            return Err(PackageError::Order { index: before + 1 });
        }
        Ok(self)
    }
}

/// What a grant keeps of a package, and a vault serves it by.
pub fn digest(file: &[u8]) -> [u8; 32] {
    Sha256::digest(file).into()
}

/// version ‖ patient ‖ count.
const HEADER_BYTES: usize = 1 + 8 + 2;
/// generation ‖ category ‖ cover length.
const ENTRY_BYTES: usize = 4 + 1 + 4;

fn within(got: usize, max: usize) -> Result<(), PackageError> {
    if got > max {
        return Err(PackageError::TooLarge { got, max });
    }
    Ok(())
}

fn read_entry(reader: &mut Reader<'_>) -> Result<PackageEntry, PackageError> {
    let generation = reader.u32()?;
    let category = Category::from_code(reader.u8()?)?;
    // A length that does not fit in memory's range is longer than what is left.
    let len = usize::try_from(reader.u32()?).unwrap_or(usize::MAX);
    let cover = Cover::from_bytes(reader.take(len)?)?;
    Ok(PackageEntry {
        generation,
        category,
        cover,
    })
}

fn check_padding(mut reader: Reader<'_>, whole: usize) -> Result<(), PackageError> {
    let used = whole.saturating_sub(reader.remaining());
    let padding = reader.take(reader.remaining())?;
    if padded_len(used) != whole || padding.iter().any(|byte| *byte != 0) {
        return Err(PackageError::Padding);
    }
    Ok(())
}
