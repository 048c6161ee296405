//! Courses of weeks to evaluate the rules on. SIMULATED: levels, daily rhythm, activity, noise,
//! artefacts and every deterioration are made by a program. Real in them is the variation of the
//! heart rate from minute to minute: pieces of the recorded hour in testdata/recording.
#![allow(dead_code)] // each binary uses a part of it

pub mod deterioration;
pub mod methods;
pub mod model;
pub mod patient;
pub mod random;
pub mod run;
pub mod statistics;
pub mod table;
