//! Window keys: what the gateway may seal with.

use vitals_core::keytree::Cover;
use vitals_core::measure::Category;

use super::{read_category, Store};
use crate::at_rest::Place;
use crate::GatewayError;

pub(crate) struct CoverRow {
    pub generation: u32,
    pub category: Category,
    pub cover: Cover,
}

fn place(row: &[u64]) -> Place<'_> {
    Place {
        table: "cover",
        row,
    }
}

impl Store {
    pub(crate) fn covers(&self) -> Result<Vec<CoverRow>, GatewayError> {
        let mut query = self
            .db
            .prepare_cached("SELECT generation, category, nodes FROM cover")?;
        let rows = query.query_map([], |row| {
            let nodes: Vec<u8> = row.get("nodes")?;
            Ok((row.get("generation")?, read_category(row)?, nodes))
        })?;
        rows.map(|row| {
            let (generation, category, sealed) = row?;
            self.open_cover(generation, category, &sealed)
        })
        .collect()
    }

    fn open_cover(
        &self,
        generation: u32,
        category: Category,
        sealed: &[u8],
    ) -> Result<CoverRow, GatewayError> {
        let row = [generation.into(), category.code().into()];
        let nodes = self.rest.open(place(&row), sealed)?;
        let cover = Cover::from_bytes(&nodes);
        Ok(CoverRow {
            generation,
            category,
            cover: cover.map_err(|cause| GatewayError::damaged("cover", cause))?,
        })
    }

    pub(crate) fn put_cover(&self, row: &CoverRow) -> Result<(), GatewayError> {
        let numbers = [row.generation.into(), row.category.code().into()];
        let sealed = self.rest.seal(place(&numbers), &row.cover.to_bytes())?;
        let sql = "INSERT OR REPLACE INTO cover (generation, category, nodes) VALUES (?1, ?2, ?3)";
        self.db
            .execute(sql, (row.generation, row.category.code(), sealed))?;
        Ok(())
    }

    pub(crate) fn forget_cover(&self, row: &CoverRow) -> Result<(), GatewayError> {
        let sql = "DELETE FROM cover WHERE generation = ?1 AND category = ?2";
        self.db
            .execute(sql, (row.generation, row.category.code()))?;
        Ok(())
    }
}
