//! The dialects: how frameworks and platforms really respond.

mod cookies;
mod documents;
mod graphql;
mod platforms;
mod tokens;

use super::dialect::Dialect;

pub(super) const ALL: &[&Dialect] = &[
    &tokens::NEST,
    &tokens::ASP_NET,
    &tokens::PHOENIX,
    &tokens::RAILS,
    &tokens::ECHO,
    &cookies::SANCTUM,
    &cookies::DJANGO_SESSIONS,
    &cookies::REMEMBERED,
    &documents::JSON_API,
    &documents::HAL,
    &documents::ACCEPTED,
    &documents::MARKED,
    &documents::VERSIONED,
    &documents::OF_USERS,
    &platforms::FIREBASE,
    &platforms::SUPABASE,
    &graphql::HASURA,
    &graphql::APOLLO,
];
