import { useEffect } from 'react'
import { useApp } from '../app.ts'
import { useStore } from '../shell/store.ts'
import { Feed } from './Feed.tsx'
import { formatFilter, parseFilter } from './filter.ts'
import { LINK_KINDS } from './kinds.ts'
import type { Link } from './model.ts'
import { Overview } from './Overview.tsx'
import { ReportForm } from './ReportForm.tsx'
import { Story } from './Story.tsx'
import './incidents.css'

/** `new:camera:부산 43` → the camera; kinds as links have them. */
function aboutOf(item: string | undefined): Link | undefined {
  const [, word = '', id = ''] = /^new:(\w+):(.+)$/.exec(item ?? '') ?? []
  const kind = LINK_KINDS.find(one => one === word)
  return kind && { kind, id, label: id }
}

/** The feed of all, the one that is open with its story and facts, and the report being written. */
export function IncidentsPage() {
  const app = useApp()
  const { item, sieve } = useStore(app.address)
  const open = useStore(app.incidents.open)
  const isWriting = useStore(app.incidents.form.draft) !== undefined
  useEffect(() => {
    const about = aboutOf(item)
    if (!about) return app.incidents.show(item)
    // A link of another room: #/incidents/new:camera:부산 43 opens a report that begins with it.
    app.go({ item: undefined })
    void app.incidents.form.begin({ links: [about] })
  }, [app, item])
  // The list is what the address says, however one came here; what is chosen in it stands there.
  useEffect(() => {
    const { filter } = app.incidents.feed.get()
    if (formatFilter(filter) !== formatFilter(parseFilter(sieve))) app.incidents.setFilter({ ...parseFilter(sieve), people: filter.people })
    return app.incidents.feed.subscribe(() => {
      const now = formatFilter(app.incidents.feed.get().filter)
      if ((app.address.get().sieve ?? '') !== now && app.address.get().page === 'incidents') app.go({ sieve: now || undefined })
    })
  }, [app, sieve])
  useEffect(() => {
    if (!app.incidents.feed.get().isLoaded) void app.incidents.load()
  }, [app])
  return (
    <div className={`page incidents ${isWriting ? 'is-writing' : ''} ${open ? 'has-open' : ''}`}>
      <Feed />
      {open ? <Story key={open.id} /> : <Overview />}
      {isWriting && <ReportForm />}
    </div>
  )
}
