// The file that says which channels are on: YAML, a list, in the order in which they are tried. Secrets stand in files of their own (`passwordFile`, `appKeyFile` …). Nothing is on
// that is not written there.
import { parse } from 'yaml'
import { ok, type Result, refused } from '#base/index.ts'
import type { Channel, ChannelOptions } from '../channels/channel.ts'
import {
  type CallHttpSettings,
  createCallHttp,
  createSmsHttp,
  createSmsSmpp,
  type SmsHttpSettings,
  type SmsSmppSettings,
} from '../channels/index.ts'

/** Makes the channel once its clock and its listener are there. */
export interface ConfiguredChannel {
  readonly name: string
  open(options: ChannelOptions, callbackUrl: string | undefined): Channel
}
type Fields = Readonly<Record<string, unknown>>

interface Kind {
  readonly needs: readonly string[]
  readonly knows: readonly string[]
  open(fields: Fields, options: ChannelOptions): Channel
}

const HTTP = ['variables', 'timeoutMs', 'allowPrivate', 'ca', 'profile', 'numberForm', 'wonPerPart', 'wonPerCall', 'callbackUrl']
const KINDS: Readonly<Record<string, Kind>> = {
  'sms-smpp': {
    needs: ['host', 'port', 'systemId', 'password', 'sender'],
    knows: [
      'tls',
      'ca',
      'systemType',
      'enquireMs',
      'answerMs',
      'senderTon',
      'senderNpi',
      'numberForm',
      'encoding',
      'dataCoding',
      'partBytes',
      'serviceType',
      'perSecond',
      'window',
      'maxParts',
      'validityMinutes',
      'wonPerPart',
    ],
    open: (fields, options) => createSmsSmpp(fields as unknown as SmsSmppSettings, options),
  },
  'sms-http': {
    needs: ['url', 'profile'],
    knows: [...HTTP, 'encoding', 'maxParts', 'shortBytes'],
    open: (fields, options) => createSmsHttp(fields as unknown as SmsHttpSettings, options),
  },
  'call-http': {
    needs: ['url'],
    knows: HTTP,
    open: (fields, options) => createCallHttp(fields as unknown as CallHttpSettings, options),
  },
}
const NAME = /^[a-z0-9][a-z0-9-]{0,30}$/

/** `readSecret` reads the file a `…File` names; what it throws is the reason. */
export async function readChannels(
  text: string,
  readSecret: (file: string) => Promise<string>,
): Promise<Result<readonly ConfiguredChannel[], string>> {
  let list: unknown
  try {
    list = parse(text)
  } catch (error) {
    return refused(`it is no YAML: ${error instanceof Error ? error.message.split('\n')[0] : error}`)
  }
  if (!Array.isArray(list)) return refused('a list of channels is wanted: - name: …')
  const channels: ConfiguredChannel[] = []
  for (const [n, one] of list.entries()) {
    const channel = await channelOf(one, readSecret)
    if (!channel.ok) return refused(`channel ${n + 1}: ${channel.reason}`)
    if (channels.some(other => other.name === channel.value.name)) return refused(`the name ‘${channel.value.name}’ is there twice`)
    channels.push(channel.value)
  }
  return ok(channels)
}

async function channelOf(one: unknown, readSecret: (file: string) => Promise<string>): Promise<Result<ConfiguredChannel, string>> {
  if (!isFields(one)) return refused('name and kind are missing')
  const { name, kind } = one
  if (typeof name !== 'string' || !NAME.test(name)) return refused(`‘${name}’ is no name: small letters, digits and -`)
  const known = typeof kind === 'string' ? KINDS[kind] : undefined
  if (!known) return refused(`${name}: ‘${kind}’ is no kind; one of ${Object.keys(KINDS).join(', ')}`)
  let fields: Fields
  try {
    fields = await withSecrets(one, readSecret)
  } catch (error) {
    return refused(`${name}: ${error instanceof Error ? error.message : error}`)
  }
  const missing = known.needs.find(field => fields[field] === undefined)
  if (missing !== undefined) return refused(`${name}: ${missing} is missing`)
  const strange = Object.keys(fields).find(field => !['name', 'kind', ...known.needs, ...known.knows].includes(field))
  if (strange !== undefined) return refused(`${name}: ‘${strange}’ is not known; ${[...known.needs, ...known.knows].join(', ')}`)
  const { kind: _kind, ...settings } = fields
  return ok({
    name,
    open: (options, callbackUrl) =>
      known.open(kind === 'sms-smpp' || callbackUrl === undefined ? settings : { callbackUrl, ...settings }, options),
  })
}

const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value)

/** `passwordFile: x` becomes `password: what stands in x`; also within `variables`. */
async function withSecrets(fields: Fields, readSecret: (file: string) => Promise<string>): Promise<Fields> {
  const read: Record<string, unknown> = {}
  for (const [field, value] of Object.entries(fields)) {
    if (isFields(value)) read[field] = await withSecrets(value, readSecret)
    else if (field.endsWith('File') && typeof value === 'string') read[field.slice(0, -4)] = (await readSecret(value)).trim()
    else read[field] = value
  }
  return read
}
