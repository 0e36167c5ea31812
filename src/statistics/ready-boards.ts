// The boards that come with the product (design/ui.md §6.12): an overview and the eight of the trade. Parts whose room does not stand yet say so on the board.
import type { Board, Widget } from './schema.ts'

const part = (id: string, chart: Widget['chart'], width: number, measures: readonly string[], by?: Widget['by']): Widget => ({
  id,
  chart,
  width,
  measures,
  ...(by ? { by } : {}),
})
const figures = (id: string, ...measures: readonly string[]): Widget => part(id, 'figure', 12, measures)
const board = (id: string, ko: string, en: string, widgets: readonly Widget[]): Board => ({ id, ko, en, widgets })

export const READY_BOARDS: readonly Board[] = [
  board('overview', '종합', 'Overview', [
    figures('head', 'seizures', 'alarms', 'alarm-real-share', 'to-acknowledge', 'feed-availability', 'reports-on-time'),
    part('kinds', 'bars', 6, ['seizures'], 'kind'),
    part('times', 'times', 6, ['to-acknowledge', 'to-assign', 'to-dispatch', 'to-arrive', 'to-close']),
    part('rules', 'stack', 6, ['alarms'], 'kind'),
    part('hours', 'heat', 6, ['alarms']),
    part(
      'sites',
      'table',
      12,
      ['seizures', 'alarms', 'alarm-real-share', 'to-acknowledge', 'to-assign-90', 'arrivals', 'boardings', 'office-lines-on-time'],
      'organisation',
    ),
  ]),
  board('seizures', '적발', 'Seizures', [
    figures('head', 'seizures', 'seizure-value', 'narcotics-weight', 'threat-pieces'),
    part('kinds', 'bars', 6, ['seizures'], 'kind'),
    part('value', 'bars', 6, ['seizure-value'], 'kind'),
    part('curve', 'lines', 8, ['seizures']),
    part('offices', 'bars', 4, ['seizures'], 'organisation'),
    part('sites', 'table', 12, ['seizures', 'seizure-value', 'narcotics-weight', 'threat-pieces'], 'organisation'),
  ]),
  board('selection', '선별', 'Selection', [
    figures('head', 'high-risk-ships', 'checks', 'check-hits', 'hit-share', 'boardings', 'ships-boarded'),
    part('kinds', 'bars', 6, ['checks'], 'kind'),
    part('curve', 'lines', 6, ['checks', 'check-hits']),
    part('calls', 'map', 6, ['arrivals'], 'sub'),
    part('ports', 'bars', 6, ['arrivals'], 'sub'),
    part('sites', 'table', 12, ['arrivals', 'departures', 'boardings', 'checks', 'hit-share'], 'organisation'),
  ]),
  board('alarm-load', '경보 부하', 'Alarm load', [
    figures('head', 'alarms', 'alarms-grave', 'alarm-real-share', 'alarm-false-share'),
    part('rules', 'stack', 6, ['alarms'], 'kind'),
    part('hours', 'heat', 6, ['alarms']),
    part('curve', 'lines', 8, ['alarms', 'alarms-grave']),
    part('offices', 'bars', 4, ['alarms'], 'organisation'),
    part('sites', 'table', 12, ['alarms', 'alarms-grave', 'alarm-real-share', 'alarm-false-share'], 'organisation'),
  ]),
  board('times', '조치 시간', 'Time to act', [
    figures('head', 'to-acknowledge', 'to-acknowledge-90', 'response-mean', 'to-close', 'to-arrive'),
    part('times', 'times', 6, ['to-acknowledge', 'to-assign', 'to-dispatch', 'to-arrive', 'to-close']),
    part('curve', 'lines', 6, ['to-acknowledge', 'to-acknowledge-90']),
    part('rules', 'bars', 6, ['to-acknowledge'], 'kind'),
    part('offices', 'bars', 6, ['to-acknowledge-90'], 'organisation'),
    part(
      'sites',
      'table',
      12,
      ['alarms-grave', 'to-acknowledge', 'to-acknowledge-90', 'to-assign', 'to-close', 'to-close-90'],
      'organisation',
    ),
  ]),
  board('equipment', '장비 가동', 'Equipment', [
    figures('head', 'camera-availability', 'feed-availability', 'feed-silence'),
    part('feeds', 'bars', 6, ['feed-availability'], 'kind'),
    part('curve', 'lines', 6, ['feed-availability']),
    part('cameras', 'bars', 6, ['camera-availability'], 'organisation'),
    part('silence', 'bars', 6, ['feed-silence'], 'kind'),
  ]),
  board('seals', '전자봉인', 'e-Seals', [
    figures('head', 'seal-transports', 'seal-on-time', 'seal-trip', 'seal-violations', 'seal-openings'),
    part('kinds', 'bars', 6, ['seal-violations'], 'kind'),
    part('curve', 'lines', 6, ['seal-transports', 'seal-violations']),
    part('sites', 'table', 12, ['seal-transports', 'seal-on-time', 'seal-violations', 'seal-openings'], 'organisation'),
  ]),
  board('patrols', '순찰', 'Patrols', [
    figures('head', 'patrols', 'patrol-hours', 'to-dispatch', 'to-arrive'),
    part('sites', 'table', 12, ['patrols', 'patrol-hours', 'to-dispatch', 'to-arrive', 'to-arrive-90'], 'organisation'),
  ]),
  board('feeds', '수신망', 'Feeds', [
    figures('head', 'feed-availability', 'feed-silence'),
    part('feeds', 'bars', 6, ['feed-availability'], 'kind'),
    part('hours', 'heat', 6, ['feed-silence']),
    part('curve', 'lines', 12, ['feed-availability']),
  ]),
]
