//! wip
/// wip
#[derive(Debug)]
pub struct CorsPolicy;
/// wip
#[derive(Debug)]
pub struct CorsSettings;
