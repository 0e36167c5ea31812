import { useApp, useSay } from '../app.ts'
import { momentKst } from '../i18n/format.ts'
import { wordFor } from '../i18n/text.ts'
import { Bones, Panel, PanelHead, State } from '../ui/parts.tsx'
import { useNow } from '../ui/use-now.ts'
import { reply } from './model.ts'
import { readList, useLogAsked } from './use-asked.ts'

const read = readList(reply)

/** Texts that came back and what each did; also those of unknown numbers. */
export function Replies() {
  const app = useApp()
  const say = useSay()
  const nowMs = useNow(30_000)
  const { value, trouble } = useLogAsked('/api/telling/replies', read)
  return (
    <Panel label={say('telling.replies')} region="telling-replies">
      <PanelHead title={say('telling.replies')} />
      <div className="grow scroll">
        {trouble !== undefined && <State title={trouble} />}
        {!value && trouble === undefined && <Bones blocks={1} />}
        {value?.length === 0 && <State title={say('telling.replies-empty')} />}
        {value && value.length > 0 && (
          <table className="grid-table is-plain">
            <tbody>
              {value.map(one => (
                <tr key={one.id} onClick={() => one.alarm && app.go({ page: 'situation', selection: { kind: 'alarm', id: one.alarm } })}>
                  <td>{momentKst(one.atMs, nowMs)}</td>
                  <td>
                    <b>{one.name ?? one.from}</b> {one.name !== undefined && <small className="note">{one.from}</small>}
                  </td>
                  <td className="wrap">{one.text}</td>
                  <td className={one.outcome === 'acknowledged' ? 'is-good' : 'is-odd'}>{wordFor(say, 'telling.outcome', one.outcome)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </div>
    </Panel>
  )
}
