// alerts: the life of an alarm.
export { ALARM_CHANGED, type Alarm, type HistoryLine, isOpen } from './alarm.ts'
export { ALERTS_MIGRATIONS, type Alerts, createAlerts } from './alerts.ts'
export { alarmAsOf } from './as-of.ts'
export { DETECTOR_WORDS } from './detector-words.ts'
export { ALERTS_POLICIES, ALERTS_TOPICS } from './policy.ts'
export { alertRoutes } from './routes.ts'
export { alarmView } from './view.ts'
