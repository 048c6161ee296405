use super::*;

fn subject(patient: u64) -> Subject {
    Subject {
        deployment_id: "00".into(),
        patient,
    }
}

fn code(result: Result<Folder, ExportError>) -> String {
    let error = result.err().expect("it was taken").to_string();
    error.split(':').next().unwrap_or_default().into()
}

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

#[test]
fn files_and_directories_are_their_owner_s_alone() {
    let dir = tempfile::tempdir().unwrap();
    fs::set_permissions(dir.path(), Permissions::from_mode(0o755)).unwrap();
    let mut folder = Folder::open(dir.path(), subject(7)).unwrap();
    folder.write("chain/patient.json", b"{}").unwrap();
    folder.append("readings/heart_rate.csv", "at");
    folder.commit().unwrap();
    for (name, expected) in [
        ("", 0o700),
        ("chain", 0o700),
        ("chain/patient.json", 0o600),
        ("readings/heart_rate.csv", 0o600),
    ] {
        assert_eq!(mode(&dir.path().join(name)), expected, "{name:?}");
    }
}

#[test]
fn a_directory_with_anything_else_in_it_is_refused_and_left_alone() {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("letter.txt"), "dear").unwrap();
    assert_eq!(
        code(Folder::open(dir.path(), subject(7))),
        "export/not_empty"
    );
    assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 1);
    fs::remove_file(dir.path().join("letter.txt")).unwrap();
    drop(Folder::open(dir.path(), subject(7)).unwrap());
    fs::write(dir.path().join("letter.txt"), "dear").unwrap();
    assert_eq!(
        code(Folder::open(dir.path(), subject(7))),
        "export/not_empty"
    );
}

#[test]
fn an_unfinished_export_of_somebody_else_and_one_that_runs_are_refused() {
    let dir = tempfile::tempdir().unwrap();
    let running = Folder::open(dir.path(), subject(7)).unwrap();
    assert_eq!(code(Folder::open(dir.path(), subject(7))), "export/busy");
    drop(running);
    assert_eq!(code(Folder::open(dir.path(), subject(8))), "export/other");
}

#[test]
fn a_finished_export_is_not_written_into() {
    let dir = tempfile::tempdir().unwrap();
    let folder = Folder::open(dir.path(), subject(7)).unwrap();
    folder.write("manifest.json", b"{}").unwrap();
    folder.finish().unwrap();
    assert_eq!(
        code(Folder::open(dir.path(), subject(7))),
        "export/not_empty"
    );
}

#[test]
fn lines_after_the_last_commit_are_gone_after_an_interruption() {
    let dir = tempfile::tempdir().unwrap();
    let mut folder = Folder::open(dir.path(), subject(7)).unwrap();
    folder.append("readings/heart_rate.csv", "1");
    folder.missing_batch("batch 1", "gone");
    folder.commit().unwrap();
    // as if it had been killed between a file and the state
    append(&folder.path("readings/heart_rate.csv"), b"2\n").unwrap();
    append(&folder.path("readings/steps.csv"), b"3\n").unwrap();
    append(&folder.path(MISSING), b"{}\n").unwrap();
    drop(folder);
    let mut folder = Folder::open(dir.path(), subject(7)).unwrap();
    assert!(folder.is_new("readings/steps.csv"));
    folder.append("readings/heart_rate.csv", "4");
    folder.commit().unwrap();
    let text = |name: &str| fs::read_to_string(dir.path().join(name)).unwrap();
    assert_eq!(text("readings/heart_rate.csv"), "1\n4\n");
    assert!(!dir.path().join("readings/steps.csv").exists());
    assert_eq!(text(MISSING).lines().count(), 1);
}

#[test]
fn a_file_that_was_shortened_meanwhile_is_said() {
    let dir = tempfile::tempdir().unwrap();
    let mut folder = Folder::open(dir.path(), subject(7)).unwrap();
    folder.append("readings/heart_rate.csv", "1");
    folder.commit().unwrap();
    drop(folder);
    fs::write(dir.path().join("readings/heart_rate.csv"), "").unwrap();
    assert_eq!(code(Folder::open(dir.path(), subject(7))), "export/file");
}

#[test]
fn what_every_start_finds_missing_is_listed_once() {
    let dir = tempfile::tempdir().unwrap();
    for _ in 0..2 {
        let mut folder = Folder::open(dir.path(), subject(7)).unwrap();
        folder.missing("alerts/1", "no vault has it");
        folder.close().unwrap();
    }
    let text = fs::read_to_string(dir.path().join(MISSING)).unwrap();
    assert_eq!(text.lines().count(), 1, "{text}");
}
