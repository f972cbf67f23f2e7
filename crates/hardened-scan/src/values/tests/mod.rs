//! Every form is planted in a text and found, and nothing is found where nothing is.

mod planted;
