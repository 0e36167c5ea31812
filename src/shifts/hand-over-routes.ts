// Hand-overs over HTTP. Everybody who reads the log sees the sheet; the watch of the site writes remarks, ticks and signs, each with the own session.
import { Type } from 'typebox'
import type { Caller, Grant } from '#base/index.ts'
import { notFound } from '#platform/http/index.ts'
import type { HandOverBy } from './hand-overs.ts'
import { answered, Params, type ShiftRoutesOptions, strict } from './route-parts.ts'
import { type HandOver, isSettled, isUnfinished, seenOf } from './schema.ts'

const MAX_ITEMS = 500
const Item = Type.String({ minLength: 1, maxLength: 250 })

/** A sheet as the API gives it: each item with what must be seen for its tick. */
export const sheetView = (sheet: HandOver, nowMs: number) => ({
  ...sheet,
  items: sheet.items.map(item => ({ ...item, seen: seenOf(item), isSettled: isSettled(item) })),
  left: sheet.items.filter(item => !isSettled(item)).length,
  isUnfinished: isUnfinished(sheet, nowMs),
})
/** For overviews and the strip on every screen of the site. */
export const sheetHead = ({ id, organisation, state, from, to, items, outgoing, incoming, revision }: HandOver, nowMs: number) => ({
  id,
  organisation,
  state,
  from: { crew: from.crew, watch: { ko: from.watch.ko, en: from.watch.en }, fromMs: from.fromMs, toMs: from.toMs },
  to: { crew: to.crew, watch: { ko: to.watch.ko, en: to.watch.en }, fromMs: to.fromMs, toMs: to.toMs },
  items: items.length,
  left: items.filter(item => !isSettled(item)).length,
  isUnfinished: isUnfinished({ state, from }, nowMs),
  revision,
  ...(outgoing ? { outgoing } : {}),
  ...(incoming ? { incoming } : {}),
})

const byOf = (caller: Caller): HandOverBy => ({
  person: caller.id,
  name: caller.name,
  ...(caller.session === undefined ? {} : { session: caller.session }),
})

export function handOverRoutes({ http, handOvers, now, organisations, grantOf }: ShiftRoutesOptions): void {
  const find = (id: string, caller: Caller, grant: Grant): HandOver => {
    const sheet = handOvers.get(id)
    if (!sheet || grantOf(caller, 'log.look')?.covers([sheet.organisation]) !== true)
      throw notFound({ ko: `인계서 ${id}`, en: `hand-over ${id}` })
    if (!grant.covers([sheet.organisation])) throw notFound({ ko: `인계서 ${id}`, en: `hand-over ${id}` })
    return sheet
  }
  const common = { tag: 'shifts', answer: Type.Unknown() } as const
  http.route({
    ...common,
    method: 'GET',
    path: '/api/hand-overs',
    deed: 'log.look',
    summary: 'The sheet that matters now at each site the caller may see; with `organisation` that site’s last ones',
    query: Type.Object({ organisation: Type.Optional(Type.String({ maxLength: 100 })) }),
    handle({ query, grant }) {
      const { organisation } = query
      if (organisation !== undefined)
        return grant.covers([organisation]) ? handOvers.history(organisation, 20).map(sheet => sheetHead(sheet, now())) : []
      return organisations()
        .filter(one => grant.covers([one]))
        .map(one => {
          const sheet = handOvers.current(one)
          return { organisation: one, ...(sheet ? { sheet: sheetHead(sheet, now()) } : {}) }
        })
    },
  })
  http.route({
    ...common,
    method: 'GET',
    path: '/api/hand-overs/:id',
    deed: 'log.look',
    summary: 'A hand-over sheet as it stands now, or as it was signed',
    params: Params,
    handle: ({ params, caller, grant }) => sheetView(find(params.id, caller, grant), now()),
  })
  http.route({
    ...common,
    method: 'POST',
    path: '/api/hand-overs',
    deed: 'hand-over.write',
    summary: 'Open the sheet of the watch that stands now; the one that is there already is given back',
    body: Type.Object({ organisation: Type.String({ maxLength: 100 }) }, strict),
    async handle({ body, caller, grant }) {
      if (!grant.covers([body.organisation])) throw notFound({ ko: `조직 ${body.organisation}`, en: `organisation ${body.organisation}` })
      return sheetView(await answered(handOvers.open(body.organisation, byOf(caller))), now())
    },
  })
  const deed = { ...common, method: 'POST', deed: 'hand-over.write', params: Params } as const
  http.route({
    ...deed,
    path: '/api/hand-overs/:id/remark',
    summary: 'The outgoing watch’s word on an item',
    body: Type.Object({ item: Item, remark: Type.String({ maxLength: 500 }) }, strict),
    handle: async ({ params, body, caller, grant }) =>
      sheetView(await answered(handOvers.remark(find(params.id, caller, grant).id, body.item, body.remark, byOf(caller))), now()),
  })
  http.route({
    ...deed,
    path: '/api/hand-overs/:id/ticks',
    summary: 'The incoming watch has read these items, as they stood on its screen (`seen`)',
    body: Type.Object(
      { ticks: Type.Array(Type.Object({ id: Item, seen: Type.String({ maxLength: 4000 }) }, strict), { maxItems: MAX_ITEMS }) },
      strict,
    ),
    handle: async ({ params, body, caller, grant }) =>
      sheetView(await answered(handOvers.tick(find(params.id, caller, grant).id, body.ticks, byOf(caller))), now()),
  })
  http.route({
    ...deed,
    path: '/api/hand-overs/:id/untick',
    summary: 'Take a tick back',
    body: Type.Object({ item: Item }, strict),
    handle: async ({ params, body, caller, grant }) =>
      sheetView(await answered(handOvers.untick(find(params.id, caller, grant).id, body.item, byOf(caller))), now()),
  })
  http.route({
    ...deed,
    path: '/api/hand-overs/:id/sign',
    summary: 'Sign: the outgoing watch first, then another person for the incoming one',
    body: Type.Object({ as: Type.Unsafe<'outgoing' | 'incoming'>({ enum: ['outgoing', 'incoming'] }) }, strict),
    handle: async ({ params, body, caller, grant }) =>
      sheetView(await answered(handOvers.sign(find(params.id, caller, grant).id, body.as, byOf(caller))), now()),
  })
}
