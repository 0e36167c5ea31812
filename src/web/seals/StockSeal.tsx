import { useApp, useSay } from '../app.ts'
import { age, ddm, momentKst, thousands } from '../i18n/format.ts'
import type { TextKey } from '../i18n/text.ts'
import { useOffice } from '../incidents/parts.tsx'
import { useStore } from '../shell/store.ts'
import { Panel, PanelHead } from '../ui/parts.tsx'
import { useNow } from '../ui/use-now.ts'
import type { SealView } from './model.ts'
import { SealLine } from './SealLine.tsx'
import { illsOf } from './stock-order.ts'

/** One device whole: how it is, where it was last, the journey it is on, and what may be said to it. */
export function StockSeal({ seal }: { seal: SealView }) {
  const app = useApp()
  const say = useSay()
  const { language } = useStore(app.desk)
  const office = useOffice()
  const nowMs = useNow(1000)
  const ills = illsOf(seal, nowMs)
  const risk = seal.journey === undefined ? undefined : app.seals.state.get().rows.get(seal.journey)?.risk
  const rows: readonly (readonly [TextKey, React.ReactNode])[] = [
    ['seals.column.life', say(`seals.life.${seal.life}`)],
    ['seals.stock-column.ills', ills.length === 0 ? say('seals.health-good') : ills.map(ill => say(`seals.ill.${ill}`)).join(' · ')],
    ['seals.stock-column.battery', seal.batteryPercent === undefined ? '–' : `${seal.batteryPercent} %`],
    [
      'seals.stock-column.heard',
      seal.lastAtMs === undefined
        ? say('seals.never-heard')
        : `${age(nowMs - seal.lastAtMs, language)} (${momentKst(seal.lastAtMs, nowMs)})`,
    ],
    ['seals.column.line', say(seal.isConnected ? 'seals.connected' : 'seals.not-connected')],
    ['seals.device-clock', seal.lagMs === undefined ? '–' : say('seals.clock-off', { n: Math.round(seal.lagMs / 1000) })],
    ['seals.lock', seal.locked === undefined ? '–' : say(seal.locked ? 'seals.locked' : 'seals.unlocked')],
    ['seals.stock-column.maker', [seal.maker, seal.model].filter(Boolean).join(' ') || '–'],
    ['seals.stock-column.firmware', seal.firmware ?? '–'],
    ['seals.stock-column.protocol', `${seal.protocol} · ${seal.deviceId}`],
    ['seals.every', say('seals.command.every', { n: seal.reportEveryS })],
    ['seals.stock-column.office', office(seal.organisation)],
    ['seals.device-reports', thousands(seal.reports ?? 0)],
    ['seals.device-place', seal.lat === undefined || seal.lon === undefined ? '–' : ddm(seal.lat, seal.lon)],
    [
      'seals.column.journey',
      seal.journey === undefined ? (
        '–'
      ) : (
        <button key="journey" type="button" className="link-button" onClick={() => app.go({ sieve: undefined, item: seal.journey })}>
          {seal.journey}
        </button>
      ),
    ],
  ]
  return (
    <Panel label={say('seals.device')} region="seal" className="journey">
      <PanelHead title={seal.number}>
        {seal.isDemo && <span className="tag">{say('seals.demo')}</span>}
        <button type="button" className="button button--plain push" onClick={() => app.go({ item: undefined })}>
          {say('act.close')}
        </button>
      </PanelHead>
      <div className="grow scroll">
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
        <section className="facts-part">
          <SealLine key={seal.id} seal={seal.id} fitting="container" isHighRisk={risk === 'high'} />
        </section>
      </div>
    </Panel>
  )
}
