//! The sections of the report that are made from the documents alone.

use hardened_core::{
    manifest::{HealthContract, Manifest, Promises},
    rule::Rule,
    verification::{Outcome, SeverityWord, VerdictWord, Verification},
};

use crate::{
    facts::Facts,
    report::{Access, Endpoint, Finding, Live, Measure, NotShown, Promise, Setting, Standing},
};

pub(crate) fn endpoints(manifest: &Manifest) -> Vec<Endpoint> {
    let who = |token| match token {
        Some(true) => Access::Users,
        Some(false) => Access::Anyone,
        None => Access::NotDescribed,
    };
    let routes = manifest.routes.iter().flatten();
    routes
        .map(|route| Endpoint { method: route.method.to_string(), path: route.path.to_string(), who: who(route.token) })
        .collect()
}

pub(crate) fn settings(manifest: &Manifest) -> Vec<Setting> {
    let entry = |setting: &hardened_core::manifest::SettingEntry| Setting {
        name: setting.name.clone(),
        variables: setting.variables.clone(),
        kind: setting.kind.clone(),
        secret: setting.secret,
        state: setting.state.name().to_owned(),
        source: setting.source.map(|source| source.name().to_owned()),
    };
    manifest.settings.iter().map(entry).collect()
}

pub(crate) fn measures(facts: &Facts) -> Vec<Measure> {
    facts.all().map(|(code, _)| facts.measure(code)).collect()
}

pub(crate) fn live(verification: &Verification) -> Live {
    let summary = &verification.summary;
    Live {
        target: verification.target.url.clone(),
        started: verification.run.started.clone(),
        requests: verification.run.requests.iter().map(|family| family.count).sum(),
        pass: summary.pass,
        fail: summary.fail,
        inconclusive: summary.inconclusive,
        skipped: summary.skipped,
        remarks: verification.run.remarks.clone(),
        left_behind: verification.left_behind.iter().map(|left| format!("{}: {}", left.path, left.reason)).collect(),
    }
}

/// What was not tested: checks without a verdict, and everything where no verification was given.
pub(crate) fn not_shown(verification: Option<&Verification>) -> Vec<NotShown> {
    let Some(verification) = verification else {
        let reason = "no verification of the live service was given".to_owned();
        return vec![NotShown { code: "live".to_owned(), reason }];
    };
    let unclear = |outcome: &&Outcome| matches!(outcome.verdict, VerdictWord::Inconclusive | VerdictWord::Skipped);
    let entry = |outcome: &Outcome| {
        let case = outcome.case.as_deref().map(|case| format!(" [{case}]")).unwrap_or_default();
        let code = format!("{}{case}", outcome.check);
        NotShown { code, reason: outcome.reason.clone().unwrap_or_default() }
    };
    verification.outcomes.iter().filter(unclear).map(entry).collect()
}

/// What failed live, as findings of the audit.
pub(crate) fn failures(verification: &Verification) -> Vec<Finding> {
    let failed = verification.outcomes.iter().filter(|outcome| outcome.severity.is_some());
    failed
        .map(|outcome| Finding {
            code: outcome.rule.clone(),
            severity: outcome.severity.map_or("note", SeverityWord::name).to_owned(),
            subject: outcome.check.clone(),
            fact: outcome.reason.clone().unwrap_or_default(),
            remedy: outcome.remedy.clone().unwrap_or_default(),
        })
        .collect()
}

/// A finding of the audit itself.
pub(crate) fn finding(rule: Rule, subject: impl Into<String>, fact: impl Into<String>) -> Finding {
    use hardened_core::{finding::Severity, tier::Tier};
    let severity = Severity::of(rule.level(Tier::Production)).map_or("note", Severity::name);
    Finding {
        code: rule.code().to_owned(),
        severity: severity.to_owned(),
        subject: subject.into(),
        fact: fact.into(),
        remedy: rule.remedy().unwrap_or_default().to_owned(),
    }
}

/// What the service commits itself to, in words, with the checks that speak to it.
pub(crate) fn promises(promises: &Promises, facts: &Facts) -> Vec<Promise> {
    let mut entries = Vec::new();
    let mut add = |about: &str, text: String, checks: &[&str]| {
        entries.push(Promise {
            about: about.to_owned(),
            text,
            seen: seen(checks, facts),
            checks: checks.iter().map(|check| (*check).to_owned()).collect(),
        });
    };
    for cors in &promises.cors {
        let list = |items: Vec<String>| if items.is_empty() { "none".to_owned() } else { items.join(", ") };
        let origins = cors.origins.iter().map(ToString::to_string);
        let origins: Vec<_> = origins.chain(cors.patterns.iter().map(ToString::to_string)).collect();
        let origins = if cors.any_origin { "any origin".to_owned() } else { list(origins) };
        let credentials = if cors.credentials { "with" } else { "without" };
        let text = format!("pages of these origins can read answers, {credentials} credentials: {origins}");
        add("cors", text, &["cors-allowed-origin", "cors-foreign-origin"]);
    }
    for (name, value) in promises.headers.iter().flat_map(|headers| &headers.values) {
        add("headers", format!("every answer has {name}: {value}"), &["drift-headers"]);
    }
    if let Some(docs) = &promises.docs {
        let paths = |paths: &[hardened_core::manifest::UrlPath]| {
            paths.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
        };
        if !docs.hidden.is_empty() {
            add("docs", format!("the documentation is hidden: {}", paths(&docs.hidden)), &["docs-hidden"]);
        }
        if !docs.shown.is_empty() {
            add("docs", format!("the documentation is public: {}", paths(&docs.shown)), &["docs-shown"]);
        }
    }
    if let Some(hosts) = &promises.hosts {
        add("hosts", format!("only these hosts are answered: {}", hosts.allowed.join(", ")), &["hosts-foreign"]);
    }
    for health in &promises.health {
        let (what, check) = match health.contract {
            HealthContract::Deep => ("asks the database", &["health-works", "health-honest"][..]),
            HealthContract::Ready => ("says whether the service should get requests", &["health-ready"][..]),
            _ => ("says whether the process lives", &["health-live"][..]),
        };
        add("health", format!("{} {what}", health.path), check);
        if health.contract == HealthContract::Deep {
            // Nothing takes the database of a live service down to see it.
            add("health", format!("{} is answered with 503 while the database is down", health.path), &[]);
        }
    }
    for tokens in &promises.tokens {
        let algorithms = tokens.algorithms.join(", ");
        let issuer = tokens.issuer.as_deref().map(|it| format!(", issued by {it}")).unwrap_or_default();
        let audience = tokens.audience.as_deref().map(|it| format!(", with the audience {it}")).unwrap_or_default();
        let lifetime = tokens.lifetime_seconds.map(|it| format!(", for at most {it} s")).unwrap_or_default();
        let text = format!("tokens are accepted only when signed with {algorithms}{issuer}{audience}{lifetime}");
        add("tokens", text, &["tokens-none", "tokens-foreign-key", "tokens-tampered"]);
    }
    for database in &promises.databases {
        add("database", format!("the connection to the database is made with {}", database.transport.name()), &[]);
    }
    entries
}

fn seen(checks: &[&str], facts: &Facts) -> Standing {
    // A check that no document speaks of has shown nothing.
    let standing = |check: &&str| facts.get(check).map_or(Standing::NotShown, |fact| fact.standing);
    let standings: Vec<_> = checks.iter().map(standing).collect();
    if standings.contains(&Standing::NotHeld) {
        Standing::NotHeld
    } else if !standings.is_empty() && standings.iter().all(|standing| *standing == Standing::Held) {
        Standing::Held
    } else {
        Standing::NotShown
    }
}
