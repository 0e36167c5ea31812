// The doors that belong to no room: the root certificate for desks to trust, whether the product is usable, and its figures for Prometheus.
import type { Alerts } from '#alerts/index.ts'
import type { Grant } from '#base/index.ts'
import type { Ledger } from '#evidence/index.ts'
import { type Http, notFound } from '#platform/http/index.ts'
import type { Live } from '#platform/live/index.ts'
import type { Store } from '#platform/store/index.ts'
import type { Pass, TrackArchive } from '#vessels/index.ts'
import type { LoopWatch } from './loop-watch.ts'

export interface DoorsOptions {
  readonly http: Http
  /** Root certificate of the local CA, where there is one. */
  readonly root: string | undefined
  /** What is impaired now, a sentence each. */
  faults(): readonly string[]
  readonly pass: Pass
  readonly ledger: Pick<Ledger, 'figures'>
  readonly tracks: Pick<TrackArchive, 'figures'>
  readonly store: Pick<Store, 'figures'>
  readonly live: Pick<Live, 'clients' | 'cut'>
  readonly alerts: Pick<Alerts, 'open'>
  readonly loop: Pick<LoopWatch, 'longestMs'>
  readonly backups: { lastWholeAtMs(): number | undefined }
}

export function doorRoutes(options: DoorsOptions): void {
  const { http, root, faults } = options
  http.route({
    method: 'GET',
    path: '/ca.crt',
    deed: 'open',
    summary: 'Root certificate of the local CA, for desks to trust',
    tag: 'status',
    produces: 'application/x-x509-ca-cert',
    handle({ reply }) {
      if (root === undefined)
        throw notFound({
          ko: '이 제품이 만든 인증기관(자체 인증서를 쓰거나 TLS 없음)',
          en: 'local certificate authority here (own certificate, or no TLS)',
        })
      reply.header('content-disposition', 'attachment; filename="mangru-ca.crt"')
      return root
    },
  })
  http.route({
    method: 'GET',
    path: '/healthz',
    deed: 'open',
    summary: 'Usable? 200, with what is impaired',
    tag: 'status',
    // A disk that refuses does not stop the watch: the picture and the alarms go on, so it is usable, and says what is wrong.
    handle: () => ({ ok: true, impaired: faults() }),
  })
  http.route({
    method: 'GET',
    path: '/metrics',
    deed: 'metrics.read',
    summary: 'Figures for Prometheus',
    tag: 'status',
    produces: 'text/plain; version=0.0.4',
    handle: ({ grant }) => metricsText(options, grant),
  })
}

function metricsText({ pass, live, loop, ...from }: DoorsOptions, grant: Grant): string {
  const [ledger, tracks, store] = [from.ledger.figures(), from.tracks.figures(), from.store.figures()]
  const open = from.alerts.open().filter(alarm => grant.covers(alarm.organisations ?? [])).length
  const backupAtMs = from.backups.lastWholeAtMs()
  const figures: readonly (readonly [string, string, number])[] = [
    ['mangru_ships', 'gauge', pass.picture.count],
    ['mangru_alarms_open', 'gauge', open],
    ...Object.entries(pass.counts).map(([name, value]) => [`mangru_fusion_${name}_total`, 'counter', value] as const),
    ['mangru_ledger_entries_total', 'counter', ledger.entries],
    ['mangru_ledger_waiting_bytes', 'gauge', ledger.waitingBytes],
    ['mangru_ledger_dropped_total', 'counter', ledger.droppedEntries],
    ['mangru_tracks_added_total', 'counter', tracks.added],
    ['mangru_tracks_waiting', 'gauge', tracks.waiting],
    ['mangru_tracks_dropped_total', 'counter', tracks.dropped],
    ['mangru_store_commits_total', 'counter', store.commits],
    ['mangru_live_screens', 'gauge', live.clients],
    ['mangru_live_cut_total', 'counter', live.cut],
    ['mangru_loop_longest_ms', 'gauge', loop.longestMs()],
    ...(backupAtMs === undefined ? [] : [['mangru_backup_whole_at_seconds', 'gauge', Math.round(backupAtMs / 1000)] as const]),
    ['mangru_memory_bytes', 'gauge', process.memoryUsage.rss()],
  ]
  return figures.map(([name, type, value]) => `# TYPE ${name} ${type}\n${name} ${value}\n`).join('')
}
