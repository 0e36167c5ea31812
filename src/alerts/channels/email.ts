// Mail to one person, over the house's SMTP: at once, or what can wait gathered into one. One message goes to one address, and no text can become a second header or a second address.
import { type Clock, ok, type Result, refused } from '#base/index.ts'
import { createSmtp, type MailTransport, type SmtpSettings } from '#platform/mail/index.ts'
import type { Channel, ChannelMessage, ChannelNews, ChannelOptions, Preview } from './channel.ts'
import { plainText } from './sms-text.ts'

export interface EmailSettings {
  readonly name: string
  readonly smtp: SmtpSettings
  /** What is less than critical waits so long, and goes as one; 0: each at once. */
  readonly digestMinutes: number
}

/** One plain address (the common part of RFC 5321 §4.1.2); no names, comments or lists. */
const ADDRESS = /^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,63}$/
/** RFC 2606: for papers and exercises. */
const NOBODY = /(?:^|[.@])(?:example\.(?:com|net|org)|[^.@]+\.(?:example|invalid|test|localhost))$/i
const MAX_SUBJECT = 200
const MAX_TEXT = 20_000

export function mailAddress(written: string): Result<string, string> {
  const bare = written.trim()
  if (bare.length > 254 || !ADDRESS.test(bare) || bare.includes('..'))
    return refused(`"${bare.replace(/\p{Cc}/gu, ' ').slice(0, 60)}" is no mail address: write name@place, one only`)
  return NOBODY.test(bare) ? refused(`"${bare}" is an address of the demonstration; nothing is sent there`) : ok(bare)
}

export function createEmail(settings: EmailSettings, options: ChannelOptions): Channel {
  return createEmailOver(settings.name, createSmtp(settings.smtp), options, settings.digestMinutes)
}

export function createEmailOver(name: string, transport: MailTransport, { clock, onNews }: ChannelOptions, digestMinutes = 0): Channel {
  let trouble: string | undefined
  const line = (why: string | undefined): void => {
    if (why === trouble) return
    trouble = why
    onNews(troubleNews(why, clock))
  }
  return {
    name,
    kind: 'email',
    takesIdempotencyKey: false,
    ...(digestMinutes > 0 ? { gathers: { ms: digestMinutes * 60_000, together } } : {}),
    addressOf: mailAddress,
    preview(message): Preview {
      const text = textOf(message)
      return { text, parts: 1, length: text.length, encoding: 'utf-8' }
    },
    async send(message) {
      const to = mailAddress(message.to)
      if (!to.ok) return { outcome: 'refused', reason: to.reason, isFinal: true }
      const text = textOf(message)
      const outcome = await transport.send(
        {
          id: message.id.replace(/[^\w.-]/g, '-'),
          to: to.value,
          subject: subjectOf(message.subject ?? text),
          text,
          attachments: [],
          writtenAtMs: clock.now(),
        },
        async () => undefined,
      )
      switch (outcome.end) {
        case 'sent':
          line(undefined)
          // The mail server has it; nothing more will be told.
          return { outcome: 'accepted', parts: 1, isDelivered: true }
        case 'again':
          line(outcome.why)
          return { outcome: 'refused', reason: outcome.why, isFinal: false }
        case 'never':
          return { outcome: 'refused', reason: outcome.why, isFinal: true }
        case 'unclear':
          return { outcome: 'in-doubt', reason: outcome.why }
      }
    },
    trouble: () => trouble,
    close: async () => undefined,
  }
}

const textOf = (message: ChannelMessage): string => {
  const text = plainText(message.text).slice(0, MAX_TEXT).toWellFormed()
  return message.link && !text.includes(message.link) ? `${text}\n\n${message.link}` : text
}

/** Each with its own link and digits, the oldest first; the subject is the newest's and says how many. */
function together(messages: readonly ChannelMessage[]): ChannelMessage {
  const [first, last] = [messages[0]!, messages.at(-1)!]
  const { link: _link, template: _template, alarm: _alarm, code: _code, ...rest } = first
  return {
    ...rest,
    id: `${first.id}-and-${messages.length - 1}`,
    subject: `(${messages.length}) ${last.subject ?? subjectOf(last.text)}`,
    text: messages.map(textOf).join('\n\n——\n\n'),
  }
}

const subjectOf = (text: string): string => (plainText(text).split('\n')[0] ?? '').slice(0, MAX_SUBJECT).toWellFormed()

const troubleNews = (why: string | undefined, clock: Clock): ChannelNews => ({
  news: 'trouble',
  ...(why === undefined ? {} : { trouble: why }),
  atMs: clock.now(),
})
