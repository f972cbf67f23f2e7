//! A crate that re-exports the library under another name.
#![allow(dead_code)]

pub(super) mod framework {
    pub mod settings {
        pub use ::hardened as inner;
    }
}

mod service {
    use crate::reexport::framework::settings::inner::{Config, Setting};

    #[derive(Config)]
    #[config(crate = crate::reexport::framework::settings::inner)]
    pub struct Settings {
        #[config(default = 1)]
        port: u16,
        #[config(default = "a")]
        word: Word,
        #[config(nested)]
        list: Vec<Kind>,
    }

    #[derive(Config)]
    #[config(crate = crate::reexport::framework::settings::inner)]
    enum Kind {
        Nothing,
        Fields { host: String },
    }

    #[derive(Setting)]
    #[config(crate = super::framework::settings::inner)]
    enum Word {
        A,
        B,
    }
}

use framework::settings::inner as renamed;

#[derive(renamed::Config)]
#[config(crate = renamed)]
struct Settings {
    #[config(nested)]
    service: service::Settings,
}

pub(super) fn main() {
    let environment = renamed::Environment::empty();
    assert!(renamed::Loader::new().environment(environment).load::<Settings>().is_ok());
}
