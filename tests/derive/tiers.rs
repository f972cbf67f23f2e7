//! A field that holds the tier.

use super::*;

#[derive(Debug, Config)]
#[config(check = strict(tier, debug))]
struct Settings {
    #[config(tier)]
    tier: Tier,
    #[config(default = false)]
    debug: bool,
}

fn strict(tier: &Tier, debug: &bool) -> Result<(), Violation> {
    if tier.is_hardened() && *debug {
        return Err(Violation::malformed("false").about("debug"));
    }
    Ok(())
}

#[test]
fn the_tier_fills_a_field_and_is_not_a_setting() {
    let it = accepted::<Settings>(&[]);
    assert_eq!((it.tier, it.debug), (Tier::Production, false));
    assert_eq!(Settings::SCHEMA.settings().len(), 1);
}

#[test]
fn a_check_can_ask_for_the_tier() {
    assert_eq!(findings(&refused::<Settings>(&[("DEBUG", "true")])), [("setting-malformed", "DEBUG")]);
}
