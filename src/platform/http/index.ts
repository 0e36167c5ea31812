// http: routes with schemas and access decisions, OpenAPI, problem details, files.
export { newRoot, newServer } from './certificate.ts'
export type { AskedDeed, Http, HttpOptions } from './contract.ts'
export { createHttp } from './http.ts'
export { type LocalCa, openLocalCa } from './local-ca.ts'
export { type Bilingual, badInput, HttpRefusal, notFound, refusalOf } from './problem.ts'
export { type Tls, type TlsPair, tlsFromFiles } from './tls.ts'
