//! `vitals web` as a browser and a host of files meet it.

mod site;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use site::{App, CONTRACT};

fn connected(policy: &str) -> Vec<&str> {
    let directive = policy.split("; ").find(|d| d.starts_with("connect-src "));
    directive.unwrap().split(' ').skip(1).collect()
}

#[test]
fn every_answer_says_what_a_page_may_load_and_reach() {
    let app = App::new();
    let served = app.serve(&[]);
    for path in ["/", "/config.json", "/assets/a-1.js", "/none", "/assets"] {
        let answer = served.get(path);
        let policy = &answer.headers["content-security-policy"];
        assert!(policy.starts_with("default-src 'none'; script-src 'self' 'wasm-unsafe-eval'"));
        assert!(policy.ends_with("frame-ancestors 'none'"), "{policy}");
        assert!(!policy.contains("unsafe-inline") && !policy.contains('*'));
        let typed = "; require-trusted-types-for 'script'; trusted-types cw-vitals; ";
        assert!(policy.contains(typed), "{policy}");
        assert_eq!(
            connected(policy),
            [
                "'self'",
                "http://127.0.0.1:26657",
                "ws://127.0.0.1:26657",
                "http://127.0.0.1:8080",
                "https://vault.example"
            ]
        );
        assert_eq!(answer.headers["x-content-type-options"], "nosniff");
        assert_eq!(answer.headers["referrer-policy"], "no-referrer");
        assert!(answer.headers["permissions-policy"].contains("camera=()"));
    }
}

#[test]
fn files_have_their_types_their_compressed_forms_and_their_time_to_live() {
    let served = App::new().serve_owned();
    let of = |path| served.1.get(path).headers;
    assert_eq!(
        of("/assets/core-2.wasm")["content-type"],
        "application/wasm"
    );
    assert_eq!(
        of("/app.webmanifest")["content-type"],
        "application/manifest+json"
    );
    assert_eq!(of("/config.json")["content-type"], "application/json");
    assert_eq!(of("/")["content-type"], "text/html; charset=utf-8");
    assert!(of("/assets/a-1.js")["cache-control"].contains("immutable"));
    for path in ["/", "/index.html", "/config.json", "/sw.js"] {
        assert_eq!(of(path)["cache-control"], "no-cache", "{path}");
    }
    let packed = |with: &str| {
        let asked = format!("Accept-Encoding: {with}\r\n");
        let answer = served.1.ask("GET", "/assets/a-1.js", &asked);
        let encoding = answer.headers.get("content-encoding").cloned();
        assert!(answer.headers["vary"]
            .to_ascii_lowercase()
            .contains("accept-encoding"));
        (encoding.unwrap_or_default(), answer.body)
    };
    assert_eq!(packed("gzip, br"), ("br".into(), b"brotli".to_vec()));
    assert_eq!(packed("gzip"), ("gzip".into(), b"gzip".to_vec()));
    assert_eq!(packed("identity"), (String::new(), b"script".to_vec()));
}

#[test]
fn nothing_beside_the_app_is_served_and_nothing_is_taken() {
    let app = App::new();
    let served = app.serve(&[]);
    for path in [
        "/../secret",
        "/%2e%2e/secret",
        "/..%2fsecret",
        "/assets/../../secret",
        "/assets/..%5c..%5csecret",
        "//secret",
        "/./../secret",
        "/assets/",
        "/assets",
        "//example.org/..",
        "/%00",
    ] {
        let answer = served.get(path);
        assert!(
            (400..500).contains(&answer.status),
            "{path}: {}",
            answer.status
        );
        assert!(!answer.headers.contains_key("location"), "{path}");
        assert_eq!(answer.headers["cache-control"], "no-store");
    }
    for method in ["POST", "PUT", "DELETE"] {
        assert_eq!(served.ask(method, "/sw.js", "").status, 405, "{method}");
        assert_eq!(served.ask(method, "/", "").status, 405, "{method}");
    }
}

#[test]
fn the_app_is_told_its_network_and_nothing_else() {
    let app = App::new();
    let served = app.serve(&[]);
    let told: serde_json::Value = serde_json::from_slice(&served.get("/config.json").body).unwrap();
    assert_eq!(
        told,
        serde_json::json!({
            "version": 1, "chain_id": "c-1", "node": "http://127.0.0.1:26657", "prefix": "wasm",
            "denom": "uvital", "gas_price": "0uvital", "local": false,
            "deployment": {
                "chain_id": "c-1", "consent": CONTRACT, "device_registry": CONTRACT,
                "vitals_anchor": CONTRACT, "care": CONTRACT, "claims": CONTRACT,
                "deployment_id": "04".repeat(32),
            },
            "vaults": [
                { "name": "ward", "url": "http://127.0.0.1:8080" },
                { "name": "home", "url": "https://vault.example" },
            ],
        })
    );
}

#[test]
fn an_export_is_what_is_served_with_the_policy_in_the_page() {
    let app = App::new();
    let served = app.serve(&[]);
    let into = app.path("static");
    let done = app.output(&["--export", into.to_str().unwrap()]);
    assert!(done.status.success(), "{done:?}");
    let rules = fs::read_to_string(into.join("_headers")).unwrap();
    let files = files(&into);
    assert_eq!(files.len(), 9, "{files:?}");
    for path in files.iter().filter(|path| *path != "/_headers") {
        let answer = served.get(path);
        assert_eq!(
            answer.body,
            fs::read(into.join(&path[1..])).unwrap(),
            "{path}"
        );
        for (name, value) in ruled(&rules, path) {
            assert_eq!(answer.headers[&name], value, "{name} of {path}");
        }
    }
    let page = fs::read_to_string(into.join("index.html")).unwrap();
    let policy = &served.get("/").headers["content-security-policy"];
    let in_page = policy.strip_suffix("; frame-ancestors 'none'").unwrap();
    assert!(page.contains(&format!("content=\"{in_page}\"")), "{page}");
    assert!(!into.join("index.html.gz").exists());
}

#[test]
fn an_export_overwrites_nothing_and_is_not_put_into_the_app() {
    let app = App::new();
    app.write("full/mine", b"kept");
    for dir in ["full", "dist/export"] {
        let into = app.path(dir);
        let done = app.output(&["--export", into.to_str().unwrap()]);
        let said = String::from_utf8_lossy(&done.stderr).into_owned();
        assert!(said.starts_with("error: web/export: "), "{said}");
    }
    assert_eq!(fs::read(app.path("full/mine")).unwrap(), b"kept");
    assert!(!app.path("dist/export").exists());
}

#[test]
fn what_cannot_be_served_safely_is_refused_with_its_reason() {
    let app = App::new();
    let listen = app.output(&["--listen", "0.0.0.0:0"]);
    let far = app.output(&["--local"]);
    let clear = app.output(&["--public-node", "http://node.example:26657"]);
    fs::remove_file(app.path("dist/index.html")).unwrap();
    let unbuilt = app.output(&[]);
    for (done, due) in [
        (listen, "config/invalid: web.listen: can be reached"),
        (far, "config/invalid: web.vaults: https://vault.example"),
        (clear, "config/invalid: web.node: "),
        (unbuilt, "web/app: "),
    ] {
        let said = String::from_utf8_lossy(&done.stderr).into_owned();
        assert!(!done.status.success() && said.contains(due), "{said}");
    }
}

fn files(dir: &Path) -> Vec<String> {
    fn walk(dir: &Path, at: &str, all: &mut Vec<String>) {
        for entry in fs::read_dir(dir).unwrap() {
            let path = entry.unwrap().path();
            let within = format!("{at}/{}", path.file_name().unwrap().to_str().unwrap());
            match path.is_dir() {
                true => walk(&path, &within, all),
                false => all.push(within),
            }
        }
    }
    let mut all = Vec::new();
    walk(dir, "", &mut all);
    all
}

/// The headers that a host would put on a path.
fn ruled(rules: &str, path: &str) -> BTreeMap<String, String> {
    let mut holds = false;
    let mut all = BTreeMap::new();
    for line in rules.lines() {
        match line.strip_prefix("  ") {
            None => {
                holds = line == path || line.strip_suffix('*').is_some_and(|p| path.starts_with(p))
            }
            Some(header) if holds => {
                let (name, value) = header.split_once(": ").unwrap();
                assert_eq!(
                    all.insert(name.to_owned(), value.to_owned()),
                    None,
                    "{path}"
                );
            }
            Some(_) => (),
        }
    }
    assert!(all.contains_key("cache-control"), "{path}");
    all
}
