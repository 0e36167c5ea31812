// What is seen, taken out: the chart as a picture with time and source under it, the ships in view and a track as GeoJSON, CSV or GPX. Demo data are marked
// in every one of them; a CSV cell never starts a formula.
import type { App } from '../app.ts'
import { dateTimeKst, ddm } from '../i18n/format.ts'
import type { TrackPoint } from '../vessels/model.ts'

export async function exportChart(app: App): Promise<undefined> {
  const chart = app.chart.get()
  if (!chart) return undefined
  const picture = await chart.picture()
  const ratio = devicePixelRatio
  const foot = 30 * ratio
  const canvas = document.createElement('canvas')
  canvas.width = picture.width
  canvas.height = picture.height + foot
  const c = canvas.getContext('2d')
  if (!c) return undefined
  c.drawImage(picture, 0, 0)
  c.fillStyle = '#ffffff'
  c.fillRect(0, picture.height, canvas.width, foot)
  c.fillStyle = '#10202e'
  c.font = `600 ${12 * ratio}px 'Pretendard Variable', 'Noto Sans KR', sans-serif`
  c.textBaseline = 'middle'
  const { lat, lon } = app.address.get()
  c.fillText(
    `${app.say('app.name')} · ${dateTimeKst(app.shownNow())} KST · ${ddm(lat, lon)} · ${app.say('chart.source')}`,
    12 * ratio,
    picture.height + foot / 2,
  )
  if (app.status.get()?.isDemo) {
    c.save()
    c.translate(canvas.width / 2, picture.height / 2)
    c.rotate(-0.25)
    c.textAlign = 'center'
    c.globalAlpha = 0.28
    c.fillStyle = '#f4d548'
    c.font = `800 ${64 * ratio}px 'Pretendard Variable', sans-serif`
    c.fillText(app.say('header.demo'), 0, 0)
    c.restore()
  }
  const blob = await new Promise<Blob | null>(done => canvas.toBlob(done, 'image/png'))
  if (blob) save(blob, `${nameOf(app, 'chart')}.png`)
  return undefined
}

export function exportShips(app: App): undefined {
  const chart = app.chart.get()
  const features = [...app.inView.get()].flatMap(mmsi => {
    const place = chart?.placeOf(mmsi)
    return place
      ? [
          {
            type: 'Feature',
            properties: { mmsi, name: app.link.nameOf(mmsi), ...(app.status.get()?.isDemo ? { demo: true } : {}) },
            geometry: { type: 'Point', coordinates: [place.lon, place.lat] },
          },
        ]
      : []
  })
  save(
    new Blob([JSON.stringify({ type: 'FeatureCollection', features })], { type: 'application/geo+json' }),
    `${nameOf(app, 'ships')}.geojson`,
  )
  return undefined
}

export function exportTrack(app: App): undefined {
  const ship = app.selected.state.get()
  if (!ship) return undefined
  const name = app.link.nameOf(ship.mmsi) ?? String(ship.mmsi)
  save(
    new Blob([trackCsv(ship.mmsi, name, ship.track, app.status.get()?.isDemo ?? false)], { type: 'text/csv' }),
    `${nameOf(app, `track-${ship.mmsi}`)}.csv`,
  )
  return undefined
}

/** RFC 4180; a cell that would start a formula in a spreadsheet is led by an apostrophe. */
export function trackCsv(mmsi: number, name: string, track: readonly TrackPoint[], isDemo: boolean): string {
  const cell = (text: string): string => {
    const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
    return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
  }
  const rows = track.map(point =>
    [
      mmsi,
      cell(name),
      new Date(point.atMs).toISOString(),
      point.lat.toFixed(6),
      point.lon.toFixed(6),
      Number.isNaN(point.sogKn) ? '' : point.sogKn,
      Number.isNaN(point.cogDeg) ? '' : point.cogDeg,
      ...(isDemo ? ['demo'] : []),
    ].join(','),
  )
  return `${[`mmsi,name,time,lat,lon,sogKn,cogDeg${isDemo ? ',source' : ''}`, ...rows].join('\r\n')}\r\n`
}

const nameOf = (app: App, what: string): string =>
  `mangru-${app.status.get()?.isDemo ? 'demo-' : ''}${what}-${new Date(app.shownNow()).toISOString().slice(0, 16).replace(/[-:]/g, '')}Z`

function save(blob: Blob, name: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(blob)
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000)
}
