import { useEffect, useRef, useState } from 'react'
import { useApp, useSay } from '../app.ts'
import { momentKst } from '../i18n/format.ts'
import { useStore } from '../shell/store.ts'
import { Bones, CommandButton, Panel, PaperHead, State, Strip, Tick } from '../ui/parts.tsx'
import { useNow } from '../ui/use-now.ts'
import { type Filter, isFiltered, NO_FILTER, SPANS_DAYS } from './filter.ts'
import { Inbox, useInboxCount } from './Inbox.tsx'
import { INCIDENT_KINDS, INCIDENT_STATES, URGENCIES } from './kinds.ts'
import type { Head, IncidentState } from './model.ts'
import { placeLabel, StateMark, UrgencyMark, useOffice } from './parts.tsx'

const SEARCH_AFTER_MS = 120
const EVERYTHING: Filter = {
  ...NO_FILTER,
  kind: undefined,
  organisation: undefined,
  urgency: undefined,
  days: undefined,
  report: undefined,
}

/** All incidents this person may see: newest first or last changed first, filtered, searched; and what waits for them. It never moves under the hand. */
export function Feed() {
  const app = useApp()
  const say = useSay()
  const [tab, setTab] = useState<'all' | 'inbox'>('all')
  const waiting = useInboxCount()
  // On paper stands the one that is open, else the list.
  const isOpen = useStore(app.incidents.open) !== undefined
  const { counts } = useStore(app.incidents.feed)
  const report = app.commands().find(command => command.id === 'incident.report')
  return (
    <Panel label={say('incidents.title')} region="incidents" className={isOpen ? '' : 'is-printed'}>
      <PaperHead title={say('incidents.tab.all')} />
      <div className="panel__head">
        <h2>{say('incidents.title')}</h2>
        {counts && (
          <span className="note">
            {say('incidents.day', { since: counts.since, open: counts.reported + counts.confirmed + counts.inHand })}
          </span>
        )}
        <span className="push">
          <CommandButton command={report} look="is-main" />
        </span>
      </div>
      <Unsent />
      <div className="tabs" role="tablist" aria-label={say('incidents.title')}>
        {(['all', 'inbox'] as const).map(one => (
          <button
            key={one}
            type="button"
            role="tab"
            aria-selected={tab === one}
            className={`tab ${tab === one ? 'is-on' : ''}`}
            onClick={() => setTab(one)}
          >
            {say(`incidents.tab.${one}`)} {one === 'inbox' && waiting > 0 && <span className="badge">{waiting}</span>}
          </button>
        ))}
      </div>
      {tab === 'inbox' ? <Inbox /> : <All />}
    </Panel>
  )
}

/** By then a send is no matter of a moment. */
const UNSENT_AFTER_MS = 5000

/** What has not reached the server, and whose it is: one's own goes by itself; a colleague's waits for the colleague. */
function Unsent() {
  const app = useApp()
  const say = useSay()
  const nowMs = useNow(UNSENT_AFTER_MS)
  // Keys begin with the moment.
  const own = useStore(app.incidents.waiting).filter(send => nowMs - Number(send.key.slice(0, 15)) > UNSENT_AFTER_MS).length
  const others = useStore(app.incidents.othersWaiting)
  return (
    <>
      {own > 0 && <Strip tone="warn">{say('incidents.unsent', { n: own })}</Strip>}
      {others > 0 && <Strip tone="warn">{say('incidents.unsent-others', { n: others })}</Strip>}
    </>
  )
}

function All() {
  const app = useApp()
  const say = useSay()
  const { heads, order, isLoaded, isLast, trouble, filter } = useStore(app.incidents.feed)
  const open = useStore(app.incidents.open)
  const nowMs = useNow(30_000)
  const list = useRef<HTMLDivElement>(null)
  const isByChange = filter.sort === 'changed' && filter.words === ''
  const release = (): void => {
    if (!list.current?.matches(':hover') && !list.current?.contains(document.activeElement)) app.incidents.hold(false)
  }
  return (
    <>
      <Filters />
      {order.gathered.length > 0 && (
        <button type="button" className="gathered" onClick={() => app.incidents.takeIn()}>
          ↑ {say(filter.sort ? 'incidents.gathered-changed' : 'incidents.gathered', { n: order.gathered.length })}
          <span className="push">
            {say('incidents.gathered-note')} <kbd>Shift N</kbd>
          </span>
        </button>
      )}
      <div
        ref={list}
        className="grow scroll incident-list"
        role="listbox"
        aria-label={say('incidents.title')}
        tabIndex={-1}
        onPointerEnter={() => app.incidents.hold(true)}
        onPointerLeave={() => setTimeout(release)}
        onFocus={() => app.incidents.hold(true)}
        onBlur={() => setTimeout(release)}
        onScroll={event => {
          const { scrollTop, scrollHeight, clientHeight } = event.currentTarget
          if (scrollTop + clientHeight > scrollHeight - 200) void app.incidents.more().catch(() => undefined)
        }}
      >
        {!isLoaded && !trouble && <Bones blocks={5} />}
        {trouble && (
          <State title={say('incidents.trouble')} note={trouble}>
            <button type="button" className="button" onClick={() => void app.incidents.load()}>
              {say('act.again')}
            </button>
          </State>
        )}
        {isLoaded && order.shown.length === 0 && (
          <State
            title={say(filter.words === '' ? 'incidents.none' : 'incidents.none-found')}
            note={filter.words === '' ? undefined : filter.words}
          >
            {isFiltered(filter) && (
              <button type="button" className="button" onClick={() => app.incidents.setFilter(EVERYTHING)}>
                {say('incidents.no-filter')}
              </button>
            )}
          </State>
        )}
        {order.shown.map(id => {
          const head = heads.get(id)
          return head && <Item key={id} head={head} isOpen={open?.id === id} isByChange={isByChange} nowMs={nowMs} />
        })}
        {isLoaded && !isLast && <div className="note incident-list__more">{say('incidents.more')}</div>}
      </div>
      <div className="panel__foot">
        <kbd>J</kbd>
        <kbd>K</kbd> {say('foot.move')} <kbd>Enter</kbd> {say('foot.open')}
        <span className="push incident-list__take">
          {say('incidents.shown', { n: order.shown.length })}
          {(['csv', 'xlsx'] as const).map(form => (
            <button key={form} type="button" className="link-button" onClick={() => window.open(app.incidents.exportUrl(form), '_self')}>
              {form.toUpperCase()}
            </button>
          ))}
          <button type="button" className="link-button" onClick={() => window.print()}>
            {say('incidents.print')}
          </button>
        </span>
      </div>
    </>
  )
}

function Item({ head, isOpen, isByChange, nowMs }: { head: Head; isOpen: boolean; isByChange: boolean; nowMs: number }) {
  const app = useApp()
  const say = useSay()
  const office = useOffice()
  const isNew = head.readSteps === 0
  return (
    <div
      id={`incident-${head.id}`}
      role="option"
      tabIndex={isOpen ? 0 : -1}
      aria-selected={isOpen}
      className={`incident-item ${isOpen ? 'is-open' : ''} ${isNew ? 'is-new' : head.readSteps < head.steps ? 'has-news' : ''}`}
      onClick={() => app.go({ item: head.id })}
    >
      <div className="incident-item__line">
        <UrgencyMark urgency={head.urgency} />
        <b>{office(head.organisation, true)}</b>
        <span>{say(`incidents.kind.${head.kind}`)}</span>
        <span className="push">
          {isByChange ? say('incidents.changed-at', { time: momentKst(head.changedAtMs, nowMs) }) : momentKst(head.reportedAtMs, nowMs)}
        </span>
      </div>
      <div className="incident-item__title">{head.title}</div>
      <div className="incident-item__line">
        {placeLabel(head) !== '' && <span className="incident-item__place">{placeLabel(head)}</span>}
        <span>{say('incidents.answers', { n: head.answers })}</span>
        {head.attachmentCount > 0 && <span>{say('incidents.files', { n: head.attachmentCount })}</span>}
        {head.openOrders > 0 && <span className="tone-warn">{say('incidents.orders', { n: head.openOrders })}</span>}
        {head.isInDailyReport && (
          <span className="tone-act incident-item__report">
            <Tick boxed /> {say('incidents.daily-report')}
          </span>
        )}
        <span className="push">
          {head.mergedInto ? <span className="incident-state">{say('incidents.was-merged')}</span> : <StateMark state={head.state} />}
        </span>
      </div>
    </div>
  )
}

function Filters() {
  const app = useApp()
  const say = useSay()
  const office = useOffice()
  const { filter, counts } = useStore(app.incidents.feed)
  const offices = useStore(app.incidents.offices)
  const [words, setWords] = useState(filter.words)
  // The address may have changed it: another link was opened.
  useEffect(() => setWords(now => (now.trim() === filter.words ? now : filter.words)), [filter.words])
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const search = (typed: string): void => {
    setWords(typed)
    clearTimeout(timer.current)
    timer.current = setTimeout(() => app.incidents.setFilter({ words: typed }), SEARCH_AFTER_MS)
  }
  const shown: Readonly<Record<IncidentState, number | undefined>> = {
    reported: counts?.reported,
    confirmed: counts?.confirmed,
    'in-hand': counts?.inHand,
    closed: counts?.closed,
  }
  const isOn = (state: IncidentState): boolean => filter.states.includes(state)
  const toggle = (state: IncidentState): void => {
    const states = INCIDENT_STATES.filter(one => (one === state ? !isOn(one) : isOn(one)))
    app.incidents.setFilter({ states: states.length === 0 ? INCIDENT_STATES : states })
  }
  return (
    <div className="incident-filters">
      <label className="incident-search">
        <svg width="14" height="14" viewBox="0 0 14 14" fill="none" stroke="currentColor" strokeWidth="1.7" aria-hidden="true">
          <circle cx="6" cy="6" r="4.6" />
          <path d="m9.5 9.5 4 4" />
        </svg>
        <input
          data-incident-search
          value={words}
          placeholder={say('incidents.search')}
          aria-label={say('incidents.search')}
          onChange={event => search(event.target.value)}
          onKeyDown={event => {
            if (event.nativeEvent.isComposing || event.code !== 'Escape') return
            if (words !== '') search('')
            event.currentTarget.blur()
          }}
        />
        <kbd>/</kbd>
      </label>
      <div className="incident-chips">
        <button
          type="button"
          className={`incident-chip ${filter.states.length === 3 && !isOn('closed') ? 'is-on' : ''}`}
          aria-pressed={filter.states.length === 3 && !isOn('closed')}
          onClick={() => app.incidents.setFilter({ states: ['reported', 'confirmed', 'in-hand'] })}
        >
          {say('incidents.open-ones')} <small>{counts ? counts.reported + counts.confirmed + counts.inHand : ''}</small>
        </button>
        {INCIDENT_STATES.map(state => (
          <button
            key={state}
            type="button"
            className={`incident-chip ${isOn(state) ? 'is-on' : ''}`}
            aria-pressed={isOn(state)}
            onClick={() => toggle(state)}
          >
            {say(`incidents.state.${state}`)} <small>{shown[state]}</small>
          </button>
        ))}
      </div>
      <div className="incident-selects">
        <Choice
          label={say('incidents.all-offices', { n: offices.length })}
          value={filter.organisation}
          options={offices.map(one => [one.id, office(one.id)])}
          onChoose={organisation => app.incidents.setFilter({ organisation })}
        />
        <Choice
          label={say('incidents.all-kinds')}
          value={filter.kind}
          options={INCIDENT_KINDS.map(one => [one, say(`incidents.kind.${one}`)])}
          onChoose={chosen => app.incidents.setFilter({ kind: INCIDENT_KINDS.find(one => one === chosen) })}
        />
        <Choice
          label={say('incidents.all-urgencies')}
          value={filter.urgency && String(filter.urgency)}
          options={URGENCIES.filter(one => one < 4).map(one => [
            String(one),
            say('incidents.urgency-up', { urgency: say(`incidents.urgency.${one}`) }),
          ])}
          onChoose={chosen => app.incidents.setFilter({ urgency: URGENCIES.find(one => String(one) === chosen) })}
        />
        <Choice
          label={say('incidents.all-times')}
          value={filter.days && String(filter.days)}
          options={SPANS_DAYS.map(one => [String(one), say('incidents.last-days', { n: one })])}
          onChoose={chosen => app.incidents.setFilter({ days: SPANS_DAYS.find(one => String(one) === chosen) })}
        />
        {/* A search has its own order. */}
        {filter.words === '' && (
          <Choice
            label={say('incidents.sort.reported')}
            value={filter.sort}
            options={[['changed', say('incidents.sort.changed')]]}
            onChoose={chosen => app.incidents.setFilter({ sort: chosen === 'changed' ? chosen : undefined })}
          />
        )}
        <label className="check">
          <input
            type="checkbox"
            checked={filter.report === true}
            onChange={event => app.incidents.setFilter({ report: event.target.checked || undefined })}
          />
          {say('incidents.daily-report')}
        </label>
        {app.may('incidents.people') && filter.words !== '' && (
          <label className="check" title={say('incidents.search-people-note')}>
            <input type="checkbox" checked={filter.people} onChange={event => app.incidents.setFilter({ people: event.target.checked })} />
            {say('incidents.search-people')}
          </label>
        )}
      </div>
    </div>
  )
}

function Choice({
  label,
  value,
  options,
  onChoose,
}: {
  label: string
  value: string | undefined
  options: readonly (readonly [string, string])[]
  onChoose: (value: string | undefined) => void
}) {
  return (
    <select
      className="input"
      aria-label={label}
      value={value ?? ''}
      onChange={event => onChoose(event.target.value === '' ? undefined : event.target.value)}
    >
      <option value="">{label}</option>
      {options.map(([id, words]) => (
        <option key={id} value={id}>
          {words}
        </option>
      ))}
    </select>
  )
}
