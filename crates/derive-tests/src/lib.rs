//! The examples in the documentation of the derives, as tests. Programs that must compile, and programs that must not, are in
//! `tests`.

#[cfg(doctest)]
#[doc = include_str!("../../hardened-derive/docs/config.md")]
pub struct Config;

#[cfg(doctest)]
#[doc = include_str!("../../hardened-derive/docs/setting.md")]
pub struct Setting;
