//! Recognises stack traces and debug pages.

use super::text::{has, has_number, plain};
use crate::answer::Answer;

/// Source locations, as traces write them: the language, and the text before and after the line number.
const PLACES: &[(&str, &str, &str)] = &[
    ("Python", ".py\", line ", ""),
    ("Node.js", ".js:", ":"),
    ("Node.js", ".mjs:", ":"),
    ("Node.js", ".cjs:", ":"),
    ("Node.js", ".ts:", ":"),
    ("Java", ".java:", ")"),
    ("Kotlin", ".kt:", ")"),
    ("Scala", ".scala:", ")"),
    (".NET", ".cs:line ", ""),
    (".NET", ".vb:line ", ""),
    (".NET", ".fs:line ", ""),
    ("Ruby", ".rb:", ":in "),
    ("Go", ".go:", " +0x"),
    ("Rust", ".rs:", ":"),
    ("PHP", ".php(", ")"),
    ("PHP", ".php:", ""),
    ("PHP", ".php on line ", ""),
    ("PHP", ".php</b> on line <b>", ""),
    ("Elixir", ".ex:", ": "),
];

/// Sentences of traces and debug pages: the language, and the parts of the sentence in order.
const SENTENCES: &[(&str, &[&str])] = &[
    ("Python", &["Traceback (most recent call last)"]),
    ("Python", &["Werkzeug Debugger"]),
    ("Python", &["You're seeing this error because you have", "DEBUG = True"]),
    ("Node.js", &["(node:internal/"]),
    ("Node.js", &["at Layer.handle", "node_modules"]),
    ("Java", &["Exception in thread \""]),
    ("Java", &["\tat ", "(Native Method)"]),
    ("Java", &["Caused by: ", "Exception"]),
    ("Java", &["java.lang.", "Exception"]),
    (".NET", &["An unhandled exception occurred while processing the request"]),
    (".NET", &["System.", "Exception: "]),
    (".NET", &["Server Error in '", "' Application"]),
    ("PHP", &["Stack trace:", "#0 "]),
    ("PHP", &["Fatal error", "Uncaught "]),
    ("PHP", &["\"exception\":", "\"trace\":"]),
    ("PHP", &["Whoops\\"]),
    ("Ruby", &["Action Controller: Exception caught"]),
    ("Ruby", &["BetterErrors"]),
    ("Ruby", &["Application Trace", "Framework Trace"]),
    ("Go", &["goroutine ", " [running]:"]),
    ("Go", &["runtime error: "]),
    ("Rust", &["thread '", "panicked at "]),
    ("Rust", &["stack backtrace:"]),
    ("Elixir", &["** (", "Error) "]),
];

/// Returns the language of a stack trace or debug page in the body.
pub(crate) fn trace(answer: &Answer) -> Option<&'static str> {
    let text = plain(answer);
    let place = PLACES.iter().find(|(_, mark, end)| has_number(&text, mark, end)).map(|(language, ..)| *language);
    place.or_else(|| SENTENCES.iter().find(|(_, parts)| has(&text, parts)).map(|(language, _)| *language))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn traces_of_each_language_are_recognised() {
        for (body, language) in [
            ("Traceback (most recent call last):\n  File \"/app/main.py\", line 3, in <module>", "Python"),
            (r#"{"trace":"File \"/srv/app.py\", line 12"}"#, "Python"),
            (
                "SyntaxError: Unexpected token<br> &nbsp;at JSON.parse (&lt;anonymous&gt;)<br> at parse (/app/node_modules/body-parser/lib/types/json.js:92:19)",
                "Node.js",
            ),
            (r#"{"stack":"Error\n    at Object.<anonymous> (file:///app/src/index.ts:10:5)"}"#, "Node.js"),
            ("\tat com.example.Tasks.list(Tasks.java:42)", "Java"),
            ("java.lang.NullPointerException", "Java"),
            ("   at Api.Tasks.List() in /src/Tasks.cs:line 42", ".NET"),
            ("System.NullReferenceException: Object reference not set", ".NET"),
            ("PHP Fatal error:  Uncaught Error: x in /var/www/a.php:3", "PHP"),
            ("<b>Warning</b>: x in <b>/var/www/a.php</b> on line <b>12</b>", "PHP"),
            ("app/models/task.rb:12:in `find'", "Ruby"),
            ("goroutine 12 [running]:\nmain.main()", "Go"),
            ("thread 'tokio-runtime-worker' panicked at src/main.rs:3:5:", "Rust"),
        ] {
            assert_eq!(trace(&Answer::of(200, body)), Some(language), "{body}");
        }
    }

    #[test]
    fn ordinary_errors_are_not_traces() {
        for body in [
            "",
            r#"{"type":"about:blank","title":"Bad Request","status":400,"detail":"line 3, column 5: expected a string"}"#,
            r#"{"detail":[{"loc":["body",1],"msg":"JSON decode error","type":"json_invalid"}]}"#,
            "<script src=\"/assets/app.js?v=12\"></script>",
            r#"{"message":"the system is not available: Exception"}"#,
            r#"{"at":"2026-11-26T20:00:00Z","path":"/x.php"}"#,
        ] {
            assert_eq!(trace(&Answer::of(400, body)), None, "{body}");
        }
    }
}
