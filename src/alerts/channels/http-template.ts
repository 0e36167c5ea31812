// A request to an operator's gateway, as data: URL, headers and body hold {names}. A name becomes its value as the place demands (percent-encoded in a URL, one line in a header, a string in
// JSON), so that no text can become anything but a text.

export type Variables = Readonly<Record<string, string | Readonly<Record<string, string>> | undefined>>
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json }
export interface RequestTemplate {
  readonly method: string
  readonly url: string
  readonly headers?: Readonly<Record<string, string>>
  /** What has no value is left out. */
  readonly query?: Readonly<Record<string, string>>
  readonly form?: Readonly<Record<string, string>>
  readonly json?: Json
}
export interface FilledRequest {
  readonly method: string
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
}

const NAME = /\{(\w+)\}/g
const text = (value: Variables[string]): string => (typeof value === 'string' ? value : '')

export function fillRequest(template: RequestTemplate, variables: Variables): FilledRequest {
  // Of the URL itself (its base) only the first name is taken as it is.
  const url = template.url.replace(NAME, (_, name: string) =>
    name === 'base' ? text(variables.base) : encodeURIComponent(text(variables[name])),
  )
  const query = template.query ? fields(template.query, variables).toString() : ''
  const headers = Object.fromEntries(
    Object.entries(template.headers ?? {}).flatMap(([name, value]) => {
      const filled = headerValue(value.replace(NAME, (_, one: string) => text(variables[one])))
      return filled === '' ? [] : [[name, filled]]
    }),
  )
  const body =
    template.json !== undefined
      ? JSON.stringify(fillJson(template.json, variables))
      : template.form
        ? fields(template.form, variables).toString()
        : undefined
  const type =
    template.json !== undefined
      ? 'application/json; charset=utf-8'
      : template.form
        ? 'application/x-www-form-urlencoded; charset=utf-8'
        : undefined
  return {
    method: template.method,
    url: query === '' ? url : `${url}${url.includes('?') ? '&' : '?'}${query}`,
    headers: { ...(type ? { 'content-type': type } : {}), ...headers },
    ...(body === undefined ? {} : { body }),
  }
}

/** One line of Latin-1, as HTTP has it; other letters are percent-encoded. */
export const headerValue = (value: string): string =>
  value
    .replace(/\p{Cc}+/gu, ' ')
    .replace(/[^\x20-\x7e]/gu, letter => encodeURIComponent(letter.isWellFormed() ? letter : '?'))
    .trim()

function fields(of: Readonly<Record<string, string>>, variables: Variables): URLSearchParams {
  const filled = new URLSearchParams()
  for (const [name, value] of Object.entries(of)) {
    const names = [...value.matchAll(NAME)].map(one => one[1] ?? '')
    if (names.length > 0 && names.every(one => text(variables[one]) === '')) continue
    filled.append(
      name,
      value.replace(NAME, (_, one: string) => text(variables[one])),
    )
  }
  return filled
}

function fillJson(template: Json, variables: Variables): Json {
  if (typeof template === 'string') {
    // Alone, a name may stand for a table of values.
    const alone = /^\{(\w+)\}$/.exec(template)?.[1]
    const value = alone === undefined ? undefined : variables[alone]
    return typeof value === 'object' ? value : template.replace(NAME, (_, name: string) => text(variables[name]))
  }
  if (Array.isArray(template)) return template.map(one => fillJson(one, variables))
  if (typeof template === 'object' && template !== null)
    return Object.fromEntries(Object.entries(template).map(([key, value]) => [key, fillJson(value, variables)]))
  return template
}

/** The value at a dotted path of parsed JSON: `message.sendResults.0.resultCode`. */
export function valueAt(json: unknown, path: string): unknown {
  let at = json
  for (const step of path.split('.')) {
    if (typeof at !== 'object' || at === null) return undefined
    at = Object.hasOwn(at, step) ? Reflect.get(at, step) : undefined
  }
  return at
}

/** Undefined where it is none. */
export function parsedJson(textOf: string): unknown {
  try {
    return JSON.parse(textOf)
  } catch {
    return undefined
  }
}
