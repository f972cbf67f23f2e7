//! What the tier has to tell, as findings.

use super::session::Session;
use crate::{Message, Name, Rejection, message, rule, tier::Observation};

/// Reports one observation.
pub(super) fn report(session: &mut Session, observation: Observation) {
    let (variable, rejection) = match observation {
        Observation::Unknown { variable, suggestion } => {
            let remedy = suggestion.map_or_else(Message::new, |known| message!("did you mean ", known, "?"));
            (variable, Rejection::new(rule::TIER_UNKNOWN, "not the name of a tier").remedy(remedy))
        }
    };
    session.tell(Name::declared(variable).into(), rejection);
}
