// http: routes with schemas and access decisions, OpenAPI, problem details, files.
export { type Caller, createHttp, type Http, type HttpOptions } from './http.ts'
export { type Bilingual, badInput, HttpRefusal, notFound } from './problem.ts'
