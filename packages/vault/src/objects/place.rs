//! Where an object is. Nothing a caller wrote becomes part of a path but numbers, a category of
//! ours and 64 hex digits.

use object_store::path::Path;
use vitals_core::measure::Category;
use vitals_core::time::Epoch;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Ciphertext of a batch, or the detail of an alert.
    Blob {
        category: Category,
        epoch: Epoch,
    },
    /// A key package, of a grant or for emergencies.
    Package,
    /// A custodian's share of the key to an emergency package.
    Share,
    Plan,
}

impl Kind {
    /// First segment of the path.
    pub fn name(self) -> &'static str {
        match self {
            Self::Blob { .. } => "blobs",
            Self::Package => "packages",
            Self::Share => "shares",
            Self::Plan => "plans",
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Object {
    pub patient: u64,
    pub kind: Kind,
    pub digest: [u8; 32],
}

impl Object {
    pub fn blob(patient: u64, category: Category, epoch: Epoch, digest: [u8; 32]) -> Self {
        let kind = Kind::Blob { category, epoch };
        Self {
            patient,
            kind,
            digest,
        }
    }

    pub fn package(patient: u64, digest: [u8; 32]) -> Self {
        let kind = Kind::Package;
        Self {
            patient,
            kind,
            digest,
        }
    }

    pub fn digest(&self) -> &[u8; 32] {
        &self.digest
    }

    pub fn path(&self) -> Path {
        let (name, patient, digest) = (self.kind.name(), self.patient, hex::encode(self.digest));
        match self.kind {
            Kind::Blob { category, epoch } => {
                format!("{name}/{patient}/{}/{epoch}/{digest}", category.name())
            }
            Kind::Package | Kind::Share | Kind::Plan => format!("{name}/{patient}/{digest}"),
        }
        .into()
    }

    /// The object of a path; `None` for what is none of ours.
    pub fn parse(path: &Path) -> Option<Self> {
        let parts: Vec<String> = path.parts().map(|part| part.as_ref().to_string()).collect();
        let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
        let (kind, patient, digest) = match parts[..] {
            ["blobs", patient, category, epoch, digest] => {
                let named = |c: &Category| c.name() == category;
                let category = Category::ALL.into_iter().find(named)?;
                let epoch = epoch.parse().ok()?;
                (Kind::Blob { category, epoch }, patient, digest)
            }
            ["packages", patient, digest] => (Kind::Package, patient, digest),
            ["shares", patient, digest] => (Kind::Share, patient, digest),
            ["plans", patient, digest] => (Kind::Plan, patient, digest),
            _ => return None,
        };
        let mut bytes = [0; 32];
        hex::decode_to_slice(digest, &mut bytes).ok()?;
        let object = Self {
            patient: patient.parse().ok()?,
            kind,
            digest: bytes,
        };
        (object.path() == *path).then_some(object)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_object_is_found_again_by_its_path_and_nothing_else_is() {
        let blob = Object::blob(7, Category::Cardiac, 100, [1; 32]);
        let others = [Kind::Package, Kind::Share, Kind::Plan].map(|kind| Object { kind, ..blob });
        for object in [blob].into_iter().chain(others) {
            assert_eq!(Object::parse(&object.path()), Some(object));
        }
        let digest = "0".repeat(64);
        for other in [
            "blobs/7".into(),
            "lost+found/x".into(),
            format!("packages/07/{digest}"),
            format!("packages/7/{}", &digest[1..]),
            format!("blobs/7/CARDIAC/1/{digest}"),
        ] {
            assert_eq!(Object::parse(&Path::from(other.as_str())), None, "{other}");
        }
    }
}
