//! What goes on, on stderr.

use std::io::IsTerminal;
use std::str::FromStr;

use tracing::{Level, Metadata};
use tracing_subscriber::filter::{filter_fn, FilterFn};
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;
use tracing_subscriber::{fmt, EnvFilter, Layer, Registry};

/// How a line looks.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Format {
    #[default]
    Text,
    /// One object a line, as collectors of logs read them.
    Json,
}

impl FromStr for Format {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "text" => Ok(Self::Text),
            "json" => Ok(Self::Json),
            other => Err(format!("`{other}` is neither text nor json")),
        }
    }
}

/// What `RUST_LOG` asks for, errors where it asks for nothing. Does nothing where something else
/// takes the logs already.
pub fn start(format: Format) {
    let coloured = std::io::stderr().is_terminal();
    let stderr = fmt::layer()
        .with_writer(std::io::stderr)
        .with_ansi(coloured);
    let lines: Box<dyn Layer<Registry> + Send + Sync> = match format {
        Format::Text => stderr.boxed(),
        Format::Json => stderr.json().flatten_event(true).boxed(),
    };
    let lines = lines
        .with_filter(ours())
        .with_filter(EnvFilter::from_default_env());
    let _ = tracing_subscriber::registry().with(lines).try_init();
}

/// Our own crates log no reading, name or key at any level; of others, which log what passes
/// through them where they are asked to, only warnings are taken.
fn ours() -> FilterFn<impl Fn(&Metadata<'_>) -> bool> {
    filter_fn(|event| is_ours(event.target()) || *event.level() <= Level::WARN)
}

fn is_ours(target: &str) -> bool {
    target == "vitals"
        || ["vitals_", "vitals::"]
            .iter()
            .any(|own| target.starts_with(own))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_others_log_is_not_taken_for_ours() {
        for (target, ours) in [
            ("vitals", true),
            ("vitals::gateway::run", true),
            ("vitals_gateway::intake", true),
            ("vitalsign", false),
            ("ureq_proto::client", false),
            ("rumqttd::router", false),
        ] {
            assert_eq!(is_ours(target), ours, "{target}");
        }
    }

    #[test]
    fn a_format_is_text_or_json() {
        assert_eq!("json".parse(), Ok(Format::Json));
        assert_eq!("text".parse(), Ok(Format::Text));
        assert!("JSON".parse::<Format>().is_err());
    }
}
