//! The contract's own records, which no other contract reads.

use vitals_api::store::{Key, KeyShape, Record};
use vitals_core::bytes::{Reader, Writer};
use vitals_core::key::{PublicKey, SignatureScheme};
use vitals_core::measure::{Category, Measure};
use vitals_core::set::Set;
use vitals_core::FormatError;

const VERSION: u8 = 1;

/// Where consent is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Config {
    pub consent: String,
}

impl Record for Config {
    const NAME: &'static str = "configuration";

    fn to_bytes(&self) -> Result<Vec<u8>, FormatError> {
        Ok(Writer::versioned(VERSION)
            .short("consent", self.consent.as_bytes())?
            .done())
    }

    fn from_bytes(bytes: &[u8]) -> Result<Self, FormatError> {
        let mut r = Reader::versioned(Self::NAME, VERSION, bytes)?;
        let consent = r.short_str()?.into();
        r.end()?;
        Ok(Self { consent })
    }
}

/// The numbers given last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Numbers {
    pub device: u64,
    pub model: u32,
}

impl Record for Numbers {
    const NAME: &'static str = "last numbers";

    fn to_bytes(&self) -> Result<Vec<u8>, FormatError> {
        Ok(Writer::versioned(VERSION)
            .u64(self.device)
            .u32(self.model)
            .done())
    }

    fn from_bytes(bytes: &[u8]) -> Result<Self, FormatError> {
        let mut r = Reader::versioned(Self::NAME, VERSION, bytes)?;
        let numbers = Self {
            device: r.u64()?,
            model: r.u32()?,
        };
        r.end()?;
        Ok(numbers)
    }
}

/// An organisation that attests the devices it builds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Maker {
    pub name: String,
    pub key: PublicKey,
    pub suspended: bool,
}

impl Record for Maker {
    const NAME: &'static str = "maker";

    fn to_bytes(&self) -> Result<Vec<u8>, FormatError> {
        Ok(put_key(Writer::versioned(VERSION), &self.key)?
            .u8(self.suspended.into())
            .short("maker's name", self.name.as_bytes())?
            .done())
    }

    fn from_bytes(bytes: &[u8]) -> Result<Self, FormatError> {
        let mut r = Reader::versioned(Self::NAME, VERSION, bytes)?;
        let maker = Self {
            key: take_key(&mut r)?,
            suspended: r.flag("suspended")?,
            name: r.short_str()?.into(),
        };
        r.end()?;
        Ok(maker)
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Model {
    pub maker: String,
    pub name: String,
    pub measures: Vec<Measure>,
    pub lowest_firmware: u32,
}

impl Model {
    /// What consent to its readings is asked by.
    pub fn categories(&self) -> Set<Category> {
        self.measures
            .iter()
            .fold(Set::EMPTY, |set, measure| set.with(measure.category()))
    }
}

impl Record for Model {
    const NAME: &'static str = "model";

    fn to_bytes(&self) -> Result<Vec<u8>, FormatError> {
        let head = Writer::versioned(VERSION)
            .u32(self.lowest_firmware)
            .short("maker", self.maker.as_bytes())?
            .short("model's name", self.name.as_bytes())?;
        Ok(self
            .measures
            .iter()
            .fold(head, |w, measure| w.u16(measure.code()))
            .done())
    }

    fn from_bytes(bytes: &[u8]) -> Result<Self, FormatError> {
        let mut r = Reader::versioned(Self::NAME, VERSION, bytes)?;
        let mut model = Self {
            lowest_firmware: r.u32()?,
            maker: r.short_str()?.into(),
            name: r.short_str()?.into(),
            measures: Vec::new(),
        };
        while r.remaining() > 0 {
            model.measures.push(Measure::from_code(r.u16()?)?);
        }
        Ok(model)
    }
}

/// What a registration said that only queries need.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    pub registrant: String,
    pub serial_commitment: [u8; 32],
}

impl Record for Origin {
    const NAME: &'static str = "registration";

    fn to_bytes(&self) -> Result<Vec<u8>, FormatError> {
        Ok(Writer::versioned(VERSION)
            .raw(&self.serial_commitment)
            .short("registrant", self.registrant.as_bytes())?
            .done())
    }

    fn from_bytes(bytes: &[u8]) -> Result<Self, FormatError> {
        let mut r = Reader::versioned(Self::NAME, VERSION, bytes)?;
        let origin = Self {
            serial_commitment: r.array()?,
            registrant: r.short_str()?.into(),
        };
        r.end()?;
        Ok(origin)
    }
}

/// A device's number, found by its key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DeviceNumber(pub u64);

impl Record for DeviceNumber {
    const NAME: &'static str = "device with key";

    fn to_bytes(&self) -> Result<Vec<u8>, FormatError> {
        Ok(Writer::versioned(VERSION).u64(self.0).done())
    }

    fn from_bytes(bytes: &[u8]) -> Result<Self, FormatError> {
        let mut r = Reader::versioned(Self::NAME, VERSION, bytes)?;
        let number = Self(r.u64()?);
        r.end()?;
        Ok(number)
    }
}

/// A public key as a storage key: scheme ‖ bytes.
pub struct ByKey<'a>(pub &'a PublicKey);

impl KeyShape for ByKey<'_> {
    type Of<'a> = ByKey<'a>;
}

impl Key for ByKey<'_> {
    fn flat(&self) -> Vec<u8> {
        [&[self.0.scheme().code()][..], self.0.bytes()].concat()
    }

    fn shown(&self) -> String {
        format!("{:?}", self.0)
    }
}

fn put_key(w: Writer, key: &PublicKey) -> Result<Writer, FormatError> {
    w.u8(key.scheme().code()).short("public key", key.bytes())
}

fn take_key(r: &mut Reader<'_>) -> Result<PublicKey, FormatError> {
    let scheme = SignatureScheme::from_code(r.u8()?)?;
    PublicKey::new(scheme, r.short()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn comes_back<R: Record + PartialEq + std::fmt::Debug>(record: R) {
        let bytes = record.to_bytes().unwrap();
        assert_eq!(R::from_bytes(&bytes).unwrap(), record);
        let mut newer = bytes.clone();
        newer[0] = 2;
        assert!(R::from_bytes(&newer).is_err(), "another version");
        assert!(R::from_bytes(&bytes[..bytes.len() - 1]).is_err(), "cut");
    }

    #[test]
    fn records_come_back_whole_and_another_version_or_a_cut_is_refused() {
        comes_back(Config {
            consent: "cosmos1consent".into(),
        });
        comes_back(Numbers {
            device: 7,
            model: 8,
        });
        comes_back(Maker {
            name: "Maker".into(),
            key: PublicKey::new(SignatureScheme::Secp256k1, &[2; 33]).unwrap(),
            suspended: true,
        });
        comes_back(Model {
            maker: "cosmos1maker".into(),
            name: "Model".into(),
            measures: vec![Measure::HeartRate, Measure::Steps],
            lowest_firmware: 9,
        });
        comes_back(Origin {
            registrant: "cosmos1maker".into(),
            serial_commitment: [5; 32],
        });
        comes_back(DeviceNumber(9));
    }

    #[test]
    fn a_models_categories_are_those_of_its_measures() {
        let model = Model {
            maker: String::new(),
            name: String::new(),
            measures: vec![
                Measure::SystolicPressure,
                Measure::DiastolicPressure,
                Measure::Glucose,
            ],
            lowest_firmware: 0,
        };
        let expected = Set::of(&[Category::Cardiac, Category::Metabolic]);
        assert_eq!(model.categories(), expected);
    }
}
