import { useApp, useSay } from '../app.ts'
import { useStore } from '../shell/store.ts'
import { Bones, Panel, PanelHead, State } from '../ui/parts.tsx'
import { SecondRequest } from './SecondRequest.tsx'

/** Deeds that wait for a second officer: what I may agree to first, then what I asked for and what became of it. */
export function SecondInbox() {
  const app = useApp()
  const say = useSay()
  const requests = useStore(app.second.requests)
  const trouble = useStore(app.second.trouble)
  const waiting = requests?.filter(one => one.mayDecide) ?? []
  const others = requests?.filter(one => !one.mayDecide) ?? []
  return (
    <Panel label={say('admin.tab-second')} region="second">
      <PanelHead title={say('admin.tab-second')}>
        <span className="note">{say('admin.second-note')}</span>
        {waiting.length > 0 && <span className="mark is-warn push">{waiting.length}</span>}
      </PanelHead>
      <div className="grow scroll">
        {!requests && !trouble && <Bones blocks={3} />}
        {trouble && <State title={say('records.trouble')} note={trouble} />}
        {requests?.length === 0 && <State title={say('admin.second-none')} note={say('admin.second-none-note')} />}
        {[...waiting, ...others].map(one => (
          <SecondRequest key={one.number} one={one} />
        ))}
      </div>
    </Panel>
  )
}
