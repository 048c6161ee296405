//! Plain objects in and out, in the JSON that contracts and files speak. Readings go as typed
//! arrays instead.

use serde::de::DeserializeOwned;
use serde::Serialize;
use wasm_bindgen::{JsCast, JsValue};

use crate::Refusal;

/// What the chain or a caller says in the open: an error quotes what is wrong.
pub fn read<T: DeserializeOwned>(what: &str, value: &JsValue) -> Result<T, Refusal> {
    parse(what, &text(what, value)?)
}

/// What may hold something medical: an error only tells where it is wrong.
pub fn read_private<T: DeserializeOwned>(what: &str, value: &JsValue) -> Result<T, Refusal> {
    parse_private(what, text(what, value)?.as_bytes())
}

pub fn parse<T: DeserializeOwned>(what: &str, text: &str) -> Result<T, Refusal> {
    serde_json::from_str(text)
        .map_err(|cause| Refusal::new("core/object", format!("{what}: {cause}")))
}

pub fn parse_private<T: DeserializeOwned>(what: &str, text: &[u8]) -> Result<T, Refusal> {
    serde_json::from_slice(text).map_err(|cause| {
        let (line, column) = (cause.line(), cause.column());
        Refusal::new(
            "core/object",
            format!("{what} is of another form at line {line}, column {column}"),
        )
    })
}

fn text(what: &str, value: &JsValue) -> Result<String, Refusal> {
    let text = js_sys::JSON::stringify(value).ok();
    text.and_then(|text| text.dyn_ref::<js_sys::JsString>().map(String::from))
        .ok_or_else(|| Refusal::new("core/object", format!("{what} is no plain object")))
}

pub fn give(value: &impl Serialize) -> Result<JsValue, Refusal> {
    let text = serde_json::to_string(value)?;
    js_sys::JSON::parse(&text).map_err(|_| Refusal::new("core/object", "an answer that is no JSON"))
}

/// One of the names that a type of ours has in JSON, such as `cardiac`.
pub fn named<T: DeserializeOwned>(what: &str, name: &str) -> Result<T, Refusal> {
    serde_json::from_value(name.into())
        .map_err(|cause| Refusal::new("core/name", format!("{what}: {cause}")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use vitals_core::measure::Category;

    #[test]
    fn a_name_is_one_of_the_type_or_refused_by_name() {
        assert_eq!(named("category", "cardiac"), Ok(Category::Cardiac));
        let refused = named::<Category>("category", "heart").unwrap_err();
        assert_eq!(refused.code, "core/name");
        assert!(refused.reason.contains("heart"));
    }

    #[test]
    fn what_is_private_is_not_quoted() {
        let refused = parse_private::<u8>("the plan", br#""AGE-SECRET-KEY-1""#).unwrap_err();
        assert_eq!(refused.code, "core/object");
        assert!(!refused.reason.contains("AGE"));
    }
}
