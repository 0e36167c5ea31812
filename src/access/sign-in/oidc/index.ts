// oidc: an agency's own identity provider.
export { createOidc, type Oidc, type OidcFailure } from './oidc.ts'
export { OIDC_SETTINGS, type OidcSettings, readOidcSettings } from './settings.ts'
export { OIDC_MIGRATIONS, unbind } from './store.ts'
