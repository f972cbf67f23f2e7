//! The checks of the family `tokens`.

use crate::{judge::checks, rule};

checks! { Tokens;
    /// A request without a token is refused.
    MISSING: Negative "tokens-missing" rule::tokens::LIVE_TOKEN_MISSING;
    /// A text that is not a token is refused.
    JUNK: Negative "tokens-junk" rule::tokens::LIVE_TOKEN_JUNK;
    /// The token is refused under the scheme `Basic`.
    SCHEME: Negative "tokens-scheme" rule::tokens::LIVE_TOKEN_SCHEME;
    /// The token is refused as a parameter of the URL.
    QUERY: Negative "tokens-query" rule::tokens::LIVE_TOKEN_QUERY;
    /// A request without a token is answered with the status that the contract names.
    STATUS: Positive "tokens-status" rule::tokens::LIVE_TOKEN_STATUS;
    /// The response to a request without a token says how to authenticate.
    CHALLENGE: Positive "tokens-challenge" rule::tokens::LIVE_TOKEN_CHALLENGE;
    /// The token with changed claims and its original signature is refused.
    TAMPERED: Negative "tokens-tampered" rule::tokens::LIVE_TOKEN_TAMPERED;
    /// The token without its signature is refused.
    UNSIGNED: Negative "tokens-unsigned" rule::tokens::LIVE_TOKEN_UNSIGNED;
    /// A token whose algorithm is `none`, in several spellings, is refused.
    NONE: Negative "tokens-none" rule::tokens::LIVE_TOKEN_NONE;
    /// A token signed with an empty key is refused.
    EMPTY_KEY: Negative "tokens-empty-key" rule::tokens::LIVE_TOKEN_EMPTY_KEY;
    /// A token signed with a foreign key is refused.
    FOREIGN_KEY: Negative "tokens-foreign-key" rule::tokens::LIVE_TOKEN_FOREIGN_KEY;
    /// A token signed with another HMAC length is refused.
    OTHER_LENGTH: Negative "tokens-other-length" rule::tokens::LIVE_TOKEN_ALGORITHM;
    /// A token signed with the public key as an HMAC secret is refused.
    CONFUSION: Negative "tokens-key-confusion" rule::tokens::LIVE_TOKEN_KEY_CONFUSION;
    /// A token that embeds a foreign key is refused.
    EMBEDDED: Negative "tokens-embedded-key" rule::tokens::LIVE_TOKEN_EMBEDDED_KEY;
    /// A token that points to a foreign key is refused.
    REMOTE: Negative "tokens-remote-key" rule::tokens::LIVE_TOKEN_REMOTE_KEY;
    /// A token whose key identifier is a path, or contains a quote, is refused.
    KEY_ID: Negative "tokens-key-id" rule::tokens::LIVE_TOKEN_KEY_ID;
    /// An expired token, correctly signed, is refused.
    EXPIRED: Negative "tokens-expired" rule::tokens::LIVE_TOKEN_EXPIRED;
    /// A token that is not valid yet, correctly signed, is refused.
    NOT_YET: Negative "tokens-not-yet-valid" rule::tokens::LIVE_TOKEN_NOT_YET_VALID;
    /// A token without an expiry, correctly signed, is refused.
    NO_EXPIRY: Negative "tokens-no-expiry" rule::tokens::LIVE_TOKEN_NO_EXPIRY;
    /// A token of another issuer, correctly signed, is refused.
    ISSUER: Negative "tokens-issuer" rule::tokens::LIVE_TOKEN_ISSUER;
    /// A token for another audience, correctly signed, is refused.
    AUDIENCE: Negative "tokens-audience" rule::tokens::LIVE_TOKEN_AUDIENCE;
    /// A token with an unknown critical header, correctly signed, is refused.
    CRITICAL: Negative "tokens-critical" rule::tokens::LIVE_TOKEN_CRITICAL;
    /// A token with two expiries, the last one in the past, correctly signed, is refused.
    DUPLICATE: Negative "tokens-duplicate-claim" rule::tokens::LIVE_TOKEN_DUPLICATE;
    /// The key of the token is not among about 104,000 published keys.
    PUBLISHED: Negative "tokens-published-key" rule::tokens::LIVE_TOKEN_PUBLISHED_KEY;
    /// The token is signed with a known algorithm, and with one that the service promises.
    ALGORITHM: Negative "tokens-algorithm" rule::tokens::LIVE_TOKEN_ALGORITHM;
    /// The token expires within a day of its issue, or as soon as the service promises.
    LIFETIME: Negative "tokens-lifetime" rule::tokens::LIVE_TOKEN_LIFETIME;
    /// No claim of the token has the name or the form of a secret.
    SECRET: Negative "tokens-secret-claim" rule::tokens::LIVE_TOKEN_SECRET_CLAIM;
    /// No claim of the token has the name of personal data, and none is an e-mail address.
    PERSONAL: Negative "tokens-personal-claim" rule::tokens::LIVE_TOKEN_PERSONAL_CLAIM;
}
