//! The software devices that sign for sensors, against a gateway in memory.

mod behind;
mod book;
mod crash;
mod limits;
mod signed;
mod support;
