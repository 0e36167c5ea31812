// The schedule on a real store, with a clock of our own and runs whose ends we say; and one real run in its process.
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { type Clock, epochMs } from '#base/index.ts'
import { machineClock } from '#platform/clock/index.ts'
import { openStore, type Store } from '#platform/store/index.ts'
import type { FindingEvent } from '#rules/index.ts'
import { temporaryFolder } from '#testkit/product.ts'
import { MIGRATIONS } from '../migrations.ts'
import { hasFailed, type RunEnd, type RunFailed, type RunMade, runBackup } from './run.ts'
import { createBackups } from './schedule.ts'
import type { BackupSettings } from './settings.ts'

const NOW = Date.UTC(2026, 10, 25, 18)
const HOUR = 3_600_000
const closing: (() => Promise<void> | void)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

const SETTINGS: BackupSettings = { to: '/mnt/backup', everyMs: HOUR, keep: { newest: 24, days: 30 }, passphraseFile: '' }
const FULL: RunFailed = { code: 'full', sentence: 'the disk of /mnt/backup is full' }

async function desk(change: Partial<BackupSettings> = {}) {
  const folder = temporaryFolder()
  const store: Store = await openStore({ file: join(folder.path, 'store.db'), migrations: MIGRATIONS })
  closing.push(
    () => folder.remove(),
    () => store.close(),
  )
  const hand = { nowMs: NOW, began: 0, isFull: false }
  const events: FindingEvent[] = []
  const said: string[] = []
  let ticks: (() => void)[] = []
  const rows = (): number => store.read<{ n: number }>('SELECT count(*) AS n FROM backup_runs')[0]?.n ?? 0
  let end: ((outcome: RunEnd) => void) | undefined
  const clock: Clock = {
    now: () => epochMs(hand.nowMs),
    every(_ms, task) {
      ticks.push(task)
      return () => {
        ticks = ticks.filter(one => one !== task)
      }
    },
    after: () => () => {},
  }
  const made = (names: readonly string[]): RunMade => ({
    name: names.at(-1) ?? '',
    atMs: hand.nowMs,
    files: 3,
    bytes: 5_000_000,
    newBytes: 1_000_000,
    there: names,
  })
  const open = () =>
    createBackups({
      settings: { ...SETTINGS, ...change },
      store: {
        read: store.read,
        write: statements => (hand.isFull ? Promise.reject(new Error('disk is full')) : store.write(statements)),
      },
      clock,
      sink: event => events.push(event),
      log: { info: line => said.push(line), warn: line => said.push(line), error: line => said.push(line) },
      run(_settings, told) {
        hand.began++
        told.progress({ what: 'files', bytes: 1, ofBytes: 2 })
        return {
          ended: new Promise(done => {
            end = done
          }),
          stop: () => end?.({ code: 'ended', sentence: 'stopped' }),
        }
      },
    })
  return {
    hand,
    store,
    events,
    said,
    made,
    open,
    /** Time goes by, and the schedule looks. */
    async pass(ms: number) {
      hand.nowMs += ms
      for (const tick of ticks) tick()
      await new Promise(done => setImmediate(done))
    },
    async endsUnkept(outcome: RunEnd) {
      await expect.poll(() => end).toBeDefined()
      end?.(outcome)
      await expect.poll(() => said.some(line => line.includes('kept'))).toBe(true)
    },
    async ends(outcome: RunEnd) {
      await expect.poll(() => end).toBeDefined()
      const before = rows()
      end?.(outcome)
      end = undefined
      await expect.poll(rows).toBe(before + 1)
      await new Promise(done => setImmediate(done))
    },
  }
}

test('the first backup comes a minute after the start, the next an hour after that one began, and never two at once', async () => {
  const { hand, pass, open, ends, made } = await desk()
  const backups = open()
  await pass(30_000)
  expect(hand.began).toBe(0)
  await pass(30_000)
  expect(backups.state().running).toMatchObject({ what: 'files', bytes: 1, ofBytes: 2, beganAtMs: NOW + 60_000 })
  await pass(2 * HOUR)
  expect(hand.began).toBe(1)
  await ends(made(['mangru-1']))
  expect(backups.state()).toMatchObject({
    there: [{ name: 'mangru-1', run: { end: { bytes: 5_000_000 } } }],
    nextAtMs: NOW + 60_000 + HOUR,
  })
  expect(backups.state().running).toBeUndefined()
})

test('a failed backup is an alarm, tried again after ten minutes, graver after a day, over with the next whole one; after a restart it is the same alarm', async () => {
  const { hand, pass, open, ends, made, events } = await desk()
  open()
  await pass(60_000)
  await ends(made(['mangru-1']))
  await pass(HOUR)
  await ends(FULL)
  const failedAtMs = hand.nowMs
  expect(events).toMatchObject([{ change: 'raised', finding: { severity: 'medium', from: failedAtMs } }])
  expect(events[0]?.finding.why.ko).toBe(
    '정기 백업 실패: 백업 디스크에 자리 없음. 마지막 온전한 백업 2026-11-26 03:01. 관리자에게 알리십시오',
  )
  await pass(9 * 60_000)
  expect(hand.began).toBe(2)
  await pass(60_000)
  expect(hand.began).toBe(3)
  await pass(26 * HOUR)
  await ends(FULL)
  expect(events.at(-1)).toMatchObject({ change: 'updated', finding: { severity: 'high' } })

  const again = open()
  expect(events.at(-1)).toMatchObject({ change: 'raised', finding: { id: events[0]?.finding.id, severity: 'high' } })
  expect(again.state().failed).toMatchObject({ why: { ko: '백업 디스크에 자리 없음' }, sentence: FULL.sentence })
  await again.make({ who: 'p-1' })
  await ends(made(['mangru-1', 'mangru-2']))
  expect(events.at(-1)).toMatchObject({ change: 'ended', finding: { id: events[0]?.finding.id } })
  expect(again.state().failed).toBeUndefined()
})

test('asked for by an administrator it begins at once and stands in the trail; a second one meanwhile is refused, and so is one that has no folder', async () => {
  const { store, hand, open } = await desk()
  const backups = open()
  expect(await Promise.all([backups.make({ who: 'p-1' }), backups.make({ who: 'p-2' })])).toEqual(['begun', 'running'])
  expect(hand.began).toBe(1)
  expect(store.read("SELECT who, thing FROM audit WHERE deed = 'backup.make'")).toEqual([{ who: 'p-1', thing: '/mnt/backup' }])
  const without = (await desk({ to: '' })).open()
  expect(await without.make({ who: 'p-1' })).toBe('nowhere')
  expect(without.state().nextAtMs).toBeUndefined()
})

test('an outcome that the store does not take is not tried again at once', async () => {
  const { hand, pass, open, said, made, endsUnkept } = await desk()
  open()
  hand.isFull = true
  await pass(60_000)
  await endsUnkept(made(['mangru-1']))
  expect(said.at(-1)).toMatch(/could not be kept/)
  await pass(30_000)
  expect(hand.began).toBe(1)
})

test('a clock set back by a day does not stop the backups for a day', async () => {
  const { hand, pass, open, ends, made } = await desk()
  open()
  await pass(60_000)
  await ends(made(['mangru-1']))
  await pass(-24 * HOUR)
  await pass(60_000)
  expect(hand.began).toBe(2)
})

test('a real run, in a process of its own: whole, with its figures, older ones taken away by the rule; a folder that cannot be made is told', async () => {
  const folder = temporaryFolder()
  closing.push(() => folder.remove())
  const data = join(folder.path, 'data')
  mkdirSync(join(data, 'attachments', 'ab'), { recursive: true })
  writeFileSync(join(data, 'attachments', 'ab', 'one'), 'a photo')
  const settings = { ...SETTINGS, to: join(folder.path, 'to'), keep: { newest: 1, days: 0 } }
  const told = { progress: () => {}, warning: () => {} }
  const first = await runBackup({ data, version: '9.9.9', settings }, machineClock, told).ended
  const second = await runBackup({ data, version: '9.9.9', settings }, machineClock, told).ended
  if (hasFailed(first) || hasFailed(second)) throw new Error(JSON.stringify([first, second]))
  expect(second).toMatchObject({ bytes: expect.any(Number), there: [second.name] })
  expect(readdirSync(settings.to)).toEqual([second.name])
  writeFileSync(join(folder.path, 'file'), '')
  const refused = await runBackup(
    { data, version: '9.9.9', settings: { ...settings, to: join(folder.path, 'file', 'to') } },
    machineClock,
    told,
  ).ended
  expect(refused).toMatchObject({ code: 'destination', sentence: expect.stringMatching(/cannot be made/) })
  const phrase = await runBackup({ data, version: '9.9.9', settings: { ...settings, passphraseFile: '/none' } }, machineClock, told).ended
  expect(phrase).toMatchObject({ code: 'passphrase' })
})
