// The one YAML file and its environment overrides, checked against the fields that rooms describe. A fault names the line, what is wrong and the remedy.
import { isMap, isScalar, isSeq, LineCounter, parseDocument, type Scalar, type YAMLMap } from 'yaml'

export type SettingValue = string | number | boolean | readonly string[]

export interface SettingDescription {
  /** Dotted: `http.port`. A part `*` is a name that whoever writes the file chooses: `channels.*.host`; such a setting has no value unless the file gives one. */
  readonly path: string
  readonly kind: 'number' | 'text' | 'boolean' | 'list'
  readonly default: SettingValue
  readonly unit?: string
  readonly min?: number
  readonly max?: number
  readonly isWhole?: boolean
  /** Allowed words of a text. */
  readonly words?: readonly string[]
  /** What is wrong with a text, or with one of a list; undefined where nothing is. */
  readonly faultOf?: (text: string) => string | undefined
  readonly sentence: { readonly ko: string; readonly en: string }
}

export interface ReadSettings {
  readonly values: ReadonlyMap<string, SettingValue>
  /** Where each value of the file stands: `mangru.yaml:3:5`. */
  readonly places: ReadonlyMap<string, string>
  /** Sentences, each with its place. */
  readonly faults: readonly string[]
}

/** Read elsewhere: which file, which folder. */
const OTHER_VARIABLES: readonly string[] = ['MANGRU_CONFIG', 'MANGRU_DATA']
/** Letters that may differ for a name to count as mistyped. */
const MAX_SLIP = 2

export const environmentName = (path: string): string =>
  `MANGRU_${path
    .replaceAll('.', '_')
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .replaceAll('-', '_')
    .toUpperCase()}`

/** `text` undefined = no file. `file` is only for the sentences. */
export function readSettings(
  fields: readonly SettingDescription[],
  text: string | undefined,
  file: string,
  env: Readonly<Record<string, string | undefined>> = {},
): ReadSettings {
  const byPath = new Map(fields.map(field => [field.path, field]))
  const values = new Map<string, SettingValue>(fields.filter(field => !isNamed(field.path)).map(field => [field.path, field.default]))
  const places = new Map<string, string>()
  const faults: string[] = []
  if (text !== undefined) readFile(text, file, byPath, { values, places }, faults)
  const known = [...fields.filter(field => !isNamed(field.path)), ...namedFields(fields, places)]
  for (const field of known) {
    const given = env[environmentName(field.path)]
    if (given === undefined) continue
    const value = fromEnvironment(field, given)
    const why = check(field, value)
    if (why) faults.push(`${environmentName(field.path)}: ${why}`)
    else values.set(field.path, value as SettingValue)
  }
  faults.push(...nearMisses(known, env))
  return { values, places, faults }
}

const isNamed = (path: string): boolean => path.split('.').includes('*')
/** A dot would be another level, and the environment knows letters only. */
const NAME = /^[a-z][a-z0-9-]{0,39}$/

/** The pattern that a path is of: `channels.sms.host` is of `channels.*.host`. */
const patternOf = (path: string, patterns: Iterable<string>): string | undefined => {
  const parts = path.split('.')
  for (const pattern of patterns) {
    const own = pattern.split('.')
    if (own.length === parts.length && own.every((part, n) => part === parts[n] || (part === '*' && NAME.test(parts[n] ?? ''))))
      return pattern
  }
  return undefined
}

/** The fields of each name that the file holds, so that the environment can give those it does not. */
function namedFields(fields: readonly SettingDescription[], places: ReadonlyMap<string, string>): readonly SettingDescription[] {
  return fields
    .filter(field => isNamed(field.path))
    .flatMap(field => {
      const at = field.path.split('.').indexOf('*')
      const before = field.path.split('.').slice(0, at).join('.')
      const names = new Set([...places.keys()].filter(path => path.startsWith(`${before}.`)).map(path => path.split('.')[at] ?? ''))
      return [...names].map(name => ({ ...field, path: field.path.replace('*', name) }))
    })
}

/** What the text cannot be stays a text, for the check to name. */
function fromEnvironment(field: SettingDescription, given: string): unknown {
  switch (field.kind) {
    case 'list':
      return given.split(',').filter(Boolean)
    case 'number':
      return given.trim() === '' || Number.isNaN(Number(given)) ? given : Number(given)
    case 'boolean':
      return given === 'true' || given === 'false' ? given === 'true' : given
    case 'text':
      return given
  }
}

/** The environment holds much that is not ours; only what looks like a slip of the pen is a fault. */
function nearMisses(fields: readonly SettingDescription[], env: Readonly<Record<string, string | undefined>>): readonly string[] {
  const known = fields.map(field => environmentName(field.path))
  return Object.keys(env)
    .filter(name => name.startsWith('MANGRU_') && !known.includes(name) && !OTHER_VARIABLES.includes(name))
    .flatMap(name => {
      const meant = known.find(one => editDistance(one, name) <= MAX_SLIP)
      return meant === undefined ? [] : [`${name}: there is no such setting; did you mean ${meant}?`]
    })
}

function readFile(
  text: string,
  file: string,
  byPath: ReadonlyMap<string, SettingDescription>,
  { values, places }: { readonly values: Map<string, SettingValue>; readonly places: Map<string, string> },
  faults: string[],
): void {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines })
  const at = (offset: number | undefined): string => {
    const { line, col } = lines.linePos(offset ?? 0)
    return `${file}:${line}:${col}`
  }
  for (const error of document.errors) faults.push(`${at(error.pos[0])}: this is no YAML: ${error.message.split('\n')[0]}`)
  if (document.errors.length > 0 || document.contents === null) return
  if (!isMap(document.contents)) {
    faults.push(`${at(0)}: the file must be a list of "name: value" lines`)
    return
  }
  const groups = new Set(
    [...byPath.keys()].flatMap(path =>
      path
        .split('.')
        .slice(0, -1)
        .map((_, n, parts) => parts.slice(0, n + 1).join('.')),
    ),
  )
  const walk = (map: YAMLMap, prefix: string): void => {
    for (const { key, value } of map.items) {
      const name = isScalar(key) ? String(key.value) : ''
      const path = prefix === '' ? name : `${prefix}.${name}`
      const place = at((key as Scalar | null)?.range?.[0])
      const field = byPath.get(patternOf(path, byPath.keys()) ?? path)
      if (!field) {
        const isGroup = patternOf(path, groups) !== undefined
        if (isMap(value) && isGroup) walk(value, path)
        else if (isGroup) {
          if (!(isScalar(value) && value.value === null))
            faults.push(`${place}: "${path}" is a group: its settings stand indented below it`)
        } else faults.push(`${place}: there is no setting "${path}"${nearest(path, [...byPath.keys(), ...groups])}`)
        continue
      }
      const plain: unknown = isScalar(value) ? value.value : isSeq(value) ? value.toJSON() : value === null ? null : 'another kind of entry'
      const why = check(field, plain)
      const wrong = isSeq(value) && field.faultOf ? wrongItems(value.items, field.faultOf) : []
      if (wrong.length > 0) faults.push(...wrong.map(([offset, sentence]) => `${at(offset)}: ${path}: ${sentence}`))
      else if (why) faults.push(`${place}: ${path}: ${why}`)
      else {
        values.set(path, plain as SettingValue)
        places.set(path, place)
      }
    }
  }
  walk(document.contents, '')
}

/** Where in a list something is wrong, and what. */
const wrongItems = (
  items: readonly unknown[],
  faultOf: (text: string) => string | undefined,
): readonly (readonly [offset: number | undefined, sentence: string])[] =>
  items.flatMap(item => {
    const sentence = isScalar(item) && typeof item.value === 'string' ? faultOf(item.value) : undefined
    return isScalar(item) && sentence !== undefined ? [[item.range?.[0], sentence] as const] : []
  })

function check(field: SettingDescription, value: unknown): string | undefined {
  const unit = field.unit ? ` ${field.unit}` : ''
  switch (field.kind) {
    case 'number':
      if (typeof value !== 'number' || !Number.isFinite(value))
        return `${JSON.stringify(value)} is no number; write one${field.unit ? ` (in ${field.unit})` : ''}, for example ${field.default}`
      if (field.min !== undefined && value < field.min) return `${value}${unit} is too small; ${field.min}${unit} is the least`
      if (field.max !== undefined && value > field.max) return `${value}${unit} is too much; ${field.max}${unit} is the most`
      return field.isWhole && !Number.isInteger(value) ? `${value} is no whole number` : undefined
    case 'boolean':
      return typeof value === 'boolean' ? undefined : `${JSON.stringify(value)} is neither true nor false; write one of them`
    case 'list':
      return Array.isArray(value) && value.every(one => typeof one === 'string')
        ? value.map(one => field.faultOf?.(one)).find(fault => fault !== undefined)
        : 'write a list of texts, for example ["tcp://192.0.2.1:4001"]'
    case 'text':
      if (typeof value !== 'string') return `${JSON.stringify(value)} is no text; put it in quotes`
      return field.words && !field.words.includes(value)
        ? `"${value}" is not known; use one of ${field.words.join(', ')}`
        : field.faultOf?.(value)
  }
}

function nearest(word: string, known: readonly string[]): string {
  const [best] = known
    .map(one => ({ one, distance: editDistance(word.toLowerCase(), one.toLowerCase()) }))
    .sort((a, b) => a.distance - b.distance)
  return best && best.distance <= Math.max(2, word.length * 0.4)
    ? `; did you mean "${best.one}"?`
    : '; docs/operators/settings.example.yaml lists them all'
}

function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, n) => n)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++)
      next.push(Math.min((next[j - 1] ?? 0) + 1, (row[j] ?? 0) + 1, (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)))
    row = next
  }
  return row[b.length] ?? 0
}

/** The documented example of all settings, everything commented out. */
export function exampleSettings(fields: readonly SettingDescription[]): string {
  const lines = [
    '# Mangru settings: all of them, with their defaults. Copy, uncomment what you change, start with --config FILE.',
    '# Each can also be set in the environment: http.port is MANGRU_HTTP_PORT.',
    '',
  ]
  let group = ''
  for (const field of fields.filter(one => !isNamed(one.path)).sort((a, b) => (a.path < b.path ? -1 : 1))) {
    const parts = field.path.split('.')
    const own = parts.slice(0, -1).join('.')
    if (own !== group) {
      const before = group.split('.')
      for (const [n, part] of parts.slice(0, -1).entries())
        if (before.slice(0, n + 1).join('.') !== parts.slice(0, n + 1).join('.')) lines.push(`${'  '.repeat(n)}${part}:`)
      group = own
    }
    const indent = '  '.repeat(parts.length - 1)
    const range =
      field.min !== undefined || field.max !== undefined
        ? ` (${field.min ?? ''}–${field.max ?? ''}${field.unit ? ` ${field.unit}` : ''})`
        : field.unit
          ? ` (${field.unit})`
          : ''
    lines.push(
      `${indent}# ${field.sentence.en}${range} · ${field.sentence.ko}`,
      `${indent}# ${parts.at(-1)}: ${JSON.stringify(field.default)}`,
    )
  }
  return `${lines.join('\n')}\n`
}
