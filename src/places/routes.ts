// Areas over HTTP: list, draw, change, remove, bring and take as GeoJSON. `areas-changed` is told after the store has them.
import { randomUUID } from 'node:crypto'
import { Type } from 'typebox'
import type { Caller, Clock } from '#base/index.ts'
import { badInput, type Http, HttpRefusal, notFound } from '#platform/http/index.ts'
import type { Statement, Store } from '#platform/store/index.ts'
import { AREA_KINDS, type Area } from './area.ts'
import { loadAreas, removeArea, saveArea } from './area-store.ts'
import { isJurisdictionOf } from './jurisdiction.ts'
import { areaOf, areasFromGeoJson, areasToGeoJson } from './read-areas.ts'

export interface AreaRoutesOptions {
  readonly http: Http
  readonly store: Store
  readonly clock: Clock
  /** The audit row of a deed, in the same transaction. */
  audit(caller: Caller, deed: string, thing: string, note: string): Statement
  /** The areas as they are now. */
  onChange(areas: readonly Area[]): void
}

const Point = Type.Array(Type.Number(), { minItems: 2, maxItems: 3 })
const AreaBody = Type.Object({
  name: Type.String({ minLength: 1, maxLength: 80 }),
  kind: Type.Union(AREA_KINDS.map(kind => Type.Literal(kind))),
  polygon: Type.Optional(Type.Array(Type.Array(Point), { description: 'outer ring, then holes; [lon, lat]' })),
  line: Type.Optional(Type.Array(Point)),
  halfWidthM: Type.Optional(Type.Number()),
  maxKn: Type.Optional(Type.Number()),
  depthM: Type.Optional(Type.Number()),
  severity: Type.Optional(Type.String()),
  watches: Type.Optional(Type.String()),
  note: Type.Optional(Type.String()),
})
const AreaShape = Type.Object({ id: Type.String(), name: Type.String(), kind: Type.String(), polygon: Type.Array(Type.Array(Point)) })
const Id = Type.Object({ id: Type.String() })

export function areaRoutes({ http, store, audit, onChange }: AreaRoutesOptions): void {
  const keep = async (statements: Statement[]): Promise<void> => {
    await store.write(statements)
    onChange(loadAreas(store))
  }
  const read = (body: unknown, id: string): Area => {
    const area = areaOf({ ...Object(body), organisation: undefined, id }, id)
    if (typeof area === 'string') throw badInput({ ko: `구역을 저장하지 않았습니다: ${area}`, en: `the area was not kept: ${area}` })
    return area
  }
  const need = (id: string): Area => {
    const area = loadAreas(store).find(one => one.id === id)
    if (!area) throw notFound({ ko: `구역 ${id}`, en: `area ${id}` })
    // Whose water it is decides who sees what: changed as rights are, by two.
    if (isJurisdictionOf(area))
      throw new HttpRefusal(403, 'is-jurisdiction', {
        ko: `관할 구역(${area.name}): 관리자가 두 사람 승인으로 고칩니다`,
        en: `${area.name} is a jurisdiction; administrators change it with the organisations, by two`,
      })
    return area
  }
  http.route({
    method: 'GET',
    path: '/api/areas',
    deed: 'areas.look',
    summary: 'The areas',
    tag: 'areas',
    answer: Type.Array(AreaShape),
    handle: () => loadAreas(store),
  })
  http.route({
    method: 'GET',
    path: '/api/areas.geojson',
    deed: 'areas.look',
    summary: 'The areas as GeoJSON',
    tag: 'areas',
    produces: 'application/geo+json',
    handle: () => JSON.stringify(areasToGeoJson(loadAreas(store))),
  })
  http.route({
    method: 'POST',
    path: '/api/areas',
    deed: 'areas.change',
    summary: 'Draw an area',
    tag: 'areas',
    body: AreaBody,
    answer: AreaShape,
    status: 201,
    async handle({ body, caller }) {
      const area = read(body, `area-${randomUUID().slice(0, 8)}`)
      await keep([saveArea(area), audit(caller, 'area.draw', area.id, area.name)])
      return area
    },
  })
  http.route({
    method: 'PUT',
    path: '/api/areas/:id',
    deed: 'areas.change',
    summary: 'Change an area',
    tag: 'areas',
    params: Id,
    body: AreaBody,
    answer: AreaShape,
    async handle({ params, body, caller }) {
      need(params.id)
      const area = read(body, params.id)
      await keep([saveArea(area), audit(caller, 'area.change', area.id, area.name)])
      return area
    },
  })
  http.route({
    method: 'DELETE',
    path: '/api/areas/:id',
    deed: 'areas.change',
    summary: 'Remove an area',
    tag: 'areas',
    params: Id,
    async handle({ params, caller }) {
      const area = need(params.id)
      await keep([removeArea(area.id), audit(caller, 'area.remove', area.id, area.name)])
    },
  })
  http.route({
    method: 'POST',
    path: '/api/areas/import',
    deed: 'areas.change',
    summary: 'Bring areas as GeoJSON; what cannot be used is named, the rest is taken',
    tag: 'areas',
    consumes: 'application/geo+json',
    answer: Type.Object({ count: Type.Integer(), refused: Type.Array(Type.Object({ index: Type.Integer(), why: Type.String() })) }),
    async handle({ body, caller }) {
      const read = areasFromGeoJson(typeof body === 'string' ? body : JSON.stringify(body), `brought-${randomUUID().slice(0, 8)}`)
      const standing = new Set(
        loadAreas(store)
          .filter(isJurisdictionOf)
          .map(area => area.id),
      )
      const areas = read.areas.filter(area => !isJurisdictionOf(area) && !standing.has(area.id))
      const refused = [
        ...read.refused,
        ...read.areas.flatMap((area, index) =>
          areas.includes(area) ? [] : [{ index, why: `${area.name}: jurisdictions are changed with the organisations, by two` }],
        ),
      ]
      if (areas.length === 0)
        throw badInput({
          ko: `가져올 구역이 없습니다: ${refused[0]?.why ?? '비어 있음'}`,
          en: `no area could be taken: ${refused[0]?.why ?? 'it is empty'}`,
        })
      await keep([
        ...areas.map(saveArea),
        audit(
          caller,
          'area.import',
          `${areas.length}`,
          areas
            .map(area => area.name)
            .join(', ')
            .slice(0, 500),
        ),
      ])
      return { count: areas.length, refused }
    },
  })
}

export interface JurisdictionRoutesOptions extends AreaRoutesOptions {
  nameOf(organisation: string): string | undefined
}

/** Whose water: one area an organisation, drawn anew by two administrators. */
export function jurisdictionRoutes({ http, store, audit, onChange, nameOf }: JurisdictionRoutesOptions): void {
  const name = (organisation: string): string => {
    const words = nameOf(organisation)
    if (words === undefined) throw notFound({ ko: `조직 ${organisation}`, en: `organisation ${organisation}` })
    return words
  }
  http.route({
    method: 'PUT',
    path: '/api/organisations/:id/jurisdiction',
    deed: 'organisations.change',
    summary: 'Draw the waters of an organisation (two administrators)',
    tag: 'areas',
    params: Id,
    body: Type.Object({
      polygon: Type.Array(Type.Array(Point), { description: 'outer ring, then holes; [lon, lat]' }),
      reason: Type.Optional(Type.String({ maxLength: 500 })),
      deedId: Type.Optional(Type.String({ maxLength: 100 })),
    }),
    answer: AreaShape,
    aloneWhileNobodyElse: true,
    thing: ({ params }) => ({
      id: params.id,
      organisations: [params.id],
      ko: `관할 구역 다시 그리기: ${name(params.id)}`,
      en: `draw the waters of ${name(params.id)} anew`,
    }),
    async handle({ params, body, caller }) {
      const words = `${name(params.id)} 관할`
      const area = areaOf(
        { kind: 'jurisdiction', name: words, polygon: body.polygon, organisation: params.id },
        `jurisdiction-${params.id}`,
      )
      if (typeof area === 'string') throw badInput({ ko: `구역을 저장하지 않았습니다: ${area}`, en: `the area was not kept: ${area}` })
      await store.write([saveArea(area), audit(caller, 'jurisdiction.draw', params.id, words)])
      onChange(loadAreas(store))
      return area
    },
  })
}
