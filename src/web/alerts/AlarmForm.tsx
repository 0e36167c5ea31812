import { useState } from 'react'
import { useApp, useSay } from '../app.ts'
import { minuteKst } from '../i18n/format.ts'
import { wordFor } from '../i18n/text.ts'
import { useStore } from '../shell/store.ts'
import { Field } from '../ui/parts.tsx'

export const OUTCOMES = ['seizure', 'nothing', 'false', 'transferred'] as const
const SHELVE_HOURS = [0.5, 1, 2, 4, 8] as const
const SHELVE_REASONS = ['known', 'equipment', 'exercise', 'weather'] as const

/** One sheet for the five deeds that need a word: assign, shelve, resolve, false, note. Enter sends; everything is one tab stop away. */
export function AlarmForm({ form, alarmId }: { form: 'assign' | 'shelve' | 'resolve' | 'false' | 'note'; alarmId: string }) {
  const app = useApp()
  const say = useSay()
  const me = useStore(app.me)
  const { alarms } = useStore(app.alarms.state)
  const alarm = alarms.get(alarmId)
  const [text, setText] = useState('')
  const [to, setTo] = useState(me?.name ?? '')
  const [outcome, setOutcome] = useState<string>('nothing')
  const [misled, setMisled] = useState(alarm?.reasons[0]?.detector ?? '')
  const [hours, setHours] = useState<number>(1)
  const [reason, setReason] = useState<string>('known')
  const [problem, setProblem] = useState<string>()
  if (!alarm) return null
  const close = (): void => app.overlay.set(undefined)

  const send = async (): Promise<void> => {
    const untilMs = app.now() + hours * 3_600_000
    const words = text.trim()
    close()
    try {
      if (form === 'assign') await app.alarms.assign(alarmId, to.trim(), words)
      if (form === 'note') await app.alarms.note(alarmId, words)
      if (form === 'resolve') await app.alarms.resolve(alarmId, outcome, words)
      if (form === 'false') await app.alarms.resolve(alarmId, 'false', [wordFor(say, 'detector', misled), words].filter(Boolean).join(': '))
      if (form === 'shelve') {
        const undo = await app.alarms.shelve(alarmId, [say(`shelve.${reasonKey(reason)}`), words].filter(Boolean).join(': '), untilMs)
        if (undo) app.toast(say('undo.shelved'), { undo })
      } else app.toast(say(`done.${form}`))
    } catch (refusal) {
      app.toast(refusal instanceof Error ? refusal.message : String(refusal), { tone: 'bad' })
    }
  }
  const submit = (): void => {
    if (form === 'assign' && to.trim() === '') return setProblem(say('form.who-missing'))
    if (form === 'note' && text.trim() === '') return setProblem(say('form.note-missing'))
    void send()
  }

  return (
    <form
      className="sheet"
      aria-label={say(`form.${form}`)}
      onSubmit={event => {
        event.preventDefault()
        submit()
      }}
    >
      <div className="sheet__head">
        {say(`form.${form}`)}{' '}
        <span className="note">
          {wordFor(say, 'detector', alarm.detector)} · {alarm.subjects.map(subject => subject.label).join(' ↔ ')}
        </span>
      </div>
      <div className="sheet__body form">
        {form === 'assign' && (
          <Field label={say('form.who')}>
            <input className="input" value={to} onChange={event => setTo(event.target.value)} />
          </Field>
        )}
        {form === 'resolve' && (
          <Choices
            label={say('form.outcome')}
            options={OUTCOMES.map(one => [one, say(`outcome.${one}`)])}
            chosen={outcome}
            onChoose={setOutcome}
          />
        )}
        {form === 'false' && (
          <Choices
            label={say('form.misled')}
            options={[...new Set(alarm.reasons.map(one => one.detector))].map(one => [one, wordFor(say, 'detector', one)])}
            chosen={misled}
            onChoose={setMisled}
          />
        )}
        {form === 'shelve' && (
          <>
            <Choices
              label={say('form.reason')}
              options={SHELVE_REASONS.map(one => [one, say(`shelve.${one}`)])}
              chosen={reason}
              onChoose={setReason}
            />
            <Choices
              label={say('form.until')}
              options={SHELVE_HOURS.map(one => [
                String(one),
                `${minuteKst(app.now() + one * 3_600_000)} (${say('unit.hours', { n: one })})`,
              ])}
              chosen={String(hours)}
              onChoose={one => setHours(Number(one))}
            />
          </>
        )}
        <Field label={say(form === 'note' ? 'form.note-text' : 'form.one-line')}>
          <textarea
            className="input"
            value={text}
            onChange={event => setText(event.target.value)}
            onKeyDown={event => event.code === 'Enter' && (event.ctrlKey || event.metaKey) && submit()}
          />
        </Field>
        {problem && (
          <p className="form__error" role="alert">
            {problem}
          </p>
        )}
        <div className="form__acts">
          <button type="button" className="button" onClick={close}>
            {say('act.cancel')} <kbd>Esc</kbd>
          </button>
          <button type="submit" className="button is-main">
            {say(`form.${form}`)} <kbd>Ctrl Enter</kbd>
          </button>
        </div>
      </div>
    </form>
  )
}

const reasonKey = (word: string) => SHELVE_REASONS.find(one => one === word) ?? 'known'

function Choices({
  label,
  options,
  chosen,
  onChoose,
}: {
  label: string
  options: readonly (readonly [string, string])[]
  chosen: string
  onChoose: (id: string) => void
}) {
  return (
    <fieldset className="field" style={{ border: 0, padding: 0 }}>
      <legend className="note" style={{ padding: '0 0 4px' }}>
        {label}
      </legend>
      <div className="choices">
        {options.map(([id, words]) => (
          <label key={id} className={`choice ${id === chosen ? 'is-on' : ''}`}>
            <input type="radio" name={label} checked={id === chosen} onChange={() => onChoose(id)} />
            {words}
          </label>
        ))}
      </div>
    </fieldset>
  )
}
