import { useApp, useSay } from '../app.ts'
import { age } from '../i18n/format.ts'
import { useStore } from '../shell/store.ts'
import { Strip } from '../ui/parts.tsx'
import { useNow } from '../ui/use-now.ts'

/** On every screen of a site whose watch has ended without both signatures: above everything, until they have signed. */
export function UnfinishedStrip() {
  const app = useApp()
  const say = useSay()
  const { language } = useStore(app.desk)
  const sites = useStore(app.shifts.sites)
  const me = useStore(app.me)
  const { page, wall } = useStore(app.address)
  const nowMs = useNow(5000)
  const own = new Set(me?.posts.map(post => post.organisation))
  const late = sites.flatMap(({ organisation, sheet }) =>
    own.has(organisation) && sheet && sheet.state !== 'done' && nowMs >= sheet.from.toMs ? [sheet] : [],
  )
  const [sheet] = late
  if (!sheet) return null
  return (
    <Strip
      tone="warn"
      push={
        wall || page === 'shifts' ? undefined : (
          <button type="button" className="button button--plain" onClick={() => app.go({ page: 'shifts', item: sheet.organisation })}>
            {say('shifts.open-page')}
          </button>
        )
      }
    >
      {say('shifts.unfinished', {
        from: `${sheet.from.crew[language]} ${sheet.from.watch[language]}`,
        to: `${sheet.to.crew[language]} ${sheet.to.watch[language]}`,
        age: age(nowMs - sheet.from.toMs, language),
      })}{' '}
      · {say(sheet.state === 'open' ? 'shifts.waits-outgoing' : 'shifts.waits-incoming')}
    </Strip>
  )
}
