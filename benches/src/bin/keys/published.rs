//! How many published keys each rule refuses.

use std::collections::BTreeSet;
use std::path::Path;

use crate::rules::RULES;

/// Prints how many keys of the lists in a directory each rule refuses, and returns how many we accept.
pub(crate) fn print(lists: &Path) -> u64 {
    let mut keys = BTreeSet::new();
    for list in ["public-jwt-secrets.txt", "published-extra.txt"] {
        let Ok(values) = std::fs::read(lists.join(list)) else {
            println!("{list} cannot be read");
            return 1;
        };
        let values = String::from_utf8_lossy(&values).into_owned();
        keys.extend(values.lines().map(|line| line.trim().to_owned()));
    }
    let mut accepted = 0;
    for least in [16, 32] {
        let long: Vec<&String> = keys.iter().filter(|key| key.len() >= least).collect();
        println!("{} published keys of {least} bytes or more", long.len());
        for rule in RULES {
            let refused = long.iter().filter(|key| (rule.refuses)(key)).count();
            let share = 100.0 * refused as f64 / long.len() as f64;
            println!("  {:<24} refuses {refused:>6}  {share:>5.1} %", rule.name);
            if rule.name == "hardened" {
                accepted += (long.len() - refused) as u64;
            }
        }
    }
    accepted
}
