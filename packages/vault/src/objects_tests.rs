use super::*;
use crate::quota::Limits;

const KEYS: Bytes = Bytes::from_static(b"keys");

/// As much for one patient as for all.
fn room(most: u64) -> Quota {
    Quota::new(Limits {
        of_patient: most,
        in_all: most,
        of_unlisted: most,
        of_all_unlisted: most,
        listed: None,
    })
}

fn object(bytes: &[u8]) -> Object {
    Object::package(7, digest(bytes))
}

#[tokio::test]
async fn an_altered_object_is_not_served_and_can_be_put_again() {
    let dir = tempfile::tempdir().unwrap();
    let objects = Objects::in_directory(dir.path()).unwrap();
    let object = object(b"keys");
    let quota = room(4_096);
    assert!(objects.put(&object, KEYS, &quota).await.unwrap());
    assert!(!objects.put(&object, KEYS, &quota).await.unwrap());
    std::fs::write(dir.path().join(object.path().to_string()), b"kexs").unwrap();
    assert!(matches!(
        objects.get(&object).await,
        Err(ObjectsError::Altered(_))
    ));
    assert!(objects.put(&object, KEYS, &quota).await.unwrap());
    assert_eq!(objects.get(&object).await.unwrap().unwrap(), b"keys");
}

#[tokio::test]
async fn the_same_bytes_under_another_patient_are_another_object() {
    let dir = tempfile::tempdir().unwrap();
    let objects = Objects::in_directory(dir.path()).unwrap();
    let quota = room(4_096);
    objects.put(&object(b"keys"), KEYS, &quota).await.unwrap();
    let other = Object::package(8, digest(b"keys"));
    assert_eq!(objects.get(&other).await.unwrap(), None);
}

#[tokio::test]
async fn what_was_not_stored_is_not_counted() {
    let dir = tempfile::tempdir().unwrap();
    let objects = Objects::in_directory(dir.path()).unwrap();
    let quota = room(4_096);
    let keys = object(b"keys");
    std::fs::write(dir.path().join("packages"), b"in the way").unwrap();
    objects.put(&keys, KEYS, &quota).await.unwrap_err();
    std::fs::remove_file(dir.path().join("packages")).unwrap();
    // Another request put it since this one looked.
    let other = room(4_096);
    assert!(objects.create(&keys, KEYS, &other).await.unwrap());
    assert!(!objects.create(&keys, KEYS, &quota).await.unwrap());
    quota.take(7, 4_096).unwrap();
}

#[tokio::test]
async fn a_scrub_finds_what_was_altered_and_what_was_never_finished() {
    let dir = tempfile::tempdir().unwrap();
    let objects = Objects::in_directory(dir.path()).unwrap();
    let quota = room(1 << 20);
    let (keys, more) = (object(b"keys"), object(b"more"));
    objects.put(&keys, KEYS, &quota).await.unwrap();
    let put = objects.put(&more, Bytes::from_static(b"more"), &quota);
    assert!(put.await.unwrap());
    let file = |object: &Object| dir.path().join(object.path().to_string());
    std::fs::write(file(&more), b"mOre").unwrap();
    std::fs::write(format!("{}#1", file(&keys).display()), b"ke").unwrap();
    let seen = objects.scrub().await.unwrap();
    let altered = vec![more.path().to_string()];
    assert_eq!((seen.objects, seen.bytes), (2, 8));
    assert_eq!((seen.altered, seen.leftovers), (altered, 1));
    assert_eq!(objects.sweep(Some(8)).unwrap(), 0, "another patient's");
    assert_eq!(objects.sweep(Some(7)).unwrap(), 1);
    assert_eq!(objects.scrub().await.unwrap().leftovers, 0);
}

#[tokio::test]
async fn a_store_in_memory_keeps_and_deletes_as_files_do() {
    let objects = Objects::in_memory();
    let quota = room(1 << 20);
    let keys = object(b"keys");
    assert!(objects.put(&keys, KEYS, &quota).await.unwrap());
    assert!(!objects.put(&keys, KEYS, &quota).await.unwrap());
    let listed: Vec<Stored> = objects.list(None).try_collect().await.unwrap();
    assert_eq!(
        listed,
        [Stored {
            object: keys,
            bytes: 4
        }]
    );
    objects.delete(&keys).await.unwrap();
    objects.delete(&keys).await.unwrap();
    assert_eq!(objects.get(&keys).await.unwrap(), None);
}
