// A report's life on a real store, with real files: signed box by box, sealed, never changed any more; two at once; what a kill leaves; what was touched behind its back.
import { generateKeyPairSync } from 'node:crypto'
import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { ok, type Post, refused } from '#base/index.ts'
import { machineClock } from '#platform/clock/index.ts'
import { AS_OF, kst, type ReportDesk, reportDesk } from '#testkit/report-desk.ts'
import { checkReports } from './check-files.ts'
import { findCell, findLine } from './edits.ts'
import { linesOf } from './model.ts'
import { createPress, type Press } from './press.ts'
import type { ReportDeed } from './report.ts'
import { createReports, type Doer, type Reports } from './reports.ts'
import { sealFaults, sha256 } from './seal.ts'
import { REPORTS_DEFAULTS, readBoxes } from './settings.ts'
import { frozenPaper, withOwn } from './store.ts'

const ID = 'daily-2026-11-24'
const TOMORROW = 'daily-2026-11-25'
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
let press: Press
beforeAll(() => {
  press = createPress(machineClock)
})
afterAll(() => press.close())
/** The page for every form: quick, where the form is not what is asked. */
const plain: Press = {
  fit: paper => Promise.resolve(paper),
  print: paper => Promise.resolve(ok(Buffer.from(JSON.stringify(paper)))),
  pages: () => Promise.resolve(refused('plain')),
  warm: () => {},
  close: () => {},
}
const desks: ReportDesk[] = []
afterEach(async () => {
  for (const desk of desks.splice(0)) await desk.close()
})

let deeds = 0
const by = (id: string, deed = `deed-${++deeds}`): Doer => ({ author: { id, name: `${id}님` }, id: deed })

async function open(change: { readonly press?: Press } = {}) {
  const desk = await reportDesk()
  desks.push(desk)
  await desk.night()
  const witnessed: unknown[] = []
  const faults: string[] = []
  const reports = createReports({
    store: desk.store,
    clock: desk.clock,
    bus: desk.bus,
    data: desk.folder,
    sources: withOwn(desk.sources, desk.store),
    press: change.press ?? plain,
    key: KEY,
    boxes: readBoxes(REPORTS_DEFAULTS.boxes),
    phone: '',
    witness: entry => witnessed.push(entry),
    onFault: sentence => faults.push(sentence),
    onLine: () => {},
  })
  return { desk, reports, witnessed, faults }
}

const paper = async (reports: Reports, id = ID, language: 'ko' | 'en' = 'ko') => {
  const composed = await reports.paper(id, language)
  if (!composed) throw new Error('no paper')
  return composed
}
async function sign(reports: Reports, who: string, doer = by(who), as?: 'stand-in' | 'final') {
  return reports.act(ID, doer, (_report, { fingerprint }) => ({
    deed: 'sign',
    ...(as ? { as } : {}),
    fingerprint,
    isBlocked: false,
    posts: POSTS[who] ?? [],
    isAlone: false,
    finalFrom: 2,
  }))
}
const reword =
  (target: string, text: string, base?: number) =>
  (report: { readonly revision: number }, { paper: now }: Awaited<ReturnType<typeof paper>>): ReportDeed => ({
    deed: 'edit',
    edit: { deed: 'text', target, text },
    language: 'ko',
    base: base ?? report.revision,
    before: findLine(now, target)?.text ?? findCell(now, target)?.text,
    reason: '',
  })
const LINE = 'events/incident:tobacco'
const folderOf = (desk: ReportDesk): string => join(desk.folder, 'reports', ID)

test('four signatures approve it: files, hashes, signature and ledger agree, and nothing changes it any more', async () => {
  const { desk, reports, witnessed } = await open({ press })
  expect((await reports.act(ID, by('kim'), reword(LINE, '선용품 미신고 반출(담배 180보루) 적발'))).ok).toBe(true)
  for (const who of ['kim', 'lee', 'park', 'choi']) expect([who, (await sign(reports, who)).ok]).toEqual([who, true])
  const report = reports.get(ID)
  expect(report?.state).toBe('approved')
  const seal = report?.seal
  expect(Object.keys(seal?.sha256 ?? {})).toEqual([
    'report.json',
    'report.pdf',
    'report.docx',
    'report.hwpx',
    'report.html',
    'report.en.pdf',
  ])
  for (const [name, hash] of Object.entries(seal?.sha256 ?? {}))
    expect([name, sha256(readFileSync(join(folderOf(desk), name)))]).toEqual([name, hash])
  expect(report && sealFaults(desk.folder, report, KEY.publicPem)).toEqual([])
  expect(witnessed).toMatchObject([{ control: 'report', report: ID, sha256: seal?.sha256 }])
  expect(readFileSync(join(folderOf(desk), 'report.html'), 'utf8')).toContain('담배 180보루) 적발')

  const before = JSON.stringify(await paper(reports))
  await desk.store.write([{ sql: 'DELETE FROM alarms' }])
  expect(await reports.act(ID, by('kim'), reword(LINE, '뒤늦게'))).toMatchObject({ ok: false, reason: { code: 'approved-already' } })
  expect(JSON.stringify(await paper(reports))).toBe(before)
})

test('a deed that comes again after a lost line is done once, also the one that sealed it; the id of another’s deed is refused', async () => {
  const { reports, witnessed } = await open()
  const edit = by('kim')
  for (let n = 0; n < 2; n++) expect((await reports.act(ID, edit, reword(LINE, '고친 글'))).ok).toBe(true)
  expect(reports.get(ID)?.edits).toHaveLength(1)
  expect(await reports.act(ID, { ...edit, author: { id: 'lee', name: '이' } }, reword(LINE, '남의 글'))).toEqual({
    ok: false,
    reason: 'id-taken',
  })
  for (const who of ['kim', 'lee', 'park']) await sign(reports, who)
  const last = by('choi')
  const outcomes = await Promise.all([sign(reports, 'choi', last), sign(reports, 'choi', last)])
  expect(outcomes.map(one => one.ok)).toEqual([true, true])
  expect(witnessed).toHaveLength(1)
  expect(reports.isDone(last.id, 'choi')).toBe(true)
  expect(reports.isDone(last.id, 'kim')).toBe(false)
})

test('two editors at once: elsewhere both stand, at the same words the second is told of the first; nothing is lost', async () => {
  const { reports } = await open()
  await reports.open(ID)
  const base = reports.get(ID)?.revision
  const other = 'events/incident:transfer'
  const [first, second, third] = await Promise.all([
    reports.act(ID, by('kim'), reword(LINE, '김의 글', base)),
    reports.act(ID, by('lee'), reword(LINE, '이의 글', base)),
    reports.act(ID, by('lee'), reword(other, '이의 다른 글', base)),
  ])
  expect([first.ok, third.ok]).toEqual([true, true])
  expect(second).toMatchObject({ ok: false, reason: { code: 'changed-meanwhile', now: { text: '김의 글', by: 'kim님' } } })
  const { paper: now } = await paper(reports)
  expect([findLine(now, LINE)?.text, findLine(now, other)?.text]).toEqual(['김의 글', '이의 다른 글'])
  // Having seen it, the second writes over it; the history holds both.
  await reports.act(ID, by('lee'), reword(LINE, '이의 글'))
  expect(findLine((await paper(reports)).paper, LINE)?.text).toBe('이의 글')
  expect(reports.steps(ID).map(step => step.who)).toEqual(expect.arrayContaining(['kim', 'lee', 'lee']))
  expect(reports.get(ID)?.edits).toHaveLength(3)
})

test('a change keeps what the machine said, is counted at the foot, and taken back leaves the draft as it was', async () => {
  const { reports } = await open()
  const draft = (await paper(reports)).paper
  const edit = by('kim')
  await reports.act(ID, edit, reword(LINE, '고친 글'))
  const changed = await paper(reports)
  expect(changed.marks).toMatchObject([{ n: 1, target: LINE, before: findLine(draft, LINE)?.text, after: '고친 글', by: { id: 'kim' } }])
  expect(changed.paper.foot[0]).toContain('사람이 고친 곳 1 (주요 동향 1)')
  await reports.act(ID, by('lee'), () => ({ deed: 'undo', edit: edit.id }))
  const back = await paper(reports)
  expect(findLine(back.paper, LINE)).toEqual(findLine(draft, LINE))
  expect(back.fingerprint).toBe((await paper(reports)).fingerprint)
  expect(back.marks).toEqual([])
})

test('frozen at its hour: what comes to the rows later moves no figure', async () => {
  const { desk, reports } = await open()
  await reports.open(ID)
  await reports.freeze(ID, [])
  const before = JSON.stringify((await paper(reports)).paper.sections)
  await desk.store.write([{ sql: 'DELETE FROM alarms' }])
  expect(JSON.stringify((await paper(reports)).paper.sections)).toBe(before)
  const recount = await reports.recount(ID, 'ko')
  expect(recount && findCell(recount, 'summary/table/now/alarms')?.text).toBe('0')
})

test('what comes between the last signature and 07:00 is in no paper but told in the next one', async () => {
  const { desk, reports } = await open()
  desk.hand.nowMs = kst('06:50')
  for (const who of ['kim', 'lee', 'park', 'choi']) await sign(reports, who)
  desk.hand.nowMs = AS_OF
  await desk.alarm({ id: 'late', at: '06:55', level: 2, detector: 'loitering', ship: 440_000_021 })
  expect(findCell((await paper(reports)).paper, 'summary/table/now/alarms')?.text).toBe('4')
  const { paper: next } = await paper(reports, TOMORROW)
  const [first] = linesOf(next.sections.find(one => one.id === 'events')?.blocks ?? [])
  expect(first).toMatchObject({ lead: '정정', text: '전일 보고 확정(06:50) 뒤 07시까지 경보 1건 추가', sources: ['alarm:late'] })
  expect(findCell(next, 'summary/table/now/alarms')?.text).toBe('0')
})

test('files that a killed approval left behind are of no report: the next approval writes its own', async () => {
  const { desk, reports } = await open()
  for (const who of ['kim', 'lee', 'park']) await sign(reports, who)
  mkdirSync(folderOf(desk), { recursive: true })
  writeFileSync(join(folderOf(desk), 'report.pdf'), 'half')
  writeFileSync(join(folderOf(desk), 'stray'), 'x')
  expect(reports.get(ID)?.state).toBe('review')
  expect((await sign(reports, 'choi')).ok).toBe(true)
  expect(readdirSync(folderOf(desk)).sort()).toEqual(Object.keys(reports.get(ID)?.seal?.sha256 ?? {}).sort())
})

test('where the files cannot be written nothing is approved, and it is once they can be', async () => {
  const { desk, reports } = await open()
  for (const who of ['kim', 'lee', 'park']) await sign(reports, who)
  writeFileSync(join(desk.folder, 'reports'), 'a file where a folder should be')
  await expect(sign(reports, 'choi')).rejects.toThrow()
  expect(reports.get(ID)).toMatchObject({ state: 'review' })
  rmSync(join(desk.folder, 'reports'))
  expect((await sign(reports, 'choi')).ok).toBe(true)
})

test('without a typesetter it is approved all the same: the HTML page stands for the PDF, and somebody is told', async () => {
  const broken: Press = {
    ...plain,
    print: (paper, form) => (form === 'pdf' ? Promise.resolve(refused('no typesetter')) : plain.print(paper, form)),
  }
  const { desk, reports, faults } = await open({ press: broken })
  for (const who of ['kim', 'lee', 'park', 'choi']) await sign(reports, who)
  expect(reports.get(ID)?.state).toBe('approved')
  expect(faults).toEqual(['report.pdf: no typesetter', 'report.en.pdf: no typesetter'])
  expect(existsSync(join(folderOf(desk), 'report.html'))).toBe(true)
  expect(existsSync(join(folderOf(desk), 'report.pdf'))).toBe(false)
})

test.each<readonly [string, (desk: ReportDesk) => Promise<void> | void, RegExp]>([
  ['a changed file', desk => appendFileSync(join(folderOf(desk), 'report.pdf'), ' '), /report\.pdf is not what was approved/],
  ['a missing file', desk => rmSync(join(folderOf(desk), 'report.hwpx')), /report\.hwpx is missing/],
  [
    'a seal written anew',
    async desk => {
      const [row] = desk.store.read<{ body: string }>('SELECT body FROM reports WHERE id = ?', [ID])
      const body = JSON.parse(row?.body ?? '')
      body.seal.manifest = body.seal.manifest.replace('2026-328', '2026-329')
      await desk.store.write([{ sql: 'UPDATE reports SET body = ? WHERE id = ?', values: [JSON.stringify(body), ID] }])
    },
    /not signed by the house's key/,
  ],
])('%s behind its back is named by the check', async (_what, touch, sentence) => {
  const { desk, reports } = await open()
  for (const who of ['kim', 'lee', 'park', 'choi']) await sign(reports, who)
  mkdirSync(join(desk.folder, 'keys'), { recursive: true })
  writeFileSync(join(desk.folder, 'keys', 'evidence-ed25519.pem'), KEY.privatePem)
  expect(checkReports(desk.folder, desk.store)).toBe('1 reports, 1 sealed')
  await touch(desk)
  expect(() => checkReports(desk.folder, desk.store)).toThrow(sentence)
})

test('a sealed report that was not witnessed any more is witnessed at the next start, once', async () => {
  const { desk, reports, witnessed } = await open()
  for (const who of ['kim', 'lee', 'park', 'choi']) await sign(reports, who)
  await desk.store.write([{ sql: "DELETE FROM report_deeds WHERE deed = 'witnessed'" }])
  await reports.witnessSealed()
  await reports.witnessSealed()
  expect(witnessed).toHaveLength(2)
})

test('전결 in the third box seals it with the fourth left out; both editions are frozen with it', async () => {
  const { desk, reports } = await open()
  for (const who of ['kim', 'lee']) await sign(reports, who)
  await sign(reports, 'park', by('park'), 'final')
  const { paper: sealed } = await paper(reports)
  expect(sealed.boxes.map(box => box.mark ?? box.name ?? '')).toEqual(['kim님', 'lee님', '전결', '전결'])
  expect(sealed.standing).toBeUndefined()
  for (const language of ['ko', 'en'] as const) expect(frozenPaper(desk.store, ID, language)?.language).toBe(language)
})

test('a day that is no day, and a report that was never made, are not known', async () => {
  const { reports } = await open()
  for (const id of ['daily-2026-02-29', 'hourly-2026-11-24', 'special-none', '../../etc']) {
    expect([id, await reports.paper(id, 'ko')]).toEqual([id, undefined])
    expect([id, await reports.act(id, by('kim'), () => ({ deed: 'comment', target: 'x', text: 'y' }))]).toEqual([
      id,
      { ok: false, reason: 'no-report' },
    ])
  }
})

test('weekly, monthly and special papers are made of the same sections', async () => {
  const { reports } = await open()
  const id = 'special-gamcheon-night'
  await reports.newSpecial(id, kst('02:00'), kst('04:00'), by('kim'))
  const titles = await Promise.all(['weekly-2026-11-24', 'monthly-2026-12-01', id].map(async one => (await paper(reports, one)).paper))
  expect(titles.map(one => one.title)).toEqual(['관세국경 주간상황', '관세국경 월간상황', '관세국경 특별상황'])
  expect(titles.map(one => findCell(one, 'summary/table/now/alarms')?.text)).toEqual(['4', '4', '2'])
  const [daily] = [await paper(reports)]
  for (const one of titles) expect(one.sections.map(section => section.id)).toEqual(daily?.paper.sections.map(section => section.id))
})
