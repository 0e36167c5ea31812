// What is sent at 07:00: the approved report to its list; where it is not approved, the paper marked ‘결재 진행 중 (2/4)’ to those named for that. The approved one follows when it is
// approved. Each once: the message's id is made of the report and what it is.
import { join } from 'node:path'
import type { Attachment, Mail } from '#platform/mail/index.ts'
import type { Statement } from '#platform/store/index.ts'
import type { Paper } from './model.ts'
import type { Press } from './press.ts'
import { isDecided, type Report, signedCount } from './report.ts'
import { keepFiles, reportFolder } from './seal.ts'

export interface DeliverOptions {
  readonly mail: Pick<Mail, 'statements'>
  readonly data: string
  readonly to: readonly string[]
  readonly unapprovedTo: readonly string[]
  readonly press: Press
}

export const approvedId = (report: Pick<Report, 'id'>): string => `${report.id}-approved`
export const unapprovedId = (report: Pick<Report, 'id'>): string => `${report.id}-unapproved`

const TYPES = { pdf: 'application/pdf', html: 'text/html; charset=utf-8' } as const

/** The sealed report, its PDF with it (its HTML page where no PDF could be set). */
export function approvedMail({ mail, data, to }: DeliverOptions, report: Report, paper: Paper, nowMs: number): readonly Statement[] {
  if (!report.seal || !isDecided(report) || to.length === 0) return []
  const form = report.seal.sha256['report.pdf'] ? 'pdf' : 'html'
  return mail.statements(
    {
      id: approvedId(report),
      subject: subjectOf(paper),
      text: textOf(paper, [`SHA-256 ${report.seal.sha256[`report.${form}`] ?? ''}`]),
      attachments: [attachment(report, form, join(reportFolder(data, report.id), `report.${form}`))],
      writtenAtMs: nowMs,
    },
    to,
  )
}

/** Not decided in time: the paper as it stands, marked so. Its file lies in a folder of its own beside the sealed one's. */
export async function unapprovedMail(
  { mail, data, unapprovedTo, press }: DeliverOptions,
  report: Report,
  paper: Paper,
  nowMs: number,
): Promise<readonly Statement[]> {
  if (unapprovedTo.length === 0) return []
  const fitted = await press.fit(paper)
  const pdf = await press.print(fitted, 'pdf')
  const form = pdf.ok ? 'pdf' : 'html'
  const printed = pdf.ok ? pdf : await press.print(fitted, 'html')
  if (!printed.ok) return []
  const folder = `${reportFolder(data, report.id)}.unapproved`
  keepFiles(folder, new Map([[`report.${form}`, printed.value]]))
  const standing = paper.standing ?? `${signedCount(report)}/${report.boxes.length}`
  return mail.statements(
    {
      id: unapprovedId(report),
      subject: `[${standing}] ${subjectOf(paper)}`,
      text: textOf(paper, [standing]),
      attachments: [attachment(report, form, join(folder, `report.${form}`))],
      writtenAtMs: nowMs,
    },
    unapprovedTo,
  )
}

const attachment = (report: Report, form: keyof typeof TYPES, file: string): Attachment => ({
  name: `${report.id}.${form}`,
  type: TYPES[form],
  file,
})
const subjectOf = (paper: Paper): string => `${paper.title} ${paper.asOf}`

/** For who reads mail without opening files: the headline and the main events, a line each. */
function textOf(paper: Paper, more: readonly string[]): string {
  const events = paper.sections.find(one => one.id === 'events')
  const lines = (events?.blocks ?? []).flatMap(block =>
    block.kind === 'lines'
      ? block.lines.map(line => `- ${line.lead ? `(${line.lead}) ` : ''}${line.text}`)
      : block.kind === 'words'
        ? [block.text]
        : [],
  )
  return [
    `${paper.title} ${paper.asOf}`,
    paper.span,
    '',
    ...(events ? [`□ ${events.title}`] : []),
    ...lines,
    '',
    paper.room,
    ...(paper.warning ? [paper.warning] : []),
    ...more,
  ].join('\n')
}
