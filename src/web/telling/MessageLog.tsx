import { useCallback, useEffect, useMemo, useState } from 'react'
import { MESSAGE_KINDS, MESSAGE_STATES } from '#alerts/schema.ts'
import { useApp, useSay } from '../app.ts'
import { momentKst, thousands } from '../i18n/format.ts'
import { field, list, number, text } from '../live/wire.ts'
import { Bones, Panel, PanelHead, State } from '../ui/parts.tsx'
import { useNow } from '../ui/use-now.ts'
import { channel, type Message, message } from './model.ts'
import { readList, useAsked, useLogAsked } from './use-asked.ts'

const PAGE = 100
const readPage = (from: unknown) => {
  const sums = field(from, 'sums')
  return {
    messages: list(from, 'messages').map(message),
    count: number(sums, 'messages') ?? 0,
    parts: number(sums, 'parts') ?? 0,
    costWon: number(sums, 'costWon') ?? 0,
    next: text(from, 'next'),
  }
}
const readChannels = readList(channel)
const PERIODS = { day: 1, week: 7, month: 30, all: undefined } as const
type Period = keyof typeof PERIODS
const isPeriod = (word: string): word is Period => Object.hasOwn(PERIODS, word)
const DAY_MS = 86_400_000

/** Every message with what became of it; the sums are of all that fit, not of those shown. What failed or is in doubt is sent again from here. */
export function MessageLog() {
  const app = useApp()
  const say = useSay()
  const [filter, setFilter] = useState({ state: '', channel: '', kind: '' })
  const [period, setPeriod] = useState<Period>('week')
  const [older, setOlder] = useState<{ readonly messages: readonly Message[]; readonly next: string | undefined }>()
  const { value: channels } = useAsked('/api/telling/channels', readChannels)
  const query = useMemo(() => {
    const days = PERIODS[period]
    const words = new URLSearchParams(Object.entries(filter).filter(([, value]) => value !== ''))
    // To the minute: a filter that stands asks for the same.
    if (days !== undefined) words.set('from', new Date(Math.floor((app.now() - days * DAY_MS) / 60_000) * 60_000).toISOString())
    return words.toString()
  }, [app, filter, period])
  const { value, trouble, load } = useLogAsked(`/api/telling/messages?limit=${PAGE}&${query}`, readPage)
  useEffect(() => setOlder(undefined), [query])
  const more = async (before: string): Promise<void> => {
    try {
      const page = readPage(await app.api.json('GET', `/api/telling/messages?limit=${PAGE}&before=${before}&${query}`))
      setOlder(now => ({ messages: [...(now?.messages ?? []), ...page.messages], next: page.next }))
    } catch (error) {
      app.toast(error instanceof Error ? error.message : String(error), { tone: 'bad' })
    }
  }
  const again = useCallback(
    async (id: string): Promise<void> => {
      try {
        await app.api.json('POST', `/api/telling/messages/${encodeURIComponent(id)}/again`, {})
        app.toast(say('telling.again-sent'))
        await load()
      } catch (error) {
        app.toast(error instanceof Error ? error.message : String(error), { tone: 'bad' })
      }
    },
    [app, say, load],
  )
  const seen = new Set(value?.messages.map(one => one.id))
  const messages = [...(value?.messages ?? []), ...(older?.messages ?? []).filter(one => !seen.has(one.id))]
  const next = older ? older.next : value?.next
  const pick = (name: keyof typeof filter, label: string, every: string, all: readonly (readonly [id: string, name: string])[]) => (
    <select
      className="input"
      aria-label={label}
      value={filter[name]}
      onChange={event => setFilter({ ...filter, [name]: event.target.value })}
    >
      <option value="">{every}</option>
      {all.map(([id, words]) => (
        <option key={id} value={id}>
          {words}
        </option>
      ))}
    </select>
  )
  return (
    <Panel label={say('telling.log')} region="telling-log">
      <PanelHead title={say('telling.log')}>
        {value && (
          <span className="note">
            {say('telling.sums', { n: thousands(value.count), parts: thousands(value.parts), won: thousands(value.costWon) })}
          </span>
        )}
        <a className="button is-small push" href={`/api/telling/messages.csv?${query}`} download>
          CSV
        </a>
      </PanelHead>
      <div className="telling__filters">
        <select
          className="input"
          aria-label={say('telling.column.at')}
          value={period}
          onChange={event => isPeriod(event.target.value) && setPeriod(event.target.value)}
        >
          {(['day', 'week', 'month', 'all'] as const).map(one => (
            <option key={one} value={one}>
              {say(`telling.period.${one}`)}
            </option>
          ))}
        </select>
        {pick(
          'state',
          say('telling.column.state'),
          say('telling.every-state'),
          MESSAGE_STATES.map(one => [one, say(`telling.message.${one}`)]),
        )}
        {pick(
          'channel',
          say('telling.column.channel'),
          say('telling.every-channel'),
          (channels ?? []).map(one => [one.name, one.name]),
        )}
        {pick(
          'kind',
          say('telling.column.kind'),
          say('telling.every-kind'),
          MESSAGE_KINDS.map(one => [one, say(`telling.message-kind.${one}`)]),
        )}
      </div>
      <div className="grow scroll">
        {trouble !== undefined && (
          <State title={trouble}>
            <button type="button" className="button" onClick={() => void load()}>
              {say('act.again')}
            </button>
          </State>
        )}
        {!value && trouble === undefined && <Bones blocks={4} />}
        {value && messages.length === 0 && <State title={say('telling.log-empty')} />}
        {messages.length > 0 && <LogTable messages={messages} {...(app.may('telling.again') ? { again } : {})} />}
        {next !== undefined && (
          <button type="button" className="button telling__more" onClick={() => void more(next)}>
            {say('telling.more')}
          </button>
        )}
      </div>
    </Panel>
  )
}

function LogTable({ messages, again }: { messages: readonly Message[]; again?: (id: string) => Promise<void> }) {
  const app = useApp()
  const say = useSay()
  const nowMs = useNow(30_000)
  return (
    <table className="grid-table is-plain telling__log">
      <thead>
        <tr>
          <th>{say('telling.column.at')}</th>
          <th>{say('telling.column.kind')}</th>
          <th>{say('telling.column.whom')}</th>
          <th>{say('telling.column.channel')}</th>
          <th>{say('telling.column.state')}</th>
          <th>{say('telling.column.text')}</th>
          <th className="is-number">{say('telling.column.parts')}</th>
          <th className="is-number">{say('telling.column.cost')}</th>
        </tr>
      </thead>
      <tbody>
        {messages.map(one => {
          const isStuck = (one.state === 'failed' || one.state === 'in-doubt') && one.kind !== 'test' && one.kind !== 'confirm'
          return (
            <tr key={one.id} data-message={one.id}>
              <td>
                {one.alarm === undefined ? (
                  momentKst(one.createdAtMs, nowMs)
                ) : (
                  <button
                    type="button"
                    className="telling__link"
                    onClick={() => app.go({ page: 'situation', selection: { kind: 'alarm', id: one.alarm ?? '' } })}
                  >
                    {momentKst(one.createdAtMs, nowMs)}
                  </button>
                )}
              </td>
              <td>{say(`telling.message-kind.${one.kind}`)}</td>
              <td>
                <b>{one.name}</b> <small className="note">{one.address}</small>
              </td>
              <td>
                {one.channel} {one.isFailedOver && <span className="tag">{say('telling.line.failed-over')}</span>}
              </td>
              <td className={isStuck ? 'is-bad wrap' : 'wrap'}>
                {say(`telling.message.${one.state}`)} {one.isResent && <mark>{say('telling.resent')}</mark>}
                {isStuck && one.reason !== undefined && <small className="note"> {one.reason}</small>}
                {isStuck && again && (
                  <button type="button" className="button is-small" onClick={() => void again(one.id)}>
                    {say('telling.again')}
                  </button>
                )}
              </td>
              <td className="telling__text">{one.text}</td>
              <td className="is-number">{one.parts ?? '–'}</td>
              <td className="is-number">{one.costWon === undefined ? '–' : thousands(one.costWon)}</td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}
