import { useApp, useSay } from '../app.ts'
import { age, minuteKst, momentKst } from '../i18n/format.ts'
import { useStore } from '../shell/store.ts'
import { useNow } from '../ui/use-now.ts'
import type { OrderView } from './model.ts'
import { useOffice, usePost } from './parts.tsx'

/** An order: what, until when, how long still, who has taken it on; and the next act for whoever may. */
export function OrderCard({ order, isListed = false }: { order: OrderView; isListed?: boolean }) {
  const app = useApp()
  const say = useSay()
  const office = useOffice()
  const post = usePost()
  const { language } = useStore(app.desk)
  const nowMs = useNow(1000)
  const isOpen = order.state === 'open' || order.state === 'acknowledged'
  const leftMs = order.dueMs - nowMs
  const refuse = (reason: unknown): void => app.toast(reason instanceof Error ? reason.message : String(reason), { tone: 'bad' })
  return (
    <div className={`order-card ${isOpen ? (leftMs < 0 ? 'is-overdue' : '') : 'is-over'}`}>
      <div className="order-card__head">
        <b>{say('incidents.order-n', { n: order.n })}</b>
        <span className="order-card__text">{order.text}</span>
      </div>
      <div className="order-card__facts">
        <span>
          <small>{say('incidents.due')}</small> <b>{momentKst(order.dueMs, nowMs)}</b>{' '}
          {isOpen && (
            <span className={leftMs < 0 ? 'tone-bad' : 'tone-warn'}>
              {say(leftMs < 0 ? 'incidents.overdue-by' : 'incidents.left', { age: age(Math.abs(leftMs), language) })}
            </span>
          )}
        </span>
        <span>
          <small>{say('incidents.to')}</small> {office(order.to.organisation)}
          {order.to.post === undefined ? '' : ` ${post(order.to.post)}`}
        </span>
        {order.acknowledgedAtMs !== undefined && (
          <span>
            <small>{say('incidents.taken-on')}</small> {order.acknowledgedBy} {minuteKst(order.acknowledgedAtMs)}
          </span>
        )}
        {order.doneAtMs !== undefined && (
          <span className={order.state === 'recalled' ? '' : 'tone-good'}>
            {say(`incidents.order-state.${order.state}`)} {order.doneBy} {minuteKst(order.doneAtMs)}
          </span>
        )}
      </div>
      {order.report && <div className="order-card__report">{order.report}</div>}
      {isListed && order.about && (
        <button type="button" className="order-card__about" onClick={() => app.go({ item: order.incident })}>
          {order.about.number} · {order.about.title}
        </button>
      )}
      {isOpen && (
        <div className="order-card__acts">
          {order.state === 'open' && (
            <button
              type="button"
              className="button is-main"
              onClick={() => void app.incidents.orderDeed(order, 'acknowledge', '').catch(refuse)}
            >
              {say('incidents.acknowledge')}
            </button>
          )}
          <button
            type="button"
            className="button"
            onClick={() => app.overlay.set({ kind: 'incident-form', form: 'order-done', id: order.id })}
          >
            {say('incidents.order-done')}
          </button>
          {app.may('incidents.order') && (
            <button
              type="button"
              className="button button--plain"
              onClick={() => app.overlay.set({ kind: 'incident-form', form: 'order-recall', id: order.id })}
            >
              {say('incidents.recall')}
            </button>
          )}
        </div>
      )}
    </div>
  )
}
