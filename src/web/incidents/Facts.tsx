import { useState } from 'react'
import { useApp, useSay } from '../app.ts'
import { ddm, momentKst } from '../i18n/format.ts'
import { useStore } from '../shell/store.ts'
import { CommandButton } from '../ui/parts.tsx'
import { useNow } from '../ui/use-now.ts'
import { markReport } from './commands.ts'
import { FileThumb } from './FileThumb.tsx'
import { NewPerson } from './GoodsAndPeople.tsx'
import { LinkField } from './LinkField.tsx'
import type { Full, Link } from './model.ts'
import { PlaceMap } from './PlaceMap.tsx'
import { LinkSign, useGoodsWords, useOffice, useOpenLink } from './parts.tsx'
import { usePicture } from './use-picture.ts'

/** Beside the story: where, when, what and who in short; links, photos, the daily report. */
export function Facts({ incident }: { incident: Full }) {
  return (
    <aside className="incident__facts scroll">
      <Where incident={incident} />
      <Short incident={incident} />
      <Links incident={incident} />
      <Files incident={incident} />
      <DailyReport incident={incident} />
    </aside>
  )
}

function Where({ incident }: { incident: Full }) {
  const app = useApp()
  const { lat, lon } = incident.place ?? {}
  const { tracks, marks, areas } = usePicture(incident)
  return (
    <div className="incident__map">
      <PlaceMap place={lat !== undefined && lon !== undefined ? { lat, lon } : undefined} tracks={tracks} marks={marks} areas={areas} />
      <span className="incident__on-chart">
        <CommandButton command={app.commands().find(command => command.id === 'incident.on-chart')} />
      </span>
    </div>
  )
}

function Short({ incident }: { incident: Full }) {
  const app = useApp()
  const say = useSay()
  const office = useOffice()
  const goods = useGoodsWords()
  const nowMs = useNow(30_000)
  const { lat, lon, label } = incident.place ?? {}
  return (
    <dl className="facts">
      <dt>{say('incidents.when')}</dt>
      <dd>
        <b>{momentKst(incident.occurredAtMs, nowMs)}</b>{' '}
        <span className="note">{say('incidents.received-at', { time: momentKst(incident.reportedAtMs, nowMs) })}</span>
      </dd>
      <dt>{say('incidents.where')}</dt>
      <dd>
        {incident.place ? (
          <>
            <b>{label}</b> {lat !== undefined && lon !== undefined && <span className="note">{ddm(lat, lon)}</span>}
          </>
        ) : (
          <span className="note">{say('incidents.no-place')}</span>
        )}
      </dd>
      {incident.goods.length > 0 && (
        <>
          <dt>{say('incidents.goods')}</dt>
          <dd>
            {incident.goods.map((one, i) => (
              <div key={i}>
                <b>{goods(one)}</b> <span className="note">{say(`incidents.goods.${one.type}`)}</span>
              </div>
            ))}
          </dd>
        </>
      )}
      <dt>{say('incidents.people')}</dt>
      <dd>
        {incident.people.length > 0 && (
          <>
            <b>{incident.people.map(person => `${say(`incidents.role.${person.role}`)} ${person.masked}`).join(', ')}</b>{' '}
            {app.may('incidents.people') ? (
              <button
                type="button"
                className="link-button"
                onClick={() => app.overlay.set({ kind: 'incident-form', form: 'people', id: incident.id })}
              >
                {say('incidents.unmask')}
              </button>
            ) : (
              <span className="note">{say('incidents.masked')}</span>
            )}{' '}
          </>
        )}
        <AddPerson incident={incident} />
      </dd>
      <dt>{say('incidents.told-to')}</dt>
      <dd>
        {incident.organisations.map(one => office(one, true)).join(' · ')} <Share incident={incident} />
      </dd>
    </dl>
  )
}

/** One more organisation is told of it: chosen, and done. */
function Share({ incident }: { incident: Full }) {
  const app = useApp()
  const say = useSay()
  const office = useOffice()
  const offices = useStore(app.incidents.offices)
  const [isOpen, setOpen] = useState(false)
  if (!app.may('incidents.write') || incident.mergedInto) return null
  if (!isOpen)
    return (
      <button type="button" className="link-button" onClick={() => setOpen(true)}>
        {say('incidents.share')} +
      </button>
    )
  return (
    <select
      className="input"
      aria-label={say('incidents.share-with')}
      autoFocus
      value=""
      onBlur={() => setOpen(false)}
      onChange={event => {
        setOpen(false)
        app.incidents
          .deed(incident.id, 'share', { organisations: [event.target.value] })
          .catch(reason => app.toast(reason instanceof Error ? reason.message : String(reason), { tone: 'bad' }))
      }}
    >
      <option value="">{say('incidents.share-with')}</option>
      {offices
        .filter(one => !incident.organisations.includes(one.id))
        .map(one => (
          <option key={one.id} value={one.id}>
            {office(one.id)}
          </option>
        ))}
    </select>
  )
}

/** A person entered later: the same line as in the form. */
function AddPerson({ incident }: { incident: Full }) {
  const app = useApp()
  const say = useSay()
  const [isOpen, setOpen] = useState(false)
  if (!app.may('incidents.write') || incident.mergedInto) return null
  if (!isOpen)
    return (
      <button type="button" className="link-button" onClick={() => setOpen(true)}>
        {say('incidents.add-person')} +
      </button>
    )
  return (
    <NewPerson
      onAdd={person => {
        setOpen(false)
        app.incidents
          .deed(incident.id, 'people', { person })
          .catch(reason => app.toast(reason instanceof Error ? reason.message : String(reason), { tone: 'bad' }))
      }}
    />
  )
}

function Links({ incident }: { incident: Full }) {
  const app = useApp()
  const say = useSay()
  const [isAdding, setAdding] = useState(false)
  const refuse = (reason: unknown): void => app.toast(reason instanceof Error ? reason.message : String(reason), { tone: 'bad' })
  const others = [...incident.related.map(one => [one, 'relate'] as const), ...incident.mergedFrom.map(one => [one, 'merge-from'] as const)]
  return (
    <section className="facts-part">
      <h3>
        {say('incidents.links')}{' '}
        <span className="push note">
          {incident.links.length + others.length}
          {app.may('incidents.write') && (
            <button type="button" className="link-button" onClick={() => setAdding(!isAdding)}>
              {say('incidents.add')} +
            </button>
          )}
        </span>
      </h3>
      {isAdding && (
        <LinkField
          onAdd={link => {
            setAdding(false)
            app.incidents.deed(incident.id, 'links', { link }).catch(refuse)
          }}
        />
      )}
      {incident.links.map(link => (
        <LinkRow
          key={`${link.kind}:${link.id}`}
          link={link}
          onRemove={() =>
            app.incidents.deed(incident.id, 'unlinks', { link: { kind: link.kind, id: link.id, label: link.label } }).catch(refuse)
          }
        />
      ))}
      {others.map(([one, how]) => (
        <button key={one.id} type="button" className="link-row" onClick={() => app.go({ item: one.id })}>
          <LinkSign kind="other" />
          <span>
            <b>{one.title}</b> <small>{one.number}</small>
          </span>
          <small>{say(`incidents.deed.${how}`)}</small>
        </button>
      ))}
      {incident.links.length + others.length === 0 && !isAdding && <p className="note">{say('incidents.no-links')}</p>}
    </section>
  )
}

/** Goes to what is linked where a page for it stands; what has none yet is kept and says so. */
function LinkRow({ link, onRemove }: { link: Link; onRemove: () => void }) {
  const app = useApp()
  const say = useSay()
  const go = useOpenLink()(link)
  const hasPage = go !== undefined
  return (
    <div className="link-row">
      <LinkSign kind={link.kind} />
      <span>
        {hasPage ? (
          <button type="button" className="link-row__go" onClick={go}>
            {link.label}
          </button>
        ) : (
          <b>{link.label}</b>
        )}{' '}
        <small>{say(`incidents.link.${link.kind}`)}</small>
      </span>
      <small>
        {hasPage || link.kind === 'area'
          ? link.label === link.id
            ? ''
            : link.kind === 'ship'
              ? link.id
              : ''
          : say('incidents.not-linked-yet')}
      </small>
      {app.may('incidents.write') && (
        <button type="button" className="link-row__remove" aria-label={say('incidents.unlink', { label: link.label })} onClick={onRemove}>
          ×
        </button>
      )}
    </div>
  )
}

function Files({ incident }: { incident: Full }) {
  const say = useSay()
  if (incident.files.length === 0) return null
  return (
    <section className="facts-part">
      <h3>
        {say('incidents.files-head')} {incident.files.length} <span className="push note">{say('incidents.hash-kept')}</span>
      </h3>
      <div className="file-grid">
        {incident.files.map(file => (
          <FileThumb key={file.id} file={file} />
        ))}
      </div>
    </section>
  )
}

function DailyReport({ incident }: { incident: Full }) {
  const app = useApp()
  const say = useSay()
  const mark = incident.thread.findLast(step => step.deed === 'daily-report')
  const nowMs = useNow(30_000)
  const can = app.may('incidents.mark-report')
  return (
    <div className="daily-mark">
      <button
        type="button"
        role="switch"
        aria-checked={incident.isInDailyReport}
        aria-label={say('incidents.in-report')}
        aria-disabled={!can}
        className={`switch ${incident.isInDailyReport ? 'is-on' : ''}`}
        onClick={() =>
          can && void markReport(app).catch(reason => app.toast(reason instanceof Error ? reason.message : String(reason), { tone: 'bad' }))
        }
      />
      <b>{say('incidents.in-report')}</b>
      {incident.isInDailyReport && can && (
        <button
          type="button"
          className="link-button"
          onClick={() => app.overlay.set({ kind: 'incident-form', form: 'report-text', id: incident.id })}
        >
          {say(incident.dailyReportText ? 'incidents.report-text-own' : 'incidents.report-text')}
        </button>
      )}
      {mark && (
        <span className="push note">
          {mark.by.name} · {momentKst(mark.atMs, nowMs)}
        </span>
      )}
    </div>
  )
}
