// What must hold of the room's rows: each incident reads as itself and has as many steps as it says, its numbers of a day have no gaps, orders belong to incidents.
import type { Store } from '#platform/store/index.ts'

/** Says what is there; throws the first fault. */
export function checkIncidents(store: Pick<Store, 'read'>): string {
  const [faulty] = store.read<{ id: string; says: number; has: number }>(
    `SELECT i.id, json_extract(i.body, '$.steps') AS says, (SELECT count(*) FROM incident_steps s WHERE s.incident = i.id) AS has FROM incidents i
      WHERE says <> has OR json_extract(i.body, '$.id') <> i.id OR json_extract(i.body, '$.state') <> i.state LIMIT 1`,
  )
  if (faulty) throw new Error(`incident ${faulty.id} says it has ${faulty.says} steps and has ${faulty.has}, or does not read as itself`)
  const [gap] = store.read<{ organisation: string; day: string; n: number; last: number }>(
    'SELECT organisation, day, count(*) AS n, max(n) AS last FROM incidents GROUP BY organisation, day HAVING count(*) <> max(n) LIMIT 1',
  )
  if (gap) throw new Error(`${gap.organisation} has ${gap.n} incidents of ${gap.day}, the last is number ${gap.last}: a row is missing`)
  const [stray] = store.read<{ id: string }>('SELECT id FROM incident_orders WHERE incident NOT IN (SELECT id FROM incidents) LIMIT 1')
  if (stray) throw new Error(`order ${stray.id} belongs to no incident`)
  const [counts] = store.read<{ incidents: number; steps: number }>(
    'SELECT (SELECT count(*) FROM incidents) AS incidents, (SELECT count(*) FROM incident_steps) AS steps',
  )
  return `${counts?.incidents ?? 0} incidents, ${counts?.steps ?? 0} steps`
}
