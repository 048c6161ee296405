//! JSON as it holds other things: strings, and what is encoded in them.

use base64::engine::general_purpose::STANDARD;
use base64::Engine;
use serde_json::Value;

/// How many encodings lie within each other at most.
const DEPTH: u8 = 4;

/// All strings, and what they decode to, and what is in that, with a line break between.
pub fn peel(value: &Value) -> Vec<u8> {
    let mut out = Vec::new();
    of_value(value, DEPTH, &mut out);
    out
}

fn of_value(value: &Value, depth: u8, out: &mut Vec<u8>) {
    match value {
        Value::String(text) => of_text(text, depth, out),
        Value::Array(items) => items.iter().for_each(|item| of_value(item, depth, out)),
        Value::Object(fields) => {
            for (name, value) in fields {
                out.extend(name.as_bytes());
                out.push(b'=');
                of_value(value, depth, out);
            }
        }
        other => {
            out.extend(other.to_string().as_bytes());
            out.push(b'\n');
        }
    }
}

fn of_text(text: &str, depth: u8, out: &mut Vec<u8>) {
    out.extend(text.as_bytes());
    out.push(b'\n');
    if depth == 0 {
        return;
    }
    let decoded = hex::decode(text)
        .ok()
        .into_iter()
        .chain(STANDARD.decode(text).ok());
    for bytes in decoded.filter(|bytes| !bytes.is_empty()) {
        out.extend(&bytes);
        out.push(b'\n');
        if let Ok(inner) = serde_json::from_slice(&bytes) {
            of_value(&inner, depth - 1, out);
        }
        // a message of a transaction lies amid its other fields
        for inner in objects(&bytes) {
            of_value(&inner, depth - 1, out);
        }
    }
}

/// JSON objects that begin somewhere in bytes of another format.
fn objects(bytes: &[u8]) -> Vec<Value> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(begin) = bytes[at..].iter().position(|byte| *byte == b'{') {
        at += begin;
        let mut values = serde_json::Deserializer::from_slice(&bytes[at..]).into_iter::<Value>();
        match values.next() {
            Some(Ok(value @ Value::Object(_))) => {
                found.push(value);
                at += values.byte_offset().max(1);
            }
            _ => at += 1,
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_encoded_within_a_transaction_within_a_block_comes_to_light() {
        let inner = serde_json::json!({ "plan": { "note": STANDARD.encode("in the depth") } });
        let tx = [b"\x0a\x07prefix", inner.to_string().as_bytes(), b"\x12\x01"].concat();
        let block = serde_json::json!({ "data": { "txs": [STANDARD.encode(tx)] } });
        let peeled = String::from_utf8_lossy(&peel(&block)).into_owned();
        assert!(peeled.contains("in the depth"), "{peeled}");
    }
}
