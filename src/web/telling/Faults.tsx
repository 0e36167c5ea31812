import type { RuleRemark } from '#alerts/schema.ts'
import { useApp } from '../app.ts'
import { useStore } from '../shell/store.ts'

/** What is wrong with the field it stands under. */
export function Faults({ of, at, look = 'is-bad' }: { of: readonly RuleRemark[]; at: string; look?: 'is-bad' | 'is-odd' }) {
  const { language } = useStore(useApp().desk)
  return of
    .filter(one => one.at === at)
    .map(one => (
      <p key={one.ko} className={look} role="alert">
        {one[language]}
      </p>
    ))
}
