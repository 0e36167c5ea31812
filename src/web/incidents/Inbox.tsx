import type { ComponentType } from 'react'
import { SecondRequest } from '../access/SecondRequest.tsx'
import { type App, useApp, useSay } from '../app.ts'
import { momentKst } from '../i18n/format.ts'
import { type Store, useStore } from '../shell/store.ts'
import { State } from '../ui/parts.tsx'
import { useNow } from '../ui/use-now.ts'
import { OrderCard } from './OrderCard.tsx'
import { useOffice } from './parts.tsx'

/**
 * A part of what waits for this person. Rooms whose requests wait for people (a second officer's agreement, a signature) add theirs here: what it shows, which draws nothing
 * when nothing waits, and the count that asks for a look.
 */
export interface InboxSection {
  readonly id: string
  readonly Body: ComponentType
  readonly count: (app: App) => Store<number>
}

export const INBOX_SECTIONS: readonly InboxSection[] = [
  { id: 'calls', Body: Calls, count: app => app.incidents.called },
  { id: 'orders', Body: Orders, count: app => app.incidents.ordered },
  { id: 'second', Body: Second, count: app => app.second.waiting },
  { id: 'reports', Body: Reports, count: app => app.reports.asking },
]

/** How much waits for this person, over all parts. */
export function useInboxCount(): number {
  const app = useApp()
  let total = 0
  // The list is written out and never changes: the same hooks in the same order.
  for (const { count } of INBOX_SECTIONS) total += useStore(count(app))
  return total
}

export function Inbox() {
  const app = useApp()
  const say = useSay()
  const total = useInboxCount()
  const others = useStore(app.incidents.orders).length
  return (
    <div className="grow scroll incident-inbox">
      {total + others === 0 && <State title={say('incidents.inbox-empty')} note={say('incidents.inbox-empty-note')} />}
      <InboxParts />
    </div>
  )
}

export const InboxParts = () => INBOX_SECTIONS.map(({ id, Body }) => <Body key={id} />)

/** Where somebody asks this person to look: it goes once they have read it. */
function Calls() {
  const app = useApp()
  const say = useSay()
  const office = useOffice()
  const nowMs = useNow(30_000)
  const calls = useStore(app.incidents.calls)
  if (calls.length === 0) return null
  return (
    <section aria-label={say('incidents.calls')}>
      <h3 className="incident-inbox__head">
        {say('incidents.calls')} <small>{calls.length}</small>
      </h3>
      {calls.map(call => (
        <button key={`${call.why}:${call.about.id}`} type="button" className="call-card" onClick={() => app.go({ item: call.about.id })}>
          <span className="call-card__line">
            <b className="tone-act">{say(`incidents.call.${call.why}`)}</b> {call.by}
            <span className="push">{momentKst(call.atMs, nowMs)}</span>
          </span>
          <span className="call-card__text">{call.text}</span>
          <small>
            {office(call.about.organisation, true)} {call.about.number} · {call.about.title}
          </small>
        </button>
      ))}
    </section>
  )
}

/** Reports whose next box is this person's to sign. */
function Reports() {
  const app = useApp()
  const say = useSay()
  const mine = useStore(app.reports.mine)
  if (mine.length === 0) return null
  return (
    <section aria-label={say('incidents.to-sign')}>
      <h3 className="incident-inbox__head">
        {say('incidents.to-sign')} <small>{mine.length}</small>
      </h3>
      {mine.map(report => (
        <button key={report.id} type="button" className="call-card" onClick={() => app.go({ page: 'reports', item: report.id })}>
          <span className="call-card__line">
            <b>{say('incidents.report-of', { day: report.day })}</b>
            <span className="push">{say('incidents.signed-of', { signed: report.signed, boxes: report.boxes })}</span>
          </span>
          <small>{report.number}</small>
        </button>
      ))}
    </section>
  )
}

/** What a colleague may only do if this person agrees. */
function Second() {
  const app = useApp()
  const say = useSay()
  const waiting = (useStore(app.second.requests) ?? []).filter(one => one.mayDecide)
  if (waiting.length === 0) return null
  return (
    <section aria-label={say('admin.tab-second')}>
      <h3 className="incident-inbox__head">
        {say('admin.tab-second')} <small>{waiting.length}</small>
      </h3>
      {waiting.map(one => (
        <SecondRequest key={one.number} one={one} />
      ))}
    </section>
  )
}

/** Orders to one's own posts first, then the others one may see; the first due on top. */
function Orders() {
  const app = useApp()
  const say = useSay()
  const orders = useStore(app.incidents.orders)
  const groups = [
    ['incidents.orders-mine', orders.filter(order => order.mine)],
    ['incidents.orders-others', orders.filter(order => !order.mine)],
  ] as const
  return (
    <>
      {groups.map(
        ([name, list]) =>
          list.length > 0 && (
            <section key={name} aria-label={say(name)}>
              <h3 className="incident-inbox__head">
                {say(name)} <small>{list.length}</small>
              </h3>
              {list.map(order => (
                <OrderCard key={order.id} order={order} isListed />
              ))}
            </section>
          ),
      )}
    </>
  )
}
