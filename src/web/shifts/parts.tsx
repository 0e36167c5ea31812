// Small parts of this room's screens: names of offices, letters of a roster, the sign of who wrote, words with links in them.
import type { ReactNode } from 'react'
import type { App } from '../app.ts'
import { useApp } from '../app.ts'
import { useStore } from '../shell/store.ts'
import { useOffices } from '../ui/use-offices.ts'
import type { LineView, LogLink, Watch } from './model.ts'

/** Names of organisations in the language chosen. */
export const useOfficeName = () => useOffices(useStore(useApp().shifts.offices))

const NOON = 12 * 60
/** By the hours of the watch: over midnight, from the afternoon on, by day. */
export const toneOf = (watch: Watch | undefined): 'day' | 'evening' | 'night' | 'off' =>
  !watch ? 'off' : watch.toMinute <= watch.fromMinute ? 'night' : watch.fromMinute >= NOON ? 'evening' : 'day'

/** Where a link leads: a ship's card, an alarm on the chart, an incident. */
export function follow(app: App, link: LogLink): void {
  if (link.kind === 'ship') app.go({ page: 'ships', card: Number(link.id), item: undefined })
  else if (link.kind === 'alarm') app.go({ page: 'situation', item: undefined, selection: { kind: 'alarm', id: link.id } })
  else if (link.kind === 'incident') app.go({ page: 'incidents', item: link.id })
  else if (link.kind === 'feed') app.go({ page: 'feeds', item: undefined })
  else if (link.kind === 'hand-over') void app.shifts.showSheet(link.id)
}
const LEADS: readonly LogLink['kind'][] = ['ship', 'alarm', 'incident', 'feed', 'hand-over']

/** The words of a line: what it names with # and @ is a link; a line of the product leads as a whole to what it tells of. */
export function LineWords({ line }: { line: LineView }) {
  const app = useApp()
  const { language } = useStore(app.desk)
  const words = language === 'en' && line.en !== undefined ? line.en : line.text
  if (!line.isByHand) {
    const to = line.links.find(link => LEADS.includes(link.kind))
    return to ? <Lead link={to}>{words}</Lead> : words
  }
  const parts: ReactNode[] = []
  let rest = words
  while (rest !== '') {
    const [first] = line.links
      .flatMap(link => ['#', '@'].map(mark => ({ link, at: rest.indexOf(mark + link.label) })))
      .filter(found => found.at >= 0)
      .sort((a, b) => a.at - b.at || b.link.label.length - a.link.label.length)
    if (!first) break
    const end = first.at + 1 + first.link.label.length
    parts.push(
      rest.slice(0, first.at),
      <Lead key={parts.length} link={first.link}>
        {rest.slice(first.at, end)}
      </Lead>,
    )
    rest = rest.slice(end)
  }
  return [...parts, rest]
}

function Lead({ link, children }: { link: LogLink; children: ReactNode }) {
  const app = useApp()
  if (!LEADS.includes(link.kind)) return <span className="log-name">{children}</span>
  return (
    <button type="button" className="log-link" onClick={() => follow(app, link)}>
      {children}
    </button>
  )
}
