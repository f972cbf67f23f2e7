//! The layers' part of the manifest.

use hardened_core::manifest::{ErrorPromise, Promises};

use super::{headers, problems};
use crate::{listen::Protections, rule};

/// Adds what the upheld rules guarantee for every response to the manifest.
pub(crate) fn promised_of_every_response(protections: &Protections, promises: &mut Promises) {
    headers::promise(protections, promises);
    for path in &protections.hidden {
        promises.hidden_docs(path);
    }
    for path in &protections.shown {
        promises.shown_docs(path);
    }
    if protections.uphold(rule::HTTP_ERROR_BODY) {
        promises.errors = Some(ErrorPromise { server_errors: problems::CONTENT_TYPE.to_owned() });
    }
}
