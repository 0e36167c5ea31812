// factors: what a person has beyond the password.
export { createFactors, type Factors, type Way } from './factors.ts'
export { AssertionShape, RegistrationShape } from './passkeys.ts'
export { boxKey, secretBox } from './secret-box.ts'
export { siteOf } from './site.ts'
export { dropFactors, FACTOR_MIGRATIONS } from './store.ts'
