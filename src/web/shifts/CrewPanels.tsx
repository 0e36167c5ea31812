import { useApp, useSay } from '../app.ts'
import { minuteKst, momentKst } from '../i18n/format.ts'
import { useStore } from '../shell/store.ts'
import { Panel, PanelHead, Tick } from '../ui/parts.tsx'
import { useNow } from '../ui/use-now.ts'
import type { OnDuty, Standing } from './model.ts'
import { useOfficeName } from './parts.tsx'

/** Somebody who signs in this long before the watch has come for it. */
const EARLY_MS = 2 * 3_600_000

/** Who comes, with when they came (their sign-in, from the log), and who goes. */
export function CrewPanels() {
  const app = useApp()
  const say = useSay()
  const { language } = useStore(app.desk)
  const duty = useStore(app.shifts.duty)
  const { lines } = useStore(app.shifts.log)
  const nowMs = useNow(30_000)
  if (!duty?.now) return null
  const { now, next } = duty
  const cameAt = (person: string, watch: OnDuty['watch']): number | undefined =>
    lines.find(line => line.kind === 'sign-in' && line.atMs >= watch.fromMs - EARLY_MS && line.links.some(link => link.id === person))?.atMs
  const hoursOf = (watch: OnDuty['watch']): number => Math.round((watch.toMs - watch.fromMs) / 3_600_000)
  const alarms = lines.filter(line => line.kind === 'alarm' && line.atMs >= now.watch.fromMs && line.id.endsWith(':0')).length
  const named = next?.people.filter(one => one.person !== undefined) ?? []
  const come = next ? named.filter(one => cameAt(one.person ?? '', next.watch) !== undefined).length : 0
  return (
    <>
      {next && (
        <Panel label={say('shifts.incoming')} className="crew-panel">
          <PanelHead title={say('shifts.coming', { crew: next.watch.crew[language] })}>
            <span className="note">
              {next.watch.watch[language]} · {say('shifts.people', { n: next.people.length })} · {momentKst(next.watch.fromMs, nowMs)}
            </span>
            {named.length > 0 && (
              <b className={`push ${come === named.length ? 'tone-good' : 'note'}`}>
                {come === named.length ? say('shifts.all-here') : say('shifts.here', { n: come, of: named.length })}
              </b>
            )}
          </PanelHead>
          <ul className="crew">
            {next.people.map(one => (
              <Seat key={one.seat.id} one={one} cameMs={one.person === undefined ? undefined : cameAt(one.person, next.watch)} />
            ))}
          </ul>
        </Panel>
      )}
      <Panel label={say('shifts.outgoing')} className="crew-panel">
        <PanelHead title={say('shifts.on-watch', { crew: now.watch.crew[language] })}>
          <span className="note">
            {now.watch.watch[language]} · {say('shifts.until-time', { time: momentKst(now.watch.toMs, nowMs) })}
          </span>
          <span className="push note">{say('shifts.hours-alarms', { hours: hoursOf(now.watch), alarms })}</span>
        </PanelHead>
        <p className="crew-words">
          {now.people.map((one, n) => (
            <span key={one.seat.id}>
              {n > 0 && ' · '}
              {one.seat[language]}{' '}
              {one.name ? (
                <b>{one.name}</b>
              ) : one.person === undefined && one.insteadOf ? (
                <b className="tone-warn">{say('shifts.empty-seat')}</b>
              ) : null}
              {one.insteadOfName && (
                <small className="note"> {say(`shifts.instead.${one.why ?? 'swap'}`, { name: one.insteadOfName })}</small>
              )}
            </span>
          ))}
        </p>
      </Panel>
    </>
  )
}

function Seat({ one, cameMs }: { one: Standing; cameMs: number | undefined }) {
  const app = useApp()
  const say = useSay()
  const { language } = useStore(app.desk)
  const isEmpty = one.person === undefined && one.insteadOf !== undefined
  return (
    <li>
      <span className="author-sign" aria-hidden="true">
        {(one.name ?? one.seat[language]).slice(0, 1)}
      </span>
      <span>
        <b>{one.name ?? (isEmpty ? say('shifts.empty-seat') : one.seat[language])}</b>
        <small>
          {one.name || isEmpty ? one.seat[language] : ''}
          {one.insteadOfName ? ` · ${say(`shifts.instead.${one.why ?? 'swap'}`, { name: one.insteadOfName })}` : ''}
        </small>
      </span>
      <span className="push note">{cameMs === undefined ? '' : minuteKst(cameMs)}</span>
    </li>
  )
}

/** How the hand-over stands at each site; one click looks at that site. */
export function SitesPanel() {
  const app = useApp()
  const say = useSay()
  const office = useOfficeName()
  const sites = useStore(app.shifts.sites)
  const offices = useStore(app.shifts.offices)
  const own = useStore(app.shifts.organisation)
  const nowMs = useNow(15_000)
  const below = sites.filter(site => offices.find(one => one.id === site.organisation)?.kind !== 'head-office')
  if (below.length < 2) return null
  const isCentre = (id: string): boolean => offices.find(one => one.id === id)?.kind === 'control-centre'
  const isDone = (site: (typeof sites)[number]): boolean => site.sheet?.state === 'done'
  const done = below.filter(isDone).length
  const latest = Math.max(...below.flatMap(site => (site.sheet && site.sheet.from.toMs <= nowMs ? [site.sheet.from.toMs] : [])), 0)
  return (
    <Panel label={say('shifts.sites', { n: below.length })} className="sites-panel">
      <PanelHead title={say('shifts.sites', { n: below.length })}>
        <span className="note">{say('shifts.sites-done', { n: done })}</span>
        {latest > 0 && <span className="push note">{say('shifts.as-of', { time: minuteKst(latest) })}</span>}
      </PanelHead>
      <div className="sites">
        {below.map(({ organisation, sheet }) => {
          const state = !sheet ? 'none' : sheet.state === 'done' ? 'done' : nowMs >= sheet.from.toMs ? 'late' : 'open'
          return (
            <button
              key={organisation}
              type="button"
              className={`site is-${state} ${organisation === own ? 'is-on' : ''}`}
              title={`${office(organisation)} · ${say(`shifts.site.${state}`)}`}
              onClick={() => {
                app.shifts.look(organisation)
                app.go({ item: organisation })
              }}
            >
              {state === 'done' ? <Tick /> : <i aria-hidden="true" />}
              <span>
                {isCentre(organisation) ? say('shifts.centre', { name: office(organisation, true) }) : office(organisation, true)}
              </span>
              <span className="hidden-text">{say(`shifts.site.${state}`)}</span>
            </button>
          )
        })}
      </div>
    </Panel>
  )
}

/** The phone book: only numbers that somebody has rung are marked. */
export function PhonesPanel() {
  const app = useApp()
  const say = useSay()
  const { language } = useStore(app.desk)
  const phones = useStore(app.shifts.phones)
  const nowMs = useNow(60_000)
  return (
    <Panel label={say('shifts.phones')} className="phones-panel">
      <PanelHead title={say('shifts.phones')}>
        <span className="note">
          {phones.length > 0 && say('shifts.confirmed-of', { n: phones.filter(one => one.confirmed).length, of: phones.length })}
        </span>
        {app.may('phones.change') && (
          <button
            type="button"
            className="button button--plain push"
            onClick={() => app.shifts.middle.set(app.shifts.middle.get() === 'phones' ? 'sheet' : 'phones')}
          >
            {say('shifts.phones-write')} <kbd>P</kbd>
          </button>
        )}
      </PanelHead>
      <ul className="phones">
        {phones.length === 0 && <li className="note">{say('shifts.no-phones')}</li>}
        {phones.map(one => (
          <li key={one.id}>
            <span>{one[language]}</span>
            <b className="push">{one.number}</b>
            {one.confirmed ? (
              <span
                className="tone-good phones__mark"
                title={say('shifts.confirmed-by', { name: one.confirmed.name, time: momentKst(one.confirmed.atMs, nowMs) })}
              >
                <Tick />
                <span className="hidden-text">{say('shifts.confirmed')}</span>
              </span>
            ) : (
              <span className="note phones__mark">{say('shifts.unconfirmed')}</span>
            )}
            <a className="button button--plain" href={`tel:${one.number.replace(/[^\d+]/g, '')}`}>
              {say('shifts.call')}
            </a>
          </li>
        ))}
      </ul>
    </Panel>
  )
}
