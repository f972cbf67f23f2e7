//! The report for people: Markdown, and one page of HTML.

mod html;
mod markdown;
