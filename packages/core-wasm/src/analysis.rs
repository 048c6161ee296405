//! A care plan's monitor over readings.

use serde::Serialize;
use vitals_analysis::{Consciousness, Figures, Finding, Monitor as Watched, Plan, FIGURES_OF};
use vitals_core::adherence::{assess, Dose, Period, Report};
use vitals_core::measure::Measure;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::JsValue;

use crate::batch::OpenedBatch;
use crate::finding::all_shown;
use crate::json::{give, named, parse_private, read_private};
use crate::number::{millis, number, reading};
use crate::Refusal;

/// Watches one person's readings by a plan. Readings of all devices go in, in order of time.
#[wasm_bindgen]
pub struct Monitor(Watched);

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct FiguresShown {
    /// End of the five minutes they are of.
    to_ms: f64,
    deviation: Option<f64>,
    change: Option<f64>,
    distances: Vec<(Measure, Option<f64>)>,
    news2_at_least: u8,
}

impl From<Figures> for FiguresShown {
    fn from(figures: Figures) -> Self {
        let plain = |milli: i64| milli as f64 / 1_000.0;
        let distances = FIGURES_OF.into_iter().zip(figures.distances_milli);
        Self {
            to_ms: number(figures.slot.saturating_add(1).saturating_mul(300_000)),
            deviation: figures.deviation_milli.map(plain),
            change: figures.change_milli.map(plain),
            distances: distances.map(|(m, d)| (m, d.map(plain))).collect(),
            news2_at_least: figures.news2_at_least,
        }
    }
}

#[wasm_bindgen]
impl Monitor {
    /// `plan`: the decrypted JSON of a care plan.
    #[wasm_bindgen(js_name = ofPlan)]
    pub fn of_plan(
        #[wasm_bindgen(unchecked_param_type = "object")] plan: &JsValue,
    ) -> Result<Monitor, Refusal> {
        let plan: Plan = read_private("the plan", plan)?;
        Ok(Self(Watched::of_plan(&plan)?))
    }

    /// Goes on from what `save` gave.
    pub fn restore(state: &[u8]) -> Result<Monitor, Refusal> {
        Ok(Self(parse_private("the monitor's state", state)?))
    }

    /// Its state, which holds readings: to be kept encrypted.
    pub fn save(&self) -> Result<Vec<u8>, Refusal> {
        Ok(serde_json::to_vec(&self.0)?)
    }

    /// Another plan of the same person; what was learned of the person stays.
    #[wasm_bindgen(js_name = setPlan)]
    pub fn set_plan(
        &mut self,
        #[wasm_bindgen(unchecked_param_type = "object")] plan: &JsValue,
    ) -> Result<(), Refusal> {
        let plan: Plan = read_private("the plan", plan)?;
        Ok(self.0.set_plan(&plan)?)
    }

    /// Takes all readings of a batch.
    #[wasm_bindgen(js_name = takeBatch, unchecked_return_type = "Finding[]")]
    pub fn take_batch(&mut self, batch: &OpenedBatch) -> Result<JsValue, Refusal> {
        let mut found: Vec<Finding> = Vec::new();
        for (reading, at_ms) in batch.readings() {
            found.extend(self.0.push(reading, at_ms));
        }
        all_shown(&found)
    }

    /// Takes one reading, as the columns of a batch have it.
    #[wasm_bindgen(unchecked_return_type = "Finding[]")]
    pub fn take(
        &mut self,
        measure: u16,
        value: f64,
        #[wasm_bindgen(js_name = atMs)] at_ms: f64,
        flags: u8,
    ) -> Result<JsValue, Refusal> {
        let (reading, at_ms) = reading(measure, value, at_ms, flags)?;
        all_shown(&self.0.push(&reading, at_ms))
    }

    /// That it is `nowMs`: doses not taken and readings that stay away are noticed.
    #[wasm_bindgen(unchecked_return_type = "Finding[]")]
    pub fn tick(
        &mut self,
        #[wasm_bindgen(js_name = nowMs)] now_ms: f64,
    ) -> Result<JsValue, Refusal> {
        all_shown(&self.0.tick(millis("now", now_ms)?))
    }

    /// What somebody saw, for NEWS2: `alert` or `cvpu`.
    #[wasm_bindgen(js_name = observeConsciousness)]
    pub fn observe_consciousness(
        &mut self,
        #[wasm_bindgen(unchecked_param_type = "Consciousness")] state: &str,
        #[wasm_bindgen(js_name = atMs)] at_ms: f64,
    ) -> Result<(), Refusal> {
        let state: Consciousness = named("consciousness", state)?;
        self.0
            .observe_consciousness(state, millis("the time", at_ms)?);
        Ok(())
    }

    /// Whether oxygen is given, for NEWS2.
    #[wasm_bindgen(js_name = observeOxygen)]
    pub fn observe_oxygen(
        &mut self,
        given: bool,
        #[wasm_bindgen(js_name = atMs)] at_ms: f64,
    ) -> Result<(), Refusal> {
        self.0.observe_oxygen(given, millis("the time", at_ms)?);
        Ok(())
    }

    /// The figures behind the personal rules; null where the plan asks for none.
    #[wasm_bindgen(unchecked_return_type = "Figures | null")]
    pub fn figures(&self) -> Result<JsValue, Refusal> {
        give(&self.0.figures().map(FiguresShown::from))
    }
}

/// Throws what is wrong with a care plan's JSON, before it is sealed.
#[wasm_bindgen(js_name = checkPlan)]
pub fn check_plan(
    #[wasm_bindgen(unchecked_param_type = "object")] plan: &JsValue,
) -> Result<(), Refusal> {
    let plan: Plan = read_private("the plan", plan)?;
    Ok(plan.check()?)
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct AdherenceShown {
    on_time: u32,
    late: u32,
    missed: u32,
    pending: u32,
    extra: u32,
    days_due: u32,
    days_covered: u32,
    due: u32,
    taken: u32,
    /// Parts of one; null where nothing was due.
    taken_share: Option<f64>,
    days_covered_share: Option<f64>,
}

impl From<Report> for AdherenceShown {
    fn from(report: Report) -> Self {
        let share = |per_mille: u16| f64::from(per_mille) / 1_000.0;
        Self {
            on_time: report.on_time,
            late: report.late,
            missed: report.missed,
            pending: report.pending,
            extra: report.extra,
            days_due: report.days_due,
            days_covered: report.days_covered,
            due: report.due(),
            taken: report.taken(),
            taken_share: report.taken_per_mille().map(share),
            days_covered_share: report.days_covered_per_mille().map(share),
        }
    }
}

/// Doses taken, held against a plan's schedule over `[fromMs, toMs)`, as of `nowMs`.
#[wasm_bindgen(unchecked_return_type = "Adherence")]
pub fn adherence(
    #[wasm_bindgen(unchecked_param_type = "object")] plan: &JsValue,
    #[wasm_bindgen(js_name = dosesMs)] doses_ms: &[f64],
    #[wasm_bindgen(js_name = fromMs)] from_ms: f64,
    #[wasm_bindgen(js_name = toMs)] to_ms: f64,
    #[wasm_bindgen(js_name = nowMs)] now_ms: f64,
) -> Result<JsValue, Refusal> {
    let plan: Plan = read_private("the plan", plan)?;
    plan.check()?;
    let period = Period {
        from_ms: millis("the period's start", from_ms)?,
        to_ms: millis("the period's end", to_ms)?,
    };
    let dose = |at_ms: &f64| {
        Ok::<_, Refusal>(Dose {
            at_ms: millis("a dose", *at_ms)?,
        })
    };
    let doses: Vec<Dose> = doses_ms.iter().map(dose).collect::<Result<_, _>>()?;
    let schedule = plan.medication.iter();
    let schedule: Vec<_> = schedule
        .flat_map(|medication| medication.schedule(period.from_ms, period.to_ms))
        .collect();
    let report = assess(&schedule, &doses, period, millis("now", now_ms)?)?;
    give(&AdherenceShown::from(report))
}
