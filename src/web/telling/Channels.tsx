import { useApp, useSay } from '../app.ts'
import { age, thousands } from '../i18n/format.ts'
import { wordFor } from '../i18n/text.ts'
import { useStore } from '../shell/store.ts'
import { Bones, Panel, PanelHead, State } from '../ui/parts.tsx'
import { useNow } from '../ui/use-now.ts'
import { channel } from './model.ts'
import { readList, useAsked } from './use-asked.ts'

const read = readList(channel)

/** The ways out that are configured, whether each works, and what it has done since the start. */
export function Channels() {
  const app = useApp()
  const say = useSay()
  const { language } = useStore(app.desk)
  const nowMs = useNow(1000)
  const { value, trouble } = useAsked('/api/telling/channels', read)
  return (
    <Panel label={say('telling.channels')} region="telling-channels">
      <PanelHead title={say('telling.channels')} />
      {trouble !== undefined && <State title={trouble} />}
      {!value && trouble === undefined && <Bones blocks={1} />}
      {value?.length === 0 && <State title={say('telling.no-channel')} note={say('telling.no-channel-note')} />}
      {value && value.length > 0 && (
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
            </tr>
          </thead>
          <tbody>
            {value.map(one => (
              <tr key={one.name}>
                <td>
                  <b>{one.name}</b>
                </td>
                <td>{one.way ? say(`telling.way.${one.way}`) : wordFor(say, 'telling.kind', one.kind)}</td>
                <td className={one.trouble === undefined ? 'is-good' : 'is-bad'}>
                  {one.trouble === undefined ? `● ${say('telling.works')}` : `▲ ${one.trouble}`}
                  {one.troubleSinceMs !== undefined && ` · ${age(nowMs - one.troubleSinceMs, language)}`}
                </td>
                <td className="is-number">{thousands(one.accepted)}</td>
                <td className="is-number">{thousands(one.refused)}</td>
                <td className="is-number">{thousands(one.inDoubt)}</td>
                <td className="is-number">{thousands(one.waiting)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Panel>
  )
}
