import { useApp, useSay } from '../app.ts'
import { useStore } from '../shell/store.ts'
import { Panel, PanelHead, State } from '../ui/parts.tsx'
import { Channels } from './Channels.tsx'
import { MessageLog } from './MessageLog.tsx'
import { type ChainLine, chains, type RuleLine, rules } from './model.ts'
import { OwnAddresses } from './OwnAddresses.tsx'
import { useAsked } from './use-asked.ts'
import './telling.css'

/** Telling people: ways out and how they do, own numbers with a test, the rules in force, and the log of messages with its cost. */
export function TellingPage() {
  const app = useApp()
  return (
    <div className="page is-two telling">
      <div className="page__column">
        {app.may('telling.log') && <Channels />}
        <OwnAddresses />
        {app.may('telling.look') && <Rules />}
      </div>
      {app.may('telling.log') && <MessageLog />}
    </div>
  )
}

const readBook = (from: unknown): { readonly rules: readonly RuleLine[]; readonly chains: readonly ChainLine[] } => ({
  rules: rules(from),
  chains: chains(from),
})
const clock = (minute: number): string => `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`

function Rules() {
  const app = useApp()
  const say = useSay()
  const { language } = useStore(app.desk)
  const { value, trouble } = useAsked('/api/telling/rules', readBook, 60_000)
  return (
    <Panel label={say('telling.rules')} region="telling-rules">
      <PanelHead title={say('telling.rules')}>
        <span className="note">{say('telling.rules-note')}</span>
      </PanelHead>
      <div className="grow scroll">
        {trouble !== undefined && <State title={trouble} />}
        <table className="grid-table is-plain">
          <thead>
            <tr>
              <th>{say('telling.column.rule')}</th>
              <th>{say('telling.column.level')}</th>
              <th>{say('telling.column.of')}</th>
              <th>{say('telling.column.chain')}</th>
              <th>{say('telling.column.quiet')}</th>
            </tr>
          </thead>
          <tbody>
            {value?.rules.map(rule => {
              const chain = value.chains.find(one => one.id === rule.chain)
              return (
                <tr key={rule.id} className={rule.isOn ? '' : 'is-off'}>
                  <td>
                    <b>{rule.name[language]}</b> {!rule.isOn && <span className="tag">{say('telling.off')}</span>}
                  </td>
                  <td>
                    {rule.levels.length === 0
                      ? say('telling.every')
                      : rule.levels.map(level => say(LEVELS[level] ?? 'level.3')).join(' · ')}
                  </td>
                  <td>{rule.detectors.length === 0 ? say('telling.every') : say('telling.kinds', { n: rule.detectors.length })}</td>
                  <td>
                    {chain
                      ? `${chain.name[language]} · ${say('telling.steps', { n: chain.tells, s: chain.waitS })}`
                      : say('telling.nobody')}
                  </td>
                  <td>{rule.quiet ? `${clock(rule.quiet.fromMinute)}–${clock(rule.quiet.toMinute)}` : '–'}</td>
                </tr>
              )
            })}
          </tbody>
        </table>
      </div>
    </Panel>
  )
}
const LEVELS = ['level.0', 'level.1', 'level.2', 'level.3'] as const
