// SMTP over nodemailer: one connection a message. The body is held back until it is on the disk that handing over begins, so that a kill before the first byte is surely ‘not sent’.
import { readFile } from 'node:fs/promises'
import { Readable } from 'node:stream'
import MailComposer from 'nodemailer/lib/mail-composer'
import SMTPConnection from 'nodemailer/lib/smtp-connection'
import type { MailTransport, Message, SendOutcome } from './mail.ts'

export interface SmtpSettings {
  readonly host: string
  readonly port: number
  /** `tls` from the first byte, `starttls` demanded, `none` on a line of its own (a test, a relay on this machine). */
  readonly security: 'none' | 'starttls' | 'tls'
  readonly user: string
  readonly password: string
  readonly from: string
  /** Certificate of an authority of one's own, PEM. */
  readonly ca?: string
  readonly timeoutMs?: number
}

const TIMEOUT_MS = 60_000

export const createSmtp = (settings: SmtpSettings): MailTransport => ({
  async send(message, onHandingOver) {
    let bytes: Buffer
    try {
      bytes = await bytesOf(message, settings.from)
    } catch (error) {
      return { end: 'never', why: `the message could not be made: ${sentence(error)}` }
    }
    return talk(settings, message, bytes, onHandingOver)
  },
})

const sentence = (error: unknown): string => (error instanceof Error ? error.message : String(error))

/** The same message is the same bytes at every try: its own date and id, a boundary made of the id. */
async function bytesOf(message: Message, from: string): Promise<Buffer> {
  const attachments = await Promise.all(
    message.attachments.map(async ({ name, type, file }) => ({ filename: name, contentType: type, content: await readFile(file) })),
  )
  const mail = new MailComposer({
    from,
    to: message.to,
    subject: message.subject,
    text: message.text,
    date: new Date(message.writtenAtMs),
    messageId: `<${message.id}.${Buffer.from(message.to).toString('hex').slice(0, 40)}@mangru>`,
    baseBoundary: message.id.replace(/[^a-z0-9]/gi, ''),
    attachments,
    disableUrlAccess: true,
    disableFileAccess: true,
  })
  return mail.compile().build()
}

function talk(settings: SmtpSettings, message: Message, bytes: Buffer, onHandingOver: () => Promise<void>): Promise<SendOutcome> {
  const connection = new SMTPConnection({
    host: settings.host,
    port: settings.port,
    secure: settings.security === 'tls',
    requireTLS: settings.security === 'starttls',
    ignoreTLS: settings.security === 'none',
    connectionTimeout: settings.timeoutMs ?? TIMEOUT_MS,
    greetingTimeout: settings.timeoutMs ?? TIMEOUT_MS,
    socketTimeout: settings.timeoutMs ?? TIMEOUT_MS,
    ...(settings.ca === undefined ? {} : { tls: { ca: settings.ca } }),
  })
  return new Promise(done => {
    let isHandingOver = false
    let isOver = false
    const end = (outcome: SendOutcome): void => {
      if (isOver) return
      isOver = true
      if (outcome.end === 'sent') connection.quit()
      else connection.close()
      done(outcome)
    }
    const failed = (error: unknown): void => end(outcomeOf(error, isHandingOver))
    connection.on('error', failed)
    connection.on('end', () => failed(new Error('the mail server closed the line')))
    const send = (): void => {
      const body = new Readable({
        read() {
          if (isHandingOver) return
          isHandingOver = true
          onHandingOver().then(
            () => {
              body.push(bytes)
              body.push(null)
            },
            error => {
              // Not on the disk: nothing has gone out.
              isHandingOver = false
              failed(error)
            },
          )
        },
      })
      connection.send({ from: addressOf(settings.from), to: message.to }, body, error => (error ? failed(error) : end({ end: 'sent' })))
    }
    connection.connect(error => {
      if (error) return failed(error)
      if (settings.user === '') return send()
      connection.login({ user: settings.user, pass: settings.password }, error => (error ? failed(error) : send()))
    })
  })
}

/** 종합상황실 <room@…> → room@… */
const addressOf = (from: string): string => /<([^<>]+)>\s*$/.exec(from)?.[1] ?? from.trim()

function outcomeOf(error: unknown, isHandingOver: boolean): SendOutcome {
  const why = sentence(error)
  const code = typeof error === 'object' && error !== null && 'responseCode' in error ? Number(error.responseCode) : undefined
  // An answer is an answer, also to the last byte: the other side says that it did not take it.
  if (code !== undefined && code >= 400) return { end: code < 500 ? 'again' : 'never', why }
  return { end: isHandingOver ? 'unclear' : 'again', why }
}
