import { useState } from 'react'
import { useApp, useSay } from '../app.ts'
import { useStore } from '../shell/store.ts'
import { GOODS_TYPES, PERSON_ROLES } from './kinds.ts'
import type { Draft, Goods, PersonFull } from './model.ts'
import { Part, useGoodsWords } from './parts.tsx'

/** Goods with number, unit and value: read from the words, or entered. */
export function GoodsField({ draft }: { draft: Draft }) {
  const app = useApp()
  const say = useSay()
  const read = useStore(app.incidents.form.readOut)
  const change = (goods: readonly Goods[]): void => app.incidents.form.change({ goods })
  const shown = draft.goods.length > 0 ? draft.goods : (read?.goods ?? [])
  return (
    <Part
      label={say('incidents.goods')}
      note={say(draft.goods.length > 0 || shown.length === 0 ? 'incidents.goods-note' : 'incidents.goods-read')}
    >
      {shown.map((one, i) => (
        <GoodsRow
          key={i}
          goods={one}
          onChange={next => change(shown.map((other, at) => (at === i ? next : other)))}
          onRemove={() => change(shown.filter((_, at) => at !== i))}
        />
      ))}
      <div className="goods-chips">
        {QUICK_GOODS.map(one => (
          <button
            key={one.key}
            type="button"
            className="incident-chip"
            onClick={() => {
              const unit = 'unit' in one ? one.unit : say(`incidents.unit.${one.counted}`)
              change([...shown, { type: one.type, name: say(`incidents.quick.${one.key}`), unit }])
            }}
          >
            {say(`incidents.quick.${one.key}`)}
          </button>
        ))}
        <button type="button" className="incident-chip" onClick={() => change([...shown, { type: 'other', name: '' }])}>
          {say('incidents.quick.other')} +
        </button>
      </div>
    </Part>
  )
}

/** What is found most, with the unit it is counted in. */
const QUICK_GOODS = [
  { key: 'tobacco', type: 'smuggled', counted: 'carton' },
  { key: 'liquor', type: 'smuggled', counted: 'bottle' },
  { key: 'farm', type: 'smuggled', unit: 'kg' },
  { key: 'sea', type: 'smuggled', unit: 'kg' },
  { key: 'watch', type: 'smuggled', counted: 'piece' },
  { key: 'narcotics', type: 'narcotics', unit: 'g' },
] as const

export function GoodsRow({ goods, onChange, onRemove }: { goods: Goods; onChange: (goods: Goods) => void; onRemove: () => void }) {
  const say = useSay()
  const words = useGoodsWords()
  const number = (field: 'quantity' | 'valueWon', text: string): Goods => {
    const { [field]: _old, ...rest } = goods
    const value = Number(text.replaceAll(',', ''))
    return text.trim() === '' || !Number.isFinite(value) ? rest : { ...rest, [field]: value }
  }
  return (
    <div className="goods-row" role="group" aria-label={words(goods)}>
      <select
        className="input"
        aria-label={say('incidents.goods-type')}
        value={goods.type}
        onChange={event => onChange({ ...goods, type: GOODS_TYPES.find(one => one === event.target.value) ?? 'other' })}
      >
        {GOODS_TYPES.map(type => (
          <option key={type} value={type}>
            {say(`incidents.goods.${type}`)}
          </option>
        ))}
      </select>
      <input
        className="input"
        value={goods.name}
        placeholder={say('incidents.goods-name')}
        aria-label={say('incidents.goods-name')}
        onChange={event => onChange({ ...goods, name: event.target.value })}
      />
      <input
        className="input number"
        inputMode="decimal"
        defaultValue={goods.quantity ?? ''}
        placeholder={say('incidents.quantity')}
        aria-label={say('incidents.quantity')}
        onChange={event => onChange(number('quantity', event.target.value))}
      />
      <input
        className="input"
        value={goods.unit ?? ''}
        placeholder={say('incidents.unit')}
        aria-label={say('incidents.unit')}
        onChange={event => onChange({ ...goods, unit: event.target.value })}
      />
      <input
        className="input number"
        inputMode="numeric"
        defaultValue={goods.valueWon ?? ''}
        placeholder={say('incidents.value')}
        aria-label={say('incidents.value')}
        onChange={event => onChange(number('valueWon', event.target.value))}
      />
      <button type="button" aria-label={say('act.remove')} onClick={onRemove}>
        ×
      </button>
    </div>
  )
}

/** People by name: seen in full only by who has the right; others see 김○○. */
export function PeopleField({ draft }: { draft: Draft }) {
  const app = useApp()
  const say = useSay()
  const change = (people: readonly PersonFull[]): void => app.incidents.form.change({ people })
  return (
    <Part label={say('incidents.people')} note={say('incidents.people-note')}>
      {draft.people.map(person => (
        <PersonRow
          key={person.id}
          person={person}
          onChange={next => change(draft.people.map(one => (one.id === person.id ? next : one)))}
          onRemove={() => change(draft.people.filter(one => one.id !== person.id))}
        />
      ))}
      <NewPerson onAdd={person => change([...draft.people, person])} />
    </Part>
  )
}

const FIELDS = ['nationality', 'document'] as const

function PersonRow({ person, onChange, onRemove }: { person: PersonFull; onChange: (person: PersonFull) => void; onRemove: () => void }) {
  const say = useSay()
  return (
    <div className="person-row">
      <b>
        {say(`incidents.role.${person.role}`)} {person.name}
      </b>
      {FIELDS.map(field => (
        <input
          key={field}
          className="input"
          value={person[field] ?? ''}
          placeholder={say(`incidents.person.${field}`)}
          aria-label={say(`incidents.person.${field}`)}
          onChange={event => {
            const { [field]: _old, ...rest } = person
            onChange(event.target.value === '' ? rest : { ...rest, [field]: event.target.value })
          }}
        />
      ))}
      <button type="button" aria-label={say('act.remove')} onClick={onRemove}>
        ×
      </button>
    </div>
  )
}

export function NewPerson({ onAdd }: { onAdd: (person: PersonFull) => void }) {
  const say = useSay()
  const [name, setName] = useState('')
  const [role, setRole] = useState<PersonFull['role']>('suspect')
  const add = (): void => {
    if (name.trim() === '') return
    onAdd({ id: crypto.randomUUID(), role, name: name.trim() })
    setName('')
  }
  return (
    <div className="person-row">
      <select
        className="input"
        aria-label={say('incidents.person-role')}
        value={role}
        onChange={event => setRole(PERSON_ROLES.find(one => one === event.target.value) ?? 'other')}
      >
        {PERSON_ROLES.map(one => (
          <option key={one} value={one}>
            {say(`incidents.role.${one}`)}
          </option>
        ))}
      </select>
      <input
        className="input"
        value={name}
        placeholder={say('incidents.person-name')}
        aria-label={say('incidents.person-name')}
        onChange={event => setName(event.target.value)}
        onKeyDown={event => {
          if (event.nativeEvent.isComposing || event.code !== 'Enter' || event.ctrlKey) return
          event.preventDefault()
          add()
        }}
      />
      <button type="button" className="link-button" onClick={add}>
        {say('incidents.add')} +
      </button>
    </div>
  )
}
