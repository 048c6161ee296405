//! The story of cw-vitals, from a person's heartbeats to a paid claim: one scenario over a
//! [`Backend`], run natively on cw-multi-test and on a real wasmd chain.

pub mod backend;
pub mod edge;
pub mod report;
pub mod scenario;
pub mod screen;
pub mod trace;
pub mod ward;

pub use backend::Backend;
pub use report::Report;
pub use scenario::{run, run_then};
pub use trace::Trace;
