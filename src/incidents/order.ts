// An order's life: open → acknowledged → done, or recalled by who may give orders. Due at a time; past it and not done it is an alarm (overdue.ts). Pure.
import { ok } from '#base/index.ts'
import { no, type Outcome } from './refusals.ts'
import { type Author, isOrderOpen, type Order } from './schema.ts'
import { cleaned } from './words.ts'

const MAX_DUE_MS = 31 * 86_400_000
const MAX_TEXT = 2000

export interface NewOrder {
  readonly id: string
  readonly text: string
  readonly to: Order['to']
  readonly dueMs: number
}

export function given(order: NewOrder, incident: string, n: number, by: Author, nowMs: number): Outcome<Order> {
  const text = cleaned(order.text)
  if (text === '') return no('text-missing')
  if (text.length > MAX_TEXT) return no('text-long')
  if (!(order.dueMs > nowMs) || order.dueMs - nowMs > MAX_DUE_MS) return no('order-due')
  return ok({ id: order.id, incident, n, text, to: order.to, by, givenAtMs: nowMs, dueMs: order.dueMs, state: 'open' })
}

export type OrderDeed = 'order-acknowledge' | 'order-done' | 'order-recall'

export function carried(order: Order, deed: OrderDeed, text: string, by: Author, nowMs: number): Outcome<Order> {
  const words = cleaned(text)
  if (words.length > MAX_TEXT) return no('text-long')
  if (!isOrderOpen(order)) return no('order-state')
  const taken = { acknowledgedBy: order.acknowledgedBy ?? by, acknowledgedAtMs: order.acknowledgedAtMs ?? nowMs }
  switch (deed) {
    case 'order-acknowledge':
      return order.state === 'open' ? ok({ ...order, ...taken, state: 'acknowledged' }) : no('order-state')
    case 'order-done':
      return ok({ ...order, ...taken, state: 'done', doneBy: by, doneAtMs: nowMs, ...(words ? { report: words } : {}) })
    case 'order-recall':
      if (words === '') return no('reason-missing')
      return ok({ ...order, state: 'recalled', doneBy: by, doneAtMs: nowMs, report: words })
  }
}

export const isOverdue = (order: Order, nowMs: number): boolean => isOrderOpen(order) && nowMs >= order.dueMs
