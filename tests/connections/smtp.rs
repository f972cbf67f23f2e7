//! Mail servers: URLs that vendors hand out, values that people paste, and settings that must not start.

use hardened::{
    connections::{Smtp, SmtpTls},
    finding::Severity,
};

use crate::connections::{codes, environment, load};

/// The name of the case, the variables, the codes of all findings, and how the connection is encrypted.
type Healthy = (&'static str, &'static [(&'static str, &'static str)], &'static [&'static str], SmtpTls);

#[rustfmt::skip]
const HEALTHY: &[Healthy] = &[
    ("SES", &[("SMTP_URL", "smtps://AKIAQ3EGWXYZ8SD7F6AS:BMm3Zk8sd7f6asd5Xq9%2BTv2%2Fw8Kx4Lp0Rs6Yd1Nc7Bh@email-smtp.eu-central-1.amazonaws.com:465")], &[], SmtpTls::Wrapper),
    ("SES, not encoded", &[("SMTP_URL", "smtps://AKIAQ3EGWXYZ8SD7F6AS:BMm3Zk8sd7f6asd5Xq9+Tv2/w8Kx4Lp0Rs6Yd1Nc7Bh@email-smtp.eu-central-1.amazonaws.com")], &["connection-unescaped"], SmtpTls::Wrapper),
    ("SES with STARTTLS", &[("SMTP_HOST", "email-smtp.eu-central-1.amazonaws.com"), ("SMTP_PORT", "587"), ("SMTP_USERNAME", "AKIAQ3EGWXYZ8SD7F6AS"), ("SMTP_PASSWORD", "BMm3Zk8sd7f6asd5Xq9+Tv2/w8Kx4Lp0Rs6Yd1Nc7Bh")], &["connection-tls-added"], SmtpTls::Required),
    ("SES at its other port", &[("SMTP_URL", "smtps://AKIAQ3EGWXYZ8SD7F6AS:BMm3Zk8sd7f6asd5@email-smtp.eu-central-1.amazonaws.com:2465")], &[], SmtpTls::Wrapper),
    ("SendGrid", &[("SMTP_URL", "smtp://apikey:SG.8sd7f6asd5.Zk3vT9wq8sd7f6asd5@smtp.sendgrid.net:587")], &["connection-tls-added"], SmtpTls::Required),
    ("SendGrid's pieces", &[("SMTP_HOST", "smtp.sendgrid.net"), ("SMTP_PORT", "465"), ("SMTP_USER", "apikey"), ("SMTP_PASS", "SG.8sd7f6asd5.Zk3vT9wq8sd7f6asd5")], &[], SmtpTls::Wrapper),
    ("Mailgun", &[("SMTP_URL", "smtp://postmaster%40mg.acme.io:8sd7f6asd5-51356527-8sd7f6as@smtp.eu.mailgun.org:587?tls=required")], &[], SmtpTls::Required),
    ("Mailgun, not encoded", &[("SMTP_URL", "smtps://postmaster@mg.acme.io:8sd7f6asd5@smtp.mailgun.org:465")], &["connection-unescaped"], SmtpTls::Wrapper),
    ("Postmark, whose token is both", &[("SMTP_URL", "smtp://1b2c3d4e-8f7a-4c6d-9e5b-0a1b2c3d4e5f:1b2c3d4e-8f7a-4c6d-9e5b-0a1b2c3d4e5f@smtp.postmarkapp.com:2525?tls=required")], &[], SmtpTls::Required),
    ("Gmail with an app password", &[("SMTP_HOST", "smtp.gmail.com"), ("SMTP_PORT", "587"), ("SMTP_USERNAME", "alerts@acme.io"), ("SMTP_PASSWORD", "qmzkwtbvxhrjfydn"), ("SMTP_TLS", "starttls")], &[], SmtpTls::Required),
    ("Google's relay, which knows addresses", &[("SMTP_URL", "smtp://smtp-relay.gmail.com:587")], &["connection-tls-added"], SmtpTls::Required),
    ("Resend", &[("SMTP_URL", "smtps://resend:re_8sd7f6as_Zk3vT9wq8sd7f6asd5@smtp.resend.com:465")], &[], SmtpTls::Wrapper),
    ("Brevo, Laravel's words", &[("SMTP_HOST", "smtp-relay.brevo.com"), ("SMTP_PORT", "587"), ("SMTP_USERNAME", "8sd7f6001@smtp-brevo.com"), ("SMTP_PASSWORD", "xsmtpsib-8sd7f6asd5-Zk3vT9wq"), ("SMTP_ENCRYPTION", "tls")], &[], SmtpTls::Required),
    ("Outlook", &[("SMTP_HOST", "smtp.office365.com"), ("SMTP_USER", "alerts@acme.io"), ("SMTP_PASS", "Zk3vT9-wq8sd7f"), ("SMTP_TLS", "true")], &[], SmtpTls::Required),
    ("implicit TLS at its port", &[("SMTP_HOST", "mail.acme.io"), ("SMTP_USER", "app"), ("SMTP_PASS", "8sd7f6asd5"), ("SMTP_TLS", "ssl")], &[], SmtpTls::Wrapper),
    ("a relay of the cluster", &[("SMTP_URL", "smtp://postfix.mail.svc.cluster.local:25?tls=none")], &["connection-private-network"], SmtpTls::None),
    ("a relay of the cluster that may not offer TLS", &[("SMTP_HOST", "postfix"), ("SMTP_PORT", "25")], &["connection-private-network"], SmtpTls::Opportunistic),
    ("a relay with a certificate of its own", &[("SMTP_URL", "smtp://app:8sd7f6asd5@mail.acme.io?tls=required&verify_peer=0")], &["connection-unverified"], SmtpTls::Required),
    ("django-environ", &[("SMTP_URL", "smtp+tls://app:8sd7f6asd5@mail.acme.io:587")], &[], SmtpTls::Required),
];

#[test]
fn what_a_vendor_hands_out_starts_in_production() {
    for (name, variables, expected, tls) in HEALTHY {
        let outcome = load::<Smtp>(environment("production", variables));
        assert_eq!(codes(&outcome, Severity::Note), *expected, "{name}");
        assert_eq!(outcome.map(|smtp| smtp.tls()).ok(), Some(*tls), "{name}");
    }
}

/// The name of the case, the variables, and the codes of the errors.
type Unhealthy = (&'static str, &'static [(&'static str, &'static str)], &'static [&'static str]);

#[rustfmt::skip]
const UNHEALTHY: &[Unhealthy] = &[
    ("not encrypted", &[("SMTP_URL", "smtp://apikey:SG.8sd7f6asd5@smtp.sendgrid.net:587?tls=none")], &["connection-tls"]),
    ("encrypted if nobody objects", &[("SMTP_URL", "smtp://apikey:SG.8sd7f6asd5@smtp.sendgrid.net:587?tls=opportunistic")], &["connection-tls"]),
    ("not encrypted, in pieces", &[("SMTP_HOST", "mail.acme.io"), ("SMTP_USER", "app"), ("SMTP_PASS", "8sd7f6asd5"), ("SMTP_TLS", "false")], &["connection-tls"]),
    ("a user without a password", &[("SMTP_URL", "smtps://apikey@smtp.sendgrid.net")], &["connection-password-missing"]),
    ("a user without a password, in pieces", &[("SMTP_HOST", "smtp.sendgrid.net"), ("SMTP_USER", "apikey"), ("SMTP_TLS", "starttls")], &["connection-password-missing"]),
    ("a laptop's mail catcher", &[("SMTP_URL", "smtp://localhost:1025")], &["connection-loopback"]),
    ("a password of tutorials", &[("SMTP_URL", "smtps://guest:guest@mail.acme.io")], &["connection-default-password"]),
    ("an example password", &[("SMTP_URL", "smtps://apikey:your-api-key@smtp.sendgrid.net")], &["connection-placeholder"]),
    ("an example user", &[("SMTP_HOST", "mail.acme.io"), ("SMTP_USER", "your_username"), ("SMTP_PASS", "8sd7f6asd5"), ("SMTP_TLS", "ssl")], &["connection-placeholder"]),
    ("an example host", &[("SMTP_URL", "smtps://app:8sd7f6asd5@smtp.yourdomain.com")], &["connection-placeholder"]),
    ("a template", &[("SMTP_URL", "smtps://apikey:$SENDGRID_API_KEY@smtp.sendgrid.net")], &["secret-reference"]),
    ("another server", &[("SMTP_URL", "https://api.sendgrid.com")], &["connection-malformed"]),
    ("an unknown word", &[("SMTP_URL", "smtp://mail.acme.io?tls=maybe")], &["connection-malformed"]),
    ("an unknown word of a piece", &[("SMTP_HOST", "mail.acme.io"), ("SMTP_TLS", "maybe")], &["setting-malformed"]),
    ("a host with a port", &[("SMTP_HOST", "mail.acme.io:587")], &["connection-malformed"]),
    ("nothing", &[], &["secret-missing"]),
];

#[test]
fn what_is_unsafe_or_unreadable_does_not_start_in_production() {
    for (name, variables, expected) in UNHEALTHY {
        let outcome = load::<Smtp>(environment("production", variables));
        assert_eq!(codes(&outcome, Severity::Error), *expected, "{name}");
    }
}

#[test]
fn a_mail_catcher_of_a_laptop_needs_nothing() {
    for variables in [
        &[("SMTP_URL", "smtp://localhost:1025")][..],
        &[("SMTP_URL", "smtp://mailpit:1025")],
        &[("SMTP_HOST", "127.0.0.1"), ("SMTP_PORT", "1025")],
        &[("SMTP_URL", "smtp://user:password@localhost:2525")],
    ] {
        let outcome = load::<Smtp>(environment("development", variables));
        assert_eq!(codes(&outcome, Severity::Note), [""; 0], "{variables:?}");
        assert_eq!(outcome.unwrap().tls(), SmtpTls::Opportunistic);
    }
}

#[test]
fn each_piece_arrives_as_it_was_set() {
    let pieces = [("SMTP_HOST", "mail.acme.io"), ("SMTP_USER", "a@b"), ("SMTP_PASS", "p@s/s"), ("SMTP_TLS", "tls")];
    for variables in [&[("SMTP_URL", "smtp://a%40b:p%40s%2Fs@mail.acme.io?tls=required")][..], &pieces] {
        let smtp = load::<Smtp>(environment("production", variables)).unwrap();
        assert_eq!((smtp.host().as_str(), smtp.port()), ("mail.acme.io", 587));
        assert_eq!((smtp.username(), smtp.expose_password()), (Some("a@b"), Some("p@s/s")));
        assert!(smtp.is_verified());
        assert_eq!(smtp.expose_url().as_str(), "smtp://a%40b:p%40s%2Fs@mail.acme.io:587?tls=required");
    }
}

#[test]
fn lettre_gets_a_url_in_its_own_form() {
    for (from, to, is_verified) in [
        ("smtps://a:b8sd7@mail.acme.io", "smtps://a:b8sd7@mail.acme.io:465", true),
        ("smtp://a:b8sd7@mail.acme.io:465", "smtps://a:b8sd7@mail.acme.io:465", true),
        ("smtp://mail.acme.io/client.acme.io", "smtp://mail.acme.io:587/client.acme.io?tls=opportunistic", true),
        ("smtp://mail.acme.io:25?tls=none", "smtp://mail.acme.io:25", true),
        ("smtps://a:b8sd7@mail.acme.io?verify_peer=false", "smtps://a:b8sd7@mail.acme.io:465", false),
    ] {
        let smtp = load::<Smtp>(environment("development", &[("SMTP_URL", from)])).unwrap();
        assert_eq!((smtp.expose_url().as_str(), smtp.is_verified()), (to, is_verified));
    }
}
