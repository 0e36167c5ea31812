// Composition root of the browser: everything that holds state is made here, once.
import { createAlarmDesk } from '../alerts/desk.ts'
import type { App, Desk, Overlay, Toast } from '../app.ts'
import { textIn } from '../i18n/text.ts'
import { createApi } from '../live/api.ts'
import { createLink } from '../live/link.ts'
import { startLiveRoom } from '../live/room.ts'
import type { Chart } from '../map/chart.ts'
import { createTools } from '../map/tools.ts'
import { type AreaView, areaFeatures } from '../places/model.ts'
import { createTravel } from '../time/travel.ts'
import { createSelected } from '../vessels/selected.ts'
import { type Address, formatAddress, parseAddress } from './address.ts'
import { appCommands } from './app-commands.ts'
import { availability, type Command, createKeyDispatcher, type KeyContext } from './commands.ts'
import { keep, paletteOfHour, recall } from './desk-memory.ts'
import { createOutbox } from './outbox.ts'
import type { Person, ServerStatus } from './status.ts'
import { createStore } from './store.ts'

const TOAST_MS = 10_000
const TICK_MS = 250

export function createApp(): App {
  const machineNow = (): number => performance.timeOrigin + performance.now()
  const kept = recall(location.search, localStorage)
  const desk = createStore<Desk>(kept.desk)
  const address = createStore<Address>(parseAddress(location.hash, location.search))
  const status = createStore<ServerStatus | undefined>(undefined)
  const me = createStore<Person | undefined>(undefined)
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
  const api = createApi(location.origin, link)
  const outbox = createOutbox(() => crypto.randomUUID())
  const say: App['say'] = (key, values) => textIn(desk.get().language, key, values)
  const tools = createTools()

  const go: App['go'] = change => {
    address.set({ ...address.get(), ...change })
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
    sound: kept.sound,
    keepSound: sound => keep(localStorage, desk.get(), sound),
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
    link,
    outbox,
    alarms,
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
    commands: () => appCommands(app),
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
        { id: performance.now(), text, tone: options.tone ?? 'plain', untilMs, ...(options.undo ? { undo: options.undo } : {}) },
      ])
    },
  }

  desk.subscribe(() => keep(localStorage, desk.get(), alarms.sound.get()))
  listenToKeys(app)
  window.addEventListener('hashchange', () => address.set(parseAddress(location.hash, location.search)))
  followSelection(app)
  const drawAreas = (): void => chart.get()?.setData('areas', areaFeatures(areas.get(), undefined))
  areas.subscribe(drawAreas)
  chart.subscribe(drawAreas)
  startLiveRoom(app)
  link.setFilter(address.get().filter)
  const { atMs } = address.get()
  if (atMs !== undefined) time.show(atMs)
  startTicker(app)
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
    const region = document.activeElement?.closest('[data-region]')?.getAttribute('data-region')
    const order: KeyContext[] = ['alarm', 'dossier', 'chart', 'time']
    const first: KeyContext | undefined =
      region === 'chart' ? 'chart' : region === 'time' ? 'time' : region === 'dossier' ? 'dossier' : undefined
    return first ? [first, ...order.filter(context => context !== first)] : order
  }
  const dispatcher = createKeyDispatcher(
    () => app.commands(),
    contexts,
    () => app.desk.get().keysOff,
  )
  window.addEventListener('keydown', event => {
    const command = dispatcher.match(event, performance.now())
    if (!command) return
    if (app.overlay.get() && command.id !== 'escape' && command.id !== 'find') return
    event.preventDefault()
    app.run(command)
  })
  window.addEventListener('pointerdown', () => app.alarms.player.unlock(), { once: true })
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

function startTicker(app: App): void {
  let last = performance.now()
  let beats = 0
  setInterval(() => {
    const at = performance.now()
    app.time.tick(at - last)
    last = at
    beats++
    if (beats % 2 === 0) app.alarms.tick()
    if (beats % 4 === 0) retitle(app)
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
