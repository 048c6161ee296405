//! `vitals web --export`: what would be served, as files for any host.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use super::page::{self, INDEX};
use super::Site;
use crate::failure::Failure;

const CONFIG: &str = "config.json";
const HEADERS: &str = "_headers";

/// Into a directory that is made, or is empty. It is there whole or not at all.
pub fn run(site: &Site, dir: &Path) -> Result<(), Failure> {
    check(site, dir)?;
    let partial = beside(dir)?;
    if partial.exists() {
        fs::remove_dir_all(&partial).map_err(|cause| Failure::file(&partial, cause))?;
    }
    let paths = write(site, &partial)?;
    fs::rename(&partial, dir).map_err(|cause| Failure::file(dir, cause))?;
    println!("{} files in {}", paths.len(), dir.display());
    Ok(())
}

fn check(site: &Site, dir: &Path) -> Result<(), Failure> {
    let refused = |rule: &str| {
        let message = format!("{} {rule}", dir.display());
        Err(Failure::new("web/export", message))
    };
    let full = |path: &Path| {
        let path = std::path::absolute(path);
        path.map_err(|cause| Failure::file(dir, cause))
    };
    if full(dir)?.starts_with(full(&site.app)?) {
        return refused("is within the app that is to be written there");
    }
    match fs::read_dir(dir).map(|mut entries| entries.next().is_none()) {
        Ok(false) => refused("is not empty"),
        Err(cause) if cause.kind() != std::io::ErrorKind::NotFound => {
            Err(Failure::file(dir, cause))
        }
        _ => Ok(()),
    }
}

/// Where it is written before it is moved into place.
fn beside(dir: &Path) -> Result<PathBuf, Failure> {
    let name = dir.file_name();
    let name = name.ok_or_else(|| Failure::new("web/export", "the directory has no name"))?;
    Ok(dir.with_file_name(format!("{}.partial", name.to_string_lossy())))
}

/// The paths under which a host serves them.
fn write(site: &Site, dir: &Path) -> Result<BTreeSet<String>, Failure> {
    let mut paths = BTreeSet::from(["/".to_string()]);
    copy(&site.app, dir, "", &mut paths)?;
    let page = page::read(site)?;
    let mut put = |name: &str, bytes: &[u8]| {
        let path = dir.join(name);
        paths.insert(format!("/{name}"));
        fs::write(&path, bytes).map_err(|cause| Failure::file(&path, cause))
    };
    put(INDEX, page.as_bytes())?;
    put(CONFIG, &site.config)?;
    let headers = site.headers.file(paths.iter().map(String::as_str));
    let file = dir.join(HEADERS);
    fs::write(&file, headers).map_err(|cause| Failure::file(&file, cause))?;
    paths.remove("/");
    Ok(paths)
}

fn copy(from: &Path, to: &Path, at: &str, paths: &mut BTreeSet<String>) -> Result<(), Failure> {
    fs::create_dir_all(to).map_err(|cause| Failure::file(to, cause))?;
    for entry in fs::read_dir(from).map_err(|cause| Failure::file(from, cause))? {
        let entry = entry.map_err(|cause| Failure::file(from, cause))?;
        let (path, name) = (entry.path(), entry.file_name());
        let within = format!("{at}/{}", name.to_string_lossy());
        let into = to.join(&name);
        if path.is_dir() {
            copy(&path, &into, &within, paths)?;
        } else if !written_anew(&within) {
            fs::copy(&path, &into).map_err(|cause| Failure::file(&path, cause))?;
            paths.insert(within);
        }
    }
    Ok(())
}

/// What is made for this network, and old compressed forms of it.
fn written_anew(path: &str) -> bool {
    let stem = path.strip_suffix(".br").or(path.strip_suffix(".gz"));
    let name = stem.unwrap_or(path).strip_prefix('/');
    name.is_some_and(|name| [INDEX, CONFIG, HEADERS].contains(&name))
}
