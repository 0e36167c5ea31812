import { useApp, useSay } from '../app.ts'
import { momentKst } from '../i18n/format.ts'
import type { MapMark } from '../map/MapMarks.tsx'
import { useStore } from '../shell/store.ts'
import { Panel, PanelHead, State } from '../ui/parts.tsx'
import { useNow } from '../ui/use-now.ts'
import { InboxParts, useInboxCount } from './Inbox.tsx'
import type { Head } from './model.ts'
import { PlaceMap } from './PlaceMap.tsx'
import { StateMark, UrgencyMark, useOffice } from './parts.tsx'

const MOVED = 12
/** A name beside each mark as long as they can be told apart. */
const NAMED = 8
const NAME_LETTERS = 14

/** As long as none is chosen: where what the list shows lies, what waits for this person, and what moved last. */
export function Overview() {
  const app = useApp()
  const say = useSay()
  const { heads, order } = useStore(app.incidents.feed)
  const shown = order.shown.flatMap(id => heads.get(id) ?? [])
  const waiting = useInboxCount()
  return (
    <Panel label={say('incidents.overview')} className="incident-overview" region="incident">
      <PanelHead title={say('incidents.overview')}>
        <span className="note">{say('incidents.choose-note')}</span>
      </PanelHead>
      <div className="incident-overview__body">
        <PlaceMap place={undefined} marks={marksOf(shown, id => app.go({ item: id }))} areas={NO_AREAS} />
        <div className="incident-overview__side scroll">
          {waiting > 0 && (
            <section className="facts-part">
              <InboxParts />
            </section>
          )}
          <Moved heads={shown} />
        </div>
      </div>
    </Panel>
  )
}
const NO_AREAS: readonly never[] = []

function marksOf(shown: readonly Head[], open: (id: string) => void): readonly MapMark[] {
  const placed = shown.filter(head => head.place?.lat !== undefined && !head.mergedInto)
  const isNamed = (head: Head): boolean => head.state !== 'closed' && placed.filter(one => one.state !== 'closed').length <= NAMED
  const short = (title: string): string => (title.length > NAME_LETTERS ? `${title.slice(0, NAME_LETTERS)}…` : title)
  return placed.flatMap((head): MapMark[] => {
    const { lat, lon } = head.place ?? {}
    if (lat === undefined || lon === undefined) return []
    return [
      {
        key: head.id,
        lat,
        lon,
        look: `level-${head.urgency} ${head.state === 'closed' ? 'is-over' : ''}`,
        title: `${head.number} ${head.title}`,
        ...(isNamed(head) ? { label: short(head.title) } : {}),
        onOpen: () => open(head.id),
      },
    ]
  })
}

/** What was written in last, whatever its place in the list. */
function Moved({ heads }: { heads: readonly Head[] }) {
  const app = useApp()
  const say = useSay()
  const office = useOffice()
  const nowMs = useNow(30_000)
  const moved = [...heads].sort((a, b) => b.changedAtMs - a.changedAtMs).slice(0, MOVED)
  if (moved.length === 0) return <State title={say('incidents.none')} />
  return (
    <section className="facts-part">
      <h3>{say('incidents.moved-last')}</h3>
      {moved.map(head => (
        <button key={head.id} type="button" className="moved-row" onClick={() => app.go({ item: head.id })}>
          <time>{momentKst(head.changedAtMs, nowMs)}</time>
          <UrgencyMark urgency={head.urgency} />
          <span>
            <b>{head.title}</b> <small>{office(head.organisation, true)}</small>
          </span>
          <StateMark state={head.state} />
        </button>
      ))}
    </section>
  )
}
