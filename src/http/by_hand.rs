//! Until the derive is there.
use super::*;
use crate::{Kind, Rejection, Setting, finding::Reported, load::Reader, schema::*};
static HOST: SettingSchema = SettingSchema::new("host", &["API_HOST"], Kind::Address).optional();
static PORT: SettingSchema = SettingSchema::new("port", &["PORT", "API_PORT"], Port::KIND).with_default("8080");
static LOG: SettingSchema = SettingSchema::new("log_level", &["LOG_LEVEL"], LogLevel::KIND).with_default("info");
static DEBUG: SettingSchema = SettingSchema::new("debug", &["DEBUG"], DebugFlag::KIND).with_default("false");
static HOSTS: SettingSchema =
    SettingSchema::new("allowed_hosts", &["ALLOWED_HOSTS"], <Vec<AllowedHost>>::KIND).optional().show();
static PROTECTIONS: GroupSchema = GroupSchema::new("protections", "", false, Protections::SCHEMA);
static FIELDS: [Field; 6] = [
    Field::Setting(&HOST),
    Field::Setting(&PORT),
    Field::Setting(&LOG),
    Field::Setting(&DEBUG),
    Field::Setting(&HOSTS),
    Field::Group(&PROTECTIONS),
];
static SCHEMA: Schema = Schema::new("Http", "", &FIELDS);
impl Config for Http {
    const SCHEMA: &'static Schema = &SCHEMA;
    fn read(reader: &mut Reader<'_>) -> Result<Self, Reported> {
        let host = reader.optional(&HOST);
        let port = reader.setting(&PORT);
        let log_level = reader.setting(&LOG);
        let debug = reader.setting(&DEBUG);
        let allowed_hosts = reader.optional(&HOSTS);
        let protections = reader.group(&PROTECTIONS);
        Ok(Self {
            host: host?,
            port: port?,
            log_level: log_level?,
            debug: debug?,
            allowed_hosts: allowed_hosts?,
            protections: protections?,
            tier: reader.tier(),
        })
    }
}
impl Setting for LogLevel {
    const KIND: Kind = Kind::Choice(&["error", "warn", "info", "debug", "trace"]);
    fn parse(text: &str) -> Result<Self, Rejection> {
        Ok(match text {
            "error" => Self::Error,
            "warn" => Self::Warn,
            "info" => Self::Info,
            "debug" => Self::Debug,
            "trace" => Self::Trace,
            _ => return Err(Rejection::malformed(Self::KIND.requirement())),
        })
    }
}
