//! The family `tls`: the certificate, the versions of TLS, the redirect from `http:` to `https:`.

use http::{StatusCode, header};

use crate::{
    answer::NoAnswer,
    check::Family,
    context::Context,
    control::{Control, Probe},
    handshake::{Handshake, Hello, LASTS_DAYS},
    judge::{Seen, checks},
    outcome::{Fact, Outcome},
    prober::Shaken,
    request::Request,
    rule,
};

checks! { Tls;
    /// The certificate is valid, and will be for at least 14 more days.
    CERTIFICATE: Positive "tls-certificate" rule::tls::LIVE_CERTIFICATE;
    /// TLS 1.1 and older are refused.
    OLD: Negative "tls-old-versions" rule::tls::LIVE_TLS_OLD;
    /// Nothing is answered over `http:`, except a redirect to `https:`.
    PLAIN: Negative "tls-http" rule::tls::LIVE_PLAIN_HTTP;
}

pub(super) async fn run(context: &Context) -> Vec<Outcome> {
    let Some(before) = shake(context, Hello::Modern).await else { return without_tls(context) };
    let Some(old) = shake(context, Hello::Old).await else { return without_tls(context) };
    let path = context.known().map_or_else(|_| context.path("/"), |known| known.path);
    let plain = Request::get(path).plain().expects(StatusCode::PERMANENT_REDIRECT);
    let plain = context.send(Family::Tls, plain).await;
    let Some(after) = shake(context, Hello::Modern).await else { return without_tls(context) };
    let control = Control::of_handshakes(&before, &after);
    let plain = match plain {
        (_, Err(NoAnswer::NotSent)) => {
            PLAIN.skipped("the target has a custom port, and it is not known where it answers over `http:`")
        }
        probe => PLAIN.judged(plain_http(probe), &control),
    };
    vec![certificate(before), OLD.judged(old_version(old), &control), plain]
}

async fn shake(context: &Context, hello: Hello) -> Option<Shaken> {
    context.prober.shake(Family::Tls, hello, context.target.host()).await
}

fn without_tls(context: &Context) -> Vec<Outcome> {
    let certificate = if context.target.is_https() {
        CERTIFICATE.skipped("the service is called in this process")
    } else if context.target.is_private() {
        CERTIFICATE.skipped("the target is reached over http: in a private network; how clients connect is not seen")
    } else {
        CERTIFICATE.failed("the target is reached over http: across a public network", Vec::new())
    };
    let reason = "the target is not reached over TLS";
    vec![certificate, OLD.skipped(reason), PLAIN.skipped(reason)]
}

fn certificate((exchange, got): Shaken) -> Outcome {
    let evidence = vec![exchange];
    match got {
        Ok(Handshake::Agreed { days: None, .. }) => CERTIFICATE.skipped("every certificate is accepted in this run"),
        Ok(Handshake::Agreed { days: Some(days), .. }) if days >= LASTS_DAYS => CERTIFICATE.shown(evidence),
        Ok(Handshake::Agreed { days: Some(days), .. }) => {
            let fact = Fact::new("the certificate expires within ").with(days + 1).with(" d");
            CERTIFICATE.failed(fact.with("; must be valid for at least 14 d"), evidence)
        }
        Ok(Handshake::Refused(how)) => CERTIFICATE.failed(Fact::new("the target ").with(how), evidence),
        Err(NoAnswer::Tls(reason)) => CERTIFICATE.failed(Fact::new(reason), evidence),
        Err(reason) => CERTIFICATE.unclear(reason.to_string(), evidence),
    }
}

fn old_version((exchange, got): Shaken) -> Seen {
    let evidence = vec![exchange];
    match got {
        Ok(Handshake::Refused(_)) => Seen::Refused(evidence),
        Ok(Handshake::Agreed { version, .. }) => {
            Seen::Broken(Fact::new("the target agreed on ").with(version), evidence)
        }
        Err(reason) => Seen::Unclear(reason.to_string(), evidence),
    }
}

/// Judges the answer over `http:` to a path that is answered over `https:`.
fn plain_http((exchange, got): Probe) -> Seen {
    let evidence = vec![exchange];
    let answer = match got {
        Ok(answer) => answer,
        // The port is closed or is not HTTP, so a client cannot send a credential to it.
        Err(NoAnswer::NotConnected | NoAnswer::Closed | NoAnswer::NotHttp) => return Seen::Refused(evidence),
        Err(reason) => return Seen::Unclear(reason.to_string(), evidence),
    };
    let status = answer.status;
    let to = answer.header(&header::LOCATION).unwrap_or_default();
    if status.is_redirection() && to.to_ascii_lowercase().starts_with("https://") {
        return Seen::Refused(evidence);
    }
    let fact = Fact::new("http: is answered with ").with(status.as_u16());
    match status {
        status if status.is_success() => Seen::Broken(fact, evidence),
        status if status.is_redirection() => Seen::Broken(fact.with(", which does not lead to https:"), evidence),
        StatusCode::UNAUTHORIZED => Seen::Broken(fact.with(", which requires a credential"), evidence),
        StatusCode::TOO_MANY_REQUESTS => Seen::Unclear("http: is answered with 429".to_owned(), evidence),
        status if status.is_client_error() => Seen::Refused(evidence),
        status => Seen::Unclear(format!("http: is answered with {}", status.as_u16()), evidence),
    }
}
