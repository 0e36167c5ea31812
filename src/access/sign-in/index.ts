// sign-in: who knocks. Passwords, sessions, links, keys of machines and screens, the demo's click; what stands between a right and its use.

export { endKeyBeside, listKeys, newMachine } from './beside.ts'
export { type BeyondPassword, createBeyondPassword } from './beyond-password.ts'
export { addDemoPeople, demoPosts, isDemoPerson, removeDemoPeople } from './demo-people.ts'
export { dropCredentials, forgetPerson } from './forget.ts'
export { SIGN_IN_MIGRATIONS } from './migrations.ts'
export { OIDC_SETTINGS, type OidcSettings, readOidcSettings } from './oidc/index.ts'
export { SIGN_IN_POLICIES } from './policy.ts'
export { signInRoutes } from './routes.ts'
export { SIGNED_IN, type SignedIn } from './schema.ts'
export { type Call, createSignIn, type SignIn, type SignInOptions, type Step } from './sign-in.ts'
export { hashOf } from './token.ts'
