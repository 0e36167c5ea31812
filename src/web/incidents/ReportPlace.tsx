import { useApp, useSay } from '../app.ts'
import { ddm, momentKst } from '../i18n/format.ts'
import { useStore } from '../shell/store.ts'
import { useNow } from '../ui/use-now.ts'
import type { Draft } from './model.ts'
import { PlaceMap } from './PlaceMap.tsx'
import { Part, TimeField } from './parts.tsx'

/** Where and when: read from the words, named, picked on the chart or this device's own. */
export function ReportPlace({ draft }: { draft: Draft }) {
  const app = useApp()
  const say = useSay()
  const { form } = app.incidents
  useStore(form.readOut)
  const nowMs = useNow(30_000)
  const place = form.place()
  const at = place?.lat !== undefined && place.lon !== undefined ? { lat: place.lat, lon: place.lon } : undefined
  return (
    <Part label={say('incidents.place-time')} note={say('incidents.place-note')}>
      <div className="place-box">
        <PlaceMap place={at} onPick={picked => form.change({ place: { ...place, label: place?.label ?? '', ...picked } })} />
        <div className="place-box__words">
          <input
            className="input"
            value={draft.place?.label ?? place?.label ?? ''}
            placeholder={say('incidents.place-example')}
            aria-label={say('incidents.place')}
            onChange={event => form.namePlace(event.target.value)}
          />
          <span className="note">
            {at ? ddm(at.lat, at.lon) : say('incidents.no-position')} <OwnPosition />
          </span>
          {draft.occurredAtMs === undefined ? (
            <span>
              <b>{say('incidents.now', { time: momentKst(nowMs, nowMs) })}</b>{' '}
              <button
                type="button"
                className="link-button"
                onClick={() => form.change({ occurredAtMs: Math.floor(app.now() / 60_000) * 60_000 })}
              >
                {say('incidents.change')}
              </button>
            </span>
          ) : (
            <span className="place-box__time">
              <TimeField atMs={draft.occurredAtMs} label={say('incidents.when')} onChange={occurredAtMs => form.change({ occurredAtMs })} />
              <button type="button" className="link-button" onClick={() => form.clear('occurredAtMs')}>
                {say('incidents.to-now')}
              </button>
            </span>
          )}
        </div>
      </div>
    </Part>
  )
}

/** Where this device is: for whoever reports from the spot. Browsers tell it over TLS only. */
function OwnPosition() {
  const app = useApp()
  const say = useSay()
  const { form } = app.incidents
  if (!('geolocation' in navigator) || !window.isSecureContext) return null
  return (
    <button
      type="button"
      className="link-button"
      onClick={() =>
        navigator.geolocation.getCurrentPosition(
          ({ coords }) => {
            const place = form.place()
            form.change({ place: { ...place, label: place?.label ?? '', lat: coords.latitude, lon: coords.longitude } })
          },
          () => app.toast(say('incidents.position-refused'), { tone: 'bad' }),
          { enableHighAccuracy: true, timeout: 15_000, maximumAge: 30_000 },
        )
      }
    >
      {say('incidents.own-position')}
    </button>
  )
}
