// The local CA by readers that are not ours: Node's certificate reader and real TLS handshakes by OpenSSL's rules.
import { createPrivateKey, X509Certificate } from 'node:crypto'
import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { connect, createServer, type TLSSocket } from 'node:tls'
import { afterEach, expect, test } from 'vitest'
import { epochMs } from '#base/index.ts'
import { temporaryFolder } from '#testkit/product.ts'
import { newServer } from './certificate.ts'
import { openLocalCa } from './local-ca.ts'
import { isNamed, namesOf, type TlsPair, tlsFromFiles } from './tls.ts'

const DAY_MS = 86_400_000
const NOW = Date.now()
const NAMES = ['mangru.busan.example', 'localhost', '127.0.0.1', '::1', '203.0.113.7']
const folders: ReturnType<typeof temporaryFolder>[] = []
const folder = (): string => {
  const made = temporaryFolder()
  folders.push(made)
  return made.path
}
afterEach(() => {
  for (const one of folders.splice(0)) one.remove()
})
const clockAt = (ms: number) => ({ now: () => epochMs(ms) })
const open = (directory: string, names = NAMES, ms = NOW) => openLocalCa({ directory, names, clock: clockAt(ms) })

/** What a client that trusts this root alone makes of a server with this pair, called by this name. */
async function handshake(pair: TlsPair, root: string, servername: string): Promise<string> {
  const server = createServer(pair, socket => socket.end())
  server.on('tlsClientError', () => {})
  await new Promise<void>(done => server.listen(0, '127.0.0.1', () => done()))
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  try {
    return await new Promise<string>(done => {
      const socket: TLSSocket = connect(
        { host: '127.0.0.1', port, ca: root, ...(/^[\d.]+$/.test(servername) ? {} : { servername }) },
        () => {
          done('trusted')
          socket.end()
        },
      )
      socket.on('error', error => done(error.message))
    })
  } finally {
    server.close()
  }
}

test('a desk that trusts the root trusts the product by each of its names, and by no other', async () => {
  const ca = open(folder())
  for (const name of ['mangru.busan.example', 'localhost', '127.0.0.1'])
    expect(await handshake(ca.pair, ca.root, name), name).toBe('trusted')
  expect(await handshake(ca.pair, ca.root, 'other.example')).toMatch(/does not match certificate/)
  expect(await handshake(ca.pair, open(folder()).root, 'localhost')).toMatch(/unable to verify/)
})

test('the root opens no other site, whoever has its key', async () => {
  const directory = folder()
  const ca = open(directory)
  const issuer = { name: new X509Certificate(ca.root).subject.replace('CN=', ''), key: readFileSync(join(directory, 'root.key'), 'utf8') }
  const stolen = newServer(issuer, { fromMs: NOW - DAY_MS, toMs: NOW + DAY_MS }, ['bank.example'])
  expect(await handshake(stolen, ca.root, 'bank.example')).toBe('permitted subtree violation')
  const below = newServer(issuer, { fromMs: NOW - DAY_MS, toMs: NOW + DAY_MS }, ['east.mangru.busan.example'])
  expect(await handshake(below, ca.root, 'east.mangru.busan.example')).toBe('trusted')
})

test('the certificate says what it is for, in Node’s reading', () => {
  const ca = open(folder())
  const [root, leaf] = [new X509Certificate(ca.root), new X509Certificate(ca.pair.cert)]
  expect([root.ca, leaf.ca, leaf.checkIssued(root), leaf.verify(root.publicKey), root.verify(root.publicKey)]).toEqual([
    true,
    false,
    true,
    true,
    true,
  ])
  expect(leaf.keyUsage).toEqual(['1.3.6.1.5.5.7.3.1'])
  expect(namesOf(ca.pair.cert)).toEqual(['mangru.busan.example', 'localhost', '127.0.0.1', '0:0:0:0:0:0:0:1', '203.0.113.7'])
  expect(leaf.checkPrivateKey(createPrivateKey(ca.pair.key))).toBe(true)
  expect(leaf.checkIP('203.0.113.7')).toBe('203.0.113.7')
  expect(Date.parse(leaf.validTo) - Date.parse(leaf.validFrom)).toBe(397 * DAY_MS)
  expect(ca.fingerprint).toBe(root.fingerprint256)
})

test('a restart finds both as they were; the certificate is renewed a month before its end, under the same root, also while running', async () => {
  const directory = folder()
  const first = open(directory)
  const again = open(directory)
  expect([again.isNewRoot, again.pair.cert === first.pair.cert, again.root === first.root]).toEqual([false, true, true])
  let nowMs = NOW
  const running = openLocalCa({ directory, names: NAMES, clock: { now: () => epochMs(nowMs) } })
  expect(await running.renewed()).toEqual({ ok: true, value: undefined })
  nowMs = NOW + 370 * DAY_MS
  const renewed = await running.renewed()
  if (!renewed.ok || !renewed.value) throw new Error('it was not renewed')
  expect(renewed.value.cert).not.toBe(first.pair.cert)
  expect(new X509Certificate(renewed.value.cert).verify(new X509Certificate(first.root).publicKey)).toBe(true)
})

test('a new address of a private network needs no new root; a new name does, and it is said', () => {
  const directory = folder()
  const first = open(directory)
  const moved = open(directory, [...NAMES, '192.168.7.5', 'fd12::5'])
  expect([moved.isNewRoot, moved.root === first.root, namesOf(moved.pair.cert).includes('192.168.7.5')]).toEqual([false, true, true])
  const renamed = open(directory, ['mangru.incheon.example'])
  expect([renamed.isNewRoot, renamed.root === first.root]).toEqual([true, false])
})

test('keys are for their owner alone', () => {
  const directory = folder()
  open(directory)
  for (const file of ['root.key', 'server.key']) expect(statSync(join(directory, file)).mode & 0o777).toBe(0o600)
})

test.each([
  ['a certificate that is not there', (_: string) => ['none.crt', 'server.key'], /none.crt cannot be read; check --tls-cert/],
  ['a key that is not there', (_: string) => ['server.crt', 'none.key'], /none.key cannot be read; check --tls-key/],
  ['a key of another certificate', (_: string) => ['server.crt', 'root.key'], /server.crt: the key belongs to another certificate$/],
  ['a file that is no certificate', (_: string) => ['root.names', 'server.key'], /no certificate in PEM/],
  ['a file that is no key', (_: string) => ['server.crt', 'root.names'], /no private key in PEM without a passphrase$/],
])('%s is refused with what to do', async (_what, files, sentence) => {
  const directory = folder()
  open(directory)
  const [cert = '', key = ''] = files(directory).map(file => join(directory, file))
  expect(await tlsFromFiles(cert, key, clockAt(NOW))).toEqual({ ok: false, reason: expect.stringMatching(sentence) })
})

test('own files are taken, a certificate past its end is not, and one renewed by others is seen', async () => {
  const directory = folder()
  open(directory)
  const [cert, key] = [join(directory, 'server.crt'), join(directory, 'server.key')]
  const own = await tlsFromFiles(cert, key, clockAt(NOW))
  if (!own.ok) throw new Error(own.reason)
  expect(own.value.names).toContain('mangru.busan.example')
  expect(await tlsFromFiles(cert, key, clockAt(NOW + 500 * DAY_MS))).toEqual({
    ok: false,
    reason: expect.stringMatching(/it ended on \d{4}-.*; renew it$/),
  })
  expect(await own.value.renewed()).toEqual({ ok: true, value: undefined })
  writeFileSync(cert, 'half a file')
  expect(await own.value.renewed()).toMatchObject({ ok: false })
  open(directory, [...NAMES, 'second.busan.example'])
  expect((await own.value.renewed()).ok).toBe(true)
})

test.each([
  ['mangru.example', ['mangru.example'], true],
  ['MANGRU.example', ['mangru.example'], true],
  ['a.customs.example', ['*.customs.example'], true],
  ['a.b.customs.example', ['*.customs.example'], false],
  ['customs.example', ['*.customs.example'], false],
  ['evilcustoms.example', ['*.customs.example'], false],
])('%s stands in %s: %s', (host, names, is) => {
  expect(isNamed(host, names)).toBe(is)
})
