// Shapes of the room that others may know: the browser, the wall. Times in the API are ISO 8601.
import type { Topic } from '#platform/bus/index.ts'
import type { Report } from './report.ts'

export type {
  Block,
  Cell,
  Column,
  Line,
  Paper,
  PaperKind,
  PaperLanguage,
  Row,
  Section,
  SectionId,
} from './model.ts'

/** Told after it is on the disk. */
export interface ReportFact {
  readonly report: Report
}
export const REPORT_CHANGED: Topic<ReportFact> = { name: 'report.changed' }
