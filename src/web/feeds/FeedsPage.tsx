import { useCallback, useEffect, useState } from 'react'
import { useApp, useSay } from '../app.ts'
import { age, clockKst, rate, thousands } from '../i18n/format.ts'
import { type Language, wordFor } from '../i18n/text.ts'
import { useStore } from '../shell/store.ts'
import { Bones, Field, Panel, PanelHead, Section, State } from '../ui/parts.tsx'
import { useNow } from '../ui/use-now.ts'
import { clockIsOff, type FeedTest, type FeedView } from './model.ts'

const EVERY_MS = 2000

/** Feeds: how well each is heard, what it sent that could not be read, and adding one that is tried before it is kept. */
export function FeedsPage() {
  const app = useApp()
  const say = useSay()
  const { language } = useStore(app.desk)
  const nowMs = useNow()
  const [feeds, setFeeds] = useState<readonly FeedView[]>()
  const [trouble, setTrouble] = useState<string>()
  const [chosen, setChosen] = useState<string>()
  const [isAdding, setAdding] = useState(false)
  const load = useCallback(async () => {
    try {
      setFeeds(await app.api.feeds())
      setTrouble(undefined)
    } catch (reason) {
      setTrouble(reason instanceof Error ? reason.message : String(reason))
    }
  }, [app])
  useEffect(() => {
    void load()
    const timer = setInterval(() => void load(), EVERY_MS)
    return () => clearInterval(timer)
  }, [load])
  const selected = feeds?.find(feed => feed.name === chosen) ?? feeds?.[0]
  const act = async (deed: () => Promise<void>): Promise<void> => {
    try {
      await deed()
      await load()
    } catch (refusal) {
      app.toast(refusal instanceof Error ? refusal.message : String(refusal), { tone: 'bad' })
    }
  }

  const mayChange = app.may('feeds.change')
  return (
    <div className="page is-two">
      <Panel label={say('page.feeds')} region="feeds">
        <PanelHead title={say('page.feeds')}>
          <span className="note">
            {feeds && say('feed.count', { n: feeds.filter(feed => feed.state === 'ok').length, of: feeds.length })}
          </span>
          {mayChange && (
            <button type="button" className="button is-main push" onClick={() => setAdding(true)}>
              {say('feed.add')}
            </button>
          )}
        </PanelHead>
        {trouble && <div className="strip-note is-warn">{trouble}</div>}
        <div className="grow scroll">
          {!feeds && !trouble && <Bones blocks={4} />}
          {feeds?.length === 0 && <State title={say('feed.none')} note={say('feed.none-note')} />}
          {feeds && feeds.length > 0 && (
            <table className="grid-table is-plain">
              <thead>
                <tr>
                  <th>{say('feed.name')}</th>
                  <th>{say('feed.state')}</th>
                  <th className="is-number">{say('feed.rate')}</th>
                  <th className="is-number">{say('feed.last')}</th>
                  <th className="is-number">{say('feed.latency')}</th>
                  <th className="is-number">{say('feed.sentences')}</th>
                  <th className="is-number">{say('feed.bad')}</th>
                  <th>{say('feed.hour')}</th>
                  <th />
                </tr>
              </thead>
              <tbody>
                {feeds.map(feed => (
                  <tr
                    key={feed.name}
                    tabIndex={0}
                    className={feed.name === selected?.name ? 'is-selected' : ''}
                    onClick={() => setChosen(feed.name)}
                    onKeyDown={event => event.code === 'Enter' && event.target === event.currentTarget && setChosen(feed.name)}
                  >
                    <td>
                      <b>{feed.name}</b> {feed.isDemo && <span className="mark">{say('header.demo')}</span>}
                      <div className="note">{feed.url}</div>
                    </td>
                    <td>
                      <span
                        className={`feed ${feed.state === 'ok' ? '' : feed.state === 'late' ? 'is-partial' : feed.state === 'silent' ? 'is-lost' : 'is-off'}`}
                        style={{ marginLeft: 0 }}
                      >
                        <i /> {say(`feed.state.${feed.state}`)}
                      </span>
                    </td>
                    <td className="is-number">{rate(feed.perSecond)}</td>
                    <td className="is-number">{feed.lastAtMs === undefined ? '–' : age(nowMs - feed.lastAtMs, language)}</td>
                    <td className={`is-number ${clockIsOff(feed) ? 'is-odd' : ''}`}>{delay(feed, language)}</td>
                    <td className="is-number">{thousands(feed.sentences)}</td>
                    <td className={`is-number ${feed.bad > feed.sentences * 0.05 ? 'is-odd' : ''}`}>{thousands(feed.bad)}</td>
                    <td>
                      <Spark values={feed.lastHour} />
                    </td>
                    <td className="is-number">
                      {mayChange && (
                        <>
                          <button
                            type="button"
                            className="button button--plain"
                            onClick={() => void act(() => app.api.pauseFeed(feed.name, feed.state !== 'paused'))}
                          >
                            {say(feed.state === 'paused' ? 'feed.resume' : 'feed.pause')}
                          </button>{' '}
                          <button
                            type="button"
                            className="button button--plain"
                            onClick={() => void act(() => app.api.removeFeed(feed.name))}
                          >
                            {say('act.remove')}
                          </button>
                        </>
                      )}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          )}
        </div>
      </Panel>
      <div className="page__column">
        {isAdding ? (
          <AddFeed
            onDone={() => {
              setAdding(false)
              void load()
            }}
          />
        ) : (
          selected && <FeedDetail feed={selected} />
        )}
      </div>
    </div>
  )
}

/** From sending to receipt by the feed's own stamps. */
function delay({ latencyMs }: FeedView, language: Language): string {
  if (latencyMs === undefined) return '–'
  return latencyMs < 100_000 ? `${(latencyMs / 1000).toFixed(1)} s` : age(latencyMs, language)
}

function FeedDetail({ feed }: { feed: FeedView }) {
  const app = useApp()
  const say = useSay()
  const nowMs = useNow()
  const { language } = useStore(app.desk)
  return (
    <Panel label={feed.name} region="feed" className="grow">
      <PanelHead title={feed.name} />
      <div className="scroll">
        {clockIsOff(feed) && <div className="strip-note is-warn">{say('feed.clock-off', { age: delay(feed, language) })}</div>}
        {feed.trouble && <div className={`strip-note ${feed.state === 'ended' ? '' : 'is-bad'}`}>{feed.trouble}</div>}
        <Section head={say('feed.bad-by')} note={thousands(feed.bad)}>
          {feed.badBy.length === 0 && <span className="note">{say('feed.no-bad')}</span>}
          {feed.badBy.map(([reason, count]) => (
            <div key={reason} className="row">
              <span>{wordFor(say, 'bad', reason)}</span>
              <b>{thousands(count)}</b>
            </div>
          ))}
        </Section>
        {feed.stations.length > 0 && (
          <Section head={say('feed.stations')} note={feed.stations.length}>
            {feed.stations.map(station => (
              <div key={station.name} className="row">
                <span>{station.name}</span>
                <b>
                  {thousands(station.perMinute)}/min · {station.lastAtMs === undefined ? '–' : age(nowMs - station.lastAtMs, language)}
                </b>
              </div>
            ))}
          </Section>
        )}
        <Section head={say('feed.samples')} note={feed.samples.length}>
          <pre className="sample" style={{ margin: 0 }}>
            {feed.samples.map(sample => (
              <span key={`${sample.atMs}${sample.line}`}>
                {sample.atMs !== undefined && `${clockKst(sample.atMs)} `}
                <b>{wordFor(say, 'bad', sample.reason)}</b> {sample.line}
                {'\n'}
              </span>
            ))}
            {feed.samples.length === 0 && say('feed.no-bad')}
          </pre>
        </Section>
      </div>
    </Panel>
  )
}

/** Sentences a minute over the last hour; empty minutes are red at the foot. */
function Spark({ values }: { values: readonly number[] }) {
  const say = useSay()
  const most = Math.max(1, ...values)
  return (
    <svg
      className="spark"
      viewBox={`0 0 ${Math.max(1, values.length)} 20`}
      preserveAspectRatio="none"
      role="img"
      aria-label={say('feed.hour')}
    >
      {values.map((value, i) => (
        <rect
          key={i}
          className={value === 0 ? 'is-bad' : ''}
          x={i}
          width={0.8}
          y={value === 0 ? 18 : 20 - Math.max(1, (value / most) * 20)}
          height={value === 0 ? 2 : Math.max(1, (value / most) * 20)}
        />
      ))}
    </svg>
  )
}

const EXAMPLES = [
  'tcp://192.168.0.10:4001',
  'tcp-server://:10110',
  'udp://:10110',
  'mqtts://user@192.168.0.10/seals/+/report?kind=json',
  'file:/var/log/ais.nmea',
] as const

function AddFeed({ onDone }: { onDone: () => void }) {
  const app = useApp()
  const say = useSay()
  const [url, setUrl] = useState('')
  const [name, setName] = useState('')
  const [network, setNetwork] = useState('coast')
  const [test, setTest] = useState<FeedTest>()
  const [isBusy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string>()
  const full = (): string => {
    const query = new URLSearchParams([
      ...(name.trim() ? [['name', name.trim()]] : []),
      ...(network === 'satellite' ? [['network', 'satellite']] : []),
    ])
    const mark = url.includes('?') ? '&' : '?'
    return query.size > 0 ? `${url.trim()}${mark}${query}` : url.trim()
  }
  const attempt = async (deed: () => Promise<void>): Promise<void> => {
    setBusy(true)
    setProblem(undefined)
    try {
      await deed()
    } catch (refusal) {
      setProblem(refusal instanceof Error ? refusal.message : String(refusal))
    } finally {
      setBusy(false)
    }
  }
  return (
    <Panel label={say('feed.add')} region="feed">
      <PanelHead title={say('feed.add')} />
      <form
        className="sheet__body form"
        onSubmit={event => {
          event.preventDefault()
          void attempt(async () => {
            await app.api.addFeed(full())
            onDone()
          })
        }}
      >
        <Field label={say('feed.url')} hint={EXAMPLES.join('   ')}>
          <input className="input" required value={url} onChange={event => setUrl(event.target.value)} placeholder={EXAMPLES[0]} />
        </Field>
        <div className="form__row">
          <Field label={say('feed.name')}>
            <input className="input" value={name} onChange={event => setName(event.target.value)} placeholder="busan-2" />
          </Field>
          <Field label={say('feed.network')}>
            <select className="input" value={network} onChange={event => setNetwork(event.target.value)}>
              <option value="coast">{say('network.coast')}</option>
              <option value="satellite">{say('network.satellite')}</option>
            </select>
          </Field>
        </div>
        {problem && (
          <p className="form__error" role="alert">
            {problem}
          </p>
        )}
        {test && (
          <div>
            <p className={test.ok ? 'tone-good' : 'tone-bad'}>
              <b>{test.said}</b>
            </p>
            {test.lines.length > 0 && <pre className="sample">{test.lines.join('\n')}</pre>}
          </div>
        )}
        <div className="form__acts">
          <button type="button" className="button" onClick={onDone}>
            {say('act.cancel')}
          </button>
          <button
            type="button"
            className="button"
            disabled={isBusy || url.trim() === ''}
            onClick={() => void attempt(async () => setTest(await app.api.testFeed(full())))}
          >
            {say(isBusy ? 'feed.testing' : 'feed.test')}
          </button>
          <button type="submit" className="button is-main" disabled={isBusy}>
            {say('feed.keep')}
          </button>
        </div>
      </form>
    </Panel>
  )
}
