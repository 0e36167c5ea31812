import { useEffect, useRef, useState } from 'react'
import { useApp, useSay } from '../app.ts'
import { momentKst } from '../i18n/format.ts'
import { useStore } from '../shell/store.ts'
import { Bones, CommandButton, Panel, PaperHead, State, Tabs, Tick } from '../ui/parts.tsx'
import { useNow } from '../ui/use-now.ts'
import { Answer } from './Answer.tsx'
import { Facts } from './Facts.tsx'
import { INCIDENT_STATES } from './kinds.ts'
import type { Full, StepView } from './model.ts'
import { UrgencyMark, useOffice } from './parts.tsx'
import { StepLine } from './StepLine.tsx'

const ACTS = ['incident.order', 'incident.join', 'incident.correct'] as const

/** One incident: its states, what was said and done, and beside it map, facts, links, photos. */
export function Story() {
  const app = useApp()
  const say = useSay()
  const open = useStore(app.incidents.open)
  // A phone shows one of them at a time.
  const [side, setSide] = useState<'story' | 'facts'>('story')
  if (!open) return null
  if (!open.full)
    return (
      <Panel label={say('incidents.title')} region="incident">
        {open.trouble ? <State title={say('incidents.trouble')} note={open.trouble} /> : <Bones blocks={5} />}
      </Panel>
    )
  return (
    <Panel label={open.full.title} className="incident is-printed" region="incident">
      <PaperHead title={say('incidents.number', { number: open.full.number })} />
      <Head incident={open.full} />
      <div className="only-phone incident__sides">
        <Tabs
          label={say('incidents.title')}
          tabs={(['story', 'facts'] as const).map(id => ({ id, name: say(`incidents.side.${id}`) }))}
          chosen={side}
          onChoose={setSide}
        />
      </div>
      <div className={`incident__body shows-${side}`}>
        <Thread incident={open.full} />
        <Facts incident={open.full} />
      </div>
    </Panel>
  )
}

function Head({ incident }: { incident: Full }) {
  const app = useApp()
  const say = useSay()
  const office = useOffice()
  const nowMs = useNow(30_000)
  const commands = app.commands()
  const at = INCIDENT_STATES.indexOf(incident.state)
  /** The step by which each state was reached last. */
  const reached = (state: string): StepView | undefined =>
    state === 'reported' ? incident.thread[0] : incident.thread.findLast(step => step.deed === 'state' && step.to === state)
  return (
    <header className="incident__head">
      <div className="incident__line">
        <button type="button" className="only-phone incident__back" onClick={() => app.go({ item: undefined })}>
          ‹ {say('incidents.tab.all')}
        </button>
        <UrgencyMark urgency={incident.urgency} />
        <span className="note">
          {say('incidents.number', { number: incident.number })} · {say(`incidents.kind.${incident.kind}`)} ·{' '}
          {office(incident.organisation)}
        </span>
        <span className="push incident__acts">
          {ACTS.map(id => (
            <CommandButton key={id} command={commands.find(command => command.id === id)} />
          ))}
          <CommandButton command={commands.find(command => command.id === 'incident.next-state')} look="is-main" />
        </span>
      </div>
      <h1 className="incident__title">{incident.title}</h1>
      {incident.merged && (
        <button type="button" className="incident__merged" onClick={() => app.go({ item: incident.merged?.id })}>
          {say('incidents.merged-into', { number: incident.merged.number, title: incident.merged.title })}
        </button>
      )}
      <ol className="incident__states">
        {INCIDENT_STATES.map((state, i) => {
          const step = i <= at ? reached(state) : undefined
          // Closed from where it stood: what it never was has no tick.
          const isSkipped = i < at && !step
          const look = isSkipped ? '' : i < at || (state === 'closed' && i === at) ? 'is-past' : i === at ? 'is-now' : ''
          return (
            <li key={state} className={look} aria-current={i === at ? 'step' : undefined}>
              <b>
                {look === 'is-past' ? <Tick /> : look === 'is-now' ? '●' : isSkipped ? '–' : '○'} {say(`incidents.state.${state}`)}
              </b>{' '}
              {step && (
                <span>
                  {momentKst(step.atMs, nowMs)} {step.by.name}
                  {state === 'closed' && incident.outcome ? ` · ${say(`incidents.outcome.${incident.outcome}`)}` : ''}
                </span>
              )}
            </li>
          )
        })}
      </ol>
    </header>
  )
}

const isOfPeople = (step: StepView): boolean => step.deed === 'report' || step.deed === 'answer'
const isOfOrders = (step: StepView): boolean => step.deed.startsWith('order')

function Thread({ incident }: { incident: Full }) {
  const app = useApp()
  const say = useSay()
  const [shown, setShown] = useState<'all' | 'people' | 'orders'>('all')
  const waiting = useStore(app.incidents.waiting).filter(send => send.about === incident.id && send.path.endsWith('/answers'))
  const list = useRef<HTMLDivElement>(null)
  const isAtEnd = useRef(true)
  const last = incident.thread.at(-1)
  // The newest is in view when it is opened, when one writes, and as long as one reads at the end; who reads further up is left there.
  useEffect(() => {
    if (list.current && (isAtEnd.current || last?.by.id === app.me.get()?.id)) list.current.scrollTop = list.current.scrollHeight
  }, [app, last?.id, last?.by.id])
  const people = incident.thread.filter(isOfPeople).length
  const steps = incident.thread.filter(step => shown === 'all' || (shown === 'people' ? isOfPeople(step) : isOfOrders(step)))
  return (
    <div className="incident__thread">
      <div className="panel__head">
        <h2>{say('incidents.story')}</h2>
        <span className="note">{say('incidents.story-counts', { people, others: incident.thread.length - people })}</span>
        <span className="push">
          <Tabs
            label={say('incidents.story')}
            tabs={(['all', 'people', 'orders'] as const).map(id => ({ id, name: say(`incidents.show.${id}`) }))}
            chosen={shown}
            onChoose={setShown}
          />
        </span>
      </div>
      <div
        ref={list}
        className="grow scroll incident__steps"
        role="log"
        aria-label={say('incidents.story')}
        onScroll={event => {
          const { scrollTop, scrollHeight, clientHeight } = event.currentTarget
          isAtEnd.current = scrollTop + clientHeight > scrollHeight - 60
        }}
      >
        {steps.map(step => (
          <StepLine key={step.id} step={step} incident={incident} />
        ))}
        {waiting.map(send => (
          <div key={send.key} className="step is-waiting">
            <span />
            <span />
            <div>
              <div className="step__text">{String(send.body.text ?? '')}</div>
              <span className="mark is-act">{say('outbox.sending')}</span>
            </div>
          </div>
        ))}
      </div>
      <Answer incident={incident} />
    </div>
  )
}
