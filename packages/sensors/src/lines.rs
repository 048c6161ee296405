//! Lines of a file that may be anything: of bounded length, counted from 1.

use std::io::{BufRead, Read};

use crate::SensorError;

/// The header of an OpenSignals file of many channels takes some thousand bytes.
pub(crate) const MAX_LINE_BYTES: usize = 64 * 1024;

pub(crate) struct Lines<R> {
    input: R,
    line: u64,
    buffer: Vec<u8>,
}

impl<R: BufRead> Lines<R> {
    pub(crate) fn new(input: R) -> Self {
        Self {
            input,
            line: 0,
            buffer: Vec::new(),
        }
    }

    /// The number of the line read last.
    pub(crate) fn number(&self) -> u64 {
        self.line
    }

    /// The next line without its end; none at the end of the file.
    pub(crate) fn next(&mut self) -> Result<Option<&str>, SensorError> {
        self.buffer.clear();
        let line = self.line.saturating_add(1);
        let limit = u64::try_from(MAX_LINE_BYTES).unwrap_or(u64::MAX) + 1;
        let mut input = self.input.by_ref().take(limit);
        let read = input.read_until(b'\n', &mut self.buffer);
        if read.map_err(|cause| SensorError::Read { line, cause })? == 0 {
            return Ok(None);
        }
        self.line = line;
        let most = MAX_LINE_BYTES;
        let ended = self.buffer.last() == Some(&b'\n');
        if self.buffer.len() > most && !ended {
            return Err(SensorError::LineLength { line, most });
        }
        let text = std::str::from_utf8(&self.buffer).map_err(|_| not_text(line))?;
        Ok(Some(text.trim_end_matches(['\r', '\n'])))
    }
}

fn not_text(line: u64) -> SensorError {
    let kind = std::io::ErrorKind::InvalidData;
    let cause = std::io::Error::new(kind, "the line is not UTF-8");
    SensorError::Read { line, cause }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(bytes: &[u8]) -> Result<Vec<String>, SensorError> {
        let mut lines = Lines::new(bytes);
        let mut all = Vec::new();
        while let Some(line) = lines.next()? {
            all.push(line.to_owned());
        }
        Ok(all)
    }

    #[test]
    fn lines_come_without_their_ends_and_the_last_needs_none() {
        assert_eq!(
            all(b"a\r\n\nb"),
            Ok(vec!["a".into(), String::new(), "b".into()])
        );
        assert_eq!(all(b""), Ok(vec![]));
    }

    #[test]
    fn a_line_too_long_or_not_text_is_an_error_with_its_number() {
        let line = 2;
        let long = [b"a\n".to_vec(), vec![b'x'; MAX_LINE_BYTES + 1]].concat();
        let most = MAX_LINE_BYTES;
        assert_eq!(all(&long), Err(SensorError::LineLength { line, most }));
        assert_eq!(all(b"a\n\xff\n"), Err(not_text(line)));
    }
}
