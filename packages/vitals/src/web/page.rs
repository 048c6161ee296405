//! `index.html` with the policy in it, so that it holds on any host.

use super::Site;
use crate::failure::Failure;

pub const INDEX: &str = "index.html";

/// The page as it is served; fails where the app is not built, or is no page.
pub fn read(site: &Site) -> Result<String, Failure> {
    let path = site.app.join(INDEX);
    let refused = |cause: &dyn std::fmt::Display| {
        let message = format!("{}: {cause}; build the app first", path.display());
        Failure::new("web/app", message)
    };
    let page = std::fs::read_to_string(&path).map_err(|cause| refused(&cause))?;
    let policy = site.headers.policy_in_page();
    with_policy(&page, &policy).ok_or_else(|| refused(&"has no <head>"))
}

/// Before anything that loads. A declared encoding stays first: it has to be within the first 1024
/// bytes (HTML, section 4.2.5.4).
fn with_policy(page: &str, policy: &str) -> Option<String> {
    let lower = page.to_ascii_lowercase();
    let head = lower.find("<head").map(|at| at + "<head".len())?;
    let mut at = head + lower.get(head..)?.find('>')? + 1;
    let rest = lower.get(at..)?;
    let skipped = rest.len() - rest.trim_start().len();
    if rest.trim_start().starts_with("<meta charset") {
        at += skipped + rest.trim_start().find('>')? + 1;
    }
    let (before, after) = page.split_at_checked(at)?;
    // Sources of a policy hold single quotes alone.
    let tag = format!("<meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">");
    Some(format!("{before}{tag}{after}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TAG: &str = "<meta http-equiv=\"Content-Security-Policy\" content=\"p\">";

    #[test]
    fn the_policy_stands_before_anything_that_loads_and_after_the_encoding() {
        for (page, due) in [
            ("<html><head><script>", format!("<html><head>{TAG}<script>")),
            (
                "<HEAD lang=\"x\">\n <meta charset=\"UTF-8\" />\n<link>",
                format!("<HEAD lang=\"x\">\n <meta charset=\"UTF-8\" />{TAG}\n<link>"),
            ),
        ] {
            assert_eq!(with_policy(page, "p"), Some(due));
        }
    }

    #[test]
    fn a_page_without_a_head_is_none() {
        for page in ["", "<html>", "<head", "text"] {
            assert_eq!(with_policy(page, "p"), None, "{page}");
        }
    }
}
