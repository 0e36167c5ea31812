// The alarms of this desk: what the server says, kept by its numbered messages; what the officer does, sent through the outbox; what the room hears.
import type { Api } from '../live/api.ts'
import type { Undo } from '../shell/commands.ts'
import type { Outbox } from '../shell/outbox.ts'
import { createStore, type Store } from '../shell/store.ts'
import { alarmsAt, type Knowledge } from './as-of.ts'
import { byUrgency, loadOf, stepFrom } from './list-order.ts'
import type { AlarmTab, AlarmView } from './model.ts'
import { createPlayer, type Player } from './player.ts'
import { HUSH_MS, nextSound, SILENT } from './sound.ts'

export interface AlarmState {
  readonly alarms: ReadonlyMap<string, AlarmView>
  readonly isLoaded: boolean
  readonly tab: AlarmTab
  readonly trouble?: string
}

export interface SoundState {
  readonly isOn: boolean
  readonly caution: boolean
  readonly hushedUntilMs: number
}

export interface AlarmDesk {
  readonly state: Store<AlarmState>
  readonly sound: Store<SoundState>
  readonly player: Player
  /** Ids as the list shows them; written by the list. */
  shown: readonly string[]
  load(): Promise<void>
  /** A change told by the live line. */
  take(alarm: AlarmView): void
  /** Alarms at a moment of the past, as they were known then or as is known now. */
  asOf(atMs: number, knowledge: Knowledge): AlarmView[]
  isAlarmed(mmsi: number): boolean
  open(id: string): void
  /** Moves the selection in the list. */
  step(by: number): void
  nextUnacknowledged(): void
  hush(): void
  /** From the ticker: sounds what is due. */
  tick(): void
  /** The alarm as it is now: acknowledged by another when they were first. */
  acknowledge(id: string): Promise<AlarmView | undefined>
  assign(id: string, to: string, note: string): Promise<void>
  shelve(id: string, reason: string, untilMs: number): Promise<Undo | undefined>
  unshelve(id: string): Promise<void>
  resolve(id: string, outcome: string, note: string): Promise<void>
  note(id: string, text: string): Promise<void>
}

export interface DeskDeps {
  readonly api: Api
  readonly outbox: Outbox
  now(): number
  selectedId(): string | undefined
  select(id: string): void
  sound: SoundState
  keepSound(sound: SoundState): void
}

export function createAlarmDesk(deps: DeskDeps): AlarmDesk {
  const state = createStore<AlarmState>({ alarms: new Map(), isLoaded: false, tab: 'new' })
  const sound = createStore<SoundState>(deps.sound)
  sound.subscribe(() => deps.keepSound(sound.get()))
  const player = createPlayer()
  let memory = SILENT
  const find = (id: string): AlarmView | undefined => state.get().alarms.get(id)
  /** Shows the wish at once; the server's answer (or the next load) puts it right. */
  const expect = (id: string, change: Partial<AlarmView>): void =>
    state.set(now => {
      const alarm = now.alarms.get(id)
      return alarm ? { ...now, alarms: new Map(now.alarms).set(id, { ...alarm, ...change }) } : now
    })
  const take = (alarm: AlarmView): void =>
    state.set(now => {
      const there = now.alarms.get(alarm.id)
      return there && there.revision > alarm.revision ? now : { ...now, alarms: new Map(now.alarms).set(alarm.id, alarm) }
    })

  async function deed(id: string, wish: Partial<AlarmView>, send: (deedId: string) => Promise<AlarmView>): Promise<void> {
    const before = find(id)
    expect(id, wish)
    try {
      await deps.outbox.put(id, async deedId => take(await send(deedId)))
    } catch (refusal) {
      if (before) expect(id, before)
      throw refusal
    }
  }

  const desk: AlarmDesk = {
    state,
    sound,
    player,
    shown: [],
    async load() {
      try {
        const list = await deps.api.alarms()
        state.set(now => {
          // What the live line brought while this was asked for is newer.
          const alarms = new Map(
            list.map(alarm => {
              const there = now.alarms.get(alarm.id)
              return [alarm.id, there && there.revision > alarm.revision ? there : alarm]
            }),
          )
          const { trouble: _gone, ...rest } = now
          return { ...rest, alarms, isLoaded: true }
        })
      } catch (reason) {
        state.set(now => ({ ...now, trouble: reason instanceof Error ? reason.message : String(reason) }))
      }
    },
    take,
    asOf: (atMs, knowledge) => alarmsAt(state.get().alarms.values(), atMs, knowledge),
    isAlarmed: mmsi => [...state.get().alarms.values()].some(alarm => alarm.state !== 'closed' && alarm.ships.includes(mmsi)),
    // Looking at an alarm changes nothing of it: what ended unseen stays until somebody says so.
    open: id => deps.select(id),
    step(by) {
      const next = stepFrom(desk.shown, deps.selectedId(), by)
      if (next !== undefined) desk.open(next)
    },
    nextUnacknowledged() {
      const waiting = [...state.get().alarms.values()].filter(alarm => alarm.state === 'new' && !alarm.isAcknowledged).sort(byUrgency)
      const at = waiting.findIndex(alarm => alarm.id === deps.selectedId())
      const next = waiting[at + 1] ?? waiting[0]
      state.set(now => ({ ...now, tab: 'new' }))
      if (next) desk.open(next.id)
    },
    hush: () => sound.set(now => ({ ...now, hushedUntilMs: deps.now() + HUSH_MS })),
    tick() {
      const alarms = [...state.get().alarms.values()].filter(alarm => alarm.state === 'new')
      const nowMs = deps.now()
      const isFlood =
        loadOf(
          alarms.map(alarm => alarm.raisedAtMs),
          nowMs,
        ).word === 'flood'
      const next = nextSound(
        alarms.map(alarm => ({ ...alarm, isShelved: false })),
        { ...sound.get(), isFlood },
        memory,
        nowMs,
      )
      memory = next.memory
      if (next.level !== undefined) player.play(next.level)
    },
    async acknowledge(id) {
      const alarm = find(id)
      // A feed or station that is back asks for nothing more; what ships did stays open until it is resolved.
      if (alarm?.isEnded && alarm.ships.length === 0)
        await deed(id, { isAcknowledged: true, state: 'closed' }, deedId => deps.api.seen(id, deedId))
      else await deed(id, { isAcknowledged: true, state: 'active' }, deedId => deps.api.acknowledge(id, deedId))
      return find(id)
    },
    assign: (id, to, note) =>
      deed(id, { assignedTo: to, isAcknowledged: true, state: 'active' }, deedId => deps.api.assign(id, to, note, deedId)),
    async shelve(id, reason, untilMs) {
      await deed(id, { state: 'shelved', shelvedUntilMs: untilMs }, deedId => deps.api.shelve(id, reason, untilMs, deedId))
      return { said: 'undo.shelved', undo: () => desk.unshelve(id) }
    },
    unshelve: id => deed(id, { state: find(id)?.isAcknowledged ? 'active' : 'new' }, deedId => deps.api.unshelve(id, deedId)),
    resolve: (id, outcome, note) =>
      deed(id, { state: 'closed', outcome, isAcknowledged: true }, deedId => deps.api.resolve(id, outcome, note, deedId)),
    note: (id, text) => deed(id, {}, deedId => deps.api.note(id, text, deedId)),
  }
  return desk
}
