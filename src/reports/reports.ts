// The reports of the product: drafted live until they are frozen, changed by hand, signed box by box, sealed. What a person does is answered only when it is on the disk; each deed
// carries an id made by whoever does it, so that a resend after a lost line never doubles. Deeds on one report follow one another.
import { auditStatement } from '#access/index.ts'
import { type Clock, ok, type Result, refused } from '#base/index.ts'
import type { Bus } from '#platform/bus/index.ts'
import type { Statement, Store } from '#platform/store/index.ts'
import { type Composed, composed } from './compose.ts'
import { draftPaper } from './draft.ts'
import { type EditDeed, targetText } from './edits.ts'
import { PAPER_KINDS, type Paper, type PaperKind, type PaperLanguage } from './model.ts'
import { numberOf } from './number.ts'
import { asOfOf, dayOf, isDay, type Period, periodOf } from './period.ts'
import type { Press } from './press.ts'
import {
  type BoxPlan,
  type By,
  done,
  isDecided,
  newReport,
  nextBox,
  type Refusal,
  type Report,
  type ReportDeed,
  titlesIn,
} from './report.ts'
import { REPORT_CHANGED } from './schema.ts'
import { filesOf, keepFiles, reportFolder, type SignKey, sealOf } from './seal.ts'
import type { OfficeLine, ReportSources } from './sources.ts'
import * as kept from './store.ts'

export interface ReportsOptions {
  readonly store: Store
  readonly clock: Clock
  readonly bus: Bus
  readonly data: string
  readonly sources: ReportSources
  readonly press: Press
  readonly key: SignKey
  readonly boxes: readonly BoxPlan[]
  readonly phone: string
  /** The ledger's witness of what was approved. */
  witness(entry: {
    readonly control: 'report'
    readonly report: string
    readonly sha256: Readonly<Record<string, string>>
    readonly signature: string
  }): void
  onFault(sentence: string): void
  /** An office has handed in its line. */
  onLine(day: string, organisation: string): void
}

/** Who does it, with what the audit trail keeps beside. */
export interface Doer extends Omit<By, 'atMs'> {
  readonly session?: string
  readonly second?: string
}

export interface Reports {
  /** The report as it is kept; undefined: nobody has touched it. */
  get(id: string): Report | undefined
  list(beforeMs: number, limit: number): readonly Report[]
  steps(id: string): readonly kept.ReportStep[]
  /** The paper: draft or frozen, changes on it. Undefined: no such report. */
  paper(id: string, language: PaperLanguage): Promise<Composed | undefined>
  /** The machine’s draft made again from the rows, whatever is frozen or changed. */
  recount(id: string, language: PaperLanguage): Promise<Paper | undefined>
  /** Was this deed done already, by this person? */
  isDone(deedId: string, person: string): boolean
  /** Does a deed once; `deedOf` sees the paper as it is. Refuses as report.ts says, or with `no-report`. */
  act(
    id: string,
    by: Doer,
    deedOf: (report: Report, paper: Composed) => ReportDeed,
  ): Promise<Result<Report, Refusal | 'no-report' | 'id-taken'>>
  /** Makes the report (once), with what else belongs into the same transaction. */
  open(id: string, more?: readonly Statement[]): Promise<Report | undefined>
  /** From now on nothing of the machine's draft moves. */
  freeze(id: string, more: readonly Statement[]): Promise<void>
  newSpecial(id: string, fromMs: number, toMs: number, by: Doer): Promise<Report | undefined>
  /** At a start: what was sealed and not witnessed any more. */
  witnessSealed(): Promise<void>
  officeLines(day: string): readonly OfficeLine[]
  handIn(day: string, line: OfficeLine, by: Doer): Promise<void>
}

/** daily-2026-11-24 → what it is of; special ones are known only by their row. */
export function periodOfId(id: string): (Period & { readonly day: string }) | undefined {
  const [, word, day = ''] = /^([a-z]+)-(\d{4}-\d{2}-\d{2})$/.exec(id) ?? []
  const kind = PAPER_KINDS.find(one => one === word)
  if (!kind || kind === 'special' || !isDay(day)) return undefined
  return { ...periodOf(kind, asOfOf(day)), day }
}
export const idOf = (kind: PaperKind, day: string): string => `${kind}-${day}`

/** The paper as whoever reads it now sees it: of a sealed report as it was sealed. Also for the command, without a product. */
export async function composedPaper(
  { store, sources, boxes, phone }: Pick<ReportsOptions, 'sources' | 'boxes' | 'phone'> & { readonly store: Pick<Store, 'read'> },
  period: Period,
  report: Report | undefined,
  language: PaperLanguage,
): Promise<Composed> {
  const frozen = report && kept.frozenPaper(store, report.id, language)
  const draft = frozen ?? (await draftPaper(sources, period, { language, boxes: titlesIn(boxes, language), phone }))
  return composed(draft, report, { auditHead: sources.auditHead(report?.seal?.atMs ?? period.toMs)?.hash, key: report?.seal?.key })
}

export function createReports(options: ReportsOptions): Reports {
  const { store, clock, bus, sources, press } = options
  const turns = new Map<string, Promise<unknown>>()
  const inTurn = <T>(id: string, task: () => Promise<T>): Promise<T> => {
    const turn = (turns.get(id) ?? Promise.resolve()).then(task, task)
    const over = turn.then(
      () => {},
      () => {},
    )
    turns.set(id, over)
    void over.then(() => turns.get(id) === over && turns.delete(id))
    return turn
  }
  const audit = ({ author, session, second }: Doer, deed: string, thing: string, note = ''): Statement =>
    auditStatement({
      atMs: clock.now(),
      who: author.id,
      deed: `report.${deed}`,
      thing,
      note,
      ...(session === undefined ? {} : { session }),
      ...(second === undefined ? {} : { second }),
    })
  const told = (report: Report): void => bus.tell(REPORT_CHANGED, { report })

  const known = (id: string): { readonly report: Report | undefined; readonly period: Period } | undefined => {
    const report = kept.reportById(store, id)
    const period = report ?? periodOfId(id)
    return period && { report, period: { kind: period.kind, fromMs: period.fromMs, toMs: period.toMs } }
  }
  const fresh = (id: string): Report | undefined => {
    const of = periodOfId(id)
    return (
      of &&
      newReport(
        { id, kind: of.kind, day: of.day, fromMs: of.fromMs, toMs: of.toMs, number: numberOf(of.kind, of.toMs) },
        options.boxes,
        clock.now(),
      )
    )
  }
  const paperOf = (period: Period, report: Report | undefined, language: PaperLanguage): Promise<Composed> =>
    composedPaper(options, period, report, language)

  /** Files, seal and rows of what was decided: all of it, or nothing. */
  const seal = async (report: Report): Promise<{ readonly report: Report; readonly papers: readonly Paper[] }> => {
    const period: Period = { kind: report.kind, fromMs: report.fromMs, toMs: report.toMs }
    const atMs = clock.now()
    const auditHead = sources.auditHead(atMs)?.hash
    const one = async (language: PaperLanguage): Promise<{ readonly draft: Paper; readonly whole: Paper }> => {
      const draft =
        kept.frozenPaper(store, report.id, language) ??
        (await draftPaper(sources, period, { language, boxes: titlesIn(report.boxes, language), phone: options.phone }))
      return { draft, whole: await press.fit(composed(draft, report, { auditHead, key: options.key.fingerprint }).paper) }
    }
    const [ko, en] = [await one('ko'), await one('en')]
    const files = await filesOf({ ko: ko.whole, en: en.whole }, press, options.onFault)
    keepFiles(reportFolder(options.data, report.id), files)
    return { report: { ...report, seal: sealOf(report, files, options.key, atMs, auditHead) }, papers: [ko.draft, en.draft] }
  }

  /** What was sealed stands in the ledger, once; a kill between the two is made good at the next start. */
  const witness = async ({ id, seal }: Report): Promise<void> => {
    if (!seal || kept.deedsDone(store, id).has('witnessed')) return
    options.witness({ control: 'report', report: id, sha256: seal.sha256, signature: seal.signature })
    await store.write([kept.markDone(id, 'witnessed', clock.now())])
  }

  const reports: Reports = {
    get: id => kept.reportById(store, id),
    list: (beforeMs, limit) => kept.reportsBefore(store, beforeMs, limit),
    steps: id => kept.stepsOf(store, id),
    async paper(id, language) {
      const of = known(id)
      return of && paperOf(of.period, of.report, language)
    },
    async recount(id, language) {
      const of = known(id)
      return of && draftPaper(sources, of.period, { language, boxes: titlesIn(options.boxes, language), phone: options.phone })
    },
    isDone: (deedId, person) => kept.stepById(store, deedId)?.who === person,
    act: (id, by, deedOf) =>
      inTurn(id, async () => {
        const earlier = kept.stepById(store, by.id)
        const before = kept.reportById(store, id) ?? fresh(id)
        if (!before) return refused('no-report')
        if (earlier) return earlier.report === id && earlier.who === by.author.id ? ok(before) : refused('id-taken')
        const paper = await paperOf(before, before, 'ko')
        const deed = deedOf(before, paper)
        const step: By = { author: by.author, id: by.id, atMs: clock.now() }
        const outcome = done(before, deed, step)
        if (!outcome.ok) return outcome
        const isSealed = !isDecided(before) && isDecided(outcome.value)
        const sealed = isSealed ? await seal(outcome.value) : undefined
        const report = sealed?.report ?? outcome.value
        await store.write([
          kept.saveReport(report),
          kept.saveStep(report, step, deed),
          ...(sealed?.papers ?? []).map(one => kept.savePaper(id, one)),
          audit(by, auditedAs(before, deed), id, noteOf(deed)),
          ...(report.seal && isSealed ? [audit(by, 'seal', id, JSON.stringify(report.seal.sha256))] : []),
        ])
        if (isSealed) await witness(report)
        else if (deed.deed === 'sign') press.warm(paper.paper)
        told(report)
        return ok(report)
      }),
    open: (id, more = []) =>
      inTurn(id, async () => {
        const there = kept.reportById(store, id)
        const report = there ?? fresh(id)
        if (!report) return undefined
        await store.write([...(there ? [] : [kept.saveReport(report)]), ...more])
        if (!there) told(report)
        return report
      }),
    freeze: (id, more) =>
      inTurn(id, async () => {
        const of = known(id)
        if (!of) return
        const papers: Paper[] = []
        for (const language of ['ko', 'en'] as const)
          papers.push(await draftPaper(sources, of.period, { language, boxes: titlesIn(options.boxes, language), phone: options.phone }))
        await store.write([...papers.map(one => kept.savePaper(id, one)), ...more])
        if (of.report) told(of.report)
      }),
    newSpecial: (id, fromMs, toMs, by) =>
      inTurn(id, async () => {
        const there = kept.reportById(store, id)
        if (there) return there.kind === 'special' ? there : undefined
        const report = newReport(
          { id, kind: 'special', day: dayOf(toMs), fromMs, toMs, number: numberOf('special', toMs) },
          options.boxes,
          clock.now(),
        )
        await store.write([kept.saveReport(report), audit(by, 'special', id)])
        told(report)
        return report
      }),
    async witnessSealed() {
      for (const report of kept.sealedUnwitnessed(store)) await witness(report)
    },
    officeLines: day => kept.officeLines(store, day),
    async handIn(day, line, by) {
      await store.write([
        kept.saveLine(day, line),
        audit(by, 'line', `${day} ${line.organisation}`, line.isNothing ? '' : line.text.slice(0, 200)),
      ])
      options.onLine(day, line.organisation)
    },
  }
  return reports
}

/** What a change is about, as it stands: kept beside it. */
export const standing = (paper: Paper, edit: EditDeed): string | undefined => targetText(paper, edit)

/** As the duty log tells it: the first signature hands it in, the others approve. */
const auditedAs = (before: Report, deed: ReportDeed): string => {
  if (deed.deed === 'edit') return `edit.${deed.edit.deed}`
  if (deed.deed === 'sign') return nextBox(before) === 0 ? 'submit' : 'approve'
  return deed.deed
}

const noteOf = (deed: ReportDeed): string => {
  switch (deed.deed) {
    case 'edit':
      return JSON.stringify({ ...deed.edit, ...(deed.before === undefined ? {} : { before: deed.before }) }).slice(0, 2000)
    case 'undo':
      return deed.edit
    case 'comment':
    case 'settle':
    case 'return':
    case 'correct':
      return deed.text.slice(0, 500)
    case 'sign':
      return [deed.as ?? '', deed.fingerprint].join(' ').trim()
  }
}
