// access: organisations, posts and people; who calls and what they may; the trail of what they did.
export { type Access, type AccessOptions, createAccess, type Door } from './access.ts'
export {
  type AuditEntry,
  auditAfter,
  auditHead,
  auditNumberAt,
  auditRowOf,
  auditStatement,
  authorOf,
  type Deed,
  verifyAudit,
} from './audit.ts'
export type { Asked, FourEyes } from './four-eyes.ts'
export { ACCESS_MIGRATIONS } from './migrations.ts'
export { distinctName, ORGANISATION_KINDS, type Organisation, type OrganisationKind, type OrganisationTree } from './organisation.ts'
export { seedOrganisations } from './organisations.ts'
export { ORGANISATIONS } from './organisations-korea.ts'
export type { By, People } from './people.ts'
export {
  type Delegation,
  type HeldPost,
  loginKey,
  type NewPerson,
  type NewPost,
  PERSON_KINDS,
  type Person,
  type PersonKind,
  type Refused,
} from './person.ts'
export { ACCESS_POLICIES, ACCESS_TOPICS } from './policy.ts'
export { refusal } from './refusal.ts'
export { accessRoutes } from './routes.ts'
export type { SecondRequest } from './second-request.ts'
export { secondView } from './second-routes.ts'
export { boxKey } from './sign-in/factors/index.ts'
