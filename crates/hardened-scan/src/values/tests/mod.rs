//! Tests that every form is found in a text, and that nothing is found where there is nothing.

mod planted;
