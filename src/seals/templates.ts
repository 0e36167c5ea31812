// Plans that come again: kept at the server for an organisation, so that a journey of every week is a name and a container's number. What of a plan is the journey's own (its
// number, times, container, seals) is not kept; how long it may take is.

import type { Static } from 'typebox'
import type { Statement, Store } from '#platform/store/index.ts'
import type { TemplateBody } from './shapes.ts'

export interface JourneyTemplate {
  readonly id: string
  readonly organisation: string
  readonly name: string
  readonly savedAtMs: number
  readonly body: Static<typeof TemplateBody>
}

type Read = Pick<Store, 'read'>
interface Row extends Record<string, string | number> {
  id: string
  organisation: string
  name: string
  saved_ms: number
  body: string
}
const of = (row: Row): JourneyTemplate => ({
  id: row.id,
  organisation: row.organisation,
  name: row.name,
  savedAtMs: row.saved_ms,
  body: JSON.parse(row.body),
})

export const saveTemplate = ({ id, organisation, name, savedAtMs, body }: JourneyTemplate): Statement => ({
  sql: `INSERT INTO journey_templates (id, organisation, name, saved_ms, body) VALUES (?, ?, ?, ?, ?)
    ON CONFLICT (id) DO UPDATE SET organisation = excluded.organisation, name = excluded.name, saved_ms = excluded.saved_ms, body = excluded.body`,
  values: [id, organisation, name, savedAtMs, JSON.stringify(body)],
})
export const dropTemplate = (id: string): Statement => ({ sql: 'DELETE FROM journey_templates WHERE id = ?', values: [id] })
export const templateById = (store: Read, id: string): JourneyTemplate | undefined =>
  store.read<Row>('SELECT id, organisation, name, saved_ms, body FROM journey_templates WHERE id = ?', [id]).map(of)[0]
export const allTemplates = (store: Read): readonly JourneyTemplate[] =>
  store.read<Row>('SELECT id, organisation, name, saved_ms, body FROM journey_templates ORDER BY name, id').map(of)
