// The sheets of all sites. A sheet opens by itself half an hour before its watch ends (or when somebody opens it), is laid over with what the rooms say now each time it is
// looked at and every few seconds, and stays unfinished for everybody to see until two people have signed. Deeds on one sheet follow one another.

import type { Duty, WatchTime } from '#access/duty/index.ts'
import { auditStatement, type Deed } from '#access/index.ts'
import { type Clock, ok } from '#base/index.ts'
import type { Bus } from '#platform/bus/index.ts'
import type { Store } from '#platform/store/index.ts'
import { given, handOverId, opened, refreshed, remarked, taken, ticked, unticked } from './hand-over.ts'
import { sheetHash } from './hash.ts'
import { no, type Outcome } from './refusals.ts'
import { type Carried, HAND_OVER_CHANGED, type HandOver, type HandOverPart, type Signature } from './schema.ts'
import * as kept from './store.ts'

export interface HandOverBy extends Pick<Deed, 'session' | 'second'> {
  readonly person: string
  readonly name: string
}

export interface HandOvers {
  /** The sheet of the watch that stands (or stood) there at that moment: opens it when there is none. */
  open(organisation: string, by: HandOverBy, atMs?: number): Promise<Outcome<HandOver>>
  /** With what the rooms say now. */
  get(id: string): HandOver | undefined
  /** The sheet that matters at a site now: the oldest unfinished one of the last days, else the newest. */
  current(organisation: string): HandOver | undefined
  remark(id: string, item: string, text: string, by: HandOverBy): Promise<Outcome<HandOver>>
  tick(id: string, ticks: readonly { readonly id: string; readonly seen: string }[], by: HandOverBy): Promise<Outcome<HandOver>>
  untick(id: string, item: string, by: HandOverBy): Promise<Outcome<HandOver>>
  /** As the outgoing watch, then, by somebody else, as the incoming one. */
  sign(id: string, as: 'outgoing' | 'incoming', by: HandOverBy): Promise<Outcome<HandOver>>
  /** Of watches that end in [from, to). */
  between(fromMs: number, toMs: number): readonly HandOver[]
  history(organisation: string, limit: number): readonly HandOver[]
  /** Opens what is due, and keeps what has changed on open sheets. */
  look(): Promise<void>
}

export interface HandOversOptions {
  readonly store: Store
  readonly clock: Clock
  readonly bus: Bus
  readonly duty: Duty
  /** What a site carries now, and which parts have no room yet. */
  carried(organisation: string): readonly Carried[]
  readonly unlinked: readonly HandOverPart[]
}

export const OPEN_BEFORE_MS = 30 * 60_000
/** An unfinished sheet older than this is history: the watch after the next has its own. */
const STALE_MS = 36 * 3_600_000
const MISSED_MS = 12 * 3_600_000
const MAX_REMARK = 500

export function createHandOvers({ store, clock, bus, duty, carried, unlinked }: HandOversOptions): HandOvers {
  const turns = new Map<string, Promise<unknown>>()
  const inTurn = <T>(id: string, task: () => Promise<T>): Promise<T> => {
    const turn = (turns.get(id) ?? Promise.resolve()).then(task)
    const over = turn.then(
      () => {},
      () => {},
    )
    turns.set(id, over)
    void over.then(() => turns.get(id) === over && turns.delete(id))
    return turn
  }
  const keep = async (sheet: HandOver, deed: string, by: HandOverBy, note = ''): Promise<HandOver> => {
    const { person, name: _name, ...session } = by
    const hash = sheet.incoming?.hash
    await store.write([
      kept.saveHandOver(sheet, hash),
      auditStatement({ atMs: clock.now(), who: person, ...session, deed: `hand-over.${deed}`, thing: sheet.id, note }),
    ])
    bus.tell(HAND_OVER_CHANGED, { sheet })
    return sheet
  }
  const get = (id: string): HandOver | undefined => {
    const sheet = kept.handOverById(store, id)
    return sheet && refreshed(sheet, sheet.state === 'done' ? [] : carried(sheet.organisation), clock.now())
  }
  const act = (
    id: string,
    deed: string,
    by: HandOverBy,
    change: (sheet: HandOver) => Outcome<HandOver>,
    noteOf: (sheet: HandOver) => string = () => '',
  ) =>
    inTurn(id, async (): Promise<Outcome<HandOver>> => {
      const sheet = get(id)
      if (!sheet) return no('not-found')
      const after = change(sheet)
      if (!after.ok || after.value === sheet) return after
      return ok(await keep(after.value, deed, by, noteOf(after.value)))
    })
  /** The watch that takes over: none where the same crew comes again the next day. */
  const followerOf = (watch: WatchTime): WatchTime | undefined => {
    const next = duty.nextWatch(watch.organisation, watch.toMs - 1)
    return next && next.crew.id !== watch.crew.id ? next : undefined
  }
  const openFor = (from: WatchTime, by: HandOverBy): Promise<Outcome<HandOver>> =>
    inTurn(handOverId(from), async () => {
      const known = get(handOverId(from))
      if (known) return ok(known)
      const to = followerOf(from)
      if (!to) return no('nobody-follows')
      return ok(await keep(opened(from, to, carried(from.organisation), unlinked, clock.now()), 'open', by))
    })
  const signer = (watch: WatchTime, by: HandOverBy): Omit<Signature, 'atMs' | 'hash'> => {
    const people = duty.standing(watch)
    const seat = people.find(one => one.person === by.person)?.seat
    const isNamed = people.some(one => one.person !== undefined)
    return {
      person: by.person,
      name: by.name,
      isOnRoster: !isNamed || seat !== undefined,
      ...(seat ? { seat: { ko: seat.ko, en: seat.en } } : {}),
    }
  }
  const current = (organisation: string): HandOver | undefined => {
    const sheets = kept.handOversOf(store, organisation, 8)
    const unfinished = sheets.filter(one => one.state !== 'done' && one.from.toMs > clock.now() - STALE_MS).at(-1)
    const one = unfinished ?? sheets[0]
    return one && get(one.id)
  }

  return {
    async open(organisation, by, atMs = clock.now()) {
      const from = duty.watchAt(organisation, atMs)
      return from ? openFor(from, by) : no('no-roster')
    },
    get,
    current,
    remark: (id, item, text, by) =>
      act(
        id,
        'remark',
        by,
        sheet => remarked(sheet, item, text.normalize('NFC').trim().slice(0, MAX_REMARK), clock.now()),
        () => item,
      ),
    tick: (id, ticks, by) =>
      act(
        id,
        'tick',
        by,
        sheet => ticked(sheet, ticks, by.person, clock.now()),
        () => ticks.map(one => one.id).join(' '),
      ),
    untick: (id, item, by) =>
      act(
        id,
        'untick',
        by,
        sheet => unticked(sheet, item, clock.now()),
        () => item,
      ),
    sign: (id, as, by) =>
      as === 'outgoing'
        ? act(
            id,
            'sign-out',
            by,
            sheet => given(sheet, signer(sheet.from, by), clock.now()),
            sheet => sheet.outgoing?.hash ?? '',
          )
        : act(
            id,
            'sign-in',
            by,
            sheet => taken(sheet, signer(sheet.to, by), clock.now()),
            sheet => sheet.incoming?.hash ?? sheetHash(sheet),
          ),
    between: (fromMs, toMs) => kept.handOversBetween(store, fromMs, toMs),
    history: (organisation, limit) => kept.handOversOf(store, organisation, limit),
    async look() {
      const nowMs = clock.now()
      const product: HandOverBy = { person: 'mangru', name: '망루' }
      for (const organisation of duty.organisations()) {
        const watch = duty.watchAt(organisation, nowMs)
        if (watch && watch.toMs - nowMs <= OPEN_BEFORE_MS && !kept.handOverById(store, handOverId(watch))) await openFor(watch, product)
        // One that should have opened while the product was off: only where sheets were written before.
        const before = duty.watchAt(organisation, (watch?.fromMs ?? nowMs) - 1)
        const isMissed = before && nowMs - before.toMs < MISSED_MS && !kept.handOverById(store, handOverId(before))
        if (isMissed && kept.handOversOf(store, organisation, 4).some(one => one.from.toMs <= before.fromMs)) await openFor(before, product)
      }
      for (const sheet of kept.handOversBetween(store, nowMs - STALE_MS, nowMs + STALE_MS)) {
        if (sheet.state === 'done') continue
        const now = get(sheet.id)
        if (now && now.revision !== sheet.revision)
          await inTurn(sheet.id, async () => {
            const again = get(sheet.id)
            if (again && again.state !== 'done' && again.revision !== kept.handOverById(store, sheet.id)?.revision) {
              await store.write([kept.saveHandOver(again)])
              bus.tell(HAND_OVER_CHANGED, { sheet: again })
            }
          })
      }
    },
  }
}
