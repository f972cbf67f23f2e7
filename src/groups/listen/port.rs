//! The port to listen on.

use crate::{Setting, Violation, rule, schema::Kind};

/// A port to listen on; 0 lets the operating system choose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Port(u16);

impl Port {
    /// Returns the port number.
    #[must_use]
    pub const fn number(self) -> u16 {
        self.0
    }
}

impl Setting for Port {
    const KIND: Kind = Kind::Integer { min: 0, max: 65_535 };

    fn parse(text: &str) -> Result<Self, Violation> {
        if text.trim().starts_with("tcp://") {
            let fact = "the address of a Kubernetes Service or a linked container; must be a port number";
            return Err(Violation::malformed(fact)
                .remedy("set `enableServiceLinks: false` in the pod, or rename the Service; then set the number"));
        }
        u16::parse(text).map(Self)
    }

    fn flaws(&self) -> Vec<Violation> {
        match self.0 {
            0 => vec![Violation::new(rule::HTTP_PORT_RANDOM, "with port 0 the operating system chooses a port")],
            _ => Vec::new(),
        }
    }
}

/// Parses the text as the setting does.
impl std::str::FromStr for Port {
    type Err = Violation;

    fn from_str(text: &str) -> Result<Self, Violation> {
        <Self as Setting>::parse(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_port_is_a_number_of_sixteen_bits() {
        for (text, expected) in [
            ("8080", Some(8080)),
            ("0", Some(0)),
            ("65535", Some(65_535)),
            (" 80 ", Some(80)),
            ("65536", None),
            ("-1", None),
            ("", None),
            ("http", None),
            ("tcp://10.0.0.1:80", None),
        ] {
            assert_eq!(Port::parse(text).ok().map(Port::number), expected, "{text}");
        }
    }
}
