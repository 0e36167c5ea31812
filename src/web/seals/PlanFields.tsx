import { RISK_CLASSES } from '#seals/schema.ts'
import { useApp, useSay } from '../app.ts'
import { momentKst } from '../i18n/format.ts'
import type { Say } from '../i18n/text.ts'
import { Kbd } from '../ui/parts.tsx'
import { useNow } from '../ui/use-now.ts'
import type { Form, FormFault } from './plan-form.ts'
import type { Planning } from './use-plan.ts'

/** Which field a fault of the server belongs beside. */
const SERVER_FIELD: Readonly<Record<string, keyof Form>> = {
  container: 'container',
  origin: 'from',
  destination: 'to',
  seals: 'seal',
  departUntil: 'leaveInMin',
  arriveUntil: 'hours',
  'officers.origin': 'officerFrom',
  'officers.destination': 'officerTo',
}
const MOST_SEALS = 200

const faultText = (say: Say, fault: FormFault): string =>
  fault.what === 'digit' ? say('seals.plan.digit', { right: fault.right }) : say(`seals.plan.fault.${fault.what}`)

/** The fields, in the order an officer has the papers in hand; what is wrong stands under its field. */
export function PlanFields({ plan }: { plan: Planning }) {
  const app = useApp()
  const say = useSay()
  const nowMs = useNow(10_000)
  const { form, faults, judged } = plan
  const leaveMs = nowMs + Number(form.leaveInMin || 0) * 60_000
  const input = (name: keyof Form, more: { readonly list?: string; readonly type?: string; readonly hint?: string } = {}) => {
    const own = faults[name]
    const theirs = own ? [] : judged.filter(one => SERVER_FIELD[one.field] === name)
    const isBad = own !== undefined || theirs.some(one => one.blocks)
    return (
      <label className={`plan__field ${isBad ? 'is-wrong' : ''}`}>
        <span>{say(`seals.plan.${name}`)}</span>
        <input
          className="input"
          value={form[name]}
          type={more.type ?? 'text'}
          list={more.list}
          inputMode={name === 'phoneFrom' || name === 'phoneTo' ? 'tel' : undefined}
          aria-invalid={isBad}
          autoFocus={name === 'container'}
          onChange={event => plan.set({ [name]: event.target.value })}
        />
        {own ? (
          <small className="is-bad" role="alert">
            {faultText(say, own)}
          </small>
        ) : theirs.length > 0 ? (
          theirs.map(one => (
            <small key={one.said} className={one.blocks ? 'is-bad' : 'is-care'}>
              {one.said}
            </small>
          ))
        ) : (
          more.hint !== undefined && <small className="note">{more.hint}</small>
        )}
      </label>
    )
  }
  const elsewhere = judged.filter(one => SERVER_FIELD[one.field] === undefined && one.field !== 'corridor')
  return (
    <form
      className="plan grow scroll"
      onSubmit={event => {
        event.preventDefault()
        if (plan.canSend) void plan.send()
      }}
      onKeyDown={event => {
        if (event.ctrlKey && event.code === 'Enter' && plan.canSend) void plan.send()
      }}
    >
      {input('container')}
      {input('vehicle')}
      {input('from', { list: 'seal-places' })}
      {input('to', { list: 'seal-places' })}
      {input('seal', { list: 'seal-free', hint: say('seals.plan.seal-hint', { n: plan.seals.length }) })}
      {input('declaration')}
      {input('leaveInMin', { type: 'number', hint: say('seals.plan.until', { time: momentKst(leaveMs, nowMs) }) })}
      {input('hours', {
        type: 'number',
        hint: say('seals.plan.until', { time: momentKst(leaveMs + Number(form.hours || 0) * 3_600_000, nowMs) }),
      })}
      <fieldset className="plan__field plan__risk">
        <legend>{say('seals.plan.risk')}</legend>
        <div className="segment">
          {RISK_CLASSES.map(one => (
            <button key={one} type="button" aria-pressed={form.risk === one} onClick={() => plan.set({ risk: one })}>
              {say(`seals.risk.${one}`)}
            </button>
          ))}
        </div>
        {form.risk === 'high' && <small className="note">{say('seals.plan.high-note')}</small>}
      </fieldset>
      {input('goods')}
      {input('officerFrom')}
      {input('phoneFrom')}
      {input('officerTo')}
      {input('phoneTo')}
      {input('consignee')}
      <datalist id="seal-places">
        {plan.places.map(one => (
          <option key={one.name} value={one.name} />
        ))}
      </datalist>
      <datalist id="seal-free">
        {plan.seals.slice(0, MOST_SEALS).map(one => (
          <option key={one.id} value={one.number}>
            {one.batteryPercent === undefined ? one.protocol : say('seals.battery', { n: one.batteryPercent })}
          </option>
        ))}
      </datalist>
      <div className="plan__foot">
        <button type="submit" className="button is-main" disabled={!plan.canSend}>
          {say('seals.plan.send')} <Kbd keys="Ctrl+Enter" />
        </button>
        {plan.isBusy && <span className="note">{say('seals.plan.sending')}</span>}
        {plan.trouble !== undefined && (
          <p className="is-bad" role="alert">
            {plan.trouble}
          </p>
        )}
        {elsewhere.map(one => (
          <p key={one.said} className={one.blocks ? 'is-bad' : 'is-care'} role="status">
            {one.said}
          </p>
        ))}
        {!app.may('journeys.plan') && <p className="note">{say('command.not-yours')}</p>}
      </div>
    </form>
  )
}
