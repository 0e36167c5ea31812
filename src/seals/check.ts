// For `mangru check`: rows of journeys, seals and commands belong together and say the same.
import type { SqlValue, Store } from '#platform/store/index.ts'
import { JOURNEY_STATES, type JourneyPlan, type JourneyStanding, SEAL_LIVES, type Seal, type SealCommandView } from './schema.ts'

type Read = Pick<Store, 'read'>
interface JourneyRow extends Record<string, SqlValue> {
  id: string
  state: string
  is_over: number
  plan: string
  standing: string | null
}

const OVER: ReadonlySet<string> = new Set(['closed', 'cancelled'])
const OF_A_JOURNEY = ['journey_facts', 'journey_lines', 'journey_deeds'] as const

/** Words for the person who asked; throws the first fault, and what to do about it. */
export function checkSeals(store: Read): string {
  const rows = store.read<JourneyRow>('SELECT id, state, is_over, plan, standing FROM journeys ORDER BY id')
  const faults = [...journeyFaults(store, rows), ...orphans(store), ...stockFaults(store), ...commandFaults(store)]
  const [fault] = faults
  if (fault !== undefined) throw new Error(`${fault}${faults.length > 1 ? `; and ${faults.length - 1} more` : ''}`)
  const stock = store.read<{ n: number }>('SELECT count(*) AS n FROM seals')[0]?.n ?? 0
  return `${rows.length} journeys, ${rows.filter(row => row.is_over === 0).length} open, ${stock} seals`
}

function* journeyFaults(store: Read, rows: readonly JourneyRow[]): Iterable<string> {
  const journeyOfSeal = new Map<string, string>()
  for (const row of rows) {
    const plan: JourneyPlan = JSON.parse(row.plan)
    const standing: JourneyStanding | null = row.standing === null ? null : JSON.parse(row.standing)
    if (plan.id !== row.id) yield `journey ${row.id} has the plan of ${plan.id}: bring back a backup`
    if (!JOURNEY_STATES.some(state => state === row.state)) yield `journey ${row.id} is in no state there is: ${row.state}`
    if ((row.is_over === 1) !== OVER.has(row.state))
      yield `journey ${row.id} is ${row.state} and counted as ${row.is_over === 1 ? 'over' : 'open'}`
    if (standing && (standing.journey !== row.id || standing.state !== row.state))
      yield `journey ${row.id} is ${row.state} and stands as ${standing.journey} ${standing.state}`
    const [last] = store.read<{ what: string }>(
      "SELECT json_extract(body, '$.what') AS what FROM journey_lines WHERE journey = ? AND json_extract(body, '$.kind') = 'state' ORDER BY at_ms DESC, n DESC LIMIT 1",
      [row.id],
    )
    if ((last?.what ?? 'planned') !== row.state)
      yield `journey ${row.id} is ${row.state}, its custody says ${last?.what ?? 'nothing'}: it is written anew with its next report`
    if (row.is_over === 1) continue
    for (const { seal } of plan.seals) {
      const other = journeyOfSeal.get(seal)
      if (other !== undefined) yield `the seal ${seal} is on ${other} and on ${row.id}: close or change one of them`
      journeyOfSeal.set(seal, row.id)
    }
  }
}

function* orphans(store: Read): Iterable<string> {
  for (const table of OF_A_JOURNEY)
    for (const { journey } of store.read<{ journey: string }>(
      `SELECT DISTINCT journey FROM ${table} WHERE journey NOT IN (SELECT id FROM journeys) LIMIT 5`,
    ))
      yield `${table} has rows of the journey ${journey}, which is not there: bring back a backup`
}

function* stockFaults(store: Read): Iterable<string> {
  for (const { id, life, body } of store.read<{ id: string; life: string; body: string }>('SELECT id, life, body FROM seals')) {
    const seal: Seal = JSON.parse(body)
    if (seal.id !== id || seal.life !== life || !SEAL_LIVES.some(one => one === life)) yield `the seal ${id} does not read as itself`
  }
  for (const { id } of store.read<{ id: string }>('SELECT id FROM seals_unknown WHERE id IN (SELECT id FROM seals) LIMIT 5'))
    yield `the seal ${id} is in the stock and counted as unknown: adopt it again`
}

function* commandFaults(store: Read): Iterable<string> {
  for (const { id, state, body } of store.read<{ id: string; state: string; body: string }>(
    "SELECT id, state, body FROM seal_commands WHERE state IN ('queued', 'sent')",
  )) {
    const command: SealCommandView = JSON.parse(body)
    if (command.id !== id || command.state !== state) yield `the command ${id} does not read as itself`
  }
}
