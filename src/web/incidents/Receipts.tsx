import { useState } from 'react'
import { isOrderOpen } from '#incidents/schema.ts'
import { useApp, useSay } from '../app.ts'
import { minuteKst, momentKst } from '../i18n/format.ts'
import { useStore } from '../shell/store.ts'
import { useNow } from '../ui/use-now.ts'
import type { Full, Receipt, StepView } from './model.ts'
import { useOffice, usePost } from './parts.tsx'

/** Offices named in the line itself; the others are in what it opens. */
const NAMED = 3

/** Who has read a step and who has not, by office and person; those who have not can be reminded. */
export function Receipts({ step, incident }: { step: StepView; incident: Full }) {
  const app = useApp()
  const say = useSay()
  const office = useOffice()
  const receipts = useStore(app.incidents.receipts)
  const [isOpen, setOpen] = useState(false)
  const read = receipts.filter(one => one.steps >= step.n)
  const unread = receipts.filter(one => one.steps < step.n)
  if (receipts.length === 0) return null
  // What is asked of people now stands out; that somebody has not read an old line does not.
  const last = incident.thread.findLast(one => one.deed === 'report' || one.deed === 'answer' || one.deed === 'order')
  const isOpenOrder = incident.orders.some(one => one.id === step.order && isOrderOpen(one))
  const asks = incident.state !== 'closed' && (step.id === last?.id || isOpenOrder)
  const offices = [...new Set(unread.map(one => one.organisation))]
  const count = (organisation: string): number => unread.filter(one => one.organisation === organisation).length
  return (
    <>
      <button type="button" className="receipts__line" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        {say('incidents.read', { n: read.length, total: receipts.length })}
        {unread.length > 0 && (
          <>
            {' · '}
            <span className={asks ? 'tone-warn' : ''}>
              {say('incidents.unread', { n: unread.length })}{' '}
              {offices
                .slice(0, NAMED)
                .map(one => `${office(one, true)} ${count(one)}`)
                .join(', ')}
              {offices.length > NAMED && ` ${say('incidents.and-more', { n: offices.length - NAMED })}`}
            </span>
          </>
        )}
      </button>
      {isOpen && (
        <div className="receipts">
          {unread.length > 0 && (
            <section>
              <h4>
                {say('incidents.unread', { n: unread.length })} <Remind incident={incident} step={step} unread={unread} />
              </h4>
              <ReaderList list={unread} />
            </section>
          )}
          {read.length > 0 && (
            <section>
              <h4>{say('incidents.read-by', { n: read.length })}</h4>
              <ReaderList list={[...read].sort((a, b) => (b.atMs ?? 0) - (a.atMs ?? 0))} />
            </section>
          )}
        </div>
      )}
    </>
  )
}

function Remind({ incident, step, unread }: { incident: Full; step: StepView; unread: readonly Receipt[] }) {
  const app = useApp()
  const say = useSay()
  const me = app.me.get()?.id
  if (!app.may('incidents.write') || incident.mergedInto || unread.every(one => one.person === me)) return null
  return (
    <button
      type="button"
      className="link-button"
      onClick={() =>
        app.incidents.remind(incident.id, step.n).then(
          n => app.toast(say('incidents.reminded-n', { n })),
          reason => app.toast(reason instanceof Error ? reason.message : String(reason), { tone: 'bad' }),
        )
      }
    >
      {say('incidents.remind')}
    </button>
  )
}

function ReaderList({ list }: { list: readonly Receipt[] }) {
  const say = useSay()
  const office = useOffice()
  const post = usePost()
  const nowMs = useNow(30_000)
  return (
    <ul>
      {list.map(one => (
        <li key={one.person}>
          <b>{one.name}</b> {office(one.organisation, true)}{' '}
          <small>
            {one.posts.map(post).join('·')}{' '}
            {one.calledAtMs !== undefined && (
              <span className="tone-act">{say('incidents.reminded-at', { time: minuteKst(one.calledAtMs) })}</span>
            )}
            {one.calledAtMs === undefined && one.steps > 0 && one.atMs !== undefined && momentKst(one.atMs, nowMs)}
          </small>
        </li>
      ))}
    </ul>
  )
}
