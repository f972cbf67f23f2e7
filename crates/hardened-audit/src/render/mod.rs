//! Renders the report for people: as Markdown, or as one HTML page.

mod html;
mod markdown;

/// The explanation of the words in the report.
const HOW_TO_READ: &str = "How to read it: what *held* was judged or seen, and the evidence says which. *In part*: some cases were \
    seen, the others were not tried. *Not held*: the opposite was seen. *Not shown*: nothing here shows it; it can still hold. \
    *Seen live* is what a client saw from outside; everything else is what the service says about its own configuration.";
