// What the product writes into the duty log itself: lines made of facts of the rooms below, each with an id made of the fact, so that telling it again (after a restart, from
// the store) writes nothing twice. Pure. Facts of the demo get ids that the end of the demo removes.
import type { AuditEntry } from '#access/index.ts'
import { type Alarm, DETECTOR_WORDS } from '#alerts/index.ts'
import { type Incident, KIND_WORDS, type Order, type OrderFact, OUTCOME_WORDS, type Step, titleOf } from '#incidents/index.ts'
import { withParticle } from '#rules/index.ts'
import { type MachineLine, PRODUCT } from './log.ts'

/** Alarms up to this level stand in the log: critical and high; the milder ones are on the hand-over sheet. */
const LOGGED_LEVEL = 2
/** These say that something of ours does not bring what it should: logged whatever their level, lost and back. */
const EQUIPMENT = ['feed-silent', 'station-silent', 'disk-full', 'backup-failed']
const KST_MS = 9 * 3_600_000
const minute = (ms: number): string => new Date(ms + KST_MS).toISOString().slice(11, 16)

export interface Names {
  readonly headOffice: string
  /** Subjects of an alarm: ORIENT FROST 7 ↔ HAE DONG 88. */
  subjectsOf(alarm: Alarm): string
  person(id: string): string
  /** Short: 부산. */
  organisation(id: string): { readonly ko: string; readonly en: string }
}

export const alarmTitle = (alarm: Alarm, names: Pick<Names, 'subjectsOf'>): { readonly ko: string; readonly en: string } => {
  const words = DETECTOR_WORDS[alarm.joined.detector] ?? { ko: alarm.joined.detector, en: alarm.joined.detector }
  const subjects = names.subjectsOf(alarm)
  return { ko: `${words.ko} ${subjects}`.trim(), en: `${words.en} ${subjects}`.trim() }
}

const OUTCOMES: Readonly<Record<string, readonly [ko: string, en: string]>> = {
  seized: ['적발', 'seized'],
  nothing: ['이상 없음', 'nothing found'],
  referred: ['이관', 'referred'],
  false: ['오경보', 'false alarm'],
}
const noteAfter = (note: string | undefined, first: RegExp): string => {
  const rest = (note ?? '').replace(first, '').trim()
  return rest ? ` · ${rest}` : ''
}

/** Lines of an alarm's life so far. */
export function alarmLines(alarm: Alarm, names: Names): readonly MachineLine[] {
  const isEquipment = EQUIPMENT.includes(alarm.joined.detector)
  if (alarm.level > LOGGED_LEVEL && !isEquipment) return []
  const title = alarmTitle(alarm, names)
  return alarm.history.flatMap((line, n) => {
    const words = alarmWords(alarm, line, isEquipment, names)
    if (!words) return []
    return [
      {
        id: `alarm:${alarm.id}:${n}`,
        kind: isEquipment ? ('feed' as const) : ('alarm' as const),
        organisations: [...new Set([...(alarm.organisations ?? []), names.headOffice])],
        atMs: line.atMs,
        ko: `${title.ko} ${words[0]}`,
        en: `${title.en}: ${words[1]}`,
        links: [{ kind: 'alarm', id: alarm.id, label: title.ko }, ...shipLinks(alarm, names)],
        level: alarm.level,
      },
    ]
  })
}
const shipLinks = (alarm: Alarm, names: Names) => {
  const labels = names.subjectsOf(alarm).split(' ↔ ')
  return alarm.joined.ships.map((mmsi, n) => ({ kind: 'ship' as const, id: String(mmsi), label: labels[n] ?? String(mmsi) }))
}

function alarmWords(
  alarm: Alarm,
  { deed, note, who }: Alarm['history'][number],
  isEquipment: boolean,
  names: Names,
): readonly [ko: string, en: string] | undefined {
  switch (deed) {
    case 'raised':
      return isEquipment ? ['발생', 'raised'] : ['경보 발생', 'alarm raised']
    case 'assigned':
      return [`경보 배정 → ${note ?? ''} (${names.person(who)})`, `assigned to ${note ?? ''} by ${names.person(who)}`]
    case 'shelved':
      return [
        `보류${alarm.shelvedUntilMs === undefined ? '' : ` ${minute(alarm.shelvedUntilMs)}까지`} · ${note ?? ''}`,
        `shelved${alarm.shelvedUntilMs === undefined ? '' : ` until ${minute(alarm.shelvedUntilMs)}`}: ${note ?? ''}`,
      ]
    case 'escalated':
      return ['조치 없어 상향 통보', 'escalated: nobody acted']
    case 'ended':
      return isEquipment ? ['다시 정상', 'back'] : undefined
    case 'resolved': {
      const outcome = alarm.outcome ?? ''
      const [ko, en] = OUTCOMES[outcome.split(':')[0] ?? ''] ?? ['종결', 'closed']
      const rest = noteAfter(note, /^[a-z-]+(:[a-z-]+)?:?/)
      return [`종결 · ${ko}${rest} (${names.person(who)})`, `closed: ${en}${rest} (${names.person(who)})`]
    }
    default:
      return undefined
  }
}

const isDemo = (incident: Pick<Incident, 'id'>): boolean => incident.id.startsWith('demo-')
const idOf = (incident: Pick<Incident, 'id'>, id: string): string => (isDemo(incident) ? `demo-line:${id}` : id)

/** Lines of steps that are new: reported, closed, taken up again, merged. Orders have lines of their own. */
export function incidentLines(incident: Incident, steps: readonly Step[], names: Names): readonly MachineLine[] {
  return steps.flatMap(step => {
    const words = stepWords(incident, step, names)
    if (!words) return []
    return [
      {
        id: idOf(incident, `incident:${step.id}`),
        kind: step.deed === 'report' || step.deed === 'state' || step.deed.startsWith('merge') ? ('incident' as const) : ('order' as const),
        organisations: [...new Set([incident.organisation, ...incident.organisations, names.headOffice])],
        atMs: step.atMs,
        ko: words[0],
        en: words[1],
        links: [{ kind: 'incident', id: incident.id, label: incident.number }],
        level: incident.urgency,
      },
    ]
  })
}

function stepWords(incident: Incident, step: Step, names: Names): readonly [ko: string, en: string] | undefined {
  const of = names.organisation(incident.organisation)
  // Numbers count each organisation's own: the year says nothing at night, the place everything.
  const ko = `사건 ${of.ko} ${incident.number.slice(5)}`
  const en = `incident ${of.en} ${incident.number.slice(5)}`
  const who = step.by.name
  switch (step.deed) {
    case 'report':
      return [`${ko} 접수 · ${titleOf(incident.text)}`, `${en} reported (${KIND_WORDS[incident.kind][1]}): ${titleOf(incident.text)}`]
    case 'state': {
      if (step.to !== 'closed') return step.from === 'closed' ? [`${ko} 다시 처리 (${who})`, `${en} taken up again by ${who}`] : undefined
      const outcome = step.outcome === undefined ? undefined : OUTCOME_WORDS[step.outcome]
      const note = step.note ? ` · ${step.note}` : ''
      return [`${ko} 종결${outcome ? ` · ${outcome[0]}` : ''}${note}`, `${en} closed${outcome ? `: ${outcome[1]}` : ''}${note}`]
    }
    case 'merge-into':
      return [`${ko} 다른 사건에 묶음`, `${en} merged`]
    case 'order': {
      const to = names.organisation(step.to.organisation)
      return [
        `지시 · ${step.text} (${minute(step.dueMs)}까지, ${to.ko}) · ${ko}`,
        `order to ${to.en}, due ${minute(step.dueMs)}: ${step.text} (${en})`,
      ]
    }
    case 'order-done':
      return [`지시 완료 · ${step.text} · ${ko} (${who})`, `order done: ${step.text} (${en}, ${who})`]
    case 'order-recall':
      return [`지시 거둠 · ${step.text} · ${ko} (${who})`, `order taken back: ${step.text} (${en}, ${who})`]
    default:
      return undefined
  }
}

/** An order whose time has passed. */
export function overdueLine(order: Order, incident: OrderFact['incident'], names: Names): MachineLine {
  const to = names.organisation(order.to.organisation)
  return {
    id: idOf(incident, `order:${order.id}:overdue`),
    kind: 'order',
    organisations: [...new Set([order.to.organisation, incident.organisation, names.headOffice])],
    atMs: order.dueMs,
    ko: `지시 기한 지남 · ${order.text} (${minute(order.dueMs)}, ${to.ko}) · 사건 ${incident.number}`,
    en: `order overdue: ${order.text} (${minute(order.dueMs)}, ${to.en}; incident ${incident.number})`,
    links: [{ kind: 'incident', id: incident.id, label: incident.number }],
    level: 2,
  }
}

/** Deeds of the trail that stand in the log too. */
export const FOLLOWED_DEEDS: readonly string[] = ['sign-in', 'evidence.export', 'evidence.take', 'report']

/** The line of a row of the trail; undefined: it is not for the log. `watch` says where they stand a watch about now. */
export function auditLine(
  entry: AuditEntry,
  names: Names,
  watchOf: (person: string) => { readonly id: string; readonly organisation: string; readonly ko: string; readonly en: string } | undefined,
): MachineLine | undefined {
  const base = { id: `audit:${entry.n}`, atMs: entry.atMs }
  const who = names.person(entry.who)
  if (entry.deed === 'sign-in') {
    const watch = watchOf(entry.who)
    if (!watch) return undefined
    const desk = entry.thing === '' ? '' : ` (${entry.thing})`
    return {
      ...base,
      // Once a watch, however often they sign in and wherever.
      id: `sign-in:${watch.id}:${entry.who}`,
      kind: 'sign-in',
      organisations: [watch.organisation],
      ko: `${watch.ko} ${who} 출근${desk}`,
      en: `${watch.en} ${who} signed in${desk}`,
      links: [{ kind: 'person', id: entry.who, label: who }],
    }
  }
  if (entry.deed.startsWith('evidence.')) {
    const second = entry.second ? names.person(entry.second) : undefined
    return {
      ...base,
      kind: 'evidence',
      organisations: [names.headOffice],
      ko: `증거 ${entry.deed === 'evidence.take' ? '받음' : '내보내기'} · ${entry.thing} · ${who}${second ? `, ${withParticle(second, '이')} 동의` : ''}`,
      en: `evidence ${entry.deed === 'evidence.take' ? 'taken' : 'exported'}: ${entry.thing} by ${who}${second ? `, agreed by ${second}` : ''}`,
    }
  }
  const words = REPORT_DEEDS[entry.deed]
  const isProduct = entry.who === PRODUCT.id
  return (
    words && {
      ...base,
      kind: 'report',
      organisations: [names.headOffice],
      ko: `${reportName(entry.thing)[0]} ${words[0]}${isProduct ? '' : ` · ${who}`}`,
      en: `${reportName(entry.thing)[1]} ${words[1]}${isProduct ? '' : ` by ${who}`}`,
    }
  )
}
const REPORT_KINDS: Readonly<Record<string, readonly [ko: string, en: string]>> = {
  daily: ['일일상황', 'daily report'],
  weekly: ['주간상황', 'weekly report'],
  monthly: ['월간상황', 'monthly report'],
  special: ['특별보고', 'special report'],
}
/** daily-2026-11-26 → 일일상황 11. 26. */
function reportName(id: string): readonly [ko: string, en: string] {
  const [, kind = '', month, day] = /^([a-z]+)-\d{4}-(\d\d)-(\d\d)/.exec(id) ?? []
  const words = REPORT_KINDS[kind]
  return words ? [`${words[0]} ${Number(month)}. ${Number(day)}.`, `${words[1]} of ${month}-${day}`] : [id, id]
}
const REPORT_DEEDS: Readonly<Record<string, readonly [ko: string, en: string]>> = {
  'report.draft': ['초안', 'drafted'],
  'report.submit': ['기안 서명', 'submitted'],
  'report.approve': ['결재', 'approved'],
  'report.return': ['반려', 'returned'],
  'report.send': ['발송', 'sent'],
}
