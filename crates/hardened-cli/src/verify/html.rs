//! The result as an HTML page that needs no network.

use hardened_core::verification::Verification as Document;
use minijinja::{AutoEscape, Environment, UndefinedBehavior, value::Serde};

const PAGE: &str = include_str!("page.html");

/// Renders the page. All texts are escaped.
pub(super) fn write(document: &Document) -> Result<String, String> {
    let mut environment = Environment::new();
    environment.set_auto_escape_callback(|_| AutoEscape::Html);
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    let template = environment.template_from_named_str("page.html", PAGE).map_err(|error| error.to_string())?;
    template.render(Serde(document)).map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_of_the_target_cannot_become_markup() {
        let text =
            include_str!("../../tests/data/verification.json").replace("docs-hidden", "<script>alert(1)</script>");
        let page = write(&Document::parse(&text).unwrap()).unwrap();
        assert!(!page.contains("<script") && page.contains("&lt;script&gt;"), "{page}");
    }
}
