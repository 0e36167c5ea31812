// What happened last in the room: each change of the alarms with when, what, about whom, and who. Shown where nothing is selected.
import { useApp, useSay } from '../app.ts'
import { momentKst } from '../i18n/format.ts'
import { wordFor } from '../i18n/text.ts'
import { useStore } from '../shell/store.ts'
import { Section } from '../ui/parts.tsx'
import { useNow } from '../ui/use-now.ts'
import { lastDeeds } from './last-deeds.ts'

export function RecentDeeds({ most }: { most: number }) {
  const app = useApp()
  const say = useSay()
  const nowMs = useNow(60_000)
  const { alarms } = useStore(app.alarms.state)
  const deeds = lastDeeds(alarms.values(), most)
  if (deeds.length === 0) return null
  return (
    <Section head={say('recent.title')}>
      <div className="history">
        {deeds.map(({ alarm, line }) => (
          <button
            key={`${alarm.id}${line.atMs}${line.deed}${line.note ?? ''}`}
            type="button"
            className="history__line"
            onClick={() => app.alarms.open(alarm.id)}
          >
            <span>{momentKst(line.atMs, nowMs)}</span>
            <span>
              {wordFor(say, 'detector', alarm.detector)} · {alarm.subjects[0]?.label} · {wordFor(say, 'deed', line.deed)}
            </span>
            <span>{line.who}</span>
          </button>
        ))}
      </div>
    </Section>
  )
}
