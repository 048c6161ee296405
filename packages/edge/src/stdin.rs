//! Lines from a stream that anybody may write to: of bounded length, whatever bytes they hold. A
//! line may name its device before a tab.

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader, Read, Write};
use std::sync::mpsc::SyncSender;
use std::sync::Arc;
use std::thread;

use vitals_core::link::MAX_LINE_BYTES;
use vitals_transport::{Ack, Payload, Received};

/// A line that closes what is open, though the hour is not over.
pub const CLOSE: &str = "close";

/// The longest link line behind a device number and a tab, and one byte to see that it is longer.
const MAX_BYTES: usize = MAX_LINE_BYTES + 22;

/// Says a line to a device, or to whoever wrote one that named none.
pub type Say = Arc<dyn Fn(Option<u64>, &str) + Send + Sync>;

/// Reads on a thread of its own until the stream ends.
pub fn lines_of(input: impl Read + Send + 'static, feed: SyncSender<Received>) {
    thread::spawn(move || {
        let mut input = BufReader::new(input);
        while let Ok(Some(line)) = next_line(&mut input) {
            let received = Received {
                from: None,
                payload: Payload::Line(line),
                delivery: None,
                retained: false,
                ack: Ack::nobody(),
            };
            if feed.send(received).is_err() {
                return;
            }
        }
    });
}

/// On stdout: lines are plain where there is one device to talk to, and name it where there are
/// more. Whoever does not read any more is not told.
pub fn say(devices: &BTreeSet<u64>) -> Say {
    let several = devices.len() > 1;
    Arc::new(move |device, line| {
        let mut out = std::io::stdout().lock();
        let written = match device.filter(|_| several) {
            Some(device) => writeln!(out, "{device}\t{line}"),
            None => writeln!(out, "{line}"),
        };
        if written.and_then(|()| out.flush()).is_err() {
            tracing::debug!("stdout is closed");
        }
    })
}

/// The device a line names before a tab, if it does.
pub(crate) fn named(line: &str) -> (Option<u64>, &str) {
    match line.split_once('\t') {
        Some((device, rest)) => (device.parse().ok(), rest),
        None => (None, line),
    }
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

#[cfg(test)]
mod tests {
    use std::io::Cursor;
    use std::sync::mpsc::sync_channel;

    use super::*;

    fn read(bytes: &[u8]) -> Vec<String> {
        let (feed, received) = sync_channel(8);
        lines_of(Cursor::new(bytes.to_vec()), feed);
        let line = |received: Received| match received.payload {
            Payload::Line(line) => line,
            other => panic!("{other:?}"),
        };
        received.iter().map(line).collect()
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
    fn a_line_may_name_its_device_before_a_tab() {
        assert_eq!(named("7\tAQE"), (Some(7), "AQE"));
        assert_eq!(named("AQE"), (None, "AQE"));
        assert_eq!(named("x\tAQE"), (None, "AQE"));
    }
}
