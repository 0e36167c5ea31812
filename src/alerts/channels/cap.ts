// Alarms for other agencies by CAP 1.2: posted, laid into a folder that they fetch from, or both. An update names all its forerunners: those the message brings, those that lie in the folder, those
// this life remembers.
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ok, type Result, refused } from '#base/index.ts'
import { type CapReference, type CapSource, capIdentifier, capTime, capXml, isClosing } from './cap-xml.ts'
import type { Channel, ChannelAlarm, ChannelMessage, ChannelOptions, Preview, SendOutcome } from './channel.ts'
import { callHttp } from './http-call.ts'
import { notTaken } from './http-outcome.ts'

export interface CapSettings extends CapSource {
  readonly name: string
  readonly url?: string
  readonly folder?: string
  /** `Authorization` and the like. */
  readonly headers?: Readonly<Record<string, string>>
  readonly timeoutMs?: number
  readonly allowPrivate?: boolean
  readonly ca?: string
}

/** Alarms whose messages are remembered. */
const REMEMBERED = 10_000

export function createCap(settings: CapSettings, { clock, onNews }: ChannelOptions): Channel {
  const told = new Map<string, CapReference[]>()
  let trouble: string | undefined
  const line = (why: string | undefined): void => {
    if (why === trouble) return
    trouble = why
    onNews({ news: 'trouble', ...(why === undefined ? {} : { trouble: why }), atMs: clock.now() })
  }
  const brought = (alarm: ChannelAlarm): readonly CapReference[] =>
    (alarm.earlier ?? []).map(({ revision, atMs }) => ({
      identifier: capIdentifier(settings.sender, { ...alarm, revision }),
      sent: capTime(atMs),
    }))
  /** Those before this revision, the oldest first. */
  async function forerunners(message: ChannelMessage): Promise<readonly CapReference[]> {
    const { alarm } = message
    if (!alarm) return []
    const own = capIdentifier(settings.sender, alarm)
    const stem = capIdentifier(settings.sender, { ...alarm, revision: 0 }).slice(0, -1)
    const found = new Map([...brought(alarm), ...(told.get(alarm.id) ?? [])].map(one => [one.identifier, one]))
    if (settings.folder !== undefined) {
      const names = await readdir(settings.folder).catch(() => [])
      for (const name of names) {
        const identifier = name.replace(/\.xml$/, '')
        if (identifier === name || !identifier.startsWith(stem) || !/^\d+$/.test(identifier.slice(stem.length))) continue
        const sent = /<sent>([^<]{10,40})<\/sent>/.exec(await readFile(join(settings.folder, name), 'utf8').catch(() => ''))?.[1]
        if (sent) found.set(identifier, { identifier, sent })
      }
    }
    const revision = (one: CapReference): number => Number(one.identifier.slice(stem.length))
    return [...found.values()]
      .filter(one => one.identifier !== own && revision(one) < alarm.revision)
      .sort((a, b) => revision(a) - revision(b))
  }
  function remember(alarmId: string, one: CapReference): void {
    const before = told.get(alarmId) ?? []
    told.delete(alarmId)
    told.set(alarmId, [...before.filter(other => other.identifier !== one.identifier), one])
    for (const oldest of told.keys()) {
      if (told.size <= REMEMBERED) break
      told.delete(oldest)
    }
  }
  async function lay(folder: string, identifier: string, xml: string): Promise<void> {
    await mkdir(folder, { recursive: true })
    // Whoever fetches never sees a half: it gets its name when it is whole.
    await writeFile(join(folder, `.${identifier}.part`), xml)
    await rename(join(folder, `.${identifier}.part`), join(folder, `${identifier}.xml`))
  }
  async function send(message: ChannelMessage): Promise<SendOutcome> {
    const { alarm } = message
    if (!alarm) return { outcome: 'refused', reason: 'a CAP message tells of an alarm; this message has none', isFinal: true }
    const earlier = await forerunners(message)
    if (isClosing(alarm) && earlier.length === 0)
      return { outcome: 'refused', reason: `nothing was told of the alarm ${alarm.id}: there is nothing to cancel`, isFinal: true }
    const xml = capXml(message, alarm, settings, earlier)
    const identifier = capIdentifier(settings.sender, alarm)
    if (settings.url !== undefined) {
      const answer = await callHttp({
        method: 'POST',
        url: settings.url,
        headers: { 'content-type': 'application/cap+xml; charset=utf-8', ...settings.headers },
        body: xml,
        allowsPrivate: settings.allowPrivate ?? true,
        clock,
        ...(settings.timeoutMs === undefined ? {} : { timeoutMs: settings.timeoutMs }),
        ...(settings.ca === undefined ? {} : { ca: settings.ca }),
      })
      line(answer.end === 'answer' ? undefined : answer.why)
      const bad = notTaken(answer)
      if (bad) return bad
    }
    remember(alarm.id, { identifier, sent: capTime(alarm.atMs) })
    if (settings.folder !== undefined)
      try {
        await lay(settings.folder, identifier, xml)
      } catch (error) {
        const why = `${settings.folder} cannot be written: ${error instanceof Error ? error.message : String(error)}`
        line(why)
        if (settings.url === undefined) return { outcome: 'refused', reason: why, isFinal: false }
      }
    return { outcome: 'accepted', providerId: identifier, parts: 1, isDelivered: true }
  }
  const addressOf = (text: string): Result<string, string> =>
    text.trim() === '' ? ok('') : refused('CAP messages go to the channel’s own URL or folder: leave the address empty')
  return {
    name: settings.name,
    kind: 'cap',
    // The identifier is the same at each try.
    takesIdempotencyKey: true,
    addressOf,
    preview(message): Preview {
      const text = message.alarm ? capXml(message, message.alarm, settings, told.get(message.alarm.id) ?? brought(message.alarm)) : ''
      return { text, parts: 1, length: Buffer.byteLength(text), encoding: 'application/cap+xml' }
    },
    async send(message) {
      const to = addressOf(message.to)
      return to.ok ? send(message) : { outcome: 'refused', reason: to.reason, isFinal: true }
    },
    trouble: () => trouble,
    close: async () => undefined,
  }
}
