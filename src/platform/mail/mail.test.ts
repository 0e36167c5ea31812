// Against a real SMTP server in this process: taken, deferred, refused, cut before and after the last byte, gone; and a product that is killed between.
import { writeFileSync } from 'node:fs'
import type { AddressInfo, Socket } from 'node:net'
import { join } from 'node:path'
import { SMTPServer } from 'smtp-server'
import { afterEach, expect, test } from 'vitest'
import { type Clock, epochMs } from '#base/index.ts'
import { temporaryFolder } from '#testkit/product.ts'
import { openStore, type Store } from '../store/index.ts'
import { createMail, createSmtp, MAIL_MIGRATIONS, type Mail, type MailTransport } from './index.ts'

const ends: (() => Promise<unknown> | unknown)[] = []
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end()
})

interface Post {
  readonly port: number
  readonly got: { readonly to: string; readonly raw: string }[]
  /** What the server answers to the end of a message, or cuts. */
  answer: 'take' | 'defer' | 'refuse' | 'cut-before' | 'cut-after'
  refusedAddress?: string
}

async function postOffice(): Promise<Post> {
  const sockets = new Set<Socket>()
  const post: { -readonly [Key in keyof Post]: Post[Key] } = { port: 0, got: [], answer: 'take' }
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    onRcptTo: (address, _session, done) =>
      address.address === post.refusedAddress ? done(Object.assign(new Error('no such mailbox'), { responseCode: 550 })) : done(),
    onMailFrom: (_address, _session, done) => {
      if (post.answer === 'cut-before') for (const socket of sockets) socket.destroy()
      else done()
    },
    onData(stream, session, done) {
      const pieces: Buffer[] = []
      stream.on('data', (piece: Buffer) => pieces.push(piece))
      stream.on('end', () => {
        if (post.answer === 'defer') return done(Object.assign(new Error('try later'), { responseCode: 451 }))
        if (post.answer === 'refuse') return done(Object.assign(new Error('not wanted'), { responseCode: 554 }))
        post.got.push({ to: session.envelope.rcptTo.map(one => one.address).join(), raw: Buffer.concat(pieces).toString() })
        if (post.answer === 'cut-after') for (const socket of sockets) socket.destroy()
        else done()
      })
    },
  })
  server.on('error', () => undefined)
  server.server.on('connection', (socket: Socket) => sockets.add(socket))
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done))
  ends.push(() => new Promise<void>(done => server.close(() => done())))
  const address = server.server.address()
  post.port = typeof address === 'object' && address ? (address satisfies AddressInfo).port : 0
  return post
}

async function open(transport: (port: number) => MailTransport = smtp) {
  const folder = temporaryFolder()
  const post = await postOffice()
  const hand = { nowMs: Date.UTC(2026, 10, 23, 22) }
  const clock: Clock = { now: () => epochMs(hand.nowMs), every: () => () => {}, after: () => () => {} }
  const store = await openStore({ file: join(folder.path, 'store.db'), migrations: MAIL_MIGRATIONS })
  const troubles: string[] = []
  const make = (): Mail => createMail({ store, clock, transport: transport(post.port), onTrouble: sentence => troubles.push(sentence) })
  writeFileSync(join(folder.path, 'report.pdf'), '%PDF-일일상황')
  ends.push(async () => {
    await store.close()
    folder.remove()
  })
  return { post, hand, store, troubles, make, mail: make(), file: join(folder.path, 'report.pdf') }
}
const smtp = (port: number): MailTransport =>
  createSmtp({ host: '127.0.0.1', port, security: 'none', user: '', password: '', from: '종합상황실 <room@example.kr>', timeoutMs: 3000 })

const send = (store: Store, mail: Mail, file: string, to: readonly string[], id = 'daily-2026-11-24-approved'): Promise<void> =>
  store.write(
    mail.statements(
      {
        id,
        subject: '관세국경 일일상황 〈2026. 11. 24.(화) 07시 현재〉',
        text: '□ 주요 동향',
        attachments: [{ name: 'report.pdf', type: 'application/pdf', file }],
        writtenAtMs: Date.UTC(2026, 10, 23, 22),
      },
      to,
    ),
  )
const states = (mail: Mail) => mail.lines('daily-2026-11-24-approved').map(line => [line.to, line.state, line.tries])

test('each address gets the report once, with its PDF, however often it is asked for and looked at', async () => {
  const { post, store, mail, file } = await open()
  await send(store, mail, file, ['chief@example.kr', 'deputy@example.kr'])
  await send(store, mail, file, ['chief@example.kr'])
  await Promise.all([mail.flush(), mail.flush()])
  await mail.flush()
  expect(post.got.map(one => one.to).sort()).toEqual(['chief@example.kr', 'deputy@example.kr'])
  const raw = post.got[0]?.raw ?? ''
  expect(raw).toContain(Buffer.from('%PDF-일일상황').toString('base64'))
  expect(raw).toMatch(/Date: Mon, 23 Nov 2026 22:00:00/)
  expect(raw).toMatch(/Message-ID:\s+<daily-2026-11-24-approved\.[0-9a-f]+@mangru>/i)
  expect(states(mail)).toEqual([
    ['chief@example.kr', 'sent', 1],
    ['deputy@example.kr', 'sent', 1],
  ])
})

test('a server that cannot now is asked again after a pause, longer each time', async () => {
  const { post, hand, store, mail, file, troubles } = await open()
  post.answer = 'defer'
  await send(store, mail, file, ['chief@example.kr'])
  await mail.flush()
  await mail.flush()
  expect(states(mail)).toEqual([['chief@example.kr', 'waiting', 1]])
  hand.nowMs += 60_000
  await mail.flush()
  expect(states(mail)).toEqual([['chief@example.kr', 'waiting', 2]])
  post.answer = 'take'
  hand.nowMs += 60_000
  await mail.flush()
  expect(post.got).toEqual([])
  hand.nowMs += 60_000
  await mail.flush()
  expect(states(mail)).toEqual([['chief@example.kr', 'sent', 3]])
  expect(troubles).toEqual([])
})

test('an address that is refused for good is told, and holds up nobody', async () => {
  const { post, store, mail, file, troubles } = await open()
  post.refusedAddress = 'gone@example.kr'
  await send(store, mail, file, ['a@example.kr', 'gone@example.kr', 'z@example.kr'])
  await mail.flush()
  expect(states(mail).map(one => one[1])).toEqual(['sent', 'refused', 'sent'])
  expect(troubles).toEqual([expect.stringMatching(/gone@example\.kr was refused/)])
})

test('a line cut before the message is tried again; cut after its last byte it is not: it may have been taken', async () => {
  const { post, hand, store, mail, file, troubles } = await open()
  post.answer = 'cut-before'
  await send(store, mail, file, ['chief@example.kr'])
  await mail.flush()
  expect(states(mail)).toEqual([['chief@example.kr', 'waiting', 1]])
  post.answer = 'cut-after'
  hand.nowMs += 60_000
  await mail.flush()
  expect(states(mail)).toEqual([['chief@example.kr', 'unclear', 2]])
  expect(troubles).toEqual([expect.stringMatching(/perhaps sent, perhaps not/)])
  post.answer = 'take'
  hand.nowMs += 24 * 3_600_000
  await mail.flush()
  expect(post.got).toHaveLength(1)
})

test('a product killed before the first byte sends after its start; killed after it, it tells and does not send again', async () => {
  /** As when the power goes: the promise never comes back. */
  let when: 'before' | 'after' = 'before'
  const dying = (): MailTransport => ({
    async send(_message, onHandingOver) {
      if (when === 'after') await onHandingOver()
      return new Promise(() => {})
    },
  })
  const { store, post, mail, hand, troubles, file, make } = await open(dying)
  await send(store, mail, file, ['chief@example.kr'])
  void mail.flush()
  await new Promise(done => setImmediate(done))
  const clock: Clock = { now: () => epochMs(hand.nowMs), every: () => () => {}, after: () => () => {} }
  const again = createMail({ store, clock, transport: smtp(post.port), onTrouble: sentence => troubles.push(sentence) })
  await again.flush()
  expect(post.got).toHaveLength(1)
  when = 'after'
  const other = make()
  await send(store, other, file, ['chief@example.kr'], 'second')
  await Promise.race([other.flush(), new Promise(done => setTimeout(done, 300))])
  const third = createMail({ store, clock, transport: smtp(post.port), onTrouble: sentence => troubles.push(sentence) })
  await third.flush()
  expect(third.lines('second').map(line => line.state)).toEqual(['unclear'])
  expect(post.got).toHaveLength(1)
})

test('without a mail server messages wait, and nothing is lost', async () => {
  const { store, file, hand } = await open()
  const clock: Clock = { now: () => epochMs(hand.nowMs), every: () => () => {}, after: () => () => {} }
  const mail = createMail({ store, clock, transport: undefined, onTrouble: () => {} })
  await send(store, mail, file, ['chief@example.kr'])
  await mail.flush()
  expect(states(mail)).toEqual([['chief@example.kr', 'waiting', 0]])
})
