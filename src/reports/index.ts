// reports: the papers of the room: the daily report, its approval, its files.

export { checkReports } from './check-files.ts'
export { type DraftOptions, draftPaper } from './draft.ts'
export { REPORTS_MIGRATIONS } from './migrations.ts'
export * from './model.ts'
export { asOfOf, isDay, periodOf } from './period.ts'
export { REPORTS_POLICIES, REPORTS_TOPICS } from './policy.ts'
export { createPress, type FileForm, FORMS, type Press } from './press.ts'
export { type ReadReport, readReport } from './read-report.ts'
export type { BoxPlan } from './report.ts'
export { createReports, type Reports } from './reports.ts'
export { REPORT_CHANGED, type ReportFact } from './schema.ts'
export { defaultReportsSettings, type ReportsSettings, readReportsSettings } from './settings.ts'
export type {
  FeedRun,
  LogLine,
  OfficeLine,
  ReportSources,
  RoomSources,
  ShipCalls,
  SiteStaff,
  SourceRecord,
  WaterCount,
} from './sources.ts'
export { type StartOptions, startReports } from './start.ts'
export { reportTimes } from './times.ts'
