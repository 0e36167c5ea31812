// The printed pages themselves, as pictures set by the typesetter: what the PDF will be, page by page.
import { useEffect, useState } from 'react'
import { useSay } from '../app.ts'
import { Bones, State } from '../ui/parts.tsx'
import type { ReportView } from './model.ts'

/** Height of an A4 page by its width. */
const A4 = 297 / 210

export function PagesView({ report }: { report: ReportView }) {
  const say = useSay()
  const [pages, setPages] = useState<{ readonly source: string; readonly count: number }>()
  const [isBroken, setBroken] = useState(false)
  const { id, paper, revision, fingerprint } = report
  useEffect(() => {
    let made: string | undefined
    let isGone = false
    // One answer for all pages: each is a window on the same picture.
    setPicture(`/api/reports/${encodeURIComponent(id)}/pages?lang=${paper.language}&of=${revision}-${fingerprint.slice(0, 12)}`).then(
      found => {
        made = found.source
        if (isGone) URL.revokeObjectURL(found.source)
        else setPages(found)
      },
      () => setBroken(true),
    )
    return () => {
      isGone = true
      if (made) URL.revokeObjectURL(made)
    }
  }, [id, paper.language, revision, fingerprint])
  if (isBroken) return <State title={say('reports.no-pages')} note={say('reports.no-pages-note')} />
  if (!pages) return <Bones blocks={4} />
  const { source, count } = pages
  return (
    <div className="report-pages">
      {Array.from({ length: count }, (_, n) => (
        <div key={`${source} ${n}`} className="report-page">
          <img
            src={source}
            alt={say('reports.page-n', { n: n + 1, of: count })}
            style={{ top: `${-100 * n}%`, height: `${100 * count}%` }}
          />
        </div>
      ))}
    </div>
  )
}

async function setPicture(address: string): Promise<{ readonly source: string; readonly count: number }> {
  const answer = await fetch(address)
  if (!answer.ok) throw new Error(String(answer.status))
  const source = URL.createObjectURL(await answer.blob())
  const picture = new Image()
  picture.src = source
  await picture.decode()
  return { source, count: Math.max(1, Math.round(picture.naturalHeight / picture.naturalWidth / A4)) }
}
