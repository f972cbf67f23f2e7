//! Private types in more visible structs, structs in functions, and lints that a user may deny.
#![deny(warnings, missing_docs, unreachable_pub, unused_qualifications, unused, nonstandard_style)]
#![deny(unsafe_code, missing_debug_implementations, unused_results, let_underscore_drop, single_use_lifetimes)]

mod inner {
    use hardened::{Config, Setting};

    /// Public.
    #[derive(Debug, Config)]
    #[config(check = fine(port))]
    pub(crate) struct Settings {
        #[config(default = 1)]
        port: u16,
        #[config(nested)]
        group: Group,
        #[config(default = "a")]
        word: Word,
        #[config(parse, default = [])]
        list: Vec<Share>,
        #[config(parse)]
        lists: Option<Vec<Share>>,
    }

    #[derive(Debug)]
    struct Share(u16);

    impl std::str::FromStr for Share {
        type Err = std::num::ParseIntError;

        fn from_str(text: &str) -> Result<Self, Self::Err> {
            text.parse().map(Self)
        }
    }

    #[derive(Debug, Config)]
    struct Group {
        #[config(default = 1)]
        inner: u16,
    }

    #[derive(Debug, Setting)]
    enum Word {
        A,
    }

    fn fine(_: &u16) -> Vec<hardened::Violation> {
        Vec::new()
    }

    impl Settings {
        pub(crate) fn sum(&self) -> u16 {
            let Word::A = self.word;
            let shares = self.list.iter().chain(self.lists.iter().flatten());
            self.port + self.group.inner + shares.map(|share| share.0).sum::<u16>()
        }
    }
}

pub(super) fn main() {
    #[derive(Debug, hardened::Config)]
    struct Local {
        #[config(nested)]
        settings: inner::Settings,
    }
    let local = hardened::Loader::new().environment(hardened::Environment::empty()).load::<Local>();
    assert_eq!(local.map(|local| local.settings.sum()).ok(), Some(2));
}
