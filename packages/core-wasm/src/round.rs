//! NEWS2: of one set of observations, and of the latest ones with their ages.

use serde::{Deserialize, Serialize};
use vitals_analysis::{
    news2 as score, Consciousness, News2, Observations, Parameter, Risk, Round as Latest,
    Spo2Scale, MAX_AGE_MS,
};
use vitals_core::measure::Measure;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::JsValue;

use crate::batch::OpenedBatch;
use crate::json::{give, named, read_private};
use crate::number::{fixed, millis, reading};
use crate::Refusal;

/// In their units; what is absent is unknown.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Observed {
    respiration: Option<f64>,
    oxygen_saturation: Option<f64>,
    supplemental_oxygen: Option<bool>,
    systolic_pressure: Option<f64>,
    pulse: Option<f64>,
    consciousness: Option<Consciousness>,
    temperature: Option<f64>,
}

impl TryFrom<Observed> for Observations {
    type Error = Refusal;

    fn try_from(observed: Observed) -> Result<Self, Refusal> {
        let of = |measure, value: Option<f64>| value.map(|v| fixed(measure, v)).transpose();
        Ok(Self {
            respiration: of(Measure::RespiratoryRate, observed.respiration)?,
            oxygen_saturation: of(Measure::OxygenSaturation, observed.oxygen_saturation)?,
            supplemental_oxygen: observed.supplemental_oxygen,
            systolic_pressure: of(Measure::SystolicPressure, observed.systolic_pressure)?,
            pulse: of(Measure::HeartRate, observed.pulse)?,
            consciousness: observed.consciousness,
            temperature: of(Measure::BodyTemperature, observed.temperature)?,
        })
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Shown {
    at_least: u8,
    score: Option<u8>,
    points: Vec<(Parameter, u8)>,
    missing: Vec<Parameter>,
    /// Of the missing, what is only too old.
    stale: Vec<Parameter>,
    risk_at_least: Risk,
}

impl Shown {
    fn of(news2: News2, stale: Vec<Parameter>) -> Self {
        Self {
            at_least: news2.at_least,
            score: news2.score,
            points: news2.points,
            missing: news2.missing,
            stale,
            risk_at_least: news2.risk_at_least,
        }
    }
}

/// Scores what was observed. For adults who are not pregnant.
#[wasm_bindgen(unchecked_return_type = "News2")]
pub fn news2(
    #[wasm_bindgen(unchecked_param_type = "Observations")] observed: &JsValue,
    #[wasm_bindgen(unchecked_param_type = "Spo2Scale")] scale: &str,
) -> Result<JsValue, Refusal> {
    let observed: Observed = read_private("the observations", observed)?;
    let scale: Spo2Scale = named("the scale of oxygen saturation", scale)?;
    give(&Shown::of(score(&observed.try_into()?, scale), Vec::new()))
}

/// The latest observation of each parameter.
#[wasm_bindgen]
#[derive(Default)]
pub struct Round(Latest);

#[wasm_bindgen]
impl Round {
    #[wasm_bindgen(constructor)]
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes a batch's readings; poor and implausible ones do not count.
    #[wasm_bindgen(js_name = takeBatch)]
    pub fn take_batch(
        &mut self,
        batch: &OpenedBatch,
        #[wasm_bindgen(js_name = nowMs)] now_ms: f64,
    ) -> Result<(), Refusal> {
        let now_ms = millis("now", now_ms)?;
        for (reading, at_ms) in batch.readings() {
            self.0.take(reading, at_ms, now_ms);
        }
        Ok(())
    }

    /// Whether the reading is now the latest of its parameter.
    pub fn take(
        &mut self,
        measure: u16,
        value: f64,
        #[wasm_bindgen(js_name = atMs)] at_ms: f64,
        flags: u8,
        #[wasm_bindgen(js_name = nowMs)] now_ms: f64,
    ) -> Result<bool, Refusal> {
        let (reading, at_ms) = reading(measure, value, at_ms, flags)?;
        Ok(self.0.take(&reading, at_ms, millis("now", now_ms)?))
    }

    #[wasm_bindgen(js_name = takeOxygen)]
    pub fn take_oxygen(
        &mut self,
        given: bool,
        #[wasm_bindgen(js_name = atMs)] at_ms: f64,
        #[wasm_bindgen(js_name = nowMs)] now_ms: f64,
    ) -> Result<bool, Refusal> {
        let at_ms = millis("the time", at_ms)?;
        Ok(self.0.take_oxygen(given, at_ms, millis("now", now_ms)?))
    }

    /// `alert` or `cvpu`.
    #[wasm_bindgen(js_name = takeConsciousness)]
    pub fn take_consciousness(
        &mut self,
        #[wasm_bindgen(unchecked_param_type = "Consciousness")] state: &str,
        #[wasm_bindgen(js_name = atMs)] at_ms: f64,
        #[wasm_bindgen(js_name = nowMs)] now_ms: f64,
    ) -> Result<bool, Refusal> {
        let state: Consciousness = named("consciousness", state)?;
        let at_ms = millis("the time", at_ms)?;
        Ok(self
            .0
            .take_consciousness(state, at_ms, millis("now", now_ms)?))
    }

    /// Scores what is at most `maxAgeMs` old, an hour where absent.
    #[wasm_bindgen(unchecked_return_type = "News2")]
    pub fn score(
        &self,
        #[wasm_bindgen(unchecked_param_type = "Spo2Scale")] scale: &str,
        #[wasm_bindgen(js_name = nowMs)] now_ms: f64,
        #[wasm_bindgen(js_name = maxAgeMs)] max_age_ms: Option<f64>,
    ) -> Result<JsValue, Refusal> {
        let scale: Spo2Scale = named("the scale of oxygen saturation", scale)?;
        let max_age_ms = max_age_ms.map(|ms| millis("the age", ms)).transpose()?;
        let now_ms = millis("now", now_ms)?;
        let scored = self
            .0
            .score(scale, now_ms, max_age_ms.unwrap_or(MAX_AGE_MS));
        give(&Shown::of(scored.news2, scored.stale))
    }
}
