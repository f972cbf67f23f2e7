//! Finds the identifier of an item in an answer.

use http::header;
use serde_json::Value;

use crate::{answer::Answer, canary, profile::IdPlace, template::encode};

/// The usual names of identifiers.
const NAMES: [&str; 5] = ["id", "_id", "uuid", "uid", "key"];

/// The maximum length of an identifier.
const LONGEST: usize = 200;

/// Finds the identifier in the answer to a creation, percent-encoded. If it is not at its place, the usual places are
/// searched; reading the item then shows whether it is the right one. `item` is the path of an item.
pub(crate) fn in_creation(place: &IdPlace, item: &str, answer: &Answer) -> Option<String> {
    let body = answer.json().unwrap_or(Value::Null);
    let at = |pointer: &str| body.pointer(pointer).and_then(|value| of_value(item, value));
    let said = match place {
        IdPlace::Json(pointer) => at(pointer),
        IdPlace::Location => location(item, answer),
    };
    let usual =
        || NAMES.iter().find_map(|name| ["", "/data", "/0"].iter().find_map(|above| at(&format!("{above}/{name}"))));
    said.or_else(usual).or_else(|| location(item, answer))
}

/// Finds the identifier of the item in a list that contains one of the texts: that of the innermost object around the text.
pub(crate) fn in_list(place: &IdPlace, item: &str, list: &Value, canaries: &[String]) -> Option<String> {
    let mut places = match place {
        IdPlace::Json(pointer) => ends(pointer),
        IdPlace::Location => Vec::new(),
    };
    places.extend(NAMES.map(|name| format!("/{name}")));
    innermost(list, canaries, &|object| places.iter().find_map(|place| of_value(item, object.pointer(place)?)))
}

/// Returns a pointer and each of its suffixes, because an answer may wrap an item in objects that a list does not have.
fn ends(pointer: &str) -> Vec<String> {
    pointer.match_indices('/').filter_map(|(at, _)| pointer.get(at..)).map(str::to_owned).collect()
}

fn innermost(value: &Value, canaries: &[String], id: &dyn Fn(&Value) -> Option<String>) -> Option<String> {
    let holds = |value: &Value| {
        let text = value.to_string();
        canaries.iter().any(|canary| canary::contains(text.as_bytes(), canary))
    };
    match value {
        _ if !holds(value) => None,
        Value::Array(items) => items.iter().filter(|item| holds(item)).find_map(|item| innermost(item, canaries, id)),
        Value::Object(members) => {
            let inner = members.values().filter(|member| holds(member));
            let found = inner.filter(|member| !member.is_string()).find_map(|member| innermost(member, canaries, id));
            found.or_else(|| id(value))
        }
        _ => None,
    }
}

/// Percent-encodes a value if it can be an identifier; `None` if it would lead to another path.
fn of_value(item: &str, value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        _ => return None,
    };
    if is_address(item, &text) {
        return of_address(item, &text);
    }
    let is_id = !text.is_empty() && text.len() <= LONGEST && text != "." && text != "..";
    is_id.then(|| encode(&text))
}

/// Returns whether a text is the address of an item instead of its identifier: a URL, a path, or a name such as `notes/7`
/// that ends like the path of an item.
fn is_address(item: &str, text: &str) -> bool {
    let before = item.split("{id}").next().unwrap_or_default();
    let is_name = |head: &str| before.strip_suffix('/').is_some_and(|path| path.ends_with(&format!("/{head}")));
    ["https://", "http://", "/"].iter().any(|begin| text.starts_with(begin))
        || text.rsplit_once('/').is_some_and(|(head, _)| is_name(head))
}

/// Returns the identifier in the header `Location`, which is already percent-encoded.
fn location(item: &str, answer: &Answer) -> Option<String> {
    of_address(item, answer.header(&header::LOCATION)?)
}

/// Returns the identifier in the address of an item: the value in its query if the path of an item has it there, or else
/// the last segment.
fn of_address(item: &str, address: &str) -> Option<String> {
    let before = item.split("{id}").next().unwrap_or_default();
    let segment = match address.rsplit_once(before).filter(|_| before.contains('?')) {
        Some((_, rest)) => rest.split(['&', '#']).next()?,
        None => address.split(['?', '#']).next()?.trim_end_matches('/').rsplit('/').next()?,
    };
    let is_of_path = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~%:@!$&'()*+,;=".contains(&byte);
    let is_id = (1..=LONGEST).contains(&segment.len()) && segment.bytes().all(is_of_path) && !segment.starts_with('.');
    is_id.then(|| segment.to_owned())
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;
    use http::{HeaderMap, StatusCode};
    use serde_json::json;

    use super::*;

    fn answer(body: &Value, location: Option<&str>) -> Answer {
        let mut headers = HeaderMap::new();
        headers.extend(location.map(|location| (header::LOCATION, location.parse().unwrap())));
        let body = Bytes::from(body.to_string());
        Answer { status: StatusCode::CREATED, headers, body, is_complete: true }
    }

    #[test]
    fn the_identifier_of_a_new_item_is_found_where_services_put_it() {
        let pointer = IdPlace::Json("/id".to_owned());
        for (place, body, location, expected) in [
            (&pointer, json!({"id": 7}), None, Some("7")),
            (&pointer, json!({"id": "a/b c"}), None, Some("a%2Fb%20c")),
            (&pointer, json!({"data": {"uuid": "x"}}), None, Some("x")),
            (&pointer, json!(null), Some("https://api.example.com/tasks/5/?x=1"), Some("5")),
            (&IdPlace::Location, json!({"id": 7}), Some("/tasks/8"), Some("8")),
            (&IdPlace::Json("/task/slug".to_owned()), json!({"task": {"slug": "s"}, "id": 7}), None, Some("s")),
            (&pointer, json!({"id": ".."}), None, None),
            (&pointer, json!({"id": ""}), None, None),
            (&pointer, json!({"id": [1]}), None, None),
            (&IdPlace::Location, json!(null), Some("/tasks/.."), None),
            (&IdPlace::Location, json!(null), Some("/"), None),
            (&pointer, json!([{"id": 7}]), None, Some("7")),
            (&pointer, json!({"id": "https://api.example.com/tasks/7"}), None, Some("7")),
            (&pointer, json!({"id": "/v1/tasks/7/"}), None, Some("7")),
            (&pointer, json!({"id": "tasks/7"}), None, Some("7")),
            (&pointer, json!({"id": "other/7"}), None, Some("other%2F7")),
            (
                &IdPlace::Json("/_links/self/href".to_owned()),
                json!({"_links": {"self": {"href": "/tasks/7"}}}),
                None,
                Some("7"),
            ),
        ] {
            let found = in_creation(place, "/tasks/{id}", &answer(&body, location));
            assert_eq!(found.as_deref(), expected, "{body} {location:?}");
        }
    }

    #[test]
    fn the_identifier_is_found_where_items_are_asked_for_by_a_query() {
        for (location, expected) in [
            ("/tasks?id=eq.8", Some("8")),
            ("https://api.example.com/tasks?id=eq.8&x=1", Some("8")),
            ("/tasks?id=eq.", None),
            ("/tasks/9", Some("9")),
        ] {
            let found = in_creation(&IdPlace::Location, "/tasks?id=eq.{id}", &answer(&json!(null), Some(location)));
            assert_eq!(found.as_deref(), expected, "{location}");
        }
    }

    #[test]
    fn an_item_in_a_list_is_known_by_what_it_holds() {
        let canaries = ["hardenedabcdefghijklmnop".to_owned()];
        let place = IdPlace::Json("/data/slug".to_owned());
        for (list, expected) in [
            (json!([{"id": 1, "t": "x"}, {"id": 2, "t": "a hardenedabcdefghijklmnop b"}]), Some("2")),
            (json!({"id": 9, "items": [{"slug": "s", "id": 2, "t": {"text": "HardenedABCdefghijklmnop"}}]}), Some("s")),
            (json!({"id": 9, "items": []}), None),
            (json!({"results": [{"t": "hardenedabcdefghijklmnop"}]}), None),
            (json!({"data": [{"id": "7", "attributes": {"t": "hardenedabcdefghijklmnop"}}]}), Some("7")),
            (json!(null), None),
        ] {
            assert_eq!(in_list(&place, "/tasks/{id}", &list, &canaries).as_deref(), expected, "{list}");
        }
        let place = IdPlace::Json("/item/links/self".to_owned());
        let list = json!([{"t": "hardenedabcdefghijklmnop", "links": {"self": "/tasks/7"}, "id": 8}]);
        assert_eq!(in_list(&place, "/tasks/{id}", &list, &canaries).as_deref(), Some("7"));
    }
}
