import { useEffect, useRef, useState } from 'react'
import { useApp, useSay } from '../app.ts'
import { momentKst } from '../i18n/format.ts'
import { wordFor } from '../i18n/text.ts'
import { useStore } from '../shell/store.ts'
import { toLevel } from '../ui/level.ts'
import { AlarmIcon, Bones, Kbd, Panel, PanelHead, Strip, Tabs } from '../ui/parts.tsx'
import { useNow } from '../ui/use-now.ts'
import { AlarmCard } from './AlarmCard.tsx'
import { Acts, Counter, Empty, Pending } from './alarm-parts.tsx'
import { byUrgency, groupFlood, loadOf, settle } from './list-order.ts'
import type { AlarmTab, AlarmView } from './model.ts'
import { Announcer, SoundButton, SoundStrip } from './Sound.tsx'

const TABS: readonly AlarmTab[] = ['new', 'active', 'shelved', 'closed']

/** The alarm list: load, counters, tabs, cards. It never moves under the hand. */
export function AlarmPanel() {
  const app = useApp()
  const say = useSay()
  const state = useStore(app.alarms.state)
  const { selection, atMs } = useStore(app.address)
  const { language } = useStore(app.desk)
  const realNowMs = useNow()
  const nowMs = atMs ?? realNowMs
  const isHandIn = useRef(false)
  const before = useRef<readonly string[]>([])
  const tabBefore = useRef<AlarmTab>(state.tab)
  if (tabBefore.current !== state.tab) before.current = []
  tabBefore.current = state.tab
  const list = useRef<HTMLDivElement>(null)
  const [openGroups, setOpenGroups] = useState<ReadonlySet<string>>(new Set())
  const isPast = atMs !== undefined
  const { knowledge } = useStore(app.time.state)
  const alarms = isPast ? app.alarms.asOf(atMs, knowledge) : [...state.alarms.values()]
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
        <Strip
          tone="past"
          push={
            <span className="segment">
              {(['then', 'now'] as const).map(one => (
                <button key={one} type="button" aria-pressed={knowledge === one} onClick={() => app.time.setKnowledge(one)}>
                  {say(`past.known-${one}`)}
                </button>
              ))}
            </span>
          }
        >
          {say('past.seen', { time: momentKst(atMs, realNowMs) })}
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
                    <AlarmIcon level={toLevel(group.level)} size={14} />
                    {wordFor(say, 'detector', group.detector)} {group.region && `· ${group.region[language]}`}{' '}
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
