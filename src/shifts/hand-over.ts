// What a deed makes of a hand-over sheet, or why it is refused. Pure. What the rooms say now is laid over the sheet again and again: what is new comes in, what is over stays
// and is marked, what changed asks for its tick anew; nothing that was carried is ever dropped.
import type { WatchTime } from '#access/duty/index.ts'
import { ok } from '#base/index.ts'
import { sheetHash } from './hash.ts'
import { no, type Outcome } from './refusals.ts'
import { type Carried, type HandOver, type HandOverItem, type HandOverPart, isSettled, type Signature, seenOf } from './schema.ts'

export const handOverId = (from: WatchTime): string => `hand-over:${from.id}`

export const opened = (
  from: WatchTime,
  to: WatchTime,
  carried: readonly Carried[],
  unlinked: readonly HandOverPart[],
  nowMs: number,
): HandOver => ({
  id: handOverId(from),
  organisation: from.organisation,
  from,
  to,
  state: 'open',
  openedAtMs: nowMs,
  items: carried,
  unlinked,
  changedAtMs: nowMs,
  revision: 1,
})

const changed = (sheet: HandOver, items: readonly HandOverItem[], nowMs: number): HandOver => ({
  ...sheet,
  items,
  changedAtMs: nowMs,
  revision: sheet.revision + 1,
})

/** The sheet with what the rooms say now; the same object when nothing an officer sees has changed. A signed sheet stays as it was signed. */
export function refreshed(sheet: HandOver, carried: readonly Carried[], nowMs: number): HandOver {
  if (sheet.state === 'done') return sheet
  const now = new Map(carried.map(one => [one.id, one]))
  const isAfterSigning = sheet.state === 'given'
  const kept = sheet.items.map((item): HandOverItem => {
    const current = now.get(item.id)
    if (!current) return item.goneAtMs === undefined ? { ...item, goneAtMs: nowMs } : item
    const { goneAtMs, ...there } = item
    const after: HandOverItem = { ...there, ...current }
    const isOther = goneAtMs !== undefined || seenOf(after) !== seenOf(item)
    return isOther && isAfterSigning ? { ...after, isNew: true } : after
  })
  const known = new Set(sheet.items.map(item => item.id))
  const added = carried.filter(one => !known.has(one.id)).map((one): HandOverItem => (isAfterSigning ? { ...one, isNew: true } : one))
  const items = [...kept, ...added]
  return JSON.stringify(items) === JSON.stringify(sheet.items) ? sheet : changed(sheet, items, nowMs)
}

function editItem(sheet: HandOver, id: string, edit: (item: HandOverItem) => Outcome<HandOverItem>, nowMs: number): Outcome<HandOver> {
  if (sheet.state === 'done') return no('signed')
  const item = sheet.items.find(one => one.id === id)
  if (!item) return no('no-item')
  const after = edit(item)
  return after.ok
    ? ok(
        changed(
          sheet,
          sheet.items.map(one => (one === item ? after.value : one)),
          nowMs,
        ),
      )
    : after
}

/** The outgoing watch's word on an item; after its signature only on what came since. */
export const remarked = (sheet: HandOver, id: string, remark: string, nowMs: number): Outcome<HandOver> =>
  editItem(
    sheet,
    id,
    ({ remark: _before, ...item }) => {
      if (sheet.state === 'given' && !item.isNew) return no('given')
      return ok(remark === '' ? item : { ...item, remark })
    },
    nowMs,
  )

/** The incoming watch has read these as they stand; `seen` says what was on the screen. */
export function ticked(
  sheet: HandOver,
  ticks: readonly { readonly id: string; readonly seen: string }[],
  by: string,
  nowMs: number,
): Outcome<HandOver> {
  if (sheet.state === 'done') return no('signed')
  let after = sheet
  for (const { id, seen } of ticks) {
    const next = editItem(
      after,
      id,
      item => (seenOf(item) === seen ? ok({ ...item, tick: { by, atMs: nowMs, seen } }) : no('changed-since')),
      nowMs,
    )
    if (!next.ok) return next
    after = next.value
  }
  return ok(ticks.length === 0 ? sheet : { ...after, revision: sheet.revision + 1 })
}
export const unticked = (sheet: HandOver, id: string, nowMs: number): Outcome<HandOver> =>
  editItem(sheet, id, ({ tick: _tick, ...item }) => ok(item), nowMs)

type Signer = Omit<Signature, 'atMs' | 'hash'>

/** The outgoing watch signs first. */
export function given(sheet: HandOver, signer: Signer, nowMs: number): Outcome<HandOver> {
  if (sheet.state === 'done') return no('signed')
  if (sheet.state === 'given') return no('given')
  const hash = sheetHash(sheet)
  return ok({ ...changed(sheet, sheet.items, nowMs), state: 'given', outgoing: { ...signer, atMs: nowMs, hash } })
}

/** Another person signs for the incoming watch, when every item is ticked as it stands or is over. */
export function taken(sheet: HandOver, signer: Signer, nowMs: number): Outcome<HandOver> {
  if (sheet.state === 'done') return no('signed')
  if (!sheet.outgoing) return no('not-given')
  if (sheet.outgoing.person === signer.person) return no('same-person')
  if (!sheet.items.every(isSettled)) return no('not-ticked')
  const signed = { ...changed(sheet, sheet.items, nowMs), state: 'done' as const }
  return ok({ ...signed, incoming: { ...signer, atMs: nowMs, hash: sheetHash(signed) } })
}
