import type { RuleRemark, TellingRules } from '#alerts/schema.ts'
import { useSay } from '../app.ts'
import { Faults } from './Faults.tsx'
import { QuietFields } from './QuietFields.tsx'

/** Whether those who were told hear that it is over, and when not. */
export function ClosingEditor({
  book,
  remarks,
  edit,
}: {
  book: TellingRules
  remarks: readonly RuleRemark[]
  edit?: (next: TellingRules) => void
}) {
  const say = useSay()
  const { closing } = book
  const { quiet: _quiet, ...bare } = closing
  return (
    <section className="telling__closing" aria-label={say('telling.closing')}>
      <b>{say('telling.closing')}</b>
      <label className="check">
        <input
          type="checkbox"
          checked={closing.isOn}
          disabled={!edit}
          onChange={event => edit?.({ ...book, closing: { ...closing, isOn: event.target.checked } })}
        />
        {say('telling.closing-on')}
      </label>
      {closing.isOn && (
        <QuietFields
          label={say('telling.closing-quiet')}
          quiet={closing.quiet}
          {...(edit ? { change: quiet => edit({ ...book, closing: { ...bare, ...(quiet ? { quiet } : {}) } }) } : {})}
        />
      )}
      <Faults of={remarks} at="closing.quiet" />
    </section>
  )
}
