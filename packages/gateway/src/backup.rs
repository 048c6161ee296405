//! One file with everything a gateway needs to go on elsewhere: its databases as they were at one
//! moment, and its key files; a tar archive in an age file, for a recipient or under a passphrase.
//!
//! Made beside a gateway that runs. What the chain has and a restored store has not is recognised
//! (see `anchoring`), and devices keep what is not anchored: an old backup loses and doubles no
//! reading.

use std::fs::{self, File, OpenOptions};
use std::io::{Read, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::str::FromStr;

use rusqlite::{Connection, OpenFlags};

use crate::passphrase;
use crate::secrets::file;
use crate::GatewayError;

/// The first entry of the archive, empty: what this is, and in which form.
const MARK: &str = "vitals-gateway-backup-1";

/// What goes into a backup. Names must differ: directories are not kept.
#[derive(Debug, Clone, Default)]
pub struct BackupSources {
    /// SQLite files, which may be in use.
    pub databases: Vec<PathBuf>,
    pub files: Vec<PathBuf>,
}

/// For whom a backup is made, or who opens it.
#[derive(Clone, Copy)]
pub enum BackupKey<'a> {
    /// `age1…` to make one, `AGE-SECRET-KEY-1…` to open it.
    Age(&'a str),
    Passphrase(&'a str),
}

fn failed(cause: impl ToString) -> GatewayError {
    GatewayError::Backup {
        cause: cause.to_string(),
    }
}

/// Writes the backup to `to`, which must not exist yet. What is left of one that failed ends in
/// `.partial`.
pub fn back_up(sources: &BackupSources, key: BackupKey<'_>, to: &Path) -> Result<(), GatewayError> {
    if to.exists() {
        return Err(failed(format!("{} is there already", to.display())));
    }
    let partial = to.with_extension("partial");
    let out = private(OpenOptions::new().write(true).create(true).truncate(true))
        .open(&partial)
        .map_err(|cause| file(&partial, cause))?;
    let sealed = encryptor(key)?.wrap_output(out).map_err(failed)?;
    let mut archive = tar::Builder::new(sealed);
    append(&mut archive, MARK, &[])?;
    for database in &sources.databases {
        let snapshot = snapshot(database, &to.with_extension("snapshot"))?;
        append(&mut archive, name(database)?, &snapshot)?;
    }
    for path in &sources.files {
        let content = fs::read(path).map_err(|cause| file(path, cause))?;
        append(&mut archive, name(path)?, &content)?;
    }
    let sealed = archive.into_inner().map_err(failed)?;
    let out = sealed.finish().map_err(failed)?;
    out.sync_all().map_err(failed)?;
    fs::rename(&partial, to).map_err(|cause| file(to, cause))
}

fn encryptor(key: BackupKey<'_>) -> Result<age::Encryptor, GatewayError> {
    let recipient: Box<dyn age::Recipient> = match key {
        BackupKey::Age(text) => Box::new(age::x25519::Recipient::from_str(text).map_err(failed)?),
        BackupKey::Passphrase(text) => Box::new(passphrase::recipient(text)?),
    };
    age::Encryptor::with_recipients(std::iter::once(recipient.as_ref())).map_err(failed)
}

/// The database as of one moment, without its erased pages. Whoever writes to it goes on writing.
fn snapshot(database: &Path, to: &Path) -> Result<Vec<u8>, GatewayError> {
    private(OpenOptions::new().write(true).create(true).truncate(true))
        .open(to)
        .map_err(|cause| file(to, cause))?;
    let db = Connection::open_with_flags(database, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    let copied = db.execute("VACUUM INTO ?1", [to.display().to_string()]);
    let bytes = copied
        .map_err(GatewayError::from)
        .and_then(|_| fs::read(to).map_err(|cause| file(to, cause)));
    fs::remove_file(to).map_err(|cause| file(to, cause))?;
    bytes
}

fn append<W: Write>(
    archive: &mut tar::Builder<W>,
    name: &str,
    content: &[u8],
) -> Result<(), GatewayError> {
    let mut header = tar::Header::new_gnu();
    header.set_size(u64::try_from(content.len()).map_err(failed)?);
    header.set_mode(0o600);
    header.set_cksum();
    archive
        .append_data(&mut header, name, content)
        .map_err(failed)
}

fn name(path: &Path) -> Result<&str, GatewayError> {
    let name = path.file_name().and_then(|name| name.to_str());
    name.ok_or_else(|| failed(format!("{} has no name to keep", path.display())))
}

fn private(options: &mut OpenOptions) -> &mut OpenOptions {
    options.mode(0o600)
}

/// Puts a backup's files into `dir`, which must not exist or be empty: all of them, or none. A
/// gateway that still runs on the old directory must be stopped before, and for good.
pub fn restore(from: &Path, key: BackupKey<'_>, dir: &Path) -> Result<Vec<PathBuf>, GatewayError> {
    if dir.exists() && !is_empty(dir)? {
        return Err(GatewayError::NotEmpty {
            path: dir.to_owned(),
        });
    }
    let sealed = File::open(from).map_err(|cause| file(from, cause))?;
    let content = decrypted(sealed, key)?;
    let draft = dir.with_extension("restoring");
    if draft.exists() {
        fs::remove_dir_all(&draft).map_err(|cause| file(&draft, cause))?;
    }
    let made = fs::DirBuilder::new().mode(0o700).create(&draft);
    made.map_err(|cause| file(&draft, cause))?;
    let unpacked = unpack(content, &draft);
    if unpacked.is_err() {
        fs::remove_dir_all(&draft).map_err(|cause| file(&draft, cause))?;
    }
    let names = unpacked?;
    for name in &names {
        ask_anew(&draft.join(name))?;
    }
    fs::rename(&draft, dir).map_err(|cause| file(dir, cause))?;
    Ok(names.iter().map(|name| dir.join(name)).collect())
}

/// Of a gateway's store: what it knew of devices is as old as the backup. Nothing is taken from
/// them until the chain says where their numbers stand now.
fn ask_anew(path: &Path) -> Result<(), GatewayError> {
    let is_database = fs::read(path)
        .map_err(|cause| file(path, cause))?
        .starts_with(b"SQLite format 3\0");
    if !is_database {
        return Ok(());
    }
    let db = Connection::open(path)?;
    let sql = "SELECT COUNT(*) FROM sqlite_master WHERE name IN ('device', 'wanted')";
    let tables: u32 = db.query_row(sql, [], |row| row.get(0))?;
    if tables == 2 {
        db.execute_batch(
            "PRAGMA foreign_keys = ON; BEGIN;
             INSERT OR REPLACE INTO wanted (device) SELECT device FROM device;
             DELETE FROM device; COMMIT;",
        )?;
    }
    Ok(())
}

fn is_empty(dir: &Path) -> Result<bool, GatewayError> {
    let mut entries = fs::read_dir(dir).map_err(|cause| file(dir, cause))?;
    Ok(entries.next().is_none())
}

fn decrypted(sealed: File, key: BackupKey<'_>) -> Result<impl Read, GatewayError> {
    let identity: Box<dyn age::Identity> = match key {
        BackupKey::Age(text) => Box::new(age::x25519::Identity::from_str(text).map_err(failed)?),
        BackupKey::Passphrase(text) => Box::new(passphrase::identity(text)),
    };
    let opened = age::Decryptor::new_buffered(std::io::BufReader::new(sealed))
        .and_then(|file| file.decrypt(std::iter::once(identity.as_ref())));
    opened.map_err(|error| match key {
        BackupKey::Passphrase(_) => passphrase::refused(&error),
        BackupKey::Age(_) => failed(error),
    })
}

/// Only files, each with a plain name: nothing is written anywhere else.
fn unpack(content: impl Read, dir: &Path) -> Result<Vec<String>, GatewayError> {
    let mut archive = tar::Archive::new(content);
    let mut names = Vec::new();
    for (at, entry) in archive.entries().map_err(failed)?.enumerate() {
        let mut entry = entry.map_err(failed)?;
        let path = entry.path().map_err(failed)?.into_owned();
        let plain = path.file_name().filter(|name| path.as_os_str() == *name);
        let name = plain.and_then(|name| name.to_str()).map(str::to_owned);
        let name = name.filter(|_| entry.header().entry_type().is_file());
        let name = name.ok_or_else(|| failed("an entry is no plain file"))?;
        if (at == 0) != (name == MARK) {
            return Err(failed("not a backup of a gateway, or of another version"));
        }
        if at > 0 {
            put(&dir.join(&name), &mut entry)?;
            names.push(name);
        }
    }
    match names.is_empty() {
        true => Err(failed("nothing is in it")),
        false => Ok(names),
    }
}

fn put(path: &Path, content: &mut impl Read) -> Result<(), GatewayError> {
    let written = private(OpenOptions::new().write(true).create_new(true))
        .open(path)
        .and_then(|mut out| {
            std::io::copy(content, &mut out)?;
            out.sync_all()
        });
    written.map_err(|cause| file(path, cause))
}
