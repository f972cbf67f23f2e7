//! The report for people: Markdown, and one page of HTML.

mod html;
mod markdown;

/// What the words of the report mean.
const HOW_TO_READ: &str = "How to read it: what *held* was judged or seen, and the evidence says which. *In part*: some cases were \
    seen, the others were not tried. *Not held*: the opposite was seen. *Not shown*: nothing here shows it; it can still be right. \
    *Seen live* is what a client from outside saw; everything else is what the service says of its own configuration.";
