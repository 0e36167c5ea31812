// A journey under seal as evidence: everything that was heard, done and found of it, for a machine (CSV, JSON, GeoJSON), for a reader (PDF, Korean and English) and as it came
// (the frames, which evidence/export packs by their marks).
import { readFile } from 'node:fs/promises'
import type { Alarm, alarmView } from '#alerts/index.ts'
import type { JourneyPart } from '#evidence/index.ts'
import type { Attachments } from '#incidents/index.ts'
import type { Store } from '#platform/store/index.ts'
import type { Press } from '#reports/index.ts'
import type { HeardFact, HeardReport, RunningSeals } from '#seals/index.ts'
import { type AuditRow, auditCsv, reportsCsv, trackGeoJson } from './files.ts'
import { journeyPaper } from './paper.ts'

export interface JourneyExportOptions {
  readonly seals: RunningSeals
  readonly press: Press
  readonly attachments: Pick<Attachments, 'of' | 'path'>
  alarmsBetween(fromMs: number, toMs: number): readonly Alarm[]
  viewOf(alarm: Alarm): ReturnType<typeof alarmView>
  /** Rows of the audit trail about the journey and its seals. */
  auditOf(things: readonly string[]): readonly AuditRow[]
  nameOf(person: string): string | undefined
  now(): number
}

/** The audit trail's rows about these things. */
export const auditAbout =
  (store: Pick<Store, 'read'>) =>
  (things: readonly string[]): readonly AuditRow[] =>
    store.read<AuditRow>(
      `SELECT n, at_ms, who, second, deed, thing, note FROM audit WHERE thing IN (${things.map(() => '?').join(',')}) ORDER BY n`,
      things,
    )

const HOUR_MS = 3_600_000
const markOf = ({ kind, body }: HeardFact): number => (kind === 'deed' ? -1 : body.mark)

export function journeyPart(options: JourneyExportOptions, id: string): JourneyPart | undefined {
  const { seals } = options
  const found = seals.journey(id)
  if (!found) return undefined
  const { plan, standing } = found
  const facts = seals.history(id)
  const reports = facts.flatMap(fact => (fact.kind === 'report' ? [fact.body] : []))
  const times = facts.map(({ body }) => ('receivedAtMs' in body ? body.receivedAtMs : body.atMs))
  const fromMs = Math.min(plan.departFromMs, ...bounds(times))
  const toMs = Math.max(fromMs, ...bounds(times))
  return {
    fromMs,
    toMs,
    organisations: plan.organisations,
    ko: `봉인 운송 ${id} ${plan.container}`,
    en: `sealed journey ${id} ${plan.container}`,
    marks: [...new Set(facts.map(markOf).filter(mark => mark >= 0))],
    async files() {
      const lines = seals.lines(id)
      const alarms = options
        .alarmsBetween(fromMs - HOUR_MS, Math.max(toMs, options.now()) + HOUR_MS)
        .filter(alarm => alarm.joined.subjects.some(subject => subject.kind === 'journey' && subject.id === id))
        .map(options.viewOf)
      const commands = plan.seals
        .flatMap(({ seal }) => seals.commands.of(seal))
        .filter(one => one.askedAtMs >= fromMs && one.askedAtMs <= toMs + HOUR_MS)
      const stock = plan.seals.flatMap(({ seal }) => seals.seal(seal) ?? [])
      const named = lines.map(({ who, ...line }) => ({ ...line, ...(who === undefined ? {} : { who: options.nameOf(who) ?? who }) }))
      const content = {
        plan,
        standing,
        seals: stock,
        lines: named,
        alarms,
        commands,
        gates: facts.flatMap(fact => (fact.kind === 'gate' ? [fact.body] : [])),
      }
      const photos = options.attachments.of(`journey:${id}`)
      const paper = {
        plan,
        standing,
        stock,
        lines: named,
        alarms,
        reports: inOrder(reports),
        photos: photos.map(one => ({ name: one.name, sha256: one.sha256 })),
      }
      return [
        await printed(options.press, journeyPaper(paper, 'ko', options.now()), 'journey.ko.pdf'),
        await printed(options.press, journeyPaper(paper, 'en', options.now()), 'journey.en.pdf'),
        text('journey.json', `${JSON.stringify(content, null, 2)}\n`),
        text('reports.csv', reportsCsv(inOrder(reports))),
        text('track.geojson', trackGeoJson(plan, inOrder(reports))),
        text('audit.csv', auditCsv(options.auditOf([id, ...plan.seals.map(one => one.seal)]))),
        ...(await Promise.all(
          photos.map(async one => ({
            name: `photos/${one.id}-${one.name}`,
            bytes: await readFile(options.attachments.path(one, 'original')),
          })),
        )),
      ]
    },
  }
}

const text = (name: string, words: string) => ({ name, bytes: Buffer.from(words) })
/** Least and greatest: a journey of a week has more reports than a call takes arguments. */
const bounds = (times: readonly number[]): readonly number[] =>
  times.length === 0 ? [] : [times.reduce((a, b) => Math.min(a, b)), times.reduce((a, b) => Math.max(a, b))]
const inOrder = (reports: readonly HeardReport[]): readonly HeardReport[] => [...reports].sort((a, b) => a.atMs - b.atMs || a.mark - b.mark)

async function printed(press: Press, paper: Parameters<Press['print']>[0], name: string) {
  const file = await press.print(paper, 'pdf')
  // A paper that cannot be set does not keep the evidence from going out: the export says what is missing.
  return file.ok ? { name, bytes: file.value } : text(`${name}.txt`, `${file.reason}\n`)
}
