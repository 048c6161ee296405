//! Where values come from, and which of them counts.

use std::path::Path;

use toml::{Table, Value};

use super::whole::{read_whole, Overrides};
use super::{ConfigError, Fault, Settings};

/// Between a section and its field, and a field and one within it.
const STEP: &str = "__";
const PREFIX: &str = "VITALS_";

/// A file, the environment and the command line, later ones first.
#[derive(Debug, Default)]
pub struct Source {
    file: Table,
    /// By section: the path of the key within it, and the text.
    over: Vec<(String, Vec<String>, String)>,
}

impl Source {
    /// Fails where the file cannot be read or is no TOML.
    pub fn read(file: Option<&Path>) -> Result<Self, ConfigError> {
        let text = match file {
            None => String::new(),
            Some(path) => std::fs::read_to_string(path).map_err(|cause| ConfigError::File {
                path: path.display().to_string(),
                cause: cause.to_string(),
            })?,
        };
        // A name that is no text cannot be one of ours.
        let variables = std::env::vars_os()
            .filter_map(|(name, value)| Some((name.into_string().ok()?, value)))
            .filter(|(name, _)| name.starts_with(PREFIX))
            .map(|(name, value)| (name, value.to_string_lossy().into_owned()));
        Self::of(&text, variables)
    }

    /// A file's text and variables of an environment.
    pub fn of(
        text: &str,
        variables: impl IntoIterator<Item = (String, String)>,
    ) -> Result<Self, ConfigError> {
        let file = text.parse().map_err(|cause: toml::de::Error| {
            let cause = cause.to_string();
            ConfigError::Toml { cause }
        })?;
        let over = variables
            .into_iter()
            .filter_map(|(name, value)| {
                let name = name.strip_prefix(PREFIX)?.to_ascii_lowercase();
                let mut steps = name.split(STEP).map(str::to_owned);
                let section = steps.next()?;
                let path: Vec<_> = steps.collect();
                (!path.is_empty()).then_some((section, path, value))
            })
            .collect();
        Ok(Self { file, over })
    }

    /// What the command line says, where it says it, over everything else.
    pub fn set(&mut self, section: &str, field: &str, value: Option<impl ToString>) -> &mut Self {
        if let Some(value) = value {
            let path = vec![field.to_owned()];
            self.over.push((section.into(), path, value.to_string()));
        }
        self
    }

    /// Names of sections that something is said about.
    pub fn sections(&self) -> Vec<&str> {
        let named = self.over.iter().map(|(section, ..)| section.as_str());
        let mut all: Vec<_> = self.file.keys().map(String::as_str).chain(named).collect();
        all.sort_unstable();
        all.dedup();
        all
    }

    pub fn section<T: Settings>(&self, name: &str) -> Result<T, ConfigError> {
        self.look(name).map_err(|faults| {
            ConfigError::Invalid(faults.iter().map(|fault| fault.told(name)).collect())
        })
    }

    /// A section with what is wrong with it, if anything is.
    pub fn look<T: Settings>(&self, name: &str) -> Result<T, Vec<Fault>> {
        let table = match self.file.get(name) {
            None => Table::new(),
            Some(Value::Table(table)) => table.clone(),
            Some(_) => return Err(vec![Fault::new("", "is a table: [section]")]),
        };
        let over: Overrides = self
            .over
            .iter()
            .filter(|(section, ..)| section == name)
            .map(|(_, path, text)| (path.clone(), text.clone()))
            .collect();
        read_whole(table, over)
    }
}
