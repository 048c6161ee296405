//! What a call throws: an `Error` with a stable `code`.

use wasm_bindgen::JsValue;

/// Why something was refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// Stable, such as `payload/not_authentic`.
    pub code: String,
    /// Without the code before it.
    pub reason: String,
}

impl Refusal {
    pub fn new(code: &str, reason: impl Into<String>) -> Self {
        Self {
            code: code.into(),
            reason: reason.into(),
        }
    }

    /// Every error of ours is shown as `code: reason`.
    fn of(text: &str) -> Self {
        match text.split_once(": ") {
            Some((code, reason)) if is_code(code) => Self::new(code, reason),
            _ => Self::new("core/error", text),
        }
    }
}

fn is_code(text: &str) -> bool {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "_/".contains(c);
    text.matches('/').count() == 1 && text.chars().all(plain)
}

impl<E: std::error::Error> From<E> for Refusal {
    fn from(error: E) -> Self {
        Self::of(&error.to_string())
    }
}

impl From<Refusal> for JsValue {
    fn from(refusal: Refusal) -> Self {
        let error = js_sys::Error::new(&format!("{}: {}", refusal.code, refusal.reason));
        error.set_name("CoreError");
        let set = |name: &str, value: &str| {
            // an object just made takes any property
            let _ = js_sys::Reflect::set(&error, &name.into(), &value.into());
        };
        set("code", &refusal.code);
        set("reason", &refusal.reason);
        error.into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use vitals_core::payload::PayloadError;

    #[test]
    fn the_code_before_an_error_s_text_becomes_its_code() {
        let refusal = Refusal::from(PayloadError::Count { got: 0 });
        assert_eq!(refusal.code, "payload/count");
        assert!(refusal.reason.starts_with("a batch has 1 to 65535"));
    }

    #[test]
    fn a_text_without_a_code_gets_one() {
        for text in ["out of memory: 5", "a/b/c: x", "A/b: x", ""] {
            assert_eq!(Refusal::of(text), Refusal::new("core/error", text));
        }
    }
}
