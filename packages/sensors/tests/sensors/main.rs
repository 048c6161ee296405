//! The software devices that sign for sensors, against a gateway in memory.

mod book;
mod crash;
mod signed;
mod support;
