//! What is looked for, in each form that a program might write it.

use aho_corasick::AhoCorasick;
use anyhow::Result;
use base64::engine::general_purpose::{STANDARD, URL_SAFE};
use base64::Engine;

/// What must not be found, and what it is called.
pub struct Secret {
    pub what: &'static str,
    pub is: Is,
}

pub enum Is {
    Text(String),
    Bytes(Vec<u8>),
    /// A reading in fixed point, and digits behind its point.
    Value(i64, u32),
}

struct Form {
    what: &'static str,
    form: &'static str,
}

pub struct Needles {
    forms: Vec<Form>,
    automaton: AhoCorasick,
}

impl Needles {
    pub fn new(secrets: &[Secret]) -> Result<Self> {
        let (mut forms, mut patterns) = (Vec::new(), Vec::new());
        for secret in secrets {
            for (form, pattern) in secret.forms() {
                forms.push(Form {
                    what: secret.what,
                    form,
                });
                patterns.push(pattern);
            }
        }
        let automaton = AhoCorasick::new(&patterns)?;
        Ok(Self { forms, automaton })
    }

    pub fn len(&self) -> usize {
        self.forms.len()
    }

    /// Which secret in which form, and where.
    pub fn find(&self, bytes: &[u8]) -> Vec<(&'static str, &'static str, usize)> {
        let found = self.automaton.find_overlapping_iter(bytes);
        found
            .map(|found| {
                let form = &self.forms[found.pattern().as_usize()];
                (form.what, form.form, found.start())
            })
            .collect()
    }
}

impl Secret {
    fn forms(&self) -> Vec<(&'static str, Vec<u8>)> {
        match &self.is {
            Is::Bytes(bytes) => of_bytes(bytes),
            Is::Text(text) => {
                let mut forms = of_bytes(text.as_bytes());
                let units = || text.encode_utf16();
                forms.push((
                    "UTF-16, little-endian",
                    units().flat_map(u16::to_le_bytes).collect(),
                ));
                forms.push((
                    "UTF-16, big-endian",
                    units().flat_map(u16::to_be_bytes).collect(),
                ));
                forms.push(("lower case", text.to_lowercase().into_bytes()));
                forms.push(("percent-encoding", text.replace(' ', "%20").into_bytes()));
                forms
            }
            Is::Value(value, digits) => of_value(*value, *digits),
        }
    }
}

fn of_bytes(bytes: &[u8]) -> Vec<(&'static str, Vec<u8>)> {
    let decimals = |between: &str| {
        let numbers: Vec<String> = bytes.iter().map(u8::to_string).collect();
        numbers.join(between).into_bytes()
    };
    let mut forms = vec![
        ("plain", bytes.to_vec()),
        ("hex", hex::encode(bytes).into_bytes()),
        ("HEX", hex::encode_upper(bytes).into_bytes()),
        ("numbers", decimals(",")),
        ("spaced numbers", decimals(", ")),
    ];
    for before in 0..3 {
        forms.push(("base64", in_base64(&STANDARD, bytes, before)));
        forms.push(("base64url", in_base64(&URL_SAFE, bytes, before)));
    }
    forms
}

/// The digits that stand for these bytes wherever they are, so many bytes after a multiple of
/// three: the first and last may be those of their neighbours too.
fn in_base64(engine: &impl Engine, bytes: &[u8], before: usize) -> Vec<u8> {
    let padded = [&[0; 2][..before], bytes].concat();
    let text = engine.encode(&padded);
    let own = (before * 8).div_ceil(6)..(padded.len() * 8) / 6;
    text.as_bytes()[own].to_vec()
}

fn of_value(value: i64, digits: u32) -> Vec<(&'static str, Vec<u8>)> {
    let scale = 10_i64.pow(digits);
    let (whole, part) = (value / scale, value % scale);
    let zigzag = (value as u64) << 1;
    let significant = |bytes: [u8; 8]| {
        let first = bytes.iter().position(|byte| *byte != 0).unwrap_or(0);
        bytes[first..].to_vec()
    };
    let big = significant(value.to_be_bytes());
    let little: Vec<u8> = big.iter().rev().copied().collect();
    vec![
        ("digits", value.to_string().into_bytes()),
        (
            "decimal",
            format!("{whole}.{part:0width$}", width = digits as usize).into_bytes(),
        ),
        ("big-endian", big.clone()),
        ("little-endian", little),
        ("big-endian hex", hex::encode(&big).into_bytes()),
        (
            "base64 digits",
            STANDARD
                .encode(value.to_string())
                .trim_end_matches('=')
                .as_bytes()
                .to_vec(),
        ),
        (
            "float",
            (value as f64 / scale as f64).to_be_bytes().to_vec(),
        ),
        (
            "float, little-endian",
            (value as f64 / scale as f64).to_le_bytes().to_vec(),
        ),
        ("varint", varint(value as u64)),
        ("zigzag varint", varint(zigzag)),
    ]
}

fn varint(mut value: u64) -> Vec<u8> {
    let mut bytes = Vec::new();
    while value > 0x7f {
        bytes.push((value as u8 & 0x7f) | 0x80);
        value >>= 7;
    }
    bytes.push(value as u8);
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finds(is: Is, bytes: &[u8]) -> bool {
        let needles = Needles::new(&[Secret { what: "it", is }]).unwrap();
        !needles.find(bytes).is_empty()
    }

    #[test]
    fn a_text_is_found_in_every_form_wherever_it_stands() {
        let text = "Zephyrine Quarrelbeck";
        let is = || Is::Text(text.into());
        for before in 0..5 {
            let around = [&vec![b'x'; before][..], text.as_bytes(), b"yz"].concat();
            for form in [
                around.clone(),
                STANDARD.encode(&around).into_bytes(),
                URL_SAFE.encode(&around).into_bytes(),
                hex::encode(&around).into_bytes(),
                hex::encode_upper(&around).into_bytes(),
                format!("{around:?}").into_bytes(),
                serde_json::to_vec(&around).unwrap(),
                text.encode_utf16().flat_map(u16::to_be_bytes).collect(),
            ] {
                assert!(
                    finds(is(), &form),
                    "{before}: {}",
                    String::from_utf8_lossy(&form)
                );
            }
        }
        assert!(!finds(is(), b"Zephyrine Quarrelbec"));
    }

    #[test]
    fn a_value_is_found_in_text_and_as_a_number() {
        let value = 7_391_846_205;
        let is = || Is::Value(value, 1);
        for form in [
            b"value: 7391846205,".to_vec(),
            b"739184620.5 /min".to_vec(),
            value.to_be_bytes().to_vec(),
            value.to_le_bytes().to_vec(),
            hex::encode(value.to_be_bytes()).into_bytes(),
            739_184_620.5_f64.to_be_bytes().to_vec(),
        ] {
            assert!(finds(is(), &form), "{form:?}");
        }
        assert!(!finds(is(), b"7391846204"));
    }
}
