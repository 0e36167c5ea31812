// alerts: the life of an alarm.
export { type Alarm, isOpen } from './alarm.ts'
export { ALERTS_MIGRATIONS, type Alerts, createAlerts } from './alerts.ts'
export { alertRoutes } from './routes.ts'
export { alarmView, reasonView } from './view.ts'
