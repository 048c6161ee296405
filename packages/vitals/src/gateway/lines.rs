//! Lines from a stream that anybody may write to: of bounded length, whatever bytes they hold.

use std::io::{BufRead, BufReader, Read};
use std::sync::mpsc::{sync_channel, Receiver, RecvTimeoutError};
use std::thread;
use std::time::Instant;

use vitals_core::link::MAX_LINE_BYTES;

/// Lines that wait for the gateway; a sender that is faster is held up.
const WAITING: usize = 256;

/// The longest link line behind a device number and a tab, and one byte to see that it is longer.
const MAX_BYTES: usize = MAX_LINE_BYTES + 22;

/// Reads until the stream ends.
pub fn lines_of(input: impl Read + Send + 'static) -> Receiver<String> {
    let (sender, lines) = sync_channel(WAITING);
    thread::spawn(move || {
        let mut input = BufReader::new(input);
        while let Ok(Some(line)) = next_line(&mut input) {
            if sender.send(line).is_err() {
                return;
            }
        }
    });
    lines
}

/// A line without its end. Of one that is too long only so much is kept that it is refused for its
/// length; bytes that are no text are replaced, and refused as what they are then.
fn next_line(input: &mut impl BufRead) -> std::io::Result<Option<String>> {
    let mut kept = Vec::new();
    let mut seen = false;
    loop {
        let chunk = input.fill_buf()?;
        if chunk.is_empty() {
            return Ok(seen.then(|| text(&kept)));
        }
        seen = true;
        let end = chunk.iter().position(|byte| *byte == b'\n');
        let part = &chunk[..end.unwrap_or(chunk.len())];
        let room = MAX_BYTES.saturating_sub(kept.len());
        kept.extend_from_slice(&part[..part.len().min(room)]);
        let used = end.map_or(part.len(), |at| at + 1);
        input.consume(used);
        if end.is_some() {
            return Ok(Some(text(&kept)));
        }
    }
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes)
        .trim_end_matches('\r')
        .to_string()
}

/// The next line, none once it is `due`: a stream that never pauses holds nothing else up, and one
/// that ended is waited for no differently from one that is silent.
pub fn before(due: Instant, lines: &Receiver<String>) -> Option<String> {
    let left = due.saturating_duration_since(Instant::now());
    if left.is_zero() {
        return None;
    }
    match lines.recv_timeout(left) {
        Ok(line) => Some(line),
        Err(RecvTimeoutError::Timeout) => None,
        Err(RecvTimeoutError::Disconnected) => {
            thread::sleep(left);
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;
    use std::time::Duration;

    use super::*;

    fn read(bytes: &[u8]) -> Vec<String> {
        lines_of(Cursor::new(bytes.to_vec())).iter().collect()
    }

    #[test]
    fn lines_come_whole_and_the_last_needs_no_end() {
        assert_eq!(read(b"a\r\n\nb"), ["a", "", "b"]);
        assert!(read(b"").is_empty());
    }

    #[test]
    fn bytes_that_are_no_text_end_nothing() {
        let lines = read(b"a\n\xff\xfe\nb\n");
        assert_eq!((lines.len(), &*lines[0], &*lines[2]), (3, "a", "b"));
    }

    #[test]
    fn a_line_without_end_is_kept_only_so_far_that_it_is_refused() {
        let long = [vec![b'x'; 3 << 20], b"\nnext".to_vec()].concat();
        let lines = read(&long);
        assert_eq!(lines[0].len(), MAX_BYTES);
        assert!(lines[0].len() > MAX_LINE_BYTES);
        assert_eq!(lines[1], "next");
    }

    #[test]
    fn a_flood_and_an_ended_stream_give_way_when_it_is_due() {
        let flood = lines_of(std::io::repeat(b'\n'));
        let due = Instant::now() + Duration::from_millis(50);
        while before(due, &flood).is_some() {}
        assert!(Instant::now() >= due);

        let ended = lines_of(Cursor::new(Vec::new()));
        let due = Instant::now() + Duration::from_millis(50);
        assert_eq!(before(due, &ended), None);
        assert!(
            Instant::now() >= due,
            "it is waited, not asked over and over"
        );
    }
}
