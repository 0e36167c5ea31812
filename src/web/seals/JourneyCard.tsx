import { useApp, useSay } from '../app.ts'
import { age, minuteKst, momentKst } from '../i18n/format.ts'
import type { TextKey } from '../i18n/text.ts'
import { useStore } from '../shell/store.ts'
import { AlarmNotices } from '../telling/AlarmNotices.tsx'
import { Bones, CommandButton, Panel, PanelHead, State } from '../ui/parts.tsx'
import { useNow } from '../ui/use-now.ts'
import { eventText, lineText } from './line-words.ts'
import { containerWords, WORD_TEXT, WordMark } from './marks.tsx'
import type { Card } from './model.ts'
import { Replay } from './Replay.tsx'
import { roadDistance } from './road.ts'
import { SealLine } from './SealLine.tsx'
import { SpeedChart } from './SpeedChart.tsx'

/** One journey: what is the matter, who to call, its custody, and what can be done. */
export function JourneyCard() {
  const app = useApp()
  const say = useSay()
  const open = useStore(app.seals.open)
  if (!open)
    return (
      <Panel label={say('seals.journey')} region="journey">
        <PanelHead title={say('seals.none-chosen')}>
          <span className="note">{say('seals.choose')}</span>
        </PanelHead>
      </Panel>
    )
  if (!open.card)
    return (
      <Panel label={say('seals.journey')} region="journey">
        {open.trouble === undefined ? <Bones blocks={4} /> : <State title={open.trouble} />}
      </Panel>
    )
  return (
    <Panel label={say('seals.journey')} region="journey" className="journey">
      <Head card={open.card} />
      <div className="grow scroll">
        <Facts card={open.card} />
        <Custody card={open.card} />
        <Told id={open.card.id} />
        <section className="facts-part">
          <h3>{say('seals.speed')}</h3>
          <SpeedChart track={open.track} />
          <Replay track={open.track} />
        </section>
        <Seals card={open.card} />
      </div>
      <Acts />
    </Panel>
  )
}

function Head({ card }: { card: Card }) {
  const say = useSay()
  const worst = card.open[0]
  return (
    <header className={`journey__head is-${card.word}`}>
      <div className="journey__what">
        <WordMark word={card.word} words={worst ? say(`detector.${worst}`) : say(WORD_TEXT[card.word])} />
        <span className="note">{say(`seals.state.${card.state}`)}</span>
        {card.isDemo && <span className="tag">{say('seals.demo')}</span>}
      </div>
      <h2>{containerWords(card.container)}</h2>
    </header>
  )
}

function Facts({ card }: { card: Card }) {
  const app = useApp()
  const say = useSay()
  const { language } = useStore(app.desk)
  const nowMs = useNow(1000)
  const locked = card.locked === undefined ? '–' : say(card.locked ? 'seals.locked' : 'seals.unlocked')
  const rows: readonly (readonly [TextKey, React.ReactNode])[] = [
    [
      'seals.column.state',
      <>
        <b className={card.locked === false ? 'is-bad' : ''}>{locked}</b>
        {card.batteryPercent !== undefined && ` · ${say('seals.battery', { n: card.batteryPercent })}`}
        {card.heardAtMs !== undefined && ` · ${age(nowMs - card.heardAtMs, language)}`}
      </>,
    ],
    ['seals.column.vehicle', card.vehicle ?? '–'],
    ['seals.column.origin', card.origin],
    ['seals.column.destination', card.destination],
    ['seals.column.officer', card.officer ?? say('seals.no-officer')],
    ['seals.column.phone', <Phone key="phone" phone={card.phone} />],
    ['seals.column.goods', card.plan.goods ?? '–'],
    ['seals.column.consignee', card.plan.consignee ?? '–'],
    ['seals.column.declaration', card.declaration ?? '–'],
    ['seals.column.risk', say(`seals.risk.${card.risk}`)],
    [
      'seals.column.eta',
      card.etaMs === undefined
        ? '–'
        : `${momentKst(card.etaMs, nowMs)} · ${say('seals.remaining', { d: roadDistance(card.remainingM ?? 0) })}`,
    ],
  ]
  return (
    <section className="facts-part">
      <dl className="journey__facts">
        {rows.map(([name, value]) => (
          <div key={name}>
            <dt>{say(name)}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

function Phone({ phone }: { phone: string | undefined }) {
  const say = useSay()
  return phone === undefined ? <b className="is-bad">{say('seals.no-phone')}</b> : <a href={`tel:${phone}`}>{phone}</a>
}

/** Notices of the newest alarm about it. */
function Told({ id }: { id: string }) {
  const app = useApp()
  const { alarms } = useStore(app.alarms.state)
  const [newest] = [...alarms.values()]
    .filter(one => one.subjects.some(subject => subject.kind === 'journey' && subject.id === id))
    .sort((a, b) => b.raisedAtMs - a.raisedAtMs)
  return newest ? <AlarmNotices alarm={newest.id} /> : null
}

function Custody({ card }: { card: Card }) {
  const app = useApp()
  const say = useSay()
  const replayMs = useStore(app.seals.replayMs)
  if (card.lines.length === 0) return null
  return (
    <section className="facts-part">
      <h3>{say('seals.custody')}</h3>
      <ol className="custody">
        {[...card.lines].reverse().map(line => (
          <li
            key={line.n}
            className={`is-${line.kind} is-${line.what} ${replayMs !== undefined && line.atMs > replayMs ? 'is-to-come' : ''}`}
          >
            <time>{minuteKst(line.atMs)}</time>
            <span>
              {lineText(say, line)}
              {line.isLate && <small> {say('seals.came-late')}</small>}
            </span>
            <span className="note">{line.note && line.kind !== 'event' ? line.note : (line.who ?? '')}</span>
          </li>
        ))}
      </ol>
      {card.open.length > 0 && <p className="note">{card.open.map(one => eventText(say, one)).join(' · ')}</p>}
    </section>
  )
}

function Seals({ card }: { card: Card }) {
  const say = useSay()
  return (
    <section className="facts-part">
      <h3>{say('seals.devices')}</h3>
      {card.plan.seals.map(one => (
        <SealLine key={one.seal} seal={one.seal} fitting={one.fitting} />
      ))}
      {card.plan.seals.length === 0 && <p className="note">{say('seals.no-seal')}</p>}
    </section>
  )
}

function Acts() {
  const app = useApp()
  const commands = app.commands()
  const find = (id: string) => commands.find(one => one.id === id)
  return (
    <div className="journey__acts">
      <CommandButton command={find('seals.incident')} look="is-main" />
      <CommandButton command={find('seals.authorise')} />
      <CommandButton command={find('seals.suspend')} />
      <CommandButton command={find('seals.close')} />
    </div>
  )
}
