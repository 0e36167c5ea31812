// The clock's deeds and the mail, with a clock moved by hand and a post office that keeps what it gets: 06:00, 06:20, 06:30, 07:00; each once, over restarts too.
import { generateKeyPairSync } from 'node:crypto'
import { existsSync } from 'node:fs'
import { afterEach, expect, test } from 'vitest'
import type { Post } from '#base/index.ts'
import { createMail, type Message } from '#platform/mail/index.ts'
import { AS_OF, type ReportDesk, reportDesk } from '#testkit/report-desk.ts'
import { asOfOf } from './period.ts'
import type { Reports } from './reports.ts'
import { defaultReportsSettings, type ReportsSettings } from './settings.ts'
import { type RunningReports, startReports } from './start.ts'
import { deedsDone } from './store.ts'
import { dueDeeds, opensAtMs } from './timetable.ts'

const ID = 'daily-2026-11-24'
const { privateKey, publicKey } = generateKeyPairSync('ed25519')
const KEY = {
  privatePem: String(privateKey.export({ type: 'pkcs8', format: 'pem' })),
  publicPem: String(publicKey.export({ type: 'spki', format: 'pem' })),
  fingerprint: 'f'.repeat(64),
}
const POSTS: Readonly<Record<string, readonly Post[]>> = {
  kim: ['report-editor'],
  lee: ['watch-leader'],
  park: ['director'],
  choi: ['director'],
}
const ends: (() => Promise<void> | void)[] = []
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end()
})
const atTime = (time: string, day = '2026-11-24'): number => Date.parse(`${day}T${time}:00+09:00`)

/** What the trail tells of the machine's deeds for the report. */
const told = ({ store }: ReportDesk): readonly string[] =>
  store.read<{ deed: string }>('SELECT deed FROM audit WHERE thing = ? ORDER BY n', [ID]).map(row => row.deed)

async function office(change: Partial<ReportsSettings> = {}) {
  const desk: ReportDesk = await reportDesk()
  ends.push(() => desk.close())
  await desk.night()
  const got: Message[] = []
  const announced: unknown[] = []
  const mail = createMail({
    store: desk.store,
    clock: desk.clock,
    onTrouble: sentence => {
      throw new Error(sentence)
    },
    transport: {
      async send(message, begins) {
        await begins()
        got.push(message)
        return { end: 'sent' }
      },
    },
  })
  ends.push(() => mail.close())
  const start = (): RunningReports => {
    const running = startReports({
      settings: defaultReportsSettings({ mailTo: ['chief@example.kr'], mailUnapprovedTo: ['duty@example.kr'], ...change }),
      store: desk.store,
      // The tests look by themselves.
      clock: { ...desk.clock, every: () => () => {} },
      bus: desk.bus,
      http: { route: () => {} },
      live: { announce: message => void announced.push(message) },
      mail,
      access: desk.access,
      data: desk.folder,
      sources: desk.sources,
      key: KEY,
      confirmed: () => true,
      witness: () => {},
      log: { info: () => {}, warn: () => {}, error: sentence => expect(sentence).toBe('') },
    })
    ends.push(() => running.close())
    return running
  }
  const lookAt = async (running: RunningReports, ms: number): Promise<void> => {
    desk.hand.nowMs = ms
    await running.look()
  }
  return { desk, got, announced, start, lookAt }
}
async function signAll(reports: Reports, who = ['kim', 'lee', 'park', 'choi']): Promise<void> {
  for (const one of who) {
    const outcome = await reports.act(ID, { author: { id: one, name: one }, id: `sign-of-${one}` }, (_report, { fingerprint }) => ({
      deed: 'sign',
      fingerprint,
      isBlocked: false,
      posts: POSTS[one] ?? [],
      isAlone: false,
      finalFrom: 2,
    }))
    if (!outcome.ok) throw new Error(JSON.stringify(outcome.reason))
  }
}

test('a morning: offices are reminded, lines close, the draft is there, at 07:00 what is not approved goes out marked so, the approved one follows', async () => {
  const { desk, got, announced, start, lookAt } = await office()
  const running = start()
  const doneDeeds = (): readonly string[] => [...deedsDone(desk.store, ID).keys()].sort()
  await lookAt(running, atTime('05:59'))
  expect(doneDeeds()).toEqual([])
  await lookAt(running, atTime('06:00'))
  expect(announced).toContainEqual({ kind: 'report-lines', day: '2026-11-24', organisation: 'busan', change: 'remind' })
  await lookAt(running, atTime('06:20'))
  await lookAt(running, atTime('06:30'))
  expect(running.reports.get(ID)).toMatchObject({ state: 'writing', number: '2026-328' })
  await signAll(running.reports, ['kim', 'lee'])
  await lookAt(running, atTime('07:00'))
  expect(doneDeeds()).toEqual(['close', 'draft', 'remind', 'send'])
  expect(got.map(one => [one.to, one.subject])).toEqual([
    ['duty@example.kr', '[결재 진행 중 (2/4)] 관세국경 일일상황 〈2026. 11. 24.(화) 07시 현재〉'],
  ])
  expect(got[0]?.attachments?.map(one => [one.name, existsSync(one.file)])).toEqual([[`${ID}.pdf`, true]])
  expect(got[0]?.text).toContain('해상 환적 의심 냉동운반선 검색')

  desk.hand.nowMs = atTime('07:25')
  await signAll(running.reports, ['park', 'choi'])
  await lookAt(running, atTime('07:26'))
  expect(got.map(one => one.to)).toEqual(['duty@example.kr', 'chief@example.kr'])
  expect(got[1]?.text).toContain(running.reports.get(ID)?.seal?.sha256['report.pdf'])
  await lookAt(running, atTime('07:27'))
  expect(got).toHaveLength(2)
})

test('approved early it waits for its hour, and nobody gets it twice: neither at the next look nor after a restart', async () => {
  const { got, start, lookAt, desk } = await office()
  const running = start()
  await lookAt(running, atTime('06:31'))
  await signAll(running.reports)
  await lookAt(running, atTime('06:50'))
  expect(got).toEqual([])
  await lookAt(running, atTime('07:00'))
  expect(got.map(one => one.to)).toEqual(['chief@example.kr'])
  running.close()
  const again = start()
  await lookAt(again, atTime('07:01'))
  await lookAt(again, atTime('12:00'))
  expect(got).toHaveLength(1)
  expect(desk.store.read("SELECT 1 FROM audit WHERE deed = 'report.send' AND thing = ?", [ID])).toHaveLength(1)
})

test('a product that was down over 07:00 does what is due when it is back, once and in order', async () => {
  const { got, start, lookAt, desk } = await office()
  const running = start()
  await Promise.all([lookAt(running, atTime('09:12')), running.look(), running.look()])
  expect([...deedsDone(desk.store, ID).keys()]).toEqual(expect.arrayContaining(['remind', 'close', 'draft', 'send']))
  expect(got.map(one => one.subject)).toEqual(['[초안] 관세국경 일일상황 〈2026. 11. 24.(화) 07시 현재〉'])
  // Nobody is reminded of what has closed.
  expect(told(desk)).toEqual(['report.close', 'report.draft', 'report.send'])
})

test('with nobody to send to the report is frozen all the same', async () => {
  const { got, start, lookAt, desk } = await office({ mailTo: [], mailUnapprovedTo: [] })
  const running = start()
  await lookAt(running, AS_OF)
  expect(got).toEqual([])
  expect(told(desk)).not.toContain('report.send')
  expect(desk.store.read('SELECT language FROM report_papers WHERE report = ? ORDER BY language', [ID])).toEqual([
    { language: 'en' },
    { language: 'ko' },
  ])
})

test.each([
  ['2028-02-29T07:00', '2028-02-29T06:30'],
  // A special report that ends in the night is signed from its end on.
  ['2028-03-01T03:00', '2028-03-01T03:00'],
  ['2028-03-01T23:00', '2028-03-01T06:30'],
])('a report as of %s KST is signed from %s on', (asOf, opens) => {
  const { timetable } = defaultReportsSettings()
  expect(opensAtMs(Date.parse(`${asOf}+09:00`), timetable)).toBe(Date.parse(`${opens}+09:00`))
})

test.each([
  ['05:59', []],
  ['06:00', ['remind']],
  ['06:20', ['remind', 'close']],
  ['06:30', ['remind', 'close', 'draft']],
  ['07:00', ['remind', 'close', 'draft', 'send']],
  ['23:59', ['remind', 'close', 'draft', 'send']],
])('at %s KST %j is due; at midnight a new day begins', (time, deeds) => {
  const { timetable } = defaultReportsSettings()
  expect(dueDeeds(atTime(time), timetable, () => false).map(one => one.deed)).toEqual(deeds)
  expect(dueDeeds(atTime('00:00', '2026-11-25'), timetable, () => false)).toEqual([])
  expect(dueDeeds(atTime(time), timetable, (_day, deed) => deed === 'remind').map(one => one.deed)).toEqual(
    deeds.filter(one => one !== 'remind'),
  )
  // A leap day has its morning too.
  expect(dueDeeds(asOfOf('2028-02-29'), timetable, () => false).map(one => one.day)).toEqual(Array(4).fill('2028-02-29'))
})
