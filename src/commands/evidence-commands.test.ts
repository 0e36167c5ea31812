// verify, check and doctor on data folders that tests make and damage.
import { cpSync, mkdirSync, readFileSync, rmSync, truncateSync, utimesSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, expect, test, vi } from 'vitest'
import { ACCESS_MIGRATIONS, auditHead, auditStatement } from '#access/index.ts'
import { ALERTS_MIGRATIONS } from '#alerts/index.ts'
import { type Clock, epochMs } from '#base/index.ts'
import { EVIDENCE_MIGRATIONS, openLedger } from '#evidence/index.ts'
import { PLACES_MIGRATIONS } from '#places/index.ts'
import { openStore } from '#platform/store/index.ts'
import { VESSELS_MIGRATIONS } from '#vessels/index.ts'
import { temporaryFolder } from '../testkit/product.ts'
import { check } from './check.ts'
import { type Command, CommandFailure } from './command.ts'
import { doctor } from './doctor.ts'
import { verify } from './verify.ts'

const NOW = Date.UTC(2026, 10, 24)
const still: Clock = { now: () => epochMs(NOW), every: () => () => {}, after: () => () => {} }
const folders: { readonly path: string; remove(): void }[] = []
afterEach(() => {
  for (const folder of folders.splice(0)) folder.remove()
})

function newFolder(): string {
  const folder = temporaryFolder()
  folders.push(folder)
  return folder.path
}

/** A data folder as an orderly stop leaves it: a ledger of three entries, an audit trail of three deeds, the last witnessed. */
async function dataFolder(): Promise<string> {
  const data = newFolder()
  const store = await openStore({
    file: join(data, 'store', 'mangru.db'),
    migrations: [...ACCESS_MIGRATIONS, ...PLACES_MIGRATIONS, ...VESSELS_MIGRATIONS, ...ALERTS_MIGRATIONS, ...EVIDENCE_MIGRATIONS],
  })
  for (const thing of ['alarm-1', 'alarm-2', 'alarm-3'])
    await store.write([auditStatement({ atMs: NOW, who: 'duty', deed: 'alarm.acknowledge', thing })])
  const head = auditHead(store)
  await store.close()
  const ledger = await openLedger({ directory: join(data, 'ledger'), clock: still })
  ledger.append(ledger.feed('busan'), Buffer.from('!AIVDM,1,1,,A,15MwkRUOidG?GElEa<iQk1JV06Jd,0*6D\n'), NOW)
  ledger.control({ control: 'audit', ...head }, NOW)
  await ledger.close()
  return data
}

/** Runs the command in this process; what it printed, and its code or the sentence it refused with. */
async function run(command: Command, ...args: string[]): Promise<{ code: number; out: string; err: string }> {
  let out = ''
  let err = ''
  const stdout = vi.spyOn(process.stdout, 'write').mockImplementation(text => {
    out += text
    return true
  })
  const stderr = vi.spyOn(process.stderr, 'write').mockImplementation(text => {
    err += text
    return true
  })
  try {
    return { code: await command.run(args), out, err }
  } catch (error) {
    if (error instanceof CommandFailure) return { code: 1, out, err: error.message }
    throw error
  } finally {
    stdout.mockRestore()
    stderr.mockRestore()
  }
}

const segment = (data: string): string => join(data, 'ledger', '00000001.mgl')
const change = (data: string, sql: string): void => {
  const database = new DatabaseSync(join(data, 'store', 'mangru.db'))
  database.exec(sql)
  database.close()
}
/** As a killed product leaves it: a lock whose owner is gone, no HEAD. */
function makeKilled(data: string): void {
  writeFileSync(join(data, 'lock'), JSON.stringify({ pid: 2 ** 30, began: '1' }))
  rmSync(join(data, 'ledger', 'HEAD'))
}

test('verify says what it covered: every entry of the ledger and every row of the audit trail', async () => {
  const { code, out } = await run(verify, '--data', await dataFolder())
  expect(code).toBe(0)
  expect(out).toMatch(/^ledger: ok .*"entries":3.*\naudit: ok .*"rows":3,"witnessed":1/)
})

test('verify names the file and the batch of a changed ledger', async () => {
  const data = await dataFolder()
  const bytes = readFileSync(segment(data))
  bytes[bytes.indexOf('!AIVDM') + 20] = 0x41
  writeFileSync(segment(data), bytes)
  expect(await run(verify, '--data', data)).toMatchObject({
    code: 1,
    err: expect.stringMatching(/^ledger: 00000001\.mgl at byte \d+: batch 1 was changed: its hash does not fit$/),
  })
})

test('a torn tail is no fault after kill -9 and one after an orderly stop', async () => {
  const data = await dataFolder()
  const killed = newFolder()
  cpSync(data, killed, { recursive: true })
  makeKilled(killed)
  for (const folder of [data, killed]) truncateSync(segment(folder), readFileSync(segment(folder)).length - 110)
  expect(await run(verify, '--data', data)).toMatchObject({ code: 1 })
  const verdict = await run(verify, '--data', killed)
  expect(verdict.out).toContain('a torn tail of')
})

test.each([
  ['a changed row', "UPDATE audit SET thing = 'alarm-9' WHERE n = 2", /^audit: row 2: its hash does not follow/],
  ['a missing row', 'DELETE FROM audit WHERE n = 2', /^audit: row 3: row 2 is missing/],
  ['a tail cut off', 'DELETE FROM audit WHERE n = 3', /^audit: row 3 is not what the ledger witnessed/],
])('verify finds %s of the audit trail and names it', async (_what, sql, sentence) => {
  const data = await dataFolder()
  change(data, sql)
  expect(await run(verify, '--data', data)).toMatchObject({ code: 1, err: expect.stringMatching(sentence) })
})

test('an audit trail that was taken away whole is found', async () => {
  const data = await dataFolder()
  rmSync(join(data, 'store'), { recursive: true })
  expect(await run(verify, '--data', data)).toMatchObject({
    code: 1,
    err: expect.stringMatching(/^audit: the ledger witnessed 3 rows .*is gone/),
  })
})

test.each([
  ['is no database any more', 'this is no database'.repeat(300)],
  ['has lost its end', undefined],
])('a store that %s is a finding in one sentence, not a stack of calls', async (_what, words) => {
  const data = await dataFolder()
  const file = join(data, 'store', 'mangru.db')
  writeFileSync(file, words ?? readFileSync(file).subarray(0, 4096))
  expect(await run(verify, '--data', data)).toMatchObject({
    code: 1,
    err: expect.stringMatching(/^audit: .*mangru\.db cannot be read: .+/),
  })
})

test('a lock laid into the folder does not hide a tail that was cut off after an orderly stop', async () => {
  const data = await dataFolder()
  writeFileSync(join(data, 'lock'), JSON.stringify({ pid: 2 ** 30, began: '1' }))
  expect(await run(verify, '--data', data)).toMatchObject({ code: 0 })
  truncateSync(segment(data), readFileSync(segment(data)).length - 110)
  expect(await run(verify, '--data', data)).toMatchObject({ code: 1, err: expect.stringMatching(/HEAD/) })
})

test('a segment by itself is verified wherever it lies, and what is no segment is said to be none', async () => {
  const data = await dataFolder()
  const alone = join(newFolder(), '00000001.mgl')
  cpSync(segment(data), alone)
  expect(await run(verify, alone)).toMatchObject({ code: 0, out: expect.stringContaining('ok 3 entries') })
  const bytes = readFileSync(alone)
  bytes[100] = (bytes[100] ?? 0) ^ 1
  writeFileSync(alone, bytes)
  expect(await run(verify, alone)).toMatchObject({ code: 1 })
  const other = join(newFolder(), 'notes.txt')
  writeFileSync(other, 'hello')
  expect(await run(verify, other)).toMatchObject({ code: 1, err: expect.stringContaining('a segment ends in .mgl') })
  expect(await run(verify, join(other, 'x'))).toMatchObject({ code: 1, err: expect.stringContaining('there is no file') })
})

test('a folder that is not there is named, with what to do', async () => {
  const missing = join(newFolder(), 'nowhere')
  for (const command of [verify, check])
    expect(await run(command, '--data', missing)).toMatchObject({ code: 1, err: expect.stringMatching(/nowhere.*--data/) })
})

test('check says of each part what was looked at', async () => {
  const { code, out } = await run(check, '--data', await dataFolder())
  expect(code).toBe(0)
  expect(out).toBe(
    'ledger: ok, 3 entries\nstore: ok, 0 alarms, 0 areas\nincidents: ok, none yet\nduty log: ok, none yet\nseals: ok, none yet\nreports: ok, none yet\nstatistics: ok, none yet\ntracks: ok, none yet\nsnapshot: ok, none yet\n',
  )
})

test('check names a store that is damaged', async () => {
  const data = await dataFolder()
  writeFileSync(join(data, 'store', 'mangru.db'), Buffer.from('this is no database at all'.repeat(100)))
  for (const ending of ['-wal', '-shm']) rmSync(join(data, 'store', `mangru.db${ending}`), { force: true })
  expect(await run(check, '--data', data)).toMatchObject({ code: 1, err: expect.stringMatching(/^mangru check: store: .*not a database/) })
})

test('doctor says of a folder not made yet where it would be made, and of a port in use that it is', async () => {
  const server = createServer()
  await new Promise<void>(done => server.listen(0, '127.0.0.1', () => done()))
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  const { code, out } = await run(doctor, '--data', join(newFolder(), 'a', 'b', 'c'), '--port', String(port))
  await new Promise(done => server.close(done))
  expect(code).toBe(1)
  expect(out).toMatch(/ok {4}data folder: .*not made yet/)
  expect(out).toMatch(new RegExp(`WRONG port ${port}: .*EADDRINUSE.* — stop what listens there`))
  expect(out.trimEnd().split('\n').length).toBeGreaterThanOrEqual(9)
})

test('doctor finds a clock that is behind what was recorded', async () => {
  const data = newFolder()
  mkdirSync(join(data, 'ledger'))
  writeFileSync(segment(data), '')
  const future = Date.now() / 1000 + 86_400
  utimesSync(segment(data), future, future)
  expect((await run(doctor, '--data', data, '--port', '0')).out).toMatch(/WRONG clock: .*behind what was recorded/)
})

test('a port that is none is wrong usage', async () => {
  await expect(run(doctor, '--port', 'abc')).rejects.toThrow(/abc is no port/)
})
