// What can be done with incidents, as commands: buttons, keys, the palette. `I` turns what is chosen on the situation page into an incident: an alarm at once, with its ships,
// place, reasons and areas; a ship into a report that begins with it.
import type { App } from '../app.ts'
import { wordFor } from '../i18n/text.ts'
import type { Command } from '../shell/commands.ts'
import type { IncidentKind, Link, Urgency } from './model.ts'

const open = (app: App) => app.incidents.open.get()?.full

export function incidentCommands(app: App): readonly Command[] {
  const needsOne = (): true | 'incidents.none-open' => (open(app) ? true : 'incidents.none-open')
  const sheet = (form: 'order' | 'correct' | 'join' | 'report-text') => () => {
    const incident = open(app)
    if (incident) app.overlay.set({ kind: 'incident-form', form, id: incident.id })
  }
  const may = (deed: string) => (): true | 'incidents.not-yours' | 'incidents.none-open' =>
    app.may(deed) ? needsOne() : 'incidents.not-yours'
  return [
    { id: 'incident.down', name: 'command.down', keys: 'J', context: 'page', unlisted: true, run: () => move(app, 1) },
    { id: 'incident.up', name: 'command.up', keys: 'K', context: 'page', unlisted: true, run: () => move(app, -1) },
    {
      id: 'incident.open',
      name: 'command.open',
      keys: 'Enter',
      context: 'page',
      unlisted: true,
      run: () => {
        if (!open(app)) move(app, 1)
        document.querySelector<HTMLElement>('[data-region="incident"]')?.focus()
      },
    },
    {
      id: 'incident.report',
      name: 'incidents.report-new',
      keywords: 'report new 등록 보고 새',
      keys: 'I',
      context: 'page',
      applies: () => (app.may('incidents.write') ? true : 'incidents.not-yours'),
      run: () => app.incidents.form.begin(),
    },
    {
      id: 'incident.search',
      name: 'incidents.search',
      keys: 'Slash',
      context: 'page',
      unlisted: true,
      run: () => focus('[data-incident-search]'),
    },
    {
      id: 'incident.take-in',
      name: 'incidents.take-in',
      keys: 'Shift+N',
      context: 'page',
      applies: () => app.incidents.feed.get().order.gathered.length > 0,
      run: () => app.incidents.takeIn(),
    },
    {
      id: 'incident.answer',
      name: 'incidents.answer',
      keywords: 'answer reply 답',
      keys: 'R',
      context: 'page',
      applies: may('incidents.write'),
      run: () => focus('[data-incident-answer]'),
    },
    {
      id: 'incident.order',
      name: 'incidents.order',
      keywords: 'order 지시',
      keys: 'O',
      context: 'page',
      applies: may('incidents.order'),
      run: sheet('order'),
    },
    {
      id: 'incident.join',
      name: 'incidents.join',
      keywords: 'merge relate 묶기 관련',
      keys: 'M',
      context: 'page',
      applies: may('incidents.handle'),
      run: sheet('join'),
    },
    {
      id: 'incident.correct',
      name: 'incidents.correct',
      keywords: 'correct 정정',
      keys: 'U',
      context: 'page',
      applies: may('incidents.write'),
      run: sheet('correct'),
    },
    {
      id: 'incident.next-state',
      name: open(app)?.state === 'closed' ? 'incidents.reopen' : 'incidents.next-state',
      keywords: 'confirm close 확인 종결 상태',
      keys: 'Ctrl+Enter',
      context: 'page',
      applies: may('incidents.handle'),
      run: () => nextState(app),
    },
    {
      id: 'incident.daily-report',
      name: 'incidents.in-report',
      keywords: 'daily report 일일상황 싣기',
      context: 'page',
      applies: may('incidents.mark-report'),
      run: () => markReport(app),
    },
    {
      id: 'incident.print',
      name: 'incidents.print',
      keywords: 'print paper 인쇄 출력',
      keys: 'Ctrl+P',
      context: 'page',
      applies: needsOne,
      run: () => window.print(),
    },
    {
      id: 'incident.on-chart',
      name: 'incidents.on-chart',
      keywords: 'chart map 상황판',
      keys: 'B',
      context: 'page',
      applies: needsOne,
      run: () => onChart(app),
    },
  ]
}

/** Pages whose own `I` begins a report with more than is known here. */
const OWN_REPORT: readonly string[] = ['incidents', 'seals']

/** On the other pages: `I`. */
export function openIncidentCommands(app: App): readonly Command[] {
  if (OWN_REPORT.includes(app.address.get().page)) return []
  return [
    {
      id: 'incident.from-here',
      name: 'incidents.from-here',
      keywords: 'incident report 사건 보고 등록',
      keys: 'I',
      context: app.address.get().page === 'situation' ? 'dossier' : 'page',
      live: true,
      applies: () => (app.may('incidents.write') ? true : 'incidents.not-yours'),
      run: () => fromHere(app),
    },
  ]
}

function move(app: App, by: number): undefined {
  const id = app.incidents.step(by)
  if (id === undefined) return undefined
  app.go({ item: id })
  document.getElementById(`incident-${id}`)?.scrollIntoView({ block: 'nearest' })
  return undefined
}

function focus(selector: string): undefined {
  document.querySelector<HTMLElement>(selector)?.focus()
  return undefined
}

const NEXT = { reported: 'confirmed', confirmed: 'in-hand', 'in-hand': 'closed', closed: 'in-hand' } as const

/** Confirmed and in hand at once; closing and reopening ask for an outcome or a reason. */
async function nextState(app: App): Promise<undefined> {
  const incident = open(app)
  if (!incident) return undefined
  const to = NEXT[incident.state]
  if (to === 'closed' || incident.state === 'closed') app.overlay.set({ kind: 'incident-form', form: 'state', id: incident.id })
  else await app.incidents.deed(incident.id, 'state', { to })
  return undefined
}

export async function markReport(app: App): Promise<undefined> {
  const incident = open(app)
  if (incident)
    await app.incidents.deed(incident.id, 'daily-report', {
      isIn: !incident.isInDailyReport,
      ...(incident.dailyReportText ? { text: incident.dailyReportText } : {}),
    })
  return undefined
}

function onChart(app: App): undefined {
  const incident = open(app)
  const ship = incident?.links.find(link => link.kind === 'ship')
  const alarm = incident?.links.find(link => link.kind === 'alarm')
  const { lat, lon } = incident?.place ?? {}
  app.go({
    page: 'situation',
    item: undefined,
    ...(lat === undefined || lon === undefined ? {} : { lat, lon, zoom: 11 }),
    ...(alarm ? { selection: { kind: 'alarm', id: alarm.id } } : ship ? { selection: { kind: 'ship', mmsi: Number(ship.id) } } : {}),
  })
  return undefined
}

async function fromHere(app: App): Promise<undefined> {
  const { selection } = app.address.get()
  if (selection?.kind === 'alarm') return fromAlarm(app, selection.id)
  const ship = app.selected.state.get()
  app.go({ page: 'incidents', item: undefined })
  if (!ship) return app.incidents.form.begin().then(() => undefined)
  const name = app.link.nameOf(ship.mmsi) ?? ship.card?.name ?? String(ship.mmsi)
  const { lat, lon } = ship.card ?? {}
  await app.incidents.form.begin({
    links: [{ kind: 'ship', id: String(ship.mmsi), label: name }],
    ...(lat === undefined || lon === undefined ? {} : { place: { label: name, lat, lon } }),
  })
  return undefined
}

const KIND_OF: Readonly<Record<string, IncidentKind>> = {
  'distress-beacon': 'accident',
  'feed-silent': 'equipment',
  'station-silent': 'equipment',
  'disk-full': 'equipment',
  'backup-failed': 'equipment',
}
const LINKED: readonly Link['kind'][] = ['ship', 'area', 'container', 'vehicle', 'camera', 'seal']

/** One key: the alarm's words, ships, place and reasons become a report; pressed again, or by another officer, it is the same incident. */
async function fromAlarm(app: App, alarmId: string): Promise<undefined> {
  const alarm = app.alarms.state.get().alarms.get(alarmId)
  if (!alarm) return undefined
  const { language } = app.desk.get()
  const name = wordFor(app.say, 'detector', alarm.detector)
  const label = alarm.subjects.map(subject => subject.label).join(' ↔ ')
  const urgency: Urgency = alarm.level <= 1 ? 1 : alarm.level === 2 ? 2 : 3
  const id = `alarm-${alarm.id}`
  const links: Link[] = [
    { kind: 'alarm', id: alarm.id, label: name },
    ...alarm.subjects.flatMap(subject => {
      const kind = LINKED.find(one => one === subject.kind)
      return kind ? [{ kind, id: subject.id, label: subject.label }] : []
    }),
  ]
  try {
    await app.api.json('POST', '/api/incidents', {
      id,
      text: [`${name}: ${label}`, ...alarm.reasons.map(reason => reason.why[language])].join('\n'),
      kind: KIND_OF[alarm.detector] ?? 'suspicious-act',
      urgency,
      occurredAt: new Date(alarm.raisedAtMs).toISOString(),
      links,
      ...(alarm.place ? { place: { label: alarm.placeName?.[language] ?? '', ...alarm.place } } : {}),
    })
  } catch (refusal) {
    // Another officer has made it an incident already: that one is opened.
    if (!(refusal instanceof Error && 'code' in refusal && refusal.code === 'id-taken')) throw refusal
  }
  app.go({ page: 'incidents', item: id })
  await app.incidents.load()
  return undefined
}
