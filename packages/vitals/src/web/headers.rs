//! What goes with every answer: what a page may load and reach, and how long an answer holds.

use axum::http::header::{
    HeaderName, CACHE_CONTROL, CONTENT_SECURITY_POLICY, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderMap, HeaderValue, StatusCode};

/// Where the build puts files whose names hold a digest of their content.
const HASHED: &str = "/assets/";

const FOR_EVER: &str = "public, max-age=31536000, immutable";
/// Kept, and asked about each time.
const ASKED_EACH_TIME: &str = "no-cache";
const NOT_KEPT: &str = "no-store";

/// The app's own, in `apps/web/src/shell/trusted.ts`: scripts come from its own directory alone.
const TRUSTED_POLICY: &str = "cw-vitals";

/// The device features that the app has no use for.
const PERMISSIONS: &str = "accelerometer=(), bluetooth=(), camera=(), display-capture=(), \
     geolocation=(), gyroscope=(), hid=(), magnetometer=(), microphone=(), midi=(), payment=(), \
     serial=(), usb=()";

/// As they are on each answer.
#[derive(Debug, Clone)]
pub struct Headers {
    policy: Vec<(&'static str, String)>,
}

impl Headers {
    /// For a page that connects to its own origin and to these.
    pub fn new(reached: &[String]) -> Self {
        let own = || "'self'".to_string();
        let none = || "'none'".to_string();
        Self {
            policy: vec![
                ("default-src", none()),
                ("script-src", "'self' 'wasm-unsafe-eval'".into()),
                ("style-src", own()),
                ("img-src", own()),
                ("font-src", own()),
                ("manifest-src", own()),
                ("worker-src", own()),
                ("connect-src", format!("'self' {}", reached.join(" "))),
                ("base-uri", none()),
                ("form-action", none()),
                ("require-trusted-types-for", "'script'".into()),
                ("trusted-types", TRUSTED_POLICY.into()),
                ("frame-ancestors", none()),
            ],
        }
    }

    fn directives(&self, named: impl Fn(&str) -> bool) -> String {
        let named = self.policy.iter().filter(|(name, _)| named(name));
        let all: Vec<_> = named
            .map(|(name, value)| format!("{name} {value}"))
            .collect();
        all.join("; ")
    }

    /// What a page can say of itself: a frame around it is a matter of headers alone.
    pub fn policy_in_page(&self) -> String {
        self.directives(|name| name != "frame-ancestors")
    }

    /// Of every answer, whatever it is.
    pub fn everywhere(&self) -> [(HeaderName, String); 6] {
        let policy = self.directives(|_| true);
        let named = HeaderName::from_static;
        [
            (CONTENT_SECURITY_POLICY, policy),
            (X_CONTENT_TYPE_OPTIONS, "nosniff".into()),
            (REFERRER_POLICY, "no-referrer".into()),
            (named("permissions-policy"), PERMISSIONS.into()),
            (named("cross-origin-opener-policy"), "same-origin".into()),
            (named("cross-origin-resource-policy"), "same-origin".into()),
        ]
    }

    /// Puts them on the answer for a path.
    pub fn put(&self, path: &str, status: StatusCode, headers: &mut HeaderMap) {
        for (name, value) in self.everywhere() {
            // All are ASCII: an origin that is not was refused.
            if let Ok(value) = HeaderValue::from_str(&value) {
                headers.insert(name, value);
            }
        }
        let held = match status.is_success() || status == StatusCode::NOT_MODIFIED {
            true => held(path),
            false => NOT_KEPT,
        };
        headers.insert(CACHE_CONTROL, HeaderValue::from_static(held));
    }

    /// For hosts that read a file `_headers`: each path with the lines that go with it.
    pub fn file<'a>(&self, paths: impl Iterator<Item = &'a str>) -> String {
        let line = |(name, value): (HeaderName, String)| format!("  {name}: {value}\n");
        let mut text = String::from("/*\n");
        text.extend(self.everywhere().map(line));
        text += &format!("{HASHED}*\n  {CACHE_CONTROL}: {FOR_EVER}\n");
        for path in paths.filter(|path| !path.starts_with(HASHED)) {
            text += &format!("{path}\n  {CACHE_CONTROL}: {}\n", held(path));
        }
        text
    }
}

fn held(path: &str) -> &'static str {
    match path.starts_with(HASHED) {
        true => FOR_EVER,
        false => ASKED_EACH_TIME,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_says_everything_of_itself_but_who_frames_it() {
        let headers = Headers::new(&["https://n".into(), "wss://n".into()]);
        let whole = headers.directives(|_| true);
        assert!(
            whole.contains("connect-src 'self' https://n wss://n;"),
            "{whole}"
        );
        assert_eq!(
            format!("{}; frame-ancestors 'none'", headers.policy_in_page()),
            whole
        );
    }

    #[test]
    fn only_what_is_named_by_its_content_is_kept_and_no_error_is() {
        let held = |path, status| {
            let mut map = HeaderMap::new();
            Headers::new(&[]).put(path, status, &mut map);
            map[CACHE_CONTROL].to_str().unwrap().to_owned()
        };
        assert_eq!(held("/assets/a-1.js", StatusCode::OK), FOR_EVER);
        assert_eq!(held("/assets/a-1.js", StatusCode::NOT_FOUND), NOT_KEPT);
        for path in ["/", "/index.html", "/config.json", "/sw.js"] {
            assert_eq!(held(path, StatusCode::OK), ASKED_EACH_TIME);
        }
    }
}
