import { useState } from 'react'
import type { RuleChoices, TellingRules } from '#alerts/schema.ts'
import { useApp, useSay } from '../app.ts'
import { dateTimeKst, thousands } from '../i18n/format.ts'
import { useStore } from '../shell/store.ts'
import { Field, Panel, PanelHead } from '../ui/parts.tsx'
import { type Trial, trial } from './model.ts'
import { levelName, type RuleWordsOptions, secondsWords, senseName } from './rule-words.ts'

const SENSES = ['journey', 'ship', 'feed', 'incident', 'order', 'disk', 'channel']

/** Whom the rules on the screen would tell of an alarm, when and in which words, by the roster of a moment. */
export function TryPanel({ book, choices, words }: { book: TellingRules; choices: RuleChoices; words: RuleWordsOptions }) {
  const app = useApp()
  const say = useSay()
  const { language } = useStore(app.desk)
  const { alarms } = useStore(app.alarms.state)
  const [alarm, setAlarm] = useState('')
  const [level, setLevel] = useState(1)
  const [detector, setDetector] = useState('seal-opened')
  const [sense, setSense] = useState('journey')
  const [organisation, setOrganisation] = useState('')
  const [at, setAt] = useState('')
  const [shown, setShown] = useState<Trial>()
  const [trouble, setTrouble] = useState<string>()
  const run = async (): Promise<void> => {
    try {
      const about =
        alarm === '' ? { subject: { level, detector, senses: [sense], ...(organisation === '' ? {} : { organisation }) } } : { alarm }
      const answer = await app.api.json('POST', '/api/telling/rules/try', {
        rules: book,
        ...about,
        ...(at === '' ? {} : { at: new Date(`${at}:00+09:00`).toISOString() }),
      })
      setShown(trial(answer))
      setTrouble(undefined)
    } catch (error) {
      setTrouble(error instanceof Error ? error.message : String(error))
    }
  }
  const options = (all: readonly { readonly id: string; readonly name: string }[]) =>
    all.map(one => (
      <option key={one.id} value={one.id}>
        {one.name}
      </option>
    ))
  return (
    <Panel label={say('telling.try')} region="telling-try">
      <PanelHead title={say('telling.try')}>
        <button type="button" className="button is-small push" onClick={() => void run()}>
          {say('telling.try-run')}
        </button>
      </PanelHead>
      <div className="grow scroll telling__try">
        <p className="note">{say('telling.try-note')}</p>
        <Field label={say('telling.try-alarm')}>
          <select className="input" value={alarm} onChange={event => setAlarm(event.target.value)}>
            <option value="">{say('telling.try-described')}</option>
            {[...alarms.values()].slice(0, 100).map(one => (
              <option key={one.id} value={one.id}>
                {levelName(say, one.level)} · {choices.detectors.find(each => each.id === one.detector)?.[language] ?? one.detector} ·{' '}
                {one.subjects.map(subject => subject.label).join(' ↔ ')}
              </option>
            ))}
          </select>
        </Field>
        {alarm === '' && (
          <>
            <div className="form__row">
              <Field label={say('telling.rule.kind')}>
                <select className="input" value={detector} onChange={event => setDetector(event.target.value)}>
                  {options(choices.detectors.map(one => ({ id: one.id, name: one[language] })))}
                </select>
              </Field>
              <Field label={say('telling.rule.level')}>
                <select className="input" value={level} onChange={event => setLevel(Number(event.target.value))}>
                  {[0, 1, 2, 3].map(one => (
                    <option key={one} value={one}>
                      {levelName(say, one)}
                    </option>
                  ))}
                </select>
              </Field>
            </div>
            <div className="form__row">
              <Field label={say('telling.rule.sense')}>
                <select className="input" value={sense} onChange={event => setSense(event.target.value)}>
                  {options(SENSES.map(id => ({ id, name: senseName(say, id) })))}
                </select>
              </Field>
              <Field label={say('telling.rule.place')}>
                <select className="input" value={organisation} onChange={event => setOrganisation(event.target.value)}>
                  <option value="">{say('telling.try-any')}</option>
                  {options(choices.organisations.map(one => ({ id: one.id, name: one[language] })))}
                </select>
              </Field>
            </div>
          </>
        )}
        <Field label={say('telling.try-at')}>
          <input className="input" type="datetime-local" value={at} onChange={event => setAt(event.target.value)} />
        </Field>
        {trouble !== undefined && <p className="is-bad">{trouble}</p>}
        {shown && <Outcome shown={shown} words={words} />}
      </div>
    </Panel>
  )
}

function Outcome({ shown, words }: { shown: Trial; words: RuleWordsOptions }) {
  const say = useSay()
  const { language } = words
  if (!shown.rule) return <p className="is-bad">{say('telling.try-no-rule')}</p>
  return (
    <div className="telling__outcome" role="status">
      <p>
        <b>{say('telling.by-rule', { name: shown.rule[language] })}</b> <span className="note">{dateTimeKst(shown.atMs)}</span>
      </p>
      {!shown.chain && <p className="note">{say('telling.try-tells-nobody')}</p>}
      {shown.heldS > 0 && <p className="is-odd">{say('telling.try-held', { time: secondsWords(say, shown.heldS) })}</p>}
      <ol className="steps">
        {shown.steps.map((step, n) => (
          <li key={n}>
            <header>
              <b>{secondsWords(say, step.afterS)}</b>
              {step.isElse && <span className="tag">{say('telling.try-else')}</span>}
            </header>
            {step.told.map((one, at) => (
              <details key={`${one.name} ${at}`}>
                <summary>
                  <b>{one.name}</b>{' '}
                  <span className="note">
                    {one.channel === undefined
                      ? say(one.isOfPlan ? 'telling.try-of-plan' : 'telling.try-no-channel')
                      : `${one.channel} ${one.address ?? ''} · ${say('telling.parts', { n: one.parts ?? 0, length: one.length ?? 0 })}${
                          one.costWon === undefined ? '' : ` · ${say('telling.won', { n: thousands(one.costWon) })}`
                        }`}
                  </span>
                </summary>
                {one.text !== undefined && <blockquote>{one.text}</blockquote>}
              </details>
            ))}
            {step.holes.map(hole => (
              <p key={hole.ko} className="is-bad">
                {say(hole.isNumberMissing ? 'telling.try-no-number' : 'telling.try-hole', { name: hole[language] })}
              </p>
            ))}
          </li>
        ))}
      </ol>
    </div>
  )
}
