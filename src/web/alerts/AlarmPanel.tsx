import { useEffect, useRef, useState } from 'react'
import { useApp, useSay } from '../app.ts'
import { age, momentKst } from '../i18n/format.ts'
import { wordFor } from '../i18n/text.ts'
import { availability } from '../shell/commands.ts'
import { useStore } from '../shell/store.ts'
import { AlarmIcon, Bones, CommandButton, Kbd, LEVEL_TEXT, type Level, Panel, PanelHead, State, Strip, Tabs } from '../ui/parts.tsx'
import { useNow } from '../ui/use-now.ts'
import { AlarmCard } from './AlarmCard.tsx'
import { byUrgency, groupFlood, loadOf, settle } from './list-order.ts'
import type { AlarmTab, AlarmView } from './model.ts'

const TABS: readonly AlarmTab[] = ['new', 'active', 'shelved', 'closed']

/** The alarm list: load, counters, tabs, cards. It never moves under the hand. */
export function AlarmPanel() {
  const app = useApp()
  const say = useSay()
  const state = useStore(app.alarms.state)
  const { selection, atMs } = useStore(app.address)
  const nowMs = useNow()
  const isHandIn = useRef(false)
  const before = useRef<readonly string[]>([])
  const tabBefore = useRef<AlarmTab>(state.tab)
  if (tabBefore.current !== state.tab) before.current = []
  tabBefore.current = state.tab
  const list = useRef<HTMLDivElement>(null)
  const [openGroups, setOpenGroups] = useState<ReadonlySet<string>>(new Set())
  const isPast = atMs !== undefined
  const alarms = isPast ? app.alarms.asOf(atMs) : [...state.alarms.values()]
  const inTab = alarms
    .filter(alarm => alarm.state === state.tab)
    .sort(state.tab === 'closed' ? (a, b) => b.lastAtMs - a.lastAtMs : byUrgency)
  const load = loadOf(
    alarms.filter(alarm => alarm.level <= 3).map(alarm => alarm.raisedAtMs),
    nowMs,
  )
  const settled = settle(
    before.current,
    inTab.map(alarm => alarm.id),
    isHandIn.current && before.current.length > 0,
    id => state.alarms.has(id),
  )
  before.current = settled.shown
  app.alarms.shown = settled.shown
  const selectedId = selection?.kind === 'alarm' ? selection.id : undefined

  useEffect(() => {
    if (selectedId) list.current?.querySelector(`[data-alarm="${CSS.escape(selectedId)}"]`)?.scrollIntoView({ block: 'nearest' })
  }, [selectedId])

  const leave = (): void => {
    isHandIn.current = false
    app.alarms.state.set(current => ({ ...current }))
  }
  const showNew = (): void => {
    before.current = []
    app.alarms.state.set(current => ({ ...current, tab: 'new' }))
  }
  const find = (id: string): AlarmView | undefined => alarms.find(alarm => alarm.id === id) ?? state.alarms.get(id)
  const card = (id: string) => {
    const alarm = find(id)
    if (!alarm) return null
    const isSelected = id === selectedId
    return (
      <AlarmCard
        key={id}
        alarm={alarm}
        isSelected={isSelected}
        nowMs={nowMs}
        onOpen={() => app.alarms.open(id)}
        acts={isSelected && !isPast ? <Acts alarm={alarm} /> : undefined}
      />
    )
  }
  const isFlood = load.word === 'flood' && state.tab === 'new'

  return (
    <Panel label={say('alarms.title')} className={`alarms`} region="alarms">
      <PanelHead title={say('alarms.title')}>
        <span className="note">{say(`load.${load.word}`, { rate: load.meanPerTen.toFixed(1), n: load.lastTen })}</span>
        <SoundButton />
      </PanelHead>
      <SoundStrip />
      {state.trouble && (
        <Strip
          tone="warn"
          push={
            <button type="button" className="button button--plain" onClick={() => void app.alarms.load()}>
              {say('act.again')}
            </button>
          }
        >
          {state.trouble}
        </Strip>
      )}
      {isPast && (
        <Strip tone="past" push={say('past.as-known')}>
          {say('past.seen', { time: momentKst(atMs, nowMs) })}
        </Strip>
      )}
      <div className="counters">
        {([1, 2, 3, 4] as const).map(level => (
          <Counter key={level} level={level} alarms={alarms} />
        ))}
      </div>
      <Tabs
        label={say('alarms.tabs')}
        chosen={state.tab}
        onChoose={tab => app.alarms.state.set(current => ({ ...current, tab }))}
        tabs={TABS.map(tab => ({ id: tab, name: say(`tab.${tab}`), count: alarms.filter(alarm => alarm.state === tab).length }))}
      />
      {settled.waiting.length > 0 && (
        <button type="button" className="alarm-new" onClick={showNew}>
          {say('alarms.new-waiting', { n: settled.waiting.length })} <Kbd keys="N" />
        </button>
      )}
      <div
        ref={list}
        className="alarm-list grow scroll"
        role="listbox"
        aria-label={say('alarms.title')}
        tabIndex={selectedId ? -1 : 0}
        onPointerEnter={() => {
          isHandIn.current = true
        }}
        onPointerLeave={leave}
        onFocus={() => {
          isHandIn.current = true
        }}
        onBlur={event => !event.currentTarget.contains(event.relatedTarget) && leave()}
      >
        {!state.isLoaded && !state.trouble && <Bones blocks={4} />}
        {state.isLoaded && settled.shown.length === 0 && <Empty tab={state.tab} alarms={alarms} nowMs={nowMs} />}
        {isFlood
          ? groupFlood(settled.shown.flatMap(id => find(id) ?? [])).map(group => (
              <div key={group.key} className="alarm-list" style={{ padding: 0 }}>
                {group.ids.length > 1 && (
                  <button
                    type="button"
                    className="alarm-group"
                    aria-expanded={openGroups.has(group.key)}
                    onClick={() =>
                      setOpenGroups(
                        open => new Set(open.has(group.key) ? [...open].filter(key => key !== group.key) : [...open, group.key]),
                      )
                    }
                  >
                    <AlarmIcon level={levelOf(group.level)} size={14} />
                    {wordFor(say, 'detector', group.detector)} {group.placeName && `· ${group.placeName}`}{' '}
                    <span className="push">{group.ids.length}</span>
                  </button>
                )}
                {(group.ids.length === 1 || openGroups.has(group.key) || group.ids.includes(selectedId ?? '')
                  ? group.ids
                  : group.level >= 3
                    ? []
                    : group.ids.slice(0, 1)
                ).map(card)}
              </div>
            ))
          : settled.shown.map(card)}
      </div>
      <div className="panel__foot">
        <kbd>J</kbd>
        <kbd>K</kbd>
        {say('foot.move')}
        <kbd>Enter</kbd>
        {say('foot.open')}
        <button type="button" onClick={() => app.overlay.set({ kind: 'keys' })}>
          <kbd>?</kbd> {say('foot.keys')}
        </button>
        <Pending />
      </div>
      <Announcer alarms={alarms} />
    </Panel>
  )
}

const levelOf = (level: number): Level => (level <= 0 ? 0 : level === 1 ? 1 : level === 2 ? 2 : level === 3 ? 3 : 4)

function Counter({ level, alarms }: { level: Level; alarms: readonly AlarmView[] }) {
  const say = useSay()
  const count = alarms.filter(
    alarm => (alarm.level === level || (level === 1 && alarm.level === 0)) && alarm.state !== 'closed' && alarm.state !== 'shelved',
  ).length
  return (
    <div className={`counter level-${level} ${count === 0 ? 'is-off' : ''}`}>
      <AlarmIcon level={level} size={15} />
      <div>
        <b>{count}</b>
        <small>{say(LEVEL_TEXT[level] ?? 'level.4')}</small>
      </div>
    </div>
  )
}

/** The next acts with their keys; what does not apply now is not shown. */
function Acts({ alarm }: { alarm: AlarmView }) {
  const app = useApp()
  const ids =
    alarm.state === 'closed'
      ? ['alarm.note']
      : alarm.state === 'shelved'
        ? ['alarm.unshelve', 'alarm.resolve']
        : alarm.isAcknowledged
          ? ['alarm.resolve', 'alarm.assign', 'alarm.false']
          : ['alarm.acknowledge', 'alarm.assign', 'alarm.shelve']
  return (
    <div className="alarm-card__acts">
      {ids.map((id, i) => {
        const command = app.commands().find(one => one.id === id)
        return command && availability(command, false).can ? (
          <CommandButton key={id} command={command} look={i === 0 ? 'is-main' : ''} />
        ) : null
      })}
    </div>
  )
}

function Empty({ tab, alarms, nowMs }: { tab: AlarmTab; alarms: readonly AlarmView[]; nowMs: number }) {
  const say = useSay()
  const app = useApp()
  const last = alarms.filter(alarm => alarm.state === 'closed' || alarm.isAcknowledged).sort((a, b) => b.lastAtMs - a.lastAtMs)[0]
  return (
    <State
      icon={<AlarmIcon level={4} size={22} />}
      title={say(`alarms.none.${tab}`)}
      note={
        last ? say('alarms.last', { time: momentKst(last.raisedAtMs, nowMs), what: wordFor(say, 'detector', last.detector) }) : undefined
      }
    >
      {tab !== 'closed' && last && (
        <button
          type="button"
          className="button"
          onClick={() => app.alarms.state.set(current => ({ ...current, tab: last.state === 'closed' ? 'closed' : 'active' }))}
        >
          {say('alarms.see-earlier')}
        </button>
      )}
    </State>
  )
}

function Pending() {
  const app = useApp()
  const say = useSay()
  const waiting = useStore(app.outbox.waiting)
  return waiting.length > 0 ? <span className="push tone-act">{say('outbox.count', { n: waiting.length })}</span> : null
}

function SoundButton() {
  const app = useApp()
  const say = useSay()
  const { language } = useStore(app.desk)
  const sound = useStore(app.alarms.sound)
  const nowMs = useNow()
  const hush = sound.hushedUntilMs - nowMs
  return (
    <button
      type="button"
      className={`button button--plain push ${sound.isOn ? '' : 'is-off'}`}
      aria-pressed={sound.isOn}
      onClick={() => app.alarms.sound.set(now => ({ ...now, isOn: !now.isOn }))}
    >
      {!sound.isOn ? say('sound.off') : hush > 0 ? say('sound.hushed', { time: age(hush, language) }) : say('sound.on')}
    </button>
  )
}

function SoundStrip() {
  const app = useApp()
  const say = useSay()
  const isBlocked = useStore(app.alarms.player.isBlocked)
  if (!isBlocked) return null
  return (
    <Strip
      tone="bad"
      push={
        <button type="button" className="button button--plain" onClick={() => app.alarms.player.unlock()}>
          {say('sound.unlock')}
        </button>
      }
    >
      {say('sound.blocked')}
    </Strip>
  )
}

/** Says new alarms to screen readers: assertive for levels 0 and 1, polite for 2. */
function Announcer({ alarms }: { alarms: readonly AlarmView[] }) {
  const say = useSay()
  const app = useApp()
  const { language } = useStore(app.desk)
  const newest = (least: number, most: number): string => {
    const alarm = alarms
      .filter(one => !one.isAcknowledged && one.state === 'new' && one.level >= least && one.level <= most)
      .sort((a, b) => b.raisedAtMs - a.raisedAtMs)[0]
    return alarm
      ? `${say(LEVEL_TEXT[alarm.level] ?? 'level.4')} ${wordFor(say, 'detector', alarm.detector)} ${alarm.subjects.map(subject => subject.label).join(', ')} ${alarm.why[language]}`
      : ''
  }
  return (
    <>
      <div className="hidden-text" aria-live="assertive">
        {newest(0, 1)}
      </div>
      <div className="hidden-text" aria-live="polite">
        {newest(2, 2)}
      </div>
    </>
  )
}
