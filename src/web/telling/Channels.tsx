import { useState } from 'react'
import { useApp, useSay } from '../app.ts'
import { age, thousands } from '../i18n/format.ts'
import { wordFor } from '../i18n/text.ts'
import { number, text } from '../live/wire.ts'
import { useStore } from '../shell/store.ts'
import { Bones, Panel, PanelHead, State } from '../ui/parts.tsx'
import { useNow } from '../ui/use-now.ts'
import { type ChannelLine, channel, ownAddress } from './model.ts'
import { readList, useAsked, useLogAsked } from './use-asked.ts'

const read = readList(channel)
const readOwn = readList(ownAddress)
/** Every kind there is: what is not configured is said to be off. */
const KINDS = ['sms-smpp', 'sms-http', 'call-http', 'call-sip', 'email', 'webhook', 'cap', 'siren'] as const

/** The ways out: those configured and how each does, those that are off; a test to oneself; a text as each would send it. */
export function Channels() {
  const app = useApp()
  const say = useSay()
  const { language } = useStore(app.desk)
  const nowMs = useNow(1000)
  const { value, trouble } = useLogAsked('/api/telling/channels', read)
  const { value: own } = useAsked('/api/telling/addresses', readOwn)
  const test = async (one: ChannelLine): Promise<void> => {
    try {
      await app.api.json('POST', '/api/telling/test', { way: one.way, channel: one.name })
      app.toast(say('telling.test-sent'))
    } catch (error) {
      app.toast(error instanceof Error ? error.message : String(error), { tone: 'bad' })
    }
  }
  const off = KINDS.filter(kind => value?.every(one => one.kind !== kind))
  return (
    <Panel label={say('telling.channels')} region="telling-channels">
      <PanelHead title={say('telling.channels')} />
      <div className="scroll">
        {trouble !== undefined && <State title={trouble} />}
        {!value && trouble === undefined && <Bones blocks={1} />}
        {value?.length === 0 && <State title={say('telling.no-channel')} note={say('telling.no-channel-note')} />}
        {value && (
          <table className="grid-table is-plain">
            <thead>
              <tr>
                <th>{say('telling.column.channel')}</th>
                <th>{say('telling.column.way')}</th>
                <th>{say('telling.column.state')}</th>
                <th className="is-number">{say('telling.column.accepted')}</th>
                <th className="is-number">{say('telling.column.refused')}</th>
                <th className="is-number">{say('telling.column.doubt')}</th>
                <th className="is-number">{say('telling.column.waiting')}</th>
                <th>{say('telling.column.test')}</th>
              </tr>
            </thead>
            <tbody>
              {value.map(one => {
                const isMine = own?.some(address => address.way === one.way && address.isConfirmed) === true
                const others = value.some(other => other.name !== one.name && other.way === one.way && other.trouble === undefined)
                return (
                  <tr key={one.name} data-channel={one.name}>
                    <td>
                      <b>{one.name}</b>
                    </td>
                    <td>{wordFor(say, 'telling.kind', one.kind)}</td>
                    <td className={one.trouble === undefined ? 'is-good wrap' : 'is-bad wrap'}>
                      {one.trouble === undefined ? `● ${say('telling.works')}` : `▲ ${one.trouble}`}
                      {one.troubleSinceMs !== undefined && ` · ${age(nowMs - one.troubleSinceMs, language)}`}
                      {one.trouble !== undefined && one.way !== undefined && others && ` · ${say('telling.fails-over')}`}
                    </td>
                    <td className="is-number">{thousands(one.accepted)}</td>
                    <td className="is-number">{thousands(one.refused)}</td>
                    <td className="is-number">{thousands(one.inDoubt)}</td>
                    <td className="is-number">{thousands(one.waiting)}</td>
                    <td>
                      {one.way !== undefined && (
                        <button
                          type="button"
                          className="button is-small"
                          disabled={!isMine}
                          title={isMine ? undefined : say('telling.test-first')}
                          onClick={() => void test(one)}
                        >
                          {say('telling.test')}
                        </button>
                      )}
                    </td>
                  </tr>
                )
              })}
              {off.map(kind => (
                <tr key={kind} className="is-off">
                  <td>–</td>
                  <td>{wordFor(say, 'telling.kind', kind)}</td>
                  <td colSpan={6}>○ {say('telling.off-until')}</td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
        {value && value.length > 0 && <TextPreview channels={value} />}
      </div>
    </Panel>
  )
}

const TEMPLATES = ['seal', 'alarm', 'closing', 'count', 'closed-count', 'test', 'confirm'] as const
interface Shown {
  readonly text: string
  readonly parts: number
  readonly length: number
  readonly encoding?: string
  readonly costWon?: number
}

/** A text in force with example values, exactly as this channel would send it. */
function TextPreview({ channels }: { channels: readonly ChannelLine[] }) {
  const app = useApp()
  const say = useSay()
  const [name, setName] = useState(channels[0]?.name ?? '')
  const [template, setTemplate] = useState<string>('seal')
  const [language, setLanguage] = useState<'ko' | 'en'>('ko')
  const [shown, setShown] = useState<Shown>()
  const [trouble, setTrouble] = useState<string>()
  const look = async (): Promise<void> => {
    try {
      const answer = await app.api.json('POST', '/api/telling/channels/preview', { channel: name, template, language })
      const [encoding, costWon] = [text(answer, 'encoding'), number(answer, 'costWon')]
      setShown({
        text: text(answer, 'text') ?? '',
        parts: number(answer, 'parts') ?? 0,
        length: number(answer, 'length') ?? 0,
        ...(encoding === undefined ? {} : { encoding }),
        ...(costWon === undefined ? {} : { costWon }),
      })
      setTrouble(undefined)
    } catch (error) {
      setShown(undefined)
      setTrouble(error instanceof Error ? error.message : String(error))
    }
  }
  return (
    <div className="notices__preview telling__text-preview">
      <div className="telling__filters">
        <select className="input" aria-label={say('telling.column.channel')} value={name} onChange={event => setName(event.target.value)}>
          {channels.map(one => (
            <option key={one.name}>{one.name}</option>
          ))}
        </select>
        <select className="input" aria-label={say('telling.template')} value={template} onChange={event => setTemplate(event.target.value)}>
          {TEMPLATES.map(one => (
            <option key={one} value={one}>
              {say(`telling.template.${one}`)}
            </option>
          ))}
        </select>
        <select
          className="input"
          aria-label={say('telling.language')}
          value={language}
          onChange={event => setLanguage(event.target.value === 'en' ? 'en' : 'ko')}
        >
          <option value="ko">{say('telling.language.ko')}</option>
          <option value="en">{say('telling.language.en')}</option>
        </select>
        <button type="button" className="button is-small" onClick={() => void look()}>
          {say('telling.show-text')}
        </button>
      </div>
      {trouble !== undefined && <p className="is-bad">{trouble}</p>}
      {shown && (
        <figure role="status">
          <figcaption className="note">
            {say('telling.parts', { n: shown.parts, length: shown.length })}
            {shown.encoding !== undefined && ` · ${shown.encoding}`}
            {shown.costWon !== undefined && ` · ${say('telling.won', { n: thousands(shown.costWon) })}`}
          </figcaption>
          <blockquote>{shown.text}</blockquote>
        </figure>
      )}
    </div>
  )
}
