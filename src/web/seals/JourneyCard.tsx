import { useApp, useSay } from '../app.ts'
import { age, momentKst } from '../i18n/format.ts'
import type { TextKey } from '../i18n/text.ts'
import { useStore } from '../shell/store.ts'
import { Bones, CommandButton, Panel, PanelHead, State } from '../ui/parts.tsx'
import { useNow } from '../ui/use-now.ts'
import { CheckList, useFitting } from './CheckList.tsx'
import { Custody } from './Custody.tsx'
import { JourneyAlarm, JourneyNotices } from './JourneyAlarm.tsx'
import { JourneyExport } from './JourneyExport.tsx'
import { isStale } from './list-order.ts'
import { containerWords, WORD_TEXT, WordMark } from './marks.tsx'
import type { Card } from './model.ts'
import { Replay } from './Replay.tsx'
import { roadDistance } from './road.ts'
import { SealLine } from './SealLine.tsx'
import { SealPhotos } from './SealPhotos.tsx'
import { SpeedChart } from './SpeedChart.tsx'
import { useStory } from './use-story.ts'

/** One journey: what is the matter, who to call, its custody, and what can be done. */
export function JourneyCard() {
  const app = useApp()
  const say = useSay()
  const open = useStore(app.seals.open)
  const story = useStory(open)
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
  const { card, track } = open
  const isBefore = card.state === 'planned' || card.state === 'fitted'
  return (
    <Panel label={say('seals.journey')} region="journey" className="journey">
      <Head card={card} />
      <div className="grow scroll">
        <JourneyAlarm id={card.id} />
        <Progress card={card} />
        <Facts card={card} />
        {isBefore && <BeforeFitting id={card.id} />}
        <Custody card={card} story={story} />
        <SealPhotos journey={card.id} news={card.lines.reduce((sum, line) => sum + line.photos, 0)} />
        <section className="facts-part">
          <h3>{say('seals.speed')}</h3>
          <SpeedChart track={track} />
          <Replay track={track} />
        </section>
        <JourneyNotices id={card.id} />
        <Seals card={card} />
        <JourneyExport journey={card.id} />
      </div>
      <Acts />
    </Panel>
  )
}

function Head({ card }: { card: Card }) {
  const app = useApp()
  const say = useSay()
  const { language } = useStore(app.desk)
  const nowMs = useNow(1000)
  const worst = card.open[0]
  return (
    <header className={`journey__head is-${card.word}`}>
      <div className="journey__what">
        <WordMark word={card.word} words={worst ? say(`detector.${worst}`) : say(WORD_TEXT[card.word])} />
        <span className="note">{say(`seals.state.${card.state}`)}</span>
        {card.isSuspended && <span className="tag">{say('seals.suspended-short')}</span>}
        {card.isDemo && <span className="tag">{say('seals.demo')}</span>}
        {card.heardAtMs !== undefined && (
          <span className={`push ${isStale(card, nowMs) ? 'is-care' : 'note'}`}>{age(nowMs - card.heardAtMs, language)}</span>
        )}
      </div>
      <h2>{containerWords(card.container)}</h2>
      {card.open.length > 1 && <p className="note">{card.open.map(one => say(`detector.${one}`)).join(' · ')}</p>}
    </header>
  )
}

function Progress({ card }: { card: Card }) {
  const say = useSay()
  const nowMs = useNow(30_000)
  if (card.progress === undefined) return null
  const isLate = card.etaMs !== undefined && card.plan.arriveUntilMs !== undefined && card.etaMs > card.plan.arriveUntilMs
  return (
    <section className="journey-progress">
      <div
        className="meter"
        role="meter"
        aria-label={say('seals.column.progress')}
        aria-valuenow={Math.round(card.progress * 100)}
        aria-valuemin={0}
        aria-valuemax={100}
      >
        <i style={{ width: `${Math.round(Math.min(1, card.progress) * 100)}%` }} />
      </div>
      <p>
        <b>{Math.round(card.progress * 100)} %</b>
        {card.remainingM !== undefined && <span>{say('seals.remaining', { d: roadDistance(card.remainingM) })}</span>}
        {card.etaMs !== undefined && (
          <span className={isLate ? 'is-care' : ''}>{say('seals.eta-at', { time: momentKst(card.etaMs, nowMs) })}</span>
        )}
        {card.deviationM !== undefined && <span>{say('seals.off-by', { d: roadDistance(card.deviationM) })}</span>}
      </p>
    </section>
  )
}

function Facts({ card }: { card: Card }) {
  const say = useSay()
  const nowMs = useNow(30_000)
  const locked = card.locked === undefined ? '–' : say(card.locked ? 'seals.locked' : 'seals.unlocked')
  const moment = (ms: number | undefined): string => (ms === undefined ? '–' : momentKst(ms, nowMs))
  const rows: readonly (readonly [TextKey, React.ReactNode])[] = [
    [
      'seals.column.state',
      <>
        <b className={card.locked === false ? 'is-bad' : ''}>{locked}</b>
        {card.batteryPercent !== undefined && ` · ${say('seals.battery', { n: card.batteryPercent })}`}
        {card.speedKmh !== undefined && ` · ${Math.round(card.speedKmh)} km/h`}
      </>,
    ],
    ['seals.column.vehicle', card.vehicle ?? '–'],
    ['seals.column.origin', <Place key="from" name={card.origin} officers={card.plan.officers.origin} />],
    ['seals.column.destination', <Place key="to" name={card.destination} officers={card.plan.officers.destination} />],
    ['seals.window', `${moment(card.plan.departUntilMs)} → ${moment(card.plan.arriveUntilMs)}`],
    ['seals.column.goods', card.plan.goods ?? '–'],
    ['seals.column.consignee', card.plan.consignee ?? '–'],
    ['seals.column.declaration', card.declaration ?? '–'],
    [
      'seals.column.risk',
      <span key="risk" className={`seal-risk is-${card.risk}`}>
        {say(`seals.risk.${card.risk}`)}
      </span>,
    ],
    ...(card.plan.driver === undefined
      ? []
      : [['seals.driver', <Person key="driver" name={card.plan.driver.name} phone={card.plan.driver.phone} />] as const]),
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

/** A place and whom to call there. */
function Place({ name, officers }: { name: string; officers: Card['plan']['officers']['origin'] }) {
  const say = useSay()
  return (
    <>
      {name}
      {officers.map(one => (
        <div key={`${one.name} ${one.phone}`} className="journey__officer">
          <Person name={one.name} phone={one.phone} />
        </div>
      ))}
      {officers.length === 0 && <div className="journey__officer is-care">{say('seals.no-officer')}</div>}
    </>
  )
}
function Person({ name, phone }: { name: string | undefined; phone: string | undefined }) {
  const say = useSay()
  return (
    <>
      {name ?? '–'} {phone === undefined ? <b className="is-bad">{say('seals.no-phone')}</b> : <a href={`tel:${phone}`}>{phone}</a>}
    </>
  )
}

function BeforeFitting({ id }: { id: string }) {
  const say = useSay()
  const { check, isOld } = useFitting(id, '')
  return (
    <section className="facts-part">
      <h3>{say('seals.field.check')}</h3>
      <CheckList check={check} isOld={isOld} />
    </section>
  )
}

function Seals({ card }: { card: Card }) {
  const say = useSay()
  return (
    <section className="facts-part">
      <h3>{say('seals.devices')}</h3>
      {card.plan.seals.map(one => (
        <SealLine key={one.seal} seal={one.seal} fitting={one.fitting} isHighRisk={card.risk === 'high'} />
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
      <CommandButton command={find('seals.call')} />
      <CommandButton command={find('seals.authorise')} />
      <CommandButton command={find('seals.suspend')} />
      <CommandButton command={find('seals.copy')} />
      <CommandButton command={find('seals.close')} />
    </div>
  )
}
