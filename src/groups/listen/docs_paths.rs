//! The paths at which generators and viewers of API documentation serve it, according to their own documentation.

/// The paths at which, and below which, frameworks serve API documentation. In lower case, without a final slash.
///
/// Not listed, because real resources have these names too: `/api` and `/` (NestJS, poem-openapi), `/spec`, `/ui`.
#[rustfmt::skip]
pub(super) const DOCS_PATHS: [&str; 54] = [
    // FastAPI: https://fastapi.tiangolo.com/tutorial/metadata/#docs-urls
    "/docs", "/redoc", "/openapi.json", "/openapi.yaml", "/openapi.yml",
    // utoipa: https://docs.rs/utoipa-swagger-ui
    "/swagger-ui", "/api-doc", "/api-docs", "/rapidoc", "/scalar",
    // aide: https://docs.rs/aide/latest/aide/redoc/
    "/api.json", "/api.yaml", "/openapi",
    // Swashbuckle, NSwag and others: /swagger/v1/swagger.json, /swagger/index.html
    "/swagger", "/swagger.json", "/swagger.yaml", "/swagger.yml",
    // Quarkus: https://quarkus.io/guides/openapi-swaggerui
    "/q/openapi", "/q/swagger-ui",
    // springdoc: https://springdoc.org/properties.html; and the paths of older versions
    "/v3/api-docs", "/v3/api-docs.yaml", "/v2/api-docs", "/swagger-ui.html", "/swagger-resources",
    // NestJS: https://docs.nestjs.com/recipes/swagger
    "/api-json", "/api-yaml",
    // hapi-swagger: https://github.com/hapi-swagger/hapi-swagger; @fastify/swagger-ui
    "/documentation", "/swaggerui",
    // API Platform: https://api-platform.com/docs/core/openapi/
    "/docs.json", "/docs.jsonld",
    // Flasgger: https://pypi.org/project/flasgger/
    "/apidocs", "/apispec.json", "/apispec_1.json",
    // The same below /api, where many services have a prefix; NelmioApiDocBundle: /api/doc
    "/api/docs", "/api/docs.json", "/api/docs-json", "/api/doc", "/api/doc.json", "/api/documentation", "/api/schema",
    "/api/openapi", "/api/openapi.json", "/api/openapi.yaml", "/api/swagger", "/api/swagger.json", "/api/swagger-ui",
    "/api/redoc", "/api/api-docs",
    // FastAPI behind a versioned prefix
    "/api/v1/docs", "/api/v1/openapi.json",
    // GraphQL and AsyncAPI
    "/graphiql", "/playground", "/altair", "/asyncapi",
];
