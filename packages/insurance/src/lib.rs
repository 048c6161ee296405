#![doc = include_str!("../README.md")]

mod error;
mod facts;
mod money;
mod prepare;
mod reward;
mod shown;
mod statement;
mod terms;
mod when;

pub use error::{InsuranceError, StatementError};
pub use facts::{pages, payment, PolicyFacts};
pub use money::{denom_text, funded, Money};
pub use prepare::{barred, Disclosed, Holding, Holdings, Prepared};
pub use shown::{Asked, Exhibit, ShownClaim, ShownReading};
pub use statement::{Announced, Line, Movement, OwedChange, Source, Statement};
pub use terms::{read_product, Kind, Template, TermsFigures};
pub use when::{parse_time, show_ms, show_time};
