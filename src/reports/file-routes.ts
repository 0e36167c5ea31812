// The report as files, and the printed pages as pictures.
import { createReadStream, existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Type } from 'typebox'
import { type FileForm, FORMS } from './press.ts'
import { refusal } from './refusals.ts'
import { Id, Language, mine, type ReportRoutesOptions } from './route-options.ts'
import { reportFolder, sha256 } from './seal.ts'

const CONTENT_TYPES: Readonly<Record<FileForm, string>> = {
  pdf: 'application/pdf',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  hwpx: 'application/hwp+zip',
  html: 'text/html; charset=utf-8',
}
/** A page that is only looked at: it runs nothing and asks for nothing. */
const LOOK_ONLY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'"

export function fileRoutes({ http, reports, press, data }: ReportRoutesOptions): void {
  http.route({
    method: 'GET',
    path: '/api/reports/:id/files/:form',
    deed: 'reports.look',
    summary: 'The report as a file: pdf, docx, hwpx, html; sealed ones as they were sealed',
    tag: 'reports',
    params: Type.Object({ ...Id.properties, form: Type.Union(FORMS.map(form => Type.Literal(form))) }),
    query: Type.Object({ lang: Language }),
    produces: 'application/pdf',
    async handle({ params, query, reply, ...acting }) {
      mine(acting)
      const language = query.lang ?? 'ko'
      const name = language === 'ko' ? `report.${params.form}` : `report.en.${params.form}`
      const seal = reports.get(params.id)?.seal
      reply.header('content-type', CONTENT_TYPES[params.form])
      const disposition = params.form === 'html' || params.form === 'pdf' ? 'inline' : 'attachment'
      reply.header('content-disposition', `${disposition}; filename="${params.id}${language === 'ko' ? '' : '.en'}.${params.form}"`)
      if (params.form === 'html') reply.header('content-security-policy', LOOK_ONLY)
      if (seal?.sha256[name] !== undefined) {
        const file = join(reportFolder(data, params.id), name)
        if (!existsSync(file) || sha256(readFileSync(file)) !== seal.sha256[name]) throw refusal('not-sealed-form')
        return createReadStream(file)
      }
      const composed = await reports.paper(params.id, language)
      if (!composed) throw refusal('no-report')
      const printed = await press.print(await press.fit(composed.paper), params.form)
      if (!printed.ok) throw refusal('no-pdf')
      return printed.value
    },
  })
  http.route({
    method: 'GET',
    path: '/api/reports/:id/pages',
    deed: 'reports.look',
    summary: 'The printed pages as one picture (SVG), one below the other, each 210 × 297',
    tag: 'reports',
    params: Id,
    query: Type.Object({ lang: Language, of: Type.Optional(Type.String({ description: 'any word: a new one asks anew' })) }),
    produces: 'image/svg+xml',
    async handle({ params, query, reply, ...acting }) {
      mine(acting)
      const composed = await reports.paper(params.id, query.lang ?? 'ko')
      if (!composed) throw refusal('no-report')
      const pages = await press.pages(await press.fit(composed.paper))
      if (!pages.ok) throw refusal('no-pages')
      reply.header('content-type', 'image/svg+xml; charset=utf-8')
      reply.header('content-security-policy', LOOK_ONLY)
      return pages.value.svg
    },
  })
}
