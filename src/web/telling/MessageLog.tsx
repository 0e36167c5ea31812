import { useMemo, useState } from 'react'
import { MESSAGE_STATES, type MessageState } from '#alerts/schema.ts'
import { useApp, useSay } from '../app.ts'
import { momentKst, thousands } from '../i18n/format.ts'
import { field, list, number } from '../live/wire.ts'
import { Bones, Panel, PanelHead, State } from '../ui/parts.tsx'
import { useNow } from '../ui/use-now.ts'
import { type Message, message } from './model.ts'
import { useAsked } from './use-asked.ts'

const read = (from: unknown) => {
  const sums = field(from, 'sums')
  return {
    messages: list(from, 'messages').map(message),
    count: number(sums, 'messages') ?? 0,
    parts: number(sums, 'parts') ?? 0,
    costWon: number(sums, 'costWon') ?? 0,
  }
}

/** Every message with what became of it; the sums are of all that fit, not of those shown. */
export function MessageLog() {
  const say = useSay()
  const [state, setState] = useState<MessageState>()
  const path = useMemo(() => `/api/telling/messages?limit=300${state === undefined ? '' : `&state=${state}`}`, [state])
  const { value, trouble } = useAsked(path, read)
  return (
    <Panel label={say('telling.log')} region="telling-log">
      <PanelHead title={say('telling.log')}>
        <select
          className="input"
          aria-label={say('telling.column.state')}
          value={state ?? ''}
          onChange={event => setState(MESSAGE_STATES.find(one => one === event.target.value))}
        >
          <option value="">{say('telling.every')}</option>
          {MESSAGE_STATES.map(one => (
            <option key={one} value={one}>
              {say(`telling.message.${one}`)}
            </option>
          ))}
        </select>
        {value && (
          <span className="note">
            {say('telling.sums', { n: thousands(value.count), parts: thousands(value.parts), won: thousands(value.costWon) })}
          </span>
        )}
        <a className="button is-small" href={path.replace('/messages?limit=300', '/messages.csv?').replace('?&', '?')} download>
          CSV
        </a>
      </PanelHead>
      <div className="grow scroll">
        {trouble !== undefined && <State title={trouble} />}
        {!value && trouble === undefined && <Bones blocks={4} />}
        {value?.messages.length === 0 && <State title={say('telling.log-empty')} />}
        {value && value.messages.length > 0 && <LogTable messages={value.messages} />}
      </div>
    </Panel>
  )
}

function LogTable({ messages }: { messages: readonly Message[] }) {
  const app = useApp()
  const say = useSay()
  const nowMs = useNow(30_000)
  return (
    <table className="grid-table is-plain telling__log">
      <thead>
        <tr>
          <th>{say('telling.column.at')}</th>
          <th>{say('telling.column.whom')}</th>
          <th>{say('telling.column.channel')}</th>
          <th>{say('telling.column.state')}</th>
          <th>{say('telling.column.text')}</th>
          <th className="is-number">{say('telling.column.parts')}</th>
          <th className="is-number">{say('telling.column.cost')}</th>
        </tr>
      </thead>
      <tbody>
        {messages.map(one => (
          <tr
            key={one.id}
            onClick={() => one.alarm && app.go({ page: 'situation', selection: { kind: 'alarm', id: one.alarm } })}
            title={one.reason}
          >
            <td>{momentKst(one.createdAtMs, nowMs)}</td>
            <td>
              <b>{one.name}</b> <small className="note">{one.address}</small>
            </td>
            <td>
              {one.channel} {one.isFailedOver && <span className="tag">{say('telling.line.failed-over')}</span>}
            </td>
            <td className={one.state === 'failed' || one.state === 'in-doubt' ? 'is-bad' : ''}>
              {say(`telling.message.${one.state}`)} {one.isResent && <mark>{say('telling.resent')}</mark>}
            </td>
            <td className="telling__text">{one.text}</td>
            <td className="is-number">{one.parts ?? '–'}</td>
            <td className="is-number">{one.costWon === undefined ? '–' : thousands(one.costWon)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
