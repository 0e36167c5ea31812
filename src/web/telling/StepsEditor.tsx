import { type Chain, type ChainStep, type RuleChoices, type RuleRemark, WAYS, type Whom } from '#alerts/schema.ts'
import { useApp, useSay } from '../app.ts'
import { wordFor } from '../i18n/text.ts'
import { useStore } from '../shell/store.ts'
import { Faults } from './Faults.tsx'
import { ENDS, moved, withoutStep } from './rule-book.ts'
import { secondsWords } from './rule-words.ts'

interface StepsEditorProps {
  readonly chain: Chain
  readonly choices: RuleChoices
  readonly remarks: readonly RuleRemark[]
  /** `field`: typed into letter by letter. */
  change(steps: readonly ChainStep[], field?: string): void
}

const TELL: ChainStep = { step: 'tell', whom: [{ who: 'on-duty', of: 'above' }], by: ['sms', 'call'] }

/** Steps in their order: whom by which way, how long is waited for an answer, what is repeated. */
export function StepsEditor({ chain, choices, remarks, change }: StepsEditorProps) {
  const say = useSay()
  const { steps } = chain
  const put = (n: number, step: ChainStep, field?: string): void => change(steps.with(n, step), field)
  return (
    <>
      <Faults of={remarks} at={`chains.${chain.id}`} />
      <ol className="steps" aria-label={say('telling.rule.steps')}>
        {steps.map((step, n) => (
          <li key={n} aria-label={say('telling.step.n', { n: n + 1 })}>
            <header>
              <b>{n + 1}</b> {say(`telling.step.${step.step}`)}
              <span className="push">
                <button
                  type="button"
                  className="button is-small"
                  aria-label={say('telling.rule.up')}
                  disabled={n === 0}
                  onClick={() => change(moved(steps, n, -1))}
                >
                  ↑
                </button>
                <button
                  type="button"
                  className="button is-small"
                  aria-label={say('telling.rule.down')}
                  disabled={n === steps.length - 1}
                  onClick={() => change(moved(steps, n, 1))}
                >
                  ↓
                </button>
                <button type="button" className="button is-small" onClick={() => change(withoutStep(steps, n))}>
                  {say('telling.step.remove')}
                </button>
              </span>
            </header>
            {step.step === 'tell' && <TellFields step={step} choices={choices} change={next => put(n, next)} />}
            {step.step === 'wait' && (
              <label className="steps__wait">
                <input
                  className="input"
                  type="number"
                  min={5}
                  max={86_400}
                  aria-label={say('telling.step.wait')}
                  value={step.seconds}
                  onChange={event => put(n, { step: 'wait', seconds: Math.round(Number(event.target.value)) }, `wait ${n}`)}
                />
                {say('telling.step.seconds')} <span className="note">{secondsWords(say, step.seconds)}</span>
              </label>
            )}
            {step.step === 'repeat' && (
              <label className="steps__wait">
                <input
                  className="input"
                  type="number"
                  min={1}
                  max={n}
                  aria-label={say('telling.step.from')}
                  value={step.from + 1}
                  onChange={event => put(n, { ...step, from: Math.max(0, Math.round(Number(event.target.value)) - 1) })}
                />
                {say('telling.step.from')}
                <input
                  className="input"
                  type="number"
                  min={1}
                  max={10}
                  aria-label={say('telling.step.times')}
                  value={step.times}
                  onChange={event => put(n, { ...step, times: Math.round(Number(event.target.value)) })}
                />
                {say('telling.step.times')}
              </label>
            )}
            <Faults of={remarks} at={`chains.${chain.id}.${n}`} />
          </li>
        ))}
      </ol>
      <div className="steps__add">
        <button type="button" className="button is-small" onClick={() => change([...steps, TELL])}>
          {say('telling.step.add-tell')}
        </button>
        <button type="button" className="button is-small" onClick={() => change([...steps, { step: 'wait', seconds: 180 }])}>
          {say('telling.step.add-wait')}
        </button>
        <button type="button" className="button is-small" onClick={() => change([...steps, { step: 'repeat', from: 0, times: 1 }])}>
          {say('telling.step.add-repeat')}
        </button>
      </div>
    </>
  )
}

type Tell = Extract<ChainStep, { step: 'tell' }>

function TellFields({ step, choices, change }: { step: Tell; choices: RuleChoices; change(step: Tell): void }) {
  const say = useSay()
  const { when: _when, ...always } = step
  const { orElse = [], ...noElse } = step
  return (
    <div className="steps__tell">
      <WhomList whom={step.whom} choices={choices} add={say('telling.step.add-whom')} change={whom => change({ ...step, whom })} />
      <div className="steps__ways">
        {WAYS.map(way => (
          <label key={way} className="check">
            <input
              type="checkbox"
              checked={step.by.includes(way)}
              onChange={event => change({ ...step, by: event.target.checked ? [...step.by, way] : step.by.filter(one => one !== way) })}
            />
            {say(`telling.way.${way}`)}
          </label>
        ))}
        <select
          className="input"
          aria-label={say('telling.step.when')}
          value={step.when ?? ''}
          onChange={event => {
            const when = event.target.value
            change(when === 'working-hours' || when === 'off-hours' ? { ...step, when } : always)
          }}
        >
          <option value="">{say('telling.when.always')}</option>
          <option value="working-hours">{say('telling.when.working-hours')}</option>
          <option value="off-hours">{say('telling.when.off-hours')}</option>
        </select>
      </div>
      {orElse.length > 0 && <span className="note">{say('telling.step.else')}</span>}
      <WhomList
        whom={orElse}
        choices={choices}
        add={say('telling.step.add-else')}
        change={whom => change(whom.length === 0 ? noElse : { ...step, orElse: whom })}
      />
    </div>
  )
}

const KINDS = ['on-duty', 'post', 'journey-officers', 'person', 'channel'] as const

function WhomList({
  whom,
  choices,
  add,
  change,
}: {
  whom: readonly Whom[]
  choices: RuleChoices
  add: string
  change(whom: readonly Whom[]): void
}) {
  const say = useSay()
  const { language } = useStore(useApp().desk)
  const fresh = (who: string): Whom => {
    switch (who) {
      case 'post':
        return { who: 'post', post: 'watch-leader', of: 'place' }
      case 'journey-officers':
        return { who: 'journey-officers', end: 'both' }
      case 'person':
        return { who: 'person', person: choices.people[0]?.id ?? '' }
      case 'channel':
        return { who: 'channel', channel: choices.channels[0]?.name ?? '' }
      default:
        return { who: 'on-duty', of: 'place' }
    }
  }
  const places = [
    ...(['place', 'above', 'head-office'] as const).map(id => ({ id, name: say(`telling.place.${id}`) })),
    ...choices.organisations.map(one => ({ id: one.id, name: one[language] })),
  ]
  return (
    <>
      {whom.map((one, n) => {
        const put = (next: Whom): void => change(whom.with(n, next))
        return (
          <div key={n} className="steps__whom">
            <Pick
              label={say('telling.column.whom')}
              value={one.who}
              all={KINDS.map(kind => ({ id: kind, name: say(`telling.who.${kind}`) }))}
              choose={who => put(fresh(who))}
            />
            {'of' in one && <Pick label={say('telling.rule.place')} value={one.of} all={places} choose={of => put({ ...one, of })} />}
            {one.who === 'post' && (
              <Pick
                label={say('telling.who.post')}
                value={one.post}
                all={choices.posts.map(id => ({ id, name: wordFor(say, 'post', id) }))}
                choose={post => put({ ...one, post })}
              />
            )}
            {one.who === 'journey-officers' && (
              <Pick
                label={say('telling.who.journey-officers')}
                value={one.end}
                all={ENDS.map(id => ({ id, name: say(`telling.end.${id}`) }))}
                choose={end => put({ ...one, end: ENDS.find(each => each === end) ?? 'both' })}
              />
            )}
            {one.who === 'person' && (
              <Pick label={say('telling.who.person')} value={one.person} all={choices.people} choose={person => put({ ...one, person })} />
            )}
            {one.who === 'channel' && (
              <Pick
                label={say('telling.who.channel')}
                value={one.channel}
                all={choices.channels.map(({ name }) => ({ id: name, name }))}
                choose={channel => put({ ...one, channel })}
              />
            )}
            <button
              type="button"
              className="button is-small"
              aria-label={say('telling.step.remove-whom')}
              onClick={() => change(whom.filter((_, at) => at !== n))}
            >
              ×
            </button>
          </div>
        )
      })}
      <button type="button" className="button is-small" onClick={() => change([...whom, fresh('on-duty')])}>
        + {add}
      </button>
    </>
  )
}

interface PickProps {
  readonly label: string
  readonly value: string
  readonly all: readonly { readonly id: string; readonly name: string }[]
  choose(id: string): void
}

const Pick = ({ label, value, all, choose }: PickProps) => (
  <select className="input" aria-label={label} value={value} onChange={event => choose(event.target.value)}>
    {!all.some(one => one.id === value) && <option value={value}>{value}</option>}
    {all.map(one => (
      <option key={one.id} value={one.id}>
        {one.name}
      </option>
    ))}
  </select>
)
