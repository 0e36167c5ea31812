// The sheets of a report: what a deed asks for before it is done. Ctrl Enter does it.
import { useState } from 'react'
import { useApp, useSay } from '../app.ts'
import { Sheet } from '../incidents/Sheet.tsx'
import { useStore } from '../shell/store.ts'
import { Field } from '../ui/parts.tsx'
import { addDays, dayOf, partsOf, type SectionId } from './model.ts'

export function ReportForm({ form }: { form: 'return' | 'correct' | 'special' | 'order' }) {
  if (form === 'return') return <WordsForm form="return" path="return" />
  if (form === 'correct') return <WordsForm form="correct" path="corrections" />
  return form === 'special' ? <SpecialForm /> : <OrderForm />
}

function WordsForm({ form, path }: { form: 'return' | 'correct'; path: string }) {
  const app = useApp()
  const say = useSay()
  const open = useStore(app.reports.open)
  const [text, setText] = useState('')
  const { day } = partsOf(open?.id ?? '')
  return (
    <Sheet
      title={say(`reports.${form}`)}
      note={day ?? open?.id ?? ''}
      act={say(`reports.${form}-do`)}
      onDo={() => (text.trim() === '' ? undefined : app.reports.deed(path, { text }))}
    >
      <p className="note">{say(`reports.${form}-note`)}</p>
      <Field label={say(`reports.${form}-words`)}>
        <textarea className="input" required maxLength={1000} rows={3} value={text} onChange={event => setText(event.target.value)} />
      </Field>
    </Sheet>
  )
}

function SpecialForm() {
  const app = useApp()
  const say = useSay()
  const today = dayOf(app.now())
  const [from, setFrom] = useState(`${addDays(today, -1)}T07:00`)
  const [to, setTo] = useState(`${today}T07:00`)
  const [name, setName] = useState('')
  const id = `${today}${name ? `-${name}` : ''}`
  return (
    <Sheet
      title={say('reports.new-special')}
      note=""
      act={say('reports.special-do')}
      onDo={() =>
        app.reports.newSpecial(id, Date.parse(`${from}:00+09:00`), Date.parse(`${to}:00+09:00`)).then(made => {
          app.go({ item: made })
          app.reports.setLook({ mode: 'paper' })
        })
      }
    >
      <div className="form__row">
        <Field label={say('reports.from')}>
          <input className="input" type="datetime-local" required value={from} onChange={event => setFrom(event.target.value)} />
        </Field>
        <Field label={say('reports.to')}>
          <input className="input" type="datetime-local" required value={to} onChange={event => setTo(event.target.value)} />
        </Field>
      </div>
      <Field label={say('reports.special-name')} hint={say('reports.special-hint')}>
        <input
          className="input"
          pattern="[a-z0-9][a-z0-9\-]{0,24}"
          maxLength={25}
          value={name}
          onChange={event => setName(event.target.value.toLowerCase())}
        />
      </Field>
    </Sheet>
  )
}

/** The order of the sections: drag-free, by two buttons each, so that keys and touch do the same. */
function OrderForm() {
  const app = useApp()
  const say = useSay()
  const sections = useStore(app.reports.open)?.report?.paper.sections.filter(one => one.id !== 'annex') ?? []
  const [order, setOrder] = useState<readonly SectionId[]>(sections.map(one => one.id))
  const swap = (at: number, by: 1 | -1): void => {
    const [one, other] = [order[at], order[at + by]]
    if (one === undefined || other === undefined) return
    setOrder(order.map((id, n) => (n === at ? other : n === at + by ? one : id)))
  }
  return (
    <Sheet
      title={say('reports.order')}
      note={say('reports.order-note')}
      act={say('reports.save')}
      onDo={() => app.reports.edit({ deed: 'order', sections: order })}
    >
      <ol className="report-order">
        {order.map((id, at) => (
          <li key={id}>
            <span>{sections.find(one => one.id === id)?.title}</span>
            <button
              type="button"
              className="button button--icon push"
              disabled={at === 0}
              aria-label={say('reports.move-up')}
              onClick={() => swap(at, -1)}
            >
              ▲
            </button>
            <button
              type="button"
              className="button button--icon"
              disabled={at === order.length - 1}
              aria-label={say('reports.move-down')}
              onClick={() => swap(at, 1)}
            >
              ▼
            </button>
          </li>
        ))}
      </ol>
    </Sheet>
  )
}
