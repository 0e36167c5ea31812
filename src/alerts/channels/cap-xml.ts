// An alarm as a message of the Common Alerting Protocol 1.2 (OASIS Standard, 1 July 2010), in Korean and English. Elements stand in the order of the schema.
import type { ChannelAlarm, ChannelMessage } from './channel.ts'

export interface CapSource {
  /** Unique for the sender, without blanks, commas, < and & (§3.2.1). */
  readonly sender: string
  readonly status: 'Actual' | 'Exercise' | 'Test'
  readonly senderName?: string
  /** Who may read it, as `scope` is Restricted. */
  readonly restriction: string
  /** How far around the place. */
  readonly radiusKm: number
  readonly expiresHours: number
}
/** An earlier message of the same alarm. */
export interface CapReference {
  readonly identifier: string
  readonly sent: string
}

const SEVERITY = ['Extreme', 'Severe', 'Moderate', 'Minor']
const KST_MS = 9 * 3_600_000

/** Blanks, commas, < and & may not be in it. */
export const capIdentifier = (sender: string, alarm: ChannelAlarm): string =>
  [sender, alarm.id, String(alarm.revision)].map(one => one.replace(/[^A-Za-z0-9.-]+/g, '-')).join('_')

/** dateTime with its offset, no fractions and no Z (§3.3.2). */
export const capTime = (atMs: number): string => `${new Date(atMs + KST_MS).toISOString().slice(0, 19)}+09:00`

/** `references`: all earlier ones; none makes it an Alert. What was real and is over is an Update that says AllClear (§3.2.2); what was none is a Cancel. */
export function capXml(message: ChannelMessage, alarm: ChannelAlarm, source: CapSource, references: readonly CapReference[]): string {
  const msgType = alarm.change === 'withdrawn' ? 'Cancel' : references.length > 0 ? 'Update' : 'Alert'
  const sender = capSender(source.sender)
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2">',
    element('identifier', capIdentifier(source.sender, alarm)),
    element('sender', sender),
    element('sent', capTime(alarm.atMs)),
    element('status', source.status),
    element('msgType', msgType),
    element('scope', 'Restricted'),
    element('restriction', source.restriction),
    references.length > 0 ? element('references', references.map(one => `${sender},${one.identifier},${one.sent}`).join(' ')) : '',
    ...(['ko-KR', 'en'] as const).map(language => info(language, message, alarm, source)),
    '</alert>',
    '',
  ]
    .filter(line => line !== '')
    .join('\n')
    .concat('\n')
}

/** It asks nobody for anything any more. */
export const isClosing = ({ change }: Pick<ChannelAlarm, 'change'>): boolean => change === 'ended' || change === 'withdrawn'

export const capSender = (sender: string): string => sender.replace(/[\s,<&]+/g, '-')

function info(language: 'ko-KR' | 'en', message: ChannelMessage, alarm: ChannelAlarm, source: CapSource): string {
  const why = language === 'en' ? alarm.why.en : alarm.why.ko
  const level = Math.max(0, Math.min(3, alarm.level))
  const isOver = isClosing(alarm)
  return [
    '<info>',
    element('language', language),
    element('category', 'Security'),
    element('event', language === 'en' ? alarm.detector : (message.subject ?? alarm.detector)),
    alarm.change === 'ended' ? element('responseType', 'AllClear') : '',
    element('urgency', isOver ? 'Past' : level <= 1 ? 'Immediate' : 'Expected'),
    element('severity', SEVERITY[level] ?? 'Unknown'),
    element('certainty', 'Observed'),
    element('effective', capTime(alarm.atMs)),
    element('expires', capTime(alarm.atMs + source.expiresHours * 3_600_000)),
    source.senderName ? element('senderName', source.senderName) : '',
    element('headline', (why.split('\n')[0] ?? '').slice(0, 160)),
    element('description', language === 'en' ? why : message.text),
    message.link && URL.canParse(message.link) ? element('web', message.link) : '',
    parameter('detector', alarm.detector),
    parameter('level', String(alarm.level)),
    ...alarm.subjects.map(({ kind, label }) => parameter(kind, label)),
    area(alarm, source),
    '</info>',
  ]
    .filter(line => line !== '')
    .join('\n')
}

/** circle: "lat,lon radius" in kilometres (§3.2.4). */
function area({ place }: ChannelAlarm, { radiusKm }: CapSource): string {
  if (!place || !(Math.abs(place.lat) <= 90 && Math.abs(place.lon) <= 180)) return ''
  const at = `${place.lat.toFixed(5)},${place.lon.toFixed(5)}`
  return ['<area>', element('areaDesc', place.label ?? at), element('circle', `${at} ${radiusKm}`), '</area>'].join('\n')
}

const parameter = (name: string, value: string): string => `<parameter>${element('valueName', name)}${element('value', value)}</parameter>`
const element = (name: string, value: string): string => `<${name}>${escaped(value)}</${name}>`

/** XML 1.0 §2.2 and §2.4: what may not stand in a document goes, what means something is written otherwise. */
const escaped = (value: string): string =>
  value
    .toWellFormed()
    .replace(/[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('\r', '&#13;')
