import { useCallback, useEffect, useState } from 'react'
import { useApp, useSay } from '../app.ts'
import { field, list, text } from '../live/wire.ts'
import { containerWords } from './marks.tsx'
import { filledFrom, templateOf } from './plan-form.ts'
import type { Planning } from './use-plan.ts'

interface Template {
  readonly id: string
  readonly name: string
  readonly body: unknown
}
const MOST_RECENT = 30

/** Filled from a template of the office, or from an earlier journey; what stands in the form is kept as a template. */
export function PlanLoad({ plan }: { plan: Planning }) {
  const app = useApp()
  const say = useSay()
  const [templates, setTemplates] = useState<readonly Template[]>([])
  const [chosen, setChosen] = useState('')
  const [name, setName] = useState<string>()
  const load = useCallback(async () => {
    try {
      const answer = await app.api.json('GET', '/api/journey-templates')
      setTemplates(list(answer).map(one => ({ id: text(one, 'id') ?? '', name: text(one, 'name') ?? '', body: field(one, 'body') })))
    } catch {
      // The form does without them.
    }
  }, [app])
  useEffect(() => void load(), [load])
  const troubled = async (work: () => Promise<unknown>): Promise<void> => {
    try {
      await work()
      await load()
    } catch (reason) {
      app.toast(reason instanceof Error ? reason.message : String(reason), { tone: 'bad' })
    }
  }
  const keep = (id: string, words: string): Promise<void> =>
    troubled(async () => {
      const way = plan.sketch && { line: plan.sketch.line, halfWidthM: plan.halfWidthM }
      await app.api.json('PUT', `/api/journey-templates/${encodeURIComponent(id)}`, {
        name: words,
        body: templateOf(plan.form, plan.places, way),
      })
      setName(undefined)
      setChosen(`t:${id}`)
      app.toast(say('seals.template.kept', { name: words }))
    })
  const recent = [...app.seals.state.get().rows.values()].slice(-MOST_RECENT).reverse()
  const template = templates.find(one => `t:${one.id}` === chosen)
  const take = (value: string): void => {
    setChosen(value)
    const found = templates.find(one => `t:${one.id}` === value)
    if (found) return plan.fill(filledFrom(found.body))
    if (value.startsWith('j:')) app.go({ item: value.slice(2) })
  }
  return (
    <div className="plan-load">
      <select className="input" aria-label={say('seals.template.load')} value={chosen} onChange={event => take(event.target.value)}>
        <option value="">{say('seals.template.load')}</option>
        <optgroup label={say('seals.template.templates')}>
          {templates.map(one => (
            <option key={one.id} value={`t:${one.id}`}>
              {one.name}
            </option>
          ))}
        </optgroup>
        <optgroup label={say('seals.template.journeys')}>
          {recent.map(one => (
            <option key={one.id} value={`j:${one.id}`}>
              {containerWords(one.container)} · {one.origin} → {one.destination}
            </option>
          ))}
        </optgroup>
      </select>
      {name === undefined ? (
        <>
          <button
            type="button"
            className="button is-small"
            onClick={() => setName(template?.name ?? `${plan.form.from} → ${plan.form.to}`)}
          >
            {say('seals.template.keep')}
          </button>
          {template && (
            <button
              type="button"
              className="button is-small"
              onClick={() =>
                void troubled(async () => {
                  await app.api.json('DELETE', `/api/journey-templates/${encodeURIComponent(template.id)}`)
                  setChosen('')
                  app.toast(say('seals.template.dropped', { name: template.name }))
                })
              }
            >
              {say('seals.template.drop')}
            </button>
          )}
        </>
      ) : (
        <form
          className="plan-load__name"
          onSubmit={event => {
            event.preventDefault()
            if (name.trim() !== '') void keep(template?.name === name.trim() ? template.id : crypto.randomUUID(), name.trim())
          }}
        >
          <input
            className="input"
            autoFocus
            maxLength={80}
            aria-label={say('seals.template.name')}
            value={name}
            onChange={event => setName(event.target.value)}
            onKeyDown={event => {
              if (event.code !== 'Escape') return
              event.stopPropagation()
              setName(undefined)
            }}
          />
          <button type="submit" className="button is-small">
            {say('seals.template.keep')}
          </button>
        </form>
      )}
    </div>
  )
}
