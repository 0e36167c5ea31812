import type { TellingRules } from '#alerts/schema.ts'
import { useSay } from '../app.ts'
import { Faults } from './Faults.tsx'
import { moved, type Remarks, withRule } from './rule-book.ts'
import { type RuleWordsOptions, thenWords, whenWords } from './rule-words.ts'

interface RuleListProps {
  readonly book: TellingRules
  readonly words: RuleWordsOptions
  readonly remarks: Remarks
  readonly chosen: string | undefined
  choose(id: string): void
  /** Absent: to look at only. */
  edit?(next: TellingRules): void
}

/** Rules in their order: the first that fits an alarm is the one. */
export function RuleList({ book, words, remarks, chosen, choose, edit }: RuleListProps) {
  const say = useSay()
  const { language } = words
  return (
    <ol className="rule-list" aria-label={say('telling.rules')}>
      {book.rules.map((rule, n) => (
        <li key={rule.id} className={`${rule.isOn ? '' : 'is-off'} ${rule.id === chosen ? 'is-selected' : ''}`}>
          <button type="button" className="rule-list__words" aria-pressed={rule.id === chosen} onClick={() => choose(rule.id)}>
            <b>
              {n + 1}. {rule[language]} {!rule.isOn && <span className="tag">{say('telling.off')}</span>}
            </b>
            <span>{whenWords(rule, words)}</span>
            <span className="rule-list__then">→ {thenWords(rule, book, words)}</span>
          </button>
          {edit && (
            <span className="rule-list__acts">
              <button
                type="button"
                className="button is-small"
                aria-label={`${rule[language]} ${say('telling.rule.up')}`}
                disabled={n === 0}
                onClick={() => edit({ ...book, rules: moved(book.rules, n, -1) })}
              >
                ↑
              </button>
              <button
                type="button"
                className="button is-small"
                aria-label={`${rule[language]} ${say('telling.rule.down')}`}
                disabled={n === book.rules.length - 1}
                onClick={() => edit({ ...book, rules: moved(book.rules, n, 1) })}
              >
                ↓
              </button>
              <button
                type="button"
                className="button is-small"
                aria-label={`${rule[language]} ${say(rule.isOn ? 'telling.rule.turn-off' : 'telling.rule.turn-on')}`}
                onClick={() => edit(withRule(book, { ...rule, isOn: !rule.isOn }))}
              >
                {say(rule.isOn ? 'telling.rule.turn-off' : 'telling.rule.turn-on')}
              </button>
            </span>
          )}
          <Faults of={remarks.faults} at={`rules.${rule.id}`} />
          <Faults of={remarks.warnings} at={`rules.${rule.id}`} look="is-odd" />
        </li>
      ))}
    </ol>
  )
}
