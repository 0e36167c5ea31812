import type { ReactNode } from 'react'
import { useApp, useSay } from '../app.ts'
import { dateTimeKst, minuteKst, momentKst } from '../i18n/format.ts'
import { type Say, wordFor } from '../i18n/text.ts'
import { useStore } from '../shell/store.ts'
import { cutAtNames } from '../ui/naming.ts'
import { useNow } from '../ui/use-now.ts'
import { FileThumb } from './FileThumb.tsx'
import type { Full, Link, Mention, StepView } from './model.ts'
import { OrderCard } from './OrderCard.tsx'
import { AuthorSign, useOffice, useOpenLink } from './parts.tsx'
import { Receipts } from './Receipts.tsx'
import * as wire from './wire.ts'

/** One line of the story: what people said stands out, what was done with it is one quiet line. */
export function StepLine({ step, incident }: { step: StepView; incident: Full }) {
  const say = useSay()
  const nowMs = useNow(30_000)
  const isSaid = step.deed === 'report' || step.deed === 'answer' || step.deed === 'order'
  const time = (
    <time className="step__time" dateTime={new Date(step.atMs).toISOString()} title={dateTimeKst(step.atMs)}>
      {momentKst(step.atMs, nowMs)}
    </time>
  )
  if (!isSaid)
    return (
      <div className={`step is-quiet is-${step.deed}`}>
        {time}
        <i />
        <span>
          <Done step={step} incident={incident} /> {step.writtenAtMs !== undefined && <Written step={step} />}
        </span>
      </div>
    )
  return (
    <article className={`step ${step.deed === 'order' ? 'is-order' : ''}`}>
      {time}
      <AuthorSign by={step.by} />
      <div>
        <Said step={step} incident={incident} />
        <div className="step__read">
          {step.writtenAtMs !== undefined && <Written step={step} />}{' '}
          {step.deed === 'report' && incident.thread.some(other => other.deed === 'correct') && (
            <span className="tone-warn">{say('incidents.corrected-later')} · </span>
          )}
          <Receipts step={step} incident={incident} />
        </div>
      </div>
    </article>
  )
}

function Said({ step, incident }: { step: StepView; incident: Full }) {
  const app = useApp()
  const say = useSay()
  const office = useOffice()
  const order = incident.orders.find(one => one.id === step.order)
  const files = step.attachments.flatMap(id => incident.files.find(file => file.id === id) ?? [])
  const known = order && { ...order, mine: app.incidents.orders.get().find(one => one.id === order.id)?.mine ?? order.mine }
  return (
    <>
      <div className="step__who">
        <b>{step.by.name}</b> {office(step.by.organisation)}
      </div>
      {known ? (
        <OrderCard order={known} />
      ) : (
        <div className="step__text">
          <NamedText step={step} />
        </div>
      )}
      {step.deed === 'answer' && step.organisations.length > 0 && (
        <div className="note">
          {say('incidents.told-by-name', { offices: step.organisations.map(one => office(one, true)).join(', ') })}
        </div>
      )}
      {files.length > 0 && (
        <div className="step__files">
          {files.map(file => (
            <FileThumb key={file.id} file={file} />
          ))}
        </div>
      )}
    </>
  )
}

/** The words with those they call and what they link standing out; a ship and an alarm are gone to. */
function NamedText({ step }: { step: StepView }) {
  const open = useOpenLink()
  return cutAtNames<Mention | Link>(step.text, [...step.mentions, ...step.links]).map(({ text, name }, i) => {
    if (!name) return <span key={i}>{text}</span>
    const go = isLink(name) ? open(name) : undefined
    return go ? (
      <button key={i} type="button" className="named is-link" onClick={go}>
        {text}
      </button>
    ) : (
      <b key={i} className="named">
        {text}
      </b>
    )
  })
}
const isLink = (name: Mention | Link): name is Link => name.kind !== 'person' && name.kind !== 'post' && name.kind !== 'organisation'

/** Written on a phone without a line, taken later: both times are said. */
function Written({ step }: { step: StepView }) {
  const say = useSay()
  const writtenAtMs = step.writtenAtMs ?? step.atMs
  if (step.atMs - writtenAtMs < 60_000) return null
  return <span className="tone-warn">{say('incidents.written-at', { time: minuteKst(writtenAtMs) })}</span>
}

function Done({ step, incident }: { step: StepView; incident: Full }): ReactNode {
  const app = useApp()
  const say = useSay()
  const office = useOffice()
  const { language } = useStore(app.desk)
  const who = <b>{step.by.id === 'mangru' ? say('app.name') : step.by.name}</b>
  const other = [...incident.related, ...incident.mergedFrom, ...(incident.merged ? [incident.merged] : [])].find(
    one => one.id === step.other,
  )
  const otherWords = other && (
    <button type="button" className="link-button" onClick={() => app.go({ item: other.id })}>
      {other.number} {other.title}
    </button>
  )
  switch (step.deed) {
    case 'state':
      return (
        <>
          <b className="tone-act">{say(`incidents.state.${stateOf(step.to)}`)}</b> {who}{' '}
          {step.outcome && wordFor(say, 'incidents.outcome', step.outcome)} {step.text && `· ${step.text}`}
        </>
      )
    case 'correct':
      return (
        <>
          <b>{say('incidents.deed.correct')}</b> {who}
          {step.changes.map(change => (
            <span key={change.field} className="step__change">
              {' '}
              · {wordFor(say, 'incidents.field', change.field)} <s>{valueWords(say, change.field, change.before)}</s> →{' '}
              {valueWords(say, change.field, change.after)}
            </span>
          ))}
          {step.reason && ` · ${step.reason}`}
        </>
      )
    case 'told':
      return step.told?.[language] ?? ''
    case 'link':
    case 'unlink':
      return (
        <>
          {say(step.deed === 'link' ? 'incidents.linked' : 'incidents.unlinked')} <b>{step.link?.label}</b> {who}
        </>
      )
    case 'share':
      return (
        <>
          {say('incidents.shared')} <b>{step.organisations.map(one => office(one)).join(', ')}</b> {who}
        </>
      )
    case 'daily-report':
      return (
        <>
          {say(step.isIn ? 'incidents.put-in-report' : 'incidents.taken-from-report')} {who}
        </>
      )
    case 'merge-into':
    case 'merge-from':
    case 'relate':
      return (
        <>
          {say(`incidents.deed.${step.deed}`)} {otherWords} {who}
        </>
      )
    case 'order-acknowledge':
    case 'order-done':
    case 'order-recall': {
      const order = incident.orders.find(one => one.id === step.order)
      return (
        <>
          <b>{say('incidents.order-n', { n: order?.n ?? 0 })}</b> {say(`incidents.deed.${step.deed}`)} {who} {step.text && `· ${step.text}`}
        </>
      )
    }
    case 'person':
    case 'person-erase':
      return (
        <>
          {say(`incidents.deed.${step.deed}`)} {who}
        </>
      )
    default:
      return (
        <>
          {step.deed} {who}
        </>
      )
  }
}

const stateOf = (word: string | undefined) => (word === 'confirmed' || word === 'in-hand' || word === 'closed' ? word : 'reported')

/** A value of a corrected field, in words. */
function valueWords(say: Say, name: string, value: unknown): string {
  if (value === undefined || value === null) return say('incidents.nothing')
  if (name === 'occurredAt' && typeof value === 'string') return dateTimeKst(Date.parse(value))
  if (name === 'kind') return wordFor(say, 'incidents.kind', String(value))
  if (name === 'urgency') return wordFor(say, 'incidents.urgency', String(value))
  if (name === 'place') return wire.place(value)?.label ?? ''
  if (name === 'goods' && Array.isArray(value)) {
    const list = value.map(wire.goods).map(one => `${one.name} ${one.quantity ?? ''}${one.unit ?? ''}`.trim())
    return list.length === 0 ? say('incidents.nothing') : list.join(', ')
  }
  return String(value)
}
