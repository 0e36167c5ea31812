// Composition root of the browser: everything that holds state is made here, once.
import { createSecondDesk } from '../access/second-desk.ts'
import { createAlarmDesk, type SoundState } from '../alerts/desk.ts'
import type { App, Desk, Overlay, Toast } from '../app.ts'
import { textIn } from '../i18n/text.ts'
import { createIncidentDesk } from '../incidents/desk.ts'
import { parseFilter } from '../incidents/filter.ts'
import { createApi } from '../live/api.ts'
import { createAsk } from '../live/ask.ts'
import { createLink } from '../live/link.ts'
import { startLiveRoom } from '../live/room.ts'
import type { Chart } from '../map/chart.ts'
import { createTools } from '../map/tools.ts'
import { PAGE_ENTRIES } from '../pages.ts'
import { type AreaView, areaFeatures } from '../places/model.ts'
import { createReportDesk } from '../reports/desk.ts'
import { createSealDesk } from '../seals/desk.ts'
import { createShiftsDesk } from '../shifts/desk.ts'
import { signInState } from '../sign-in/model.ts'
import { createSession, otherScreens } from '../sign-in/session.ts'
import { createStatisticsDesk } from '../statistics/desk.ts'
import { createTravel } from '../time/travel.ts'
import { createSelected } from '../vessels/selected.ts'
import { type Address, formatAddress, hasView, parseAddress, START } from './address.ts'
import { appCommands } from './app-commands.ts'
import { asPermitted, availability, type Command, createKeyDispatcher, type KeyContext } from './commands.ts'
import { keep, paletteOfHour } from './desk-memory.ts'
import { createOutbox } from './outbox.ts'
import type { Person, ServerStatus } from './status.ts'
import { createStore, type Store } from './store.ts'

const TOAST_MS = 10_000
const TICK_MS = 250

export interface AppStart {
  readonly desk: Store<Desk>
  readonly sound: SoundState
  /** Who acts: known before anything is asked for, so that nothing is that they may not see. */
  readonly me: Person
  readonly isLocked: boolean
}

export function createApp({ desk, sound, me: first, isLocked }: AppStart): App {
  const machineNow = (): number => performance.timeOrigin + performance.now()
  const address = createStore<Address>(parseAddress(location.hash, location.search))
  const status = createStore<ServerStatus | undefined>(undefined)
  const me = createStore<Person | undefined>(first)
  const areas = createStore<readonly AreaView[]>([])
  const toasts = createStore<readonly Toast[]>([])
  const overlay = createStore<Overlay | undefined>(undefined)
  const chart = createStore<Chart | undefined>(undefined)
  const inView = createStore<Uint32Array>(new Uint32Array(0))
  const cursor = createStore<{ readonly lat: number; readonly lon: number } | undefined>(undefined)
  const hovered = createStore<number | undefined>(undefined)
  const isFullChart = createStore(false)

  const link = createLink(`${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/live`, machineNow)
  const now = (): number => machineNow() + link.offsetMs()
  const language = (): string => desk.get().language
  const knock = createAsk({ origin: location.origin, language })
  const screens = otherScreens()
  const session = createSession({
    ask: knock,
    now,
    isSamePerson: async () => {
      const { signedIn } = signInState(await knock.json('GET', '/sign-in/state'))
      return signedIn !== undefined && signedIn.login === first.login
    },
    ...(screens ? { screens } : {}),
    leave: () => location.replace(location.pathname + location.search),
  })
  const api = createApi(createAsk({ origin: location.origin, language, clear: session.clear }), link)
  const outbox = createOutbox(() => crypto.randomUUID())
  const say: App['say'] = (key, values) => textIn(desk.get().language, key, values)
  const tools = createTools()

  /** What was open on each page: another page's thing is none of this one's, and who comes back finds theirs. */
  const leftOpen = new Map<Address['page'], Pick<Address, 'item' | 'sieve'>>()
  const go: App['go'] = change => {
    const before = address.get()
    const { item, sieve } = before
    leftOpen.set(before.page, { item, sieve })
    const page = change.page ?? before.page
    const was = page === before.page ? {} : { item: undefined, sieve: undefined, ...leftOpen.get(page) }
    address.set({ ...before, ...was, ...change })
    const hash = formatAddress(address.get())
    if (hash !== location.hash)
      history[change.page !== undefined || change.card !== undefined ? 'pushState' : 'replaceState'](
        null,
        '',
        `${location.pathname}${location.search}${hash}`,
      )
  }

  const alarms = createAlarmDesk({
    api,
    outbox,
    now,
    sound,
    keepSound: now => keep(localStorage, desk.get(), now),
    selectedId: () => {
      const { selection } = address.get()
      return selection?.kind === 'alarm' ? selection.id : undefined
    },
    select: id => {
      go({ selection: { kind: 'alarm', id } })
      const alarm = alarms.state.get().alarms.get(id)
      const place = (alarm?.ships[0] !== undefined ? chart.get()?.placeOf(alarm.ships[0]) : undefined) ?? alarm?.place
      if (place) chart.get()?.bringIntoView(place.lat, place.lon)
    },
  })
  const { page, sieve } = address.get()
  const incidents = createIncidentDesk({
    api,
    ...(page === 'incidents' ? { filter: parseFilter(sieve) } : {}),
    now,
    newId: () => crypto.randomUUID(),
    me: () => me.get()?.id,
    onUrgent(head) {
      alarms.player.play(1)
      app.toast(say('incidents.urgent-arrived', { title: head.title }), { open: () => go({ page: 'incidents', item: head.id }) })
    },
    onCall({ id, title, by, isMention }) {
      alarms.player.play(3)
      app.toast(say(isMention ? 'incidents.called' : 'incidents.reminded', { by, title }), {
        open: () => go({ page: 'incidents', item: id }),
      })
    },
    onRefused: reason => app.toast(reason, { tone: 'bad' }),
  })
  const shifts = createShiftsDesk({
    api,
    outbox,
    now,
    newId: () => crypto.randomUUID(),
    may: deed => me.get()?.deeds.has(deed) === true,
    ownOrganisation: () => me.get()?.posts[0]?.organisation,
  })
  const reports = createReportDesk({
    api,
    storage: localStorage,
    now,
    newId: () => crypto.randomUUID(),
    may: deed => me.get()?.deeds.has(deed) === true,
    me: () => me.get(),
    onRefused: sentence => app.toast(sentence, { tone: 'bad' }),
    onTurn: head => app.toast(say('reports.your-turn', { day: head.day })),
  })
  const second = createSecondDesk(api)
  const statistics = createStatisticsDesk({
    api,
    after(ms, task) {
      const timer = setTimeout(task, ms)
      return () => clearTimeout(timer)
    },
  })
  const selected = createSelected({
    api,
    now,
    alarmOf: mmsi => [...alarms.state.get().alarms.values()].find(alarm => alarm.ships.includes(mmsi)),
    select: mmsi => go({ selection: mmsi === undefined ? undefined : { kind: 'ship', mmsi } }),
  })
  const time = createTravel({
    api,
    link,
    now,
    box: () => chart.get()?.bounds() ?? { west: 117, south: 30, east: 140, north: 42 },
    remember: atMs => go({ atMs }),
  })

  const app: App = {
    desk,
    address,
    status,
    me,
    api,
    session,
    link,
    outbox,
    alarms,
    incidents,
    seals: createSealDesk({
      api,
      now,
      newId: () => crypto.randomUUID(),
      me: () => me.get()?.id,
      onRefused: reason => app.toast(reason, { tone: 'bad' }),
    }),
    shifts,
    statistics,
    reports,
    second,
    selected,
    time,
    tools,
    areas,
    toasts,
    overlay,
    chart,
    inView,
    cursor,
    hovered,
    isFullChart,
    say,
    now,
    go,
    shownNow: () => time.state.get().atMs ?? now(),
    commands: () => asPermitted(appCommands(app), app.may),
    may: deed => me.get()?.deeds.has(deed) === true,
    run: command => void run(app, command),
    setDesk: change => desk.set(current => ({ ...current, ...change })),
    setFilter: filter => {
      go({ filter })
      link.setFilter(filter)
    },
    toast(text, options = {}) {
      const untilMs = now() + TOAST_MS
      toasts.set(list => [
        ...list.filter(toast => toast.untilMs > now()).slice(-3),
        {
          id: performance.now(),
          text,
          tone: options.tone ?? 'plain',
          untilMs,
          ...(options.undo ? { undo: options.undo } : {}),
          ...(options.open ? { open: options.open } : {}),
        },
      ])
    },
  }

  listenToKeys(app)
  window.addEventListener('hashchange', () => address.set(parseAddress(location.hash, location.search)))
  followSelection(app)
  if (!hasView(location.hash)) showSelectionOnce(app)
  const drawAreas = (): void => {
    const { jurisdictions } = desk.get().layers
    const shown = areas.get().filter(area => jurisdictions || area.organisation === undefined)
    chart.get()?.setData('areas', areaFeatures(shown, undefined))
  }
  desk.subscribe(drawAreas)
  areas.subscribe(drawAreas)
  chart.subscribe(drawAreas)
  startLiveRoom(app)
  link.setFilter(address.get().filter)
  const { atMs } = address.get()
  if (atMs !== undefined) time.show(atMs)
  startTicker(app)
  followSession(app, isLocked)
  return app
}

async function run(app: App, command: Command): Promise<void> {
  const can = availability(command, app.time.state.get().atMs !== undefined)
  if (!can.can) {
    if (can.because) app.toast(app.say(can.because))
    return
  }
  try {
    const undo = await command.run()
    if (undo) app.toast(app.say(undo.said, undo.values), { undo })
  } catch (refusal) {
    app.toast(refusal instanceof Error ? refusal.message : String(refusal), { tone: 'bad' })
  }
}

function listenToKeys(app: App): void {
  /** The region with the focus comes first; with none, alarm keys, then dossier, chart, time. */
  const contexts = (): readonly KeyContext[] => {
    // A page with keys of its own keeps the others' off: nobody assigns an alarm they do not see.
    if (PAGE_ENTRIES.find(entry => entry.page === app.address.get().page)?.commands) return ['page']
    const region = document.activeElement?.closest('[data-region]')?.getAttribute('data-region')
    const order: KeyContext[] = ['page', 'alarm', 'dossier', 'chart', 'time']
    const isDrawing = app.tools.state.get().tool !== 'none'
    const first: KeyContext | undefined =
      region === 'chart' || isDrawing ? 'chart' : region === 'time' ? 'time' : region === 'dossier' ? 'dossier' : undefined
    return first ? [first, ...order.filter(context => context !== first)] : order
  }
  const dispatcher = createKeyDispatcher(
    () => app.commands(),
    contexts,
    () => app.desk.get().keysOff,
  )
  window.addEventListener('keydown', event => {
    if (app.session.barrier.get() !== undefined) return
    const command = dispatcher.match(event, performance.now())
    if (!command) return
    if (app.overlay.get() && !['escape', 'find', 'desk.lock'].includes(command.id)) return
    event.preventDefault()
    app.run(command)
  })
  const unlock = (): void => app.alarms.player.unlock()
  window.addEventListener('pointerdown', unlock)
  window.addEventListener('keydown', unlock)
  app.alarms.player.look()
}

/** Who works here keeps the desk open; after a sign-in the line is taken up again at once. */
function followSession(app: App, isLocked: boolean): void {
  if (isLocked) void app.session.clear('unlock')
  for (const event of ['pointerdown', 'pointermove', 'keydown', 'wheel'] as const)
    window.addEventListener(event, () => app.session.worked(), { passive: true })
  app.link.onSignedOut(() => void app.session.clear('sign-in'))
  let before = app.session.barrier.get()
  app.session.barrier.subscribe(() => {
    const now = app.session.barrier.get()
    if (before === 'sign-in' && now !== 'sign-in') {
      app.link.again()
      void app.api.me().then(
        me => app.me.set(me),
        () => undefined,
      )
    }
    before = now
  })
}

/** The dossier follows the address: a ship, or the ships of an alarm. */
function followSelection(app: App): void {
  const follow = (): void => {
    const { selection, card, page } = app.address.get()
    if (page === 'ships' && card !== undefined) return app.selected.show(card)
    if (selection?.kind === 'ship') return app.selected.show(selection.mmsi)
    if (selection?.kind !== 'alarm') return app.selected.show(undefined)
    const [first, ...others] = app.alarms.state.get().alarms.get(selection.id)?.ships ?? []
    if (app.selected.state.get()?.mmsi !== first || first === undefined) app.selected.show(first, others.slice(0, 4))
    return undefined
  }
  let before = ''
  const changed = (): void => {
    const { selection, card, page } = app.address.get()
    const key = `${page}|${card}|${selection?.kind}|${selection?.kind === 'alarm' ? `${selection.id}|${app.alarms.state.get().alarms.get(selection.id)?.ships}` : selection?.mmsi}`
    if (key === before) return
    before = key
    follow()
  }
  app.address.subscribe(changed)
  app.alarms.state.subscribe(changed)
  changed()
}

/** A link that names an alarm or a ship but no view: the chart goes there as soon as the place is known. */
function showSelectionOnce(app: App): void {
  const { selection } = app.address.get()
  if (!selection) return
  const stops: (() => void)[] = []
  const look = (): void => {
    const chart = app.chart.get()
    const card = app.selected.state.get()?.card
    const place =
      selection.kind === 'alarm'
        ? app.alarms.state.get().alarms.get(selection.id)?.place
        : card?.lat !== undefined && card.lon !== undefined
          ? { lat: card.lat, lon: card.lon }
          : undefined
    if (!chart || !place) return
    for (const stop of stops.splice(0)) stop()
    chart.bringIntoView(place.lat, place.lon, START.zoom + 1)
  }
  stops.push(app.chart.subscribe(look), app.alarms.state.subscribe(look), app.selected.state.subscribe(look))
}

function startTicker(app: App): void {
  let last = performance.now()
  let beats = 0
  setInterval(() => {
    const at = performance.now()
    app.time.tick(at - last)
    last = at
    beats++
    if (beats % 2 === 0) app.alarms.tick()
    if (beats % 8 === 0) app.incidents.tick()
    if (beats % 8 === 0) app.reports.tick(app.address.get().page === 'reports' && document.visibilityState === 'visible')
    if (beats % 4 === 0) {
      retitle(app)
      if (!app.address.get().wall) app.session.tick(app.me.get()?.idleMinutes ?? 0)
    }
    if (beats % 8 === 0 && app.link.state.get().state === 'open') void app.outbox.flush()
    if (beats % 40 === 0 && app.time.state.get().atMs === undefined) void app.selected.refresh()
    if (beats % 40 === 0 && app.desk.get().isPaletteByHour) app.setDesk({ palette: paletteOfHour(app.now()) })
  }, TICK_MS)
}

/** The tab counts what nobody has acknowledged yet. */
function retitle(app: App): void {
  const count = [...app.alarms.state.get().alarms.values()].filter(
    alarm => alarm.state === 'new' && !alarm.isAcknowledged && alarm.level <= 3,
  ).length
  const title = `${count > 0 ? `(${count}) ` : ''}${app.say('app.name')} · ${app.say(`page.${app.address.get().page}`)}`
  if (document.title !== title) document.title = title
}
