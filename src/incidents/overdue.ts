// An order past its time is an alarm like any other: one situation, told through the same path, over when the order is done or recalled. Deterministic ids: after a
// restart the same order is the same finding.
import type { Clock } from '#base/index.ts'
import type { Bus } from '#platform/bus/index.ts'
import { createFindingDesk, type FindingSink, type Subject } from '#rules/index.ts'
import type { Incidents } from './incidents-contract.ts'
import { isOverdue } from './order.ts'
import { ORDER_CHANGED, type Order, titleOf } from './schema.ts'

const LOOK_MS = 1000
const KST_MS = 9 * 3_600_000
const minuteKst = (ms: number): string => new Date(ms + KST_MS).toISOString().slice(11, 16)

export interface OverdueWatchOptions {
  readonly clock: Clock
  readonly incidents: Pick<Incidents, 'openOrders' | 'get'>
  readonly bus: Bus
  readonly sink: FindingSink
  /** Name of an organisation, in both languages. */
  organisation(id: string): { readonly ko: string; readonly en: string }
}

/** The returned function stops it. */
export function createOverdueWatch({ clock, incidents, bus, sink, organisation }: OverdueWatchOptions): () => void {
  const desk = createFindingDesk({ detector: 'order-overdue', sink })
  const subjectsOf = (order: Order): Subject[] => [{ kind: 'order', id: order.id }]

  const raise = (order: Order): void => {
    const incident = incidents.get(order.incident)
    if (!incident) return
    const to = organisation(order.to.organisation)
    const { lat, lon } = incident.place ?? {}
    desk.raise({
      subjects: subjectsOf(order),
      fromMs: order.dueMs,
      raisedAtMs: clock.now(),
      severity: 'high',
      numbers: { order: order.n },
      why: {
        ko: `${to.ko} 지시 기한 ${minuteKst(order.dueMs)} 지남: ${titleOf(order.text)} (사건 ${incident.number})`,
        en: `${to.en}: order due ${minuteKst(order.dueMs)} KST is not done: ${titleOf(order.text)} (incident ${incident.number})`,
      },
      ...(lat === undefined || lon === undefined ? {} : { place: { lat, lon } }),
    })
    bus.tell(ORDER_CHANGED, { order, incident, change: 'overdue' })
  }
  const look = (): void => {
    for (const order of incidents.openOrders()) if (isOverdue(order, clock.now()) && !desk.isOpen(subjectsOf(order))) raise(order)
  }
  const stopHearing = bus.on(ORDER_CHANGED, ({ order, change }) => {
    if (change === 'done' || change === 'recalled') desk.end(subjectsOf(order), clock.now())
  })
  const stopLooking = clock.every(LOOK_MS, look)
  return () => {
    stopHearing()
    stopLooking()
  }
}
