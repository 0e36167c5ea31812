// Schemas are compiled when a route is first asked, not all at the start: 250 routes take 0.5–0.8 CPU s, and a room that comes back at night is asked a dozen of them.
import AjvCompiler from '@fastify/ajv-compiler'

const build = AjvCompiler()
type Compile = ReturnType<typeof build>

/** For Fastify's `compilersFactory`: the validators Fastify itself would make, each at its first use. */
export const buildValidator: typeof build = (externalSchemas, options) => {
  const compile = build(externalSchemas, options)
  return ((route: Parameters<Compile>[0]) => {
    let validate: ReturnType<Compile> | undefined
    const atFirstUse = (data: unknown): unknown => {
      validate ??= compile(route)
      const outcome = validate(data)
      atFirstUse.errors = validate.errors
      return outcome
    }
    atFirstUse.errors = undefined as ReturnType<Compile>['errors']
    return atFirstUse
  }) as Compile
}
