//! Window keys: what the gateway may seal with.

use vitals_core::keytree::Cover;
use vitals_core::measure::Category;

use super::{read_category, Store};
use crate::at_rest::Place;
use crate::GatewayError;

/// Of one generation and category.
pub(crate) struct CoverRow {
    pub generation: u32,
    pub category: Category,
    /// No two open the same hour. They are not one: the node above two halves that came in two
    /// packages follows from neither.
    pub parts: Vec<Cover>,
}

fn place(row: &[u64]) -> Place<'_> {
    Place {
        table: "cover",
        row,
    }
}

impl Store {
    pub(crate) fn covers(&self) -> Result<Vec<CoverRow>, GatewayError> {
        let mut query = self.db.prepare_cached(
            "SELECT generation, category, nodes FROM cover ORDER BY generation, category, part",
        )?;
        let rows = query.query_map([], |row| {
            let nodes: Vec<u8> = row.get("nodes")?;
            Ok((row.get("generation")?, read_category(row)?, nodes))
        })?;
        let mut covers: Vec<CoverRow> = Vec::new();
        for row in rows {
            let (generation, category, sealed) = row?;
            let part = self.open_part(generation, category, &sealed)?;
            match covers.last_mut() {
                Some(last) if (last.generation, last.category) == (generation, category) => {
                    last.parts.push(part);
                }
                _ => covers.push(CoverRow {
                    generation,
                    category,
                    parts: vec![part],
                }),
            }
        }
        Ok(covers)
    }

    fn open_part(
        &self,
        generation: u32,
        category: Category,
        sealed: &[u8],
    ) -> Result<Cover, GatewayError> {
        let row = [generation.into(), category.code().into()];
        let nodes = self.rest.open(place(&row), sealed)?;
        let cover = Cover::from_bytes(&nodes);
        cover.map_err(|cause| GatewayError::damaged("cover", cause))
    }

    /// In place of what there was of its generation and category. Within a transaction of the
    /// caller's.
    pub(crate) fn put_cover(&self, row: &CoverRow) -> Result<(), GatewayError> {
        let key = (row.generation, row.category.code());
        let sql = "DELETE FROM cover WHERE generation = ?1 AND category = ?2";
        self.db.execute(sql, key)?;
        let numbers = [row.generation.into(), row.category.code().into()];
        for (part, cover) in (0i64..).zip(&row.parts) {
            let sealed = self.rest.seal(place(&numbers), &cover.to_bytes())?;
            let sql =
                "INSERT INTO cover (generation, category, part, nodes) VALUES (?1, ?2, ?3, ?4)";
            self.db.execute(sql, (key.0, key.1, part, sealed))?;
        }
        Ok(())
    }
}
