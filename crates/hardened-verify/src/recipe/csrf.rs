//! Reads a CSRF token from an answer.

use hardened_core::text::percent::decode;

use super::jar::Jar;
use crate::{answer::Answer, profile::Place};

/// Returns the token, if the answer has it.
pub(super) fn read(place: &Place, answer: &Answer, jar: &Jar) -> Option<String> {
    let token = match place {
        Place::Json(pointer) => answer.json()?.pointer(pointer)?.as_str().map(str::to_owned),
        // Scripts decode the cookie before they send it.
        Place::Cookie(name) => jar.get(name).map(decoded),
        Place::Header(name) => answer.header(name).map(str::to_owned),
        Place::Input(name) => input(&String::from_utf8_lossy(&answer.body), name),
    };
    token.filter(|token| !token.is_empty())
}

/// Returns the value of `<input name=…>`, or the content of `<meta name=…>`.
fn input(page: &str, name: &str) -> Option<String> {
    let tags = page.split('<').skip(1).filter_map(|rest| rest.split('>').next());
    let mut tags = tags.filter(|tag| tag.starts_with("input") || tag.starts_with("meta"));
    let tag = tags.find(|tag| attribute(tag, "name") == Some(name))?;
    attribute(tag, "value").or_else(|| attribute(tag, "content")).map(str::to_owned)
}

fn attribute<'t>(tag: &'t str, name: &str) -> Option<&'t str> {
    let behind = tag.split_once(&format!(" {name}="))?.1;
    match behind.chars().next()? {
        quote @ ('"' | '\'') => behind.split(quote).nth(1),
        _ => behind.split([' ', '/']).next(),
    }
}

fn decoded(text: &str) -> String {
    decode(text).map_or_else(|| text.to_owned(), |decoded| decoded.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_token_of_a_page_is_read_however_it_is_written() {
        for (page, expected) in [
            (r#"<form><input type="hidden" name="csrf" value="abc"></form>"#, Some("abc")),
            (r#"<input value='abc' name='csrf' />"#, Some("abc")),
            (r#"<meta name="csrf" content="abc">"#, Some("abc")),
            (r#"<input name=csrf value=abc>"#, Some("abc")),
            (r#"<input name="other" value="abc">"#, None),
            (r#"<input name="csrf"#, None),
            ("", None),
        ] {
            assert_eq!(input(page, "csrf").as_deref(), expected, "{page}");
        }
        assert_eq!((decoded("a%2Bb%3D"), decoded("a%")), ("a+b=".to_owned(), "a%".to_owned()));
    }
}
