// 인계 사항: what the next day has to do: orders not carried out, by due time, with their owner; what the watch hands over.
import { clipped } from '../clip.ts'
import { dayShort, minuteOf } from '../dates.ts'
import type { Line } from '../model.ts'
import { bracketName, empty, type SectionMaker, why } from './section.ts'

export const handOver: SectionMaker = input => {
  const { facts, say, language } = input
  const { fromMs, toMs } = facts.period
  const orders: Line[] = facts.openOrders.map(order => {
    const isToday = dayShort(order.dueMs, language) === dayShort(toMs, language)
    const due = isToday ? minuteOf(order.dueMs) : `${dayShort(order.dueMs, language)} ${minuteOf(order.dueMs)}`
    return {
      id: `hand-over/order:${order.id}`,
      text: `${language === 'en' ? `No. ${order.number}` : clipped(facts.sources.masked(order.text, order.incident))}, ${say('hand-over.due', { due, who: bracketName(input, order.to.organisation) })}`,
      details: [],
      ...why('orders.open', [`order:${order.id}`, `incident:${order.incident}`]),
    }
  })
  const logged: Line[] = facts.sources
    .log(fromMs, toMs)
    .filter(line => line.kind === 'hand-over')
    .map(line => ({ id: `hand-over/log:${line.id}`, text: clipped(line.text), details: [], ...why('log.lines', [`log:${line.id}`]) }))
  const lines = [...orders, ...logged]
  if (lines.length === 0) return empty('hand-over', input)
  return { id: 'hand-over', title: say('section.hand-over'), state: 'machine', blocks: [{ kind: 'lines', id: 'hand-over/lines', lines }] }
}
