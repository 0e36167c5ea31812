import type { RuleChoices, TellingRule, TellingRules } from '#alerts/schema.ts'
import { useApp, useSay } from '../app.ts'
import { useStore } from '../shell/store.ts'
import { Field, Section } from '../ui/parts.tsx'
import { Faults } from './Faults.tsx'
import { QuietFields } from './QuietFields.tsx'
import { type EditBook, type Remarks, withName, withOwnSteps, withoutRule, withRule, withSteps } from './rule-book.ts'
import { levelName, senseName } from './rule-words.ts'
import { StepsEditor } from './StepsEditor.tsx'

interface RuleEditorProps {
  readonly book: TellingRules
  readonly rule: TellingRule
  readonly choices: RuleChoices
  readonly remarks: Remarks
  removed(): void
  readonly edit?: EditBook
}

const LEVELS = [0, 1, 2, 3]
const SENSES = [
  'ship',
  'journey',
  'seal',
  'container',
  'incident',
  'order',
  'feed',
  'station',
  'disk',
  'channel',
  'organisation',
  'account',
  'area',
]

/** One rule: its names, which alarms it takes, and its steps. */
export function RuleEditor({ book, rule, choices, remarks, removed, edit }: RuleEditorProps) {
  const app = useApp()
  const say = useSay()
  const { language } = useStore(app.desk)
  const at = `rules.${rule.id}`
  const change = (next: TellingRule): void => edit?.(withRule(book, next))
  const chain = book.chains.find(one => one.id === rule.chain)
  const sharers = book.rules.filter(one => one.chain !== undefined && one.chain === rule.chain).length
  const { quiet: _quiet, ...unquiet } = rule
  const { chain: _chain, ...unchained } = rule
  return (
    <fieldset className="rule-editor" disabled={!edit}>
      <div className="form__row">
        <Field label={say('telling.rule.name-ko')}>
          <input
            className="input"
            value={rule.ko}
            maxLength={200}
            onChange={event => edit?.(withName(book, rule, 'ko', event.target.value), `${at}.ko`)}
          />
        </Field>
        <Field label={say('telling.rule.name-en')}>
          <input
            className="input"
            value={rule.en}
            maxLength={200}
            onChange={event => edit?.(withName(book, rule, 'en', event.target.value), `${at}.en`)}
          />
        </Field>
      </div>
      <Faults of={remarks.faults} at={`${at}.name`} />
      <Section head={say('telling.rule.which')}>
        <Choices
          label={say('telling.rule.level')}
          all={LEVELS.map(level => ({ id: level, name: levelName(say, level) }))}
          chosen={rule.levels}
          choose={levels => change(keptOrNot(rule, 'levels', levels))}
        />
        <Faults of={remarks.faults} at={`${at}.levels`} />
        <Choices
          label={say('telling.rule.kind')}
          all={choices.detectors.map(one => ({ id: one.id, name: one[language] }))}
          chosen={rule.detectors}
          choose={detectors => change(keptOrNot(rule, 'detectors', detectors))}
        />
        <Faults of={remarks.faults} at={`${at}.detectors`} />
        <Choices
          label={say('telling.rule.sense')}
          all={SENSES.map(id => ({ id, name: senseName(say, id) }))}
          chosen={rule.senses}
          choose={senses => change(keptOrNot(rule, 'senses', senses))}
        />
        <Faults of={remarks.faults} at={`${at}.senses`} />
        <Choices
          label={say('telling.rule.place')}
          all={choices.organisations.map(one => ({ id: one.id, name: one[language] }))}
          chosen={rule.organisations}
          choose={organisations => change(keptOrNot(rule, 'organisations', organisations))}
        />
        <Faults of={remarks.faults} at={`${at}.organisations`} />
        <QuietFields
          label={say('telling.rule.quiet-on')}
          quiet={rule.quiet}
          change={quiet => change({ ...unquiet, ...(quiet ? { quiet } : {}) })}
        />
        <Faults of={remarks.faults} at={`${at}.quiet`} />
      </Section>
      <Section head={say('telling.rule.steps')}>
        <Field label={say('telling.rule.which-steps')}>
          <select
            className="input"
            value={rule.chain ?? ''}
            onChange={event => change(event.target.value === '' ? unchained : { ...rule, chain: event.target.value })}
          >
            <option value="">{say('telling.nobody')}</option>
            {book.chains.map(one => (
              <option key={one.id} value={one.id}>
                {one[language]}
              </option>
            ))}
          </select>
        </Field>
        <Faults of={remarks.faults} at={`${at}.chain`} />
        {chain && sharers > 1 && (
          <p className="note telling__shared">
            {say('telling.rule.shared', { n: sharers })}
            <button type="button" className="button is-small" onClick={() => edit?.(withOwnSteps(book, rule.id))}>
              {say('telling.rule.own-steps')}
            </button>
          </p>
        )}
        {chain && (
          <StepsEditor
            chain={chain}
            choices={choices}
            remarks={remarks.faults}
            change={(steps, field) => edit?.(withSteps(book, chain.id, steps), field === undefined ? undefined : `${chain.id}.${field}`)}
          />
        )}
      </Section>
      {edit && (
        <button
          type="button"
          className="button is-grave"
          onClick={() => {
            edit(withoutRule(book, rule.id))
            removed()
          }}
        >
          {say('telling.rule.remove')}
        </button>
      )}
    </fieldset>
  )
}

/** Without the field where every one fits. */
function keptOrNot<Key extends 'levels' | 'detectors' | 'senses' | 'organisations'>(
  rule: TellingRule,
  key: Key,
  value: TellingRule[Key],
): TellingRule {
  const next = { ...rule }
  delete next[key]
  return value === undefined ? next : Object.assign(next, { [key]: value })
}

interface ChoicesProps<Id> {
  readonly label: string
  readonly all: readonly { readonly id: Id; readonly name: string }[]
  readonly chosen: readonly Id[] | undefined
  choose(ids: readonly Id[] | undefined): void
}

/** Every one, or those that are ticked. */
function Choices<Id extends string | number>({ label, all, chosen, choose }: ChoicesProps<Id>) {
  const say = useSay()
  const has = new Set(chosen)
  // What the book names and this version does not know is shown as it is.
  const shown = [...all, ...(chosen ?? []).filter(id => !all.some(one => one.id === id)).map(id => ({ id, name: String(id) }))]
  return (
    <div className="rule-choices" role="group" aria-label={label}>
      <b>{label}</b>
      <label className="check">
        <input type="checkbox" checked={chosen === undefined} onChange={event => choose(event.target.checked ? undefined : [])} />
        {say('telling.rule.every')}
      </label>
      {chosen !== undefined && (
        <div className="rule-choices__all">
          {shown.map(one => (
            <label key={one.id} className="check">
              <input
                type="checkbox"
                checked={has.has(one.id)}
                onChange={event => choose(event.target.checked ? [...chosen, one.id] : chosen.filter(id => id !== one.id))}
              />
              {one.name}
            </label>
          ))}
        </div>
      )}
    </div>
  )
}
