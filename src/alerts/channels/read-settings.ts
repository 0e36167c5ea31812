// The settings of channels as each kind takes them. What is missing, or is no setting of that kind, is a fault with its line; secrets come from files or the environment.
import type { ReadSettings, SettingValue } from '#platform/settings/index.ts'
import type { CallHttpSettings } from './call-http.ts'
import type { CallSipSettings } from './call-sip.ts'
import type { CapSettings } from './cap.ts'
import { CHANNEL_KINDS, type ChannelKind } from './channel.ts'
import { CHANNEL_FIELDS } from './fields.ts'
import { HTTP_PROFILES, type HttpProfile } from './http-profiles.ts'
import { headerValue, type Json, parsedJson } from './http-template.ts'
import type { SirenSettings } from './siren.ts'
import type { SmsHttpSettings } from './sms-http.ts'
import type { SmsSmppSettings } from './sms-smpp.ts'
import type { WebhookSettings } from './webhook.ts'

export type ChannelSettings =
  | ({ readonly kind: 'sms-smpp' } & SmsSmppSettings)
  | ({ readonly kind: 'sms-http' } & SmsHttpSettings)
  | ({ readonly kind: 'call-http' } & CallHttpSettings)
  | ({ readonly kind: 'call-sip' } & CallSipSettings)
  /** By the house's own `mail`. */
  | { readonly kind: 'email'; readonly name: string; readonly digestMinutes: number }
  | ({ readonly kind: 'webhook' } & WebhookSettings)
  | ({ readonly kind: 'cap' } & CapSettings)
  | ({ readonly kind: 'siren' } & SirenSettings)

interface Given {
  readonly name: string
  text(field: string): string | undefined
  number(field: string): number | undefined
  flag(field: string): boolean | undefined
  list(field: string): readonly string[]
}

/** `readFile` gives the text of a file, or throws. Sentences in `faults`, each with its place and the remedy. */
export function readChannelSettings(
  { values, places }: Pick<ReadSettings, 'values' | 'places'>,
  readFile: (path: string) => string,
): { readonly channels: readonly ChannelSettings[]; readonly faults: readonly string[] } {
  const names = new Set([...values.keys(), ...places.keys()].flatMap(path => /^channels\.([^.]+)\./.exec(path)?.[1] ?? []))
  const faults: string[] = []
  const channels = [...names].flatMap(name => {
    const read = readOne(name, values, places, readFile)
    faults.push(...read.faults)
    return read.channel && read.faults.length === 0 ? [read.channel] : []
  })
  return { channels, faults }
}

function readOne(
  name: string,
  values: ReadonlyMap<string, SettingValue>,
  places: ReadonlyMap<string, string>,
  readFile: (path: string) => string,
): { readonly channel?: ChannelSettings; readonly faults: readonly string[] } {
  const faults: string[] = []
  const path = (field: string): string => `channels.${name}.${field}`
  const place = (field: string): string => {
    const at = places.get(path(field)) ?? places.get(path('kind')) ?? [...places].find(([one]) => one.startsWith(`channels.${name}.`))?.[1]
    return at === undefined ? '' : `${at}: `
  }
  const kind = CHANNEL_KINDS.find(one => one === values.get(path('kind')))
  if (!kind) return { faults: [`${place('kind')}channels.${name}: its kind is missing; write kind: one of ${CHANNEL_KINDS.join(', ')}`] }
  const given = new Map<string, SettingValue>()
  for (const [field, { of, needed, isSecret }] of Object.entries(CHANNEL_FIELDS)) {
    const value = values.get(path(field))
    if (value === undefined || value === '') {
      if (needed?.includes(kind))
        faults.push(
          `${place('kind')}channels.${name} (${kind}): ${field} is missing${isSecret ? `; write file:PATH, or give ${environment(name, field)}` : ''}`,
        )
    } else if (!of.includes(kind)) faults.push(`${place(field)}${path(field)} is no setting of ${kind}; take it away`)
    else if (isSecret && typeof value === 'string' && value.startsWith('file:'))
      try {
        given.set(field, readFile(value.slice('file:'.length)).trim())
      } catch (error) {
        faults.push(
          `${place(field)}${path(field)}: the file ${value.slice('file:'.length)} cannot be read (${error instanceof Error ? error.message : error})`,
        )
      }
    else if (field === 'caFile')
      try {
        given.set(field, readFile(String(value)))
      } catch (error) {
        faults.push(`${place(field)}${path(field)}: the file ${value} cannot be read (${error instanceof Error ? error.message : error})`)
      }
    else given.set(field, value)
  }
  const get: Given = {
    name,
    text: field => (given.has(field) ? String(given.get(field)) : undefined),
    number: field => (given.has(field) ? Number(given.get(field)) : undefined),
    flag: field => (given.has(field) ? given.get(field) === true : undefined),
    list(field) {
      const value = given.get(field)
      return Array.isArray(value) ? value : []
    },
  }
  const fault = (field: string, sentence: string): void => void faults.push(`${place(field)}channels.${name}: ${sentence}`)
  if (faults.length > 0) return { faults }
  return { channel: settingsOf(kind, get, fault), faults }
}

const environment = (name: string, field: string): string =>
  `MANGRU_CHANNELS_${name.replaceAll('-', '_').toUpperCase()}_${field.replace(/([a-z])([A-Z])/g, '$1_$2').toUpperCase()}`

type Fault = (field: string, sentence: string) => void

function settingsOf(kind: ChannelKind, get: Given, fault: Fault): ChannelSettings {
  const { name } = get
  const answer = get.number('answerSeconds')
  const timeout = answer === undefined ? {} : { timeoutMs: answer * 1000 }
  const phone = set({ numberForm: word(get.text('numberForm'), ['national', 'international'] as const) })
  const common = { ...set({ ca: get.text('caFile'), allowPrivate: get.flag('allowPrivate') }), ...timeout }
  switch (kind) {
    case 'sms-smpp':
      return {
        kind,
        name,
        host: get.text('host') ?? '',
        port: get.number('port') ?? (get.flag('tls') ? 3550 : 2775),
        systemId: get.text('systemId') ?? '',
        password: get.text('password') ?? '',
        sender: get.text('sender') ?? '',
        ...phone,
        ...(answer === undefined ? {} : { answerMs: answer * 1000 }),
        ...set({
          encoding: word(get.text('encoding'), ['auto', 'gsm-7', 'ucs-2', 'euc-kr'] as const),
          ca: get.text('caFile'),
          tls: get.flag('tls'),
        }),
        ...texts(get, ['systemType', 'serviceType']),
        ...numbers(get, [
          'senderTon',
          'senderNpi',
          'dataCoding',
          'partBytes',
          'perSecond',
          'window',
          'maxParts',
          'validityMinutes',
          'wonPerPart',
        ]),
      }
    case 'sms-http':
    case 'call-http': {
      const gateway = {
        name,
        url: get.text('url') ?? '',
        variables: variablesOf(get),
        ...common,
        ...phone,
        ...set({ callbackUrl: get.text('callbackUrl') }),
      }
      const wanted = get.text('profile')
      if (kind === 'call-http') {
        if (wanted !== undefined && wanted !== 'own' && wanted !== 'plain') fault('profile', `${wanted} makes no calls; use plain or own`)
        return {
          kind,
          ...gateway,
          ...set({ profile: wanted === 'own' ? ownProfile(get, fault) : undefined }),
          ...numbers(get, ['wonPerCall']),
        }
      }
      const profile = wanted === 'own' ? ownProfile(get, fault) : HTTP_PROFILES[wanted ?? '']
      if (!profile) fault('profile', `${wanted} sends no texts; use one of ${Object.keys(HTTP_PROFILES).join(', ')}, own`)
      return {
        kind,
        ...gateway,
        profile: profile ?? 'kannel',
        ...set({ encoding: word(get.text('encoding'), ['auto', 'gsm-7', 'ucs-2', 'euc-kr'] as const) }),
        ...numbers(get, ['maxParts', 'wonPerPart', 'shortBytes']),
      }
    }
    case 'call-sip':
      return {
        kind,
        name,
        host: get.text('host') ?? '',
        port: get.number('port') ?? 5060,
        user: get.text('user') ?? '',
        ...phone,
        ...texts(get, ['password', 'domain', 'sender', 'folder', 'localHost']),
        ...numbers(get, ['localPort', 'ringSeconds', 'wonPerCall']),
        ...set({ registers: get.flag('registers') }),
      }
    case 'email':
      return { kind, name, digestMinutes: get.number('digestMinutes') ?? 0 }
    case 'webhook':
      return { kind, name, secret: get.text('secretKey') ?? '', source: get.text('source') ?? '', ...texts(get, ['url']), ...common }
    case 'cap':
      if (get.text('url') === undefined && get.text('folder') === undefined) fault('kind', 'cap needs a url or a folder')
      return {
        kind,
        name,
        sender: get.text('sender') ?? '',
        status: word(get.text('status'), ['Actual', 'Exercise', 'Test'] as const) ?? 'Actual',
        restriction: get.text('restriction') ?? '',
        radiusKm: get.number('radiusKm') ?? 1,
        expiresHours: get.number('expiresHours') ?? 24,
        headers: headersOf(get.list('headers')),
        ...texts(get, ['url', 'folder', 'senderName']),
        ...common,
      }
    case 'siren': {
      const [host, url] = [get.text('host'), get.text('url')]
      if ((host === undefined) === (url === undefined)) fault('kind', 'siren needs either a host (Modbus/TCP) or a url (HTTP)')
      return {
        kind,
        name,
        pulseSeconds: get.number('pulseSeconds') ?? 30,
        relay:
          url === undefined
            ? {
                by: 'modbus',
                host: host ?? '',
                port: get.number('port') ?? 502,
                unit: get.number('unit') ?? 1,
                coil: get.number('coil') ?? 0,
              }
            : {
                by: 'http',
                method: get.text('method') ?? 'POST',
                onUrl: url,
                headers: headersOf(get.list('headers')),
                ...texts(get, ['offUrl']),
              },
      }
    }
  }
}

const VARIABLES = ['sender', 'user', 'password', 'appKey', 'accessKey', 'secretKey', 'authorization', 'serviceId', 'senderKey']
const variablesOf = (get: Given): Readonly<Record<string, string>> =>
  Object.fromEntries(
    VARIABLES.flatMap(field => {
      const value = get.text(field)
      return value === undefined ? [] : [[field, value]]
    }),
  )

/** A gateway's form out of single settings. */
function ownProfile(get: Given, fault: Fault): HttpProfile {
  const body = get.text('body')
  const json = body === undefined ? undefined : parsedJson(body)
  const lines = body?.split('\n').filter(line => line.trim() !== '') ?? []
  const isForm = json === undefined && lines.every(line => /^\s*[\w.-]+=/.test(line))
  if (body !== undefined && json === undefined && !isForm) fault('body', 'the body is neither JSON nor lines of name={text}')
  const [takenPath, takenIs] = [get.text('takenPath'), get.text('takenIs')]
  return {
    name: 'own',
    request: {
      method: get.text('method') ?? 'POST',
      url: '{base}',
      headers: headersOf(get.list('headers')),
      ...(isJson(json) ? { json } : {}),
      ...(body !== undefined && isForm
        ? { form: Object.fromEntries(lines.map(line => [line.slice(0, line.indexOf('=')).trim(), line.slice(line.indexOf('=') + 1)])) }
        : {}),
    },
    ...set({ idPath: get.text('idPath') }),
    ...(takenPath === undefined
      ? {}
      : { takenWhen: { path: takenPath, is: takenIs === undefined ? true : (parsedJson(takenIs) ?? takenIs) } }),
    takesIdempotencyKey: get.flag('takesKey') ?? false,
    callback: set({
      id: get.text('callbackId'),
      providerId: get.text('callbackProviderId'),
      state: get.text('callbackState'),
      delivered: get.list('callbackDelivered'),
      failed: get.list('callbackFailed'),
      from: get.text('callbackFrom'),
      text: get.text('callbackText'),
    }),
  }
}

const isJson = (value: unknown): value is Json => value !== undefined

const headersOf = (lines: readonly string[]): Readonly<Record<string, string>> =>
  Object.fromEntries(lines.map(line => [line.slice(0, line.indexOf(':')).trim(), headerValue(line.slice(line.indexOf(':') + 1))]))

const word = <const Word extends string>(value: string | undefined, words: readonly Word[]): Word | undefined =>
  words.find(one => one === value)

type Known<Of> = { readonly [Key in keyof Of]?: Exclude<Of[Key], undefined> }
/** Without those that have no value. */
function set<Of extends Readonly<Record<string, unknown>>>(of: Of): Known<Of> {
  return Object.fromEntries(Object.entries(of).filter(([, value]) => value !== undefined)) as Known<Of>
}
const texts = <Field extends string>(get: Given, fields: readonly Field[]): Partial<Record<Field, string>> =>
  pick(fields, field => get.text(field))
const numbers = <Field extends string>(get: Given, fields: readonly Field[]): Partial<Record<Field, number>> =>
  pick(fields, field => get.number(field))
function pick<Field extends string, Value>(
  fields: readonly Field[],
  of: (field: Field) => Value | undefined,
): Partial<Record<Field, Value>> {
  const found: Partial<Record<Field, Value>> = {}
  for (const field of fields) {
    const value = of(field)
    if (value !== undefined) found[field] = value
  }
  return found
}
