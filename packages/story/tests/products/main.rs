//! `docs/products.md`: every JSON in it is a file of `testdata/products`, and is sent to the
//! contract here, or is its answer.

mod adherence;
mod episode;
mod invoice;
mod page;
mod walk;
