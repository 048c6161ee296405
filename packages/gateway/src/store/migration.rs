//! How a store of an older version becomes one of this. Each step is SQL beside the schema it
//! starts from, and happens whole with the new version number or not at all.

use super::{Store, VERSION};
use crate::GatewayError;

const TO_2: &str = include_str!("to_2.sql");
const TO_3: &str = include_str!("to_3.sql");
const TO_4: &str = include_str!("to_4.sql");
const TO_5: &str = include_str!("to_5.sql");
const TO_6: &str = include_str!("to_6.sql");

impl Store {
    /// The caller has checked that the store is its own.
    pub(super) fn migrate(&self, from: i64) -> Result<(), GatewayError> {
        if !(1..VERSION).contains(&from) {
            let (got, expected) = (from, VERSION);
            return Err(GatewayError::StoreVersion { got, expected });
        }
        let tx = self.begin()?;
        if from == 1 {
            self.db.execute_batch(TO_2)?;
            self.name_findings()?;
        }
        if from <= 2 {
            self.db.execute_batch(TO_3)?;
        }
        if from <= 3 {
            self.db.execute_batch(TO_4)?;
        }
        if from <= 4 {
            self.db.execute_batch(TO_5)?;
        }
        self.db.execute_batch(TO_6)?;
        self.db.pragma_update(None, "user_version", VERSION)?;
        Ok(tx.commit()?)
    }
}

#[cfg(test)]
mod tests {
    use std::path::{Path, PathBuf};

    use rusqlite::Connection;
    use vitals_core::device::BatchHead;
    use vitals_core::key::{Ed25519Signer, Signer};
    use vitals_core::keytree::GenerationSecret;
    use vitals_core::measure::{Category, Measure};
    use vitals_core::reading::{Reading, ReadingFlags};
    use vitals_core::time::Window;

    use super::super::batch::State;
    use super::super::OWNER;
    use super::*;
    use crate::alarm::Alarm;
    use crate::at_rest::{AtRest, Place};

    /// As version 1 was released.
    const SCHEMA_1: &str = include_str!("schema_1.sql");
    const KEY: [u8; 32] = [7; 32];
    /// As version 1 wrote it.
    const FINDING: &str = r#"{"rule":9,"measure":"oxygen_saturation","kind":"low",
        "severity":"urgent","ladder":1,"from_ms":1000,"to_ms":1000,"simulated":true,
        "evidence":[{"index":0,"value":850,"at_ms":1000}]}"#;
    const HEAD: BatchHead = BatchHead {
        device: 5,
        pairing: 1,
        sequence: 3,
        category: Category::Cardiac,
        epoch: 500_000,
    };

    fn reading() -> Reading {
        Reading {
            measure: Measure::HeartRate,
            value: 700,
            offset_ms: 1_000,
            flags: ReadingFlags::MEASURED_GOOD,
        }
    }

    /// A store as version 1 left it: an open batch with one reading.
    fn version_1(dir: &Path) -> PathBuf {
        let path = dir.join("gateway.db");
        let db = Connection::open(&path).unwrap();
        let rest = AtRest::new(&KEY);
        db.execute_batch(SCHEMA_1).unwrap();
        let owner = [&9u64.to_be_bytes()[..], &[4; 32]].concat();
        let sealed = rest.seal(OWNER, &owner).unwrap();
        db.execute("INSERT INTO meta (owner) VALUES (?1)", [sealed])
            .unwrap();
        db.execute(
            "INSERT INTO batch (device, sequence, pairing, category, epoch, state, count, last_ms, \
             waiting, since_ms) VALUES (5, 3, 1, ?1, 500000, ?2, 1, 1000, 'measuring', 0)",
            (HEAD.category.code(), State::Open),
        )
        .unwrap();
        let place = Place {
            table: "alert",
            row: &[9, 1_000],
        };
        let sealed = rest.seal(place, FINDING.as_bytes()).unwrap();
        db.execute(
            "INSERT INTO alert (state, finding, rule, ladder, at_ms, waiting, since_ms) \
             VALUES (0, ?1, 9, 1, 1000, 'to_encrypt', 0)",
            [sealed],
        )
        .unwrap();
        let place = Place {
            table: "frame",
            row: &[5, 3, 0],
        };
        let sealed = rest.seal(place, &reading().to_bytes()).unwrap();
        db.execute(
            "INSERT INTO frame (device, sequence, first_index, readings) VALUES (5, 3, 0, ?1)",
            [sealed],
        )
        .unwrap();
        db.pragma_update(None, "user_version", 1).unwrap();
        path
    }

    fn open(path: &Path) -> Store {
        Store::open(path, &KEY, 9, &[4; 32]).unwrap()
    }

    /// Name, type, default and so on of every column of every table.
    fn shape(store: &Store) -> Vec<String> {
        let sql = "SELECT m.name || ' ' || c.name || ' ' || c.type || ' ' || c.\"notnull\" || ' ' \
                   || COALESCE(c.dflt_value, '-') || ' ' || c.pk FROM sqlite_master m \
                   JOIN pragma_table_info(m.name) c WHERE m.type IN ('table', 'index') ORDER BY 1";
        let mut query = store.db.prepare(sql).unwrap();
        let rows = query.query_map([], |row| row.get(0)).unwrap();
        rows.map(Result::unwrap).collect()
    }

    #[test]
    fn a_store_of_version_1_goes_on_with_all_it_held() {
        let dir = tempfile::tempdir().unwrap();
        let store = open(&version_1(dir.path()));
        let row = store.batch(5, 3).unwrap().unwrap();
        assert_eq!((row.head, row.count, row.last_ms), (HEAD, 1, 1_000));
        assert_eq!((row.state, row.half), (State::Open, None));
        assert_eq!(store.readings(&HEAD).unwrap(), [reading()]);
    }

    #[test]
    fn a_finding_of_version_1_is_still_a_finding() {
        let dir = tempfile::tempdir().unwrap();
        let store = open(&version_1(dir.path()));
        let alerts = store.unraised().unwrap();
        let alarm = store.alarm(&alerts[0]).unwrap();
        let Alarm::Finding(finding) = alarm else {
            panic!("{alarm:?}");
        };
        assert_eq!((finding.rule, finding.to_ms), (9, 1_000));
    }

    #[test]
    fn a_migrated_store_has_the_shape_of_a_fresh_one() {
        let dir = tempfile::tempdir().unwrap();
        let fresh = open(&dir.path().join("fresh.db"));
        let migrated = open(&version_1(dir.path()));
        assert!(shape(&fresh).len() > 50);
        assert_eq!(shape(&migrated), shape(&fresh));
    }

    #[test]
    fn a_store_of_version_2_keeps_its_readings_and_what_its_monitors_knew_goes() {
        let dir = tempfile::tempdir().unwrap();
        let path = version_1(dir.path());
        let db = Connection::open(&path).unwrap();
        db.execute_batch(TO_2).unwrap();
        db.execute("INSERT INTO monitor VALUES (5, x'00')", [])
            .unwrap();
        db.pragma_update(None, "user_version", 2).unwrap();
        drop(db);
        let store = open(&path);
        assert_eq!(store.readings(&HEAD).unwrap(), [reading()]);
        assert_eq!(store.watching().unwrap(), None);
        let fresh = open(&dir.path().join("fresh.db"));
        assert_eq!(shape(&store), shape(&fresh));
    }

    #[test]
    fn a_key_of_version_3_holds_for_all_batches_until_the_registry_is_asked() {
        let dir = tempfile::tempdir().unwrap();
        let path = version_1(dir.path());
        let db = Connection::open(&path).unwrap();
        let key = Ed25519Signer::from_seed(&[8; 32]).public_key();
        let sql = "INSERT INTO device VALUES (5, 1, 1, ?1, 1, NULL, 2)";
        db.execute(sql, [key.bytes()]).unwrap();
        drop(db);
        let rows = open(&path).devices().unwrap();
        let [row] = rows.as_slice() else {
            panic!("{rows:?}");
        };
        assert_eq!((row.device, row.pairing, row.is_paired()), (5, 1, true));
        assert!(row.keys.of(1).is_some() && row.keys.of(1) == row.keys.of(u64::MAX));
    }

    #[test]
    fn keys_that_came_before_version_5_open_what_they_opened() {
        let dir = tempfile::tempdir().unwrap();
        let path = version_1(dir.path());
        let window = Window::new(500_000, 500_048).unwrap();
        let secret = GenerationSecret::from_bytes([3; 32]);
        let cover = secret.cover(9, 2, Category::Cardiac, window);
        let place = Place {
            table: "cover",
            row: &[2, Category::Cardiac.code().into()],
        };
        let nodes = AtRest::new(&KEY).seal(place, &cover.to_bytes()).unwrap();
        let db = Connection::open(&path).unwrap();
        let sql = "INSERT INTO cover VALUES (2, ?1, ?2)";
        db.execute(sql, (Category::Cardiac.code(), nodes)).unwrap();
        drop(db);
        let held = open(&path).covers().unwrap();
        let [row] = held.as_slice() else {
            panic!("{} rows", held.len());
        };
        assert_eq!((row.generation, row.category), (2, Category::Cardiac));
        assert_eq!(row.parts[0].windows(), [window]);
    }

    #[test]
    fn a_store_of_a_later_version_is_refused_and_left_alone() {
        let dir = tempfile::tempdir().unwrap();
        let path = version_1(dir.path());
        let later = VERSION + 1;
        let db = Connection::open(&path).unwrap();
        db.pragma_update(None, "user_version", later).unwrap();
        let refused = Store::open(&path, &KEY, 9, &[4; 32]).err().unwrap();
        let refused = refused.to_string();
        assert!(refused.starts_with("gateway/store_version"), "{refused}");
        let got: i64 = db
            .query_row("PRAGMA user_version", [], |row| row.get(0))
            .unwrap();
        assert_eq!(got, later);
    }

    #[test]
    fn a_store_of_another_patient_is_refused_before_it_is_migrated() {
        let dir = tempfile::tempdir().unwrap();
        let path = version_1(dir.path());
        assert!(Store::open(&path, &KEY, 8, &[4; 32]).is_err());
        let db = Connection::open(&path).unwrap();
        let version: i64 = db
            .query_row("PRAGMA user_version", [], |row| row.get(0))
            .unwrap();
        assert_eq!(version, 1);
    }
}
