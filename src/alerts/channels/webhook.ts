// An alarm as a CloudEvent 1.0 (structured mode, JSON) to a URL, signed so that the receiver knows who sent it and when. The id of the event is the same at each try: who has it passes over the
// next. Redirects are not followed and addresses of this network are refused unless allowed: the URL may come from a form.
import { createHmac } from 'node:crypto'
import { ok, type Result, refused } from '#base/index.ts'
import type { Channel, ChannelMessage, ChannelOptions, Preview } from './channel.ts'
import { callableUrl, callHttp } from './http-call.ts'
import { notTaken } from './http-outcome.ts'

export interface WebhookSettings {
  readonly name: string
  /** Where messages without an address of their own go. */
  readonly url?: string
  /** Of the signature. */
  readonly secret: string
  /** CloudEvents `source`: a URI that names this room. */
  readonly source: string
  readonly timeoutMs?: number
  readonly allowPrivate?: boolean
  readonly ca?: string
}

/** The signature of a body sent at this time: hex of HMAC-SHA256 over `seconds.body`. */
export const webhookSignature = (secret: string, atSeconds: number, body: string): string =>
  `v1=${createHmac('sha256', secret).update(`${atSeconds}.${body}`).digest('hex')}`

export function createWebhook(settings: WebhookSettings, { clock, onNews }: ChannelOptions): Channel {
  let trouble: string | undefined
  const line = (why: string | undefined): void => {
    if (why === trouble) return
    trouble = why
    onNews({ news: 'trouble', ...(why === undefined ? {} : { trouble: why }), atMs: clock.now() })
  }
  const addressOf = (text: string): Result<string, string> => {
    const wanted = text.trim() === '' ? settings.url : text.trim()
    if (wanted === undefined) return refused('no URL: set `url` of the channel, or give one')
    const url = callableUrl(wanted, settings.allowPrivate ?? false)
    return typeof url === 'string' ? refused(url) : ok(url.href)
  }
  const bodyOf = (message: ChannelMessage): string => JSON.stringify(eventOf(message, settings.source))
  return {
    name: settings.name,
    kind: 'webhook',
    takesIdempotencyKey: true,
    addressOf,
    preview(message): Preview {
      const text = bodyOf(message)
      return { text, parts: 1, length: Buffer.byteLength(text), encoding: 'application/cloudevents+json' }
    },
    async send(message) {
      const to = addressOf(message.to)
      if (!to.ok) return { outcome: 'refused', reason: to.reason, isFinal: true }
      const body = bodyOf(message)
      const atSeconds = Math.floor(clock.now() / 1000)
      const answer = await callHttp({
        method: 'POST',
        url: to.value,
        headers: {
          'content-type': 'application/cloudevents+json; charset=utf-8',
          'x-mangru-timestamp': String(atSeconds),
          'x-mangru-signature': webhookSignature(settings.secret, atSeconds, body),
        },
        body,
        allowsPrivate: settings.allowPrivate ?? false,
        clock,
        ...(settings.timeoutMs === undefined ? {} : { timeoutMs: settings.timeoutMs }),
        ...(settings.ca === undefined ? {} : { ca: settings.ca }),
      })
      if (message.to.trim() === '') line(answer.end === 'answer' ? undefined : answer.why)
      return notTaken(answer) ?? { outcome: 'accepted', parts: 1, isDelivered: true }
    },
    trouble: () => trouble,
    close: async () => undefined,
  }
}

/** CloudEvents 1.0 §3.1; the data is the alarm as it stands, and the words. */
function eventOf(message: ChannelMessage, source: string): Readonly<Record<string, unknown>> {
  const { alarm } = message
  return {
    specversion: '1.0',
    id: message.id,
    source,
    type: `kr.mangru.alarm.${alarm?.change ?? 'message'}`,
    ...(alarm ? { subject: alarm.id, time: new Date(alarm.atMs).toISOString() } : {}),
    datacontenttype: 'application/json',
    data: {
      text: message.text,
      ...(message.link ? { link: message.link } : {}),
      ...(alarm
        ? {
            alarm: {
              id: alarm.id,
              revision: alarm.revision,
              level: alarm.level,
              detector: alarm.detector,
              at: new Date(alarm.atMs).toISOString(),
              ...(alarm.place ? { place: alarm.place } : {}),
              subjects: alarm.subjects,
              why: alarm.why,
            },
          }
        : {}),
    },
  }
}
