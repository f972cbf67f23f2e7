//! Turns observations about the tier into findings.

use hardened_core::journal::Journal;

use crate::{
    Tier, Violation,
    finding::{Message, Name},
    message, rule,
    tier::{Blemish, Observation},
};

/// The tier names that remedies suggest.
const TIERS: &str = "development, test, preview or production";

/// Reports one observation.
pub(super) fn report(journal: &mut Journal, observation: Observation) {
    let (subject, violation) = match observation {
        Observation::Unknown { variable, suggestion } => (variable, unknown(variable, suggestion)),
        Observation::NotText { variable } => (variable, not_text(variable)),
        Observation::Normalised { variable, name, blemish } => (variable, normalised(variable, name, blemish)),
        Observation::Blank { variable } => (variable, blank(variable)),
        Observation::Differing { variable, tier, second, other } => {
            (variable, differing(variable, tier, second, other))
        }
        Observation::PaddedName { variable, place } => (variable, padded_name(variable, place)),
        Observation::Raised { variable, from, to, platform, on_a_laptop } => {
            (variable, raised(from, to, platform, on_a_laptop))
        }
        Observation::Copied { variable, platform } => (variable, copied(variable, platform)),
        Observation::Hosted { variable, tier, platform } => (variable, hosted(variable, tier, platform)),
        Observation::Lifted { variable, tier, platform, lift } => (variable, lifted(tier, platform, lift)),
        Observation::ReleaseBuild { variable, tier, in_kubernetes: true } => (variable, in_kubernetes(variable, tier)),
        Observation::ReleaseBuild { variable, tier, in_kubernetes: false } => (variable, release_build(variable, tier)),
        Observation::Alias { alias, tier } => (alias, refused_alias(tier)),
    };
    journal.report(Name::declared(subject).into(), violation);
}

fn unknown(variable: &'static str, suggestion: Option<&'static str>) -> Violation {
    let meant = suggestion.map_or_else(Message::new, |known| message!("did you mean ", known, "? "));
    let fact = "not a known tier, so production's rules apply";
    Violation::new(rule::TIER_UNKNOWN, fact).remedy(meant.then(message!("set ", variable, " to ", TIERS)))
}

fn not_text(variable: &'static str) -> Violation {
    let fact = "the value is not Unicode text, so production's rules apply";
    Violation::new(rule::TIER_UNKNOWN, fact).remedy(message!("set ", variable, " to ", TIERS))
}

fn normalised(variable: &'static str, name: &'static str, blemish: Blemish) -> Violation {
    let dropped = match blemish {
        Blemish::Invisible => "invisible characters",
        Blemish::Quotes => "quotes",
        Blemish::WhiteSpace => "white space around it",
        Blemish::Case => "capital letters",
    };
    let fact = message!("written with ", dropped, ", read as ", name);
    Violation::new(rule::TIER_NORMALISED, fact).remedy(message!("set ", variable, "=", name))
}

fn blank(variable: &'static str) -> Violation {
    Violation::new(rule::TIER_BLANK, "the value is blank, so it counts as unset").remedy(message!(
        "unset ",
        variable,
        ", or set it to ",
        TIERS
    ))
}

fn differing(variable: &'static str, tier: Tier, second: &'static str, other: Tier) -> Violation {
    if variable == second {
        let fact = message!("set twice in the environment, to ", tier, " and to ", other, "; the stricter one counts");
        return Violation::new(rule::TIER_DIFFERING, fact).remedy(message!("set ", variable, " once"));
    }
    let fact = message!("names ", tier, ", but ", second, " names ", other, "; the stricter one counts");
    Violation::new(rule::TIER_DIFFERING, fact).remedy(message!("set only ", variable, ", or set both to the same tier"))
}

fn padded_name(variable: &'static str, place: &'static str) -> Violation {
    let fact = message!("a variable with white space ", place, " its name is set, but ignored");
    Violation::new(rule::SETTING_PADDED_NAME, fact).remedy(message!("rename it to ", variable, ", without white space"))
}

fn raised(from: Tier, to: Tier, platform: &'static str, on_a_laptop: Option<&'static str>) -> Violation {
    let fact = message!(from, " is declared, but ", platform, " asks for ", to, "; the stricter one counts");
    let laptop = on_a_laptop.map_or_else(Message::new, |command| {
        message!(" (also on a laptop, where ", command, " brings that environment's values)")
    });
    Violation::new(rule::TIER_RAISED, fact.then(laptop)).remedy(message!(
        "to run as ",
        from,
        ", unset the variables of ",
        platform
    ))
}

fn copied(variable: &'static str, platform: &'static str) -> Violation {
    let fact = message!(
        "production is declared, but ",
        platform,
        " says that this is a preview, so the keys and the database were probably copied from production too"
    );
    Violation::new(rule::TIER_COPIED, fact).remedy(message!(
        "give the preview its own keys and database, and set ",
        variable,
        "=preview"
    ))
}

fn hosted(variable: &'static str, tier: Tier, platform: &'static str) -> Violation {
    let fact = message!(tier, " relaxes rules, but ", platform, " serves the public");
    Violation::new(rule::TIER_HOSTED, fact).remedy(message!("set ", variable, "=preview, which relaxes nothing"))
}

fn lifted(tier: Tier, platform: &'static str, lift: &'static str) -> Violation {
    let fact = message!(tier, " would be refused on ", platform, ", but ", lift, " is set");
    Violation::new(rule::TIER_LIFTED, fact).remedy(message!("unset ", lift, " where the service is deployed"))
}

fn in_kubernetes(variable: &'static str, tier: Tier) -> Violation {
    let fact = message!(tier, " relaxes rules, but this is a release build in Kubernetes");
    Violation::new(rule::TIER_DEVELOPMENT_RELEASE, fact).remedy(message!(
        "set ",
        variable,
        "=production or ",
        variable,
        "=preview in the pod"
    ))
}

fn release_build(variable: &'static str, tier: Tier) -> Violation {
    let fact = message!(tier, " relaxes rules, but this is a release build, which is meant to be deployed");
    Violation::new(rule::TIER_RELEASE_BUILD, fact).remedy(message!(
        "set ",
        variable,
        "=production where this binary is deployed"
    ))
}

fn refused_alias(tier: Tier) -> Violation {
    let fact = message!("added as an alias for ", tier, "; only preview and production can have aliases");
    Violation::new(rule::TIER_ALIAS, fact)
}
