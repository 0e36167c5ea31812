import { useApp, useSay } from '../app.ts'
import { useStore } from '../shell/store.ts'
import { Panel, Tabs } from '../ui/parts.tsx'
import { Channels } from './Channels.tsx'
import { MessageLog } from './MessageLog.tsx'
import { OwnAddresses } from './OwnAddresses.tsx'
import { Replies } from './Replies.tsx'
import { Rules } from './Rules.tsx'
import './telling.css'

const TABS = ['ways', 'rules', 'mine'] as const

/** Telling people: ways out with the log of what went by them, the rules, and one's own numbers. */
export function TellingPage() {
  const app = useApp()
  const say = useSay()
  const { item } = useStore(app.address)
  const open = TABS.filter(tab => (tab === 'ways' ? app.may('telling.log') : tab === 'rules' ? app.may('telling.rules-look') : true))
  const chosen = open.find(tab => tab === item) ?? open[0] ?? 'mine'
  return (
    <div className="page telling">
      <Panel label={say('page.telling')} className="telling__tabs">
        <Tabs
          label={say('page.telling')}
          tabs={open.map(id => ({ id, name: say(`telling.tab.${id}`) }))}
          chosen={chosen}
          onChoose={tab => app.go({ item: tab })}
        />
      </Panel>
      {chosen === 'ways' && (
        <div className="telling__ways">
          <div className="page__column">
            <Channels />
            <Replies />
          </div>
          <MessageLog />
        </div>
      )}
      {chosen === 'rules' && <Rules />}
      {chosen === 'mine' && (
        <div className="telling__ways">
          <OwnAddresses />
        </div>
      )}
    </div>
  )
}
