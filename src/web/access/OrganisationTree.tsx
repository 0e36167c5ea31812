import { useState } from 'react'
import { useApp, useSay } from '../app.ts'
import { wordFor } from '../i18n/text.ts'
import { useStore } from '../shell/store.ts'
import { Panel, PanelHead } from '../ui/parts.tsx'
import type { House, OrganisationView } from './admin-model.ts'

interface Row {
  readonly one: OrganisationView
  readonly depth: number
  readonly count: number
  readonly hasBelow: boolean
}

/** The tree in one list, arrows move in it, and the people of the chosen organisation. */
export function OrganisationTree({
  house,
  organisation,
  person,
  chooseOrganisation,
  choosePerson,
}: {
  house: House
  organisation: string | undefined
  person: string | undefined
  chooseOrganisation: (id: string) => void
  choosePerson: (id: string | undefined) => void
}) {
  const app = useApp()
  const say = useSay()
  const { language } = useStore(app.desk)
  const [folded, setFolded] = useState<ReadonlySet<string>>(new Set())
  const [words, setWords] = useState('')
  const [areLeftShown, showLeft] = useState(false)
  const here = house.people.filter(one => !one.hasLeft)
  const open = house.organisations.filter(one => !one.isClosed)
  const below = (id: string): readonly OrganisationView[] => open.filter(one => one.parent === id)
  const all = (id: string): readonly string[] => [id, ...below(id).flatMap(one => all(one.id))]
  const rows = (parent: OrganisationView, depth: number): readonly Row[] => {
    const ids = new Set(all(parent.id))
    const children = below(parent.id)
    const row = {
      one: parent,
      depth,
      count: here.filter(one => ids.has(one.organisation)).length,
      hasBelow: children.length > 0 && depth > 0,
    }
    return [row, ...(folded.has(parent.id) ? [] : children.flatMap(child => rows(child, depth + 1)))]
  }
  const list = open.filter(one => one.parent === undefined).flatMap(head => rows(head, 0))
  const fold = (id: string, isFolded: boolean): void => {
    const next = new Set(folded)
    if (isFolded) next.add(id)
    else next.delete(id)
    setFolded(next)
  }
  const move = (at: number): void => {
    const row = list[Math.max(0, Math.min(list.length - 1, at))]
    if (!row) return
    chooseOrganisation(row.one.id)
    document.getElementById(`org-${row.one.id}`)?.focus()
  }
  const kinds = (kind: string): number => open.filter(one => one.kind === kind).length
  const ids = organisation === undefined ? undefined : new Set(all(organisation))
  const shown = house.people.filter(
    one =>
      one.hasLeft === areLeftShown &&
      (ids === undefined || ids.has(one.organisation)) &&
      one.name.toLowerCase().includes(words.trim().toLowerCase()),
  )

  return (
    <div className="page__column">
      <Panel label={say('admin.organisations')} region="organisations" className="is-grow is-tree">
        <PanelHead title={say('admin.organisations')}>
          <span className="note">
            {say('admin.tree-count', { offices: kinds('customs-office'), centres: kinds('control-centre') + kinds('monitoring-centre') })}
          </span>
          <span className="note push">{say('admin.people-count', { n: here.length })}</span>
        </PanelHead>
        <div className="grow scroll" role="tree" aria-label={say('admin.organisations')}>
          {list.map(({ one, depth, count, hasBelow }, at) => (
            <div
              key={one.id}
              id={`org-${one.id}`}
              className={`org ${one.id === organisation ? 'is-on' : ''}`}
              style={{ '--depth': depth } as React.CSSProperties}
              role="treeitem"
              aria-level={depth + 1}
              aria-selected={one.id === organisation}
              aria-expanded={hasBelow ? !folded.has(one.id) : undefined}
              tabIndex={one.id === (organisation ?? list[0]?.one.id) ? 0 : -1}
              onClick={() => chooseOrganisation(one.id)}
              onKeyDown={event => {
                if (event.code === 'ArrowDown') move(at + 1)
                else if (event.code === 'ArrowUp') move(at - 1)
                else if (event.code === 'ArrowLeft') fold(one.id, true)
                else if (event.code === 'ArrowRight') fold(one.id, false)
                else if (event.code === 'Enter') chooseOrganisation(one.id)
                else return
                event.preventDefault()
              }}
            >
              <span aria-hidden="true" className="note">
                {hasBelow ? (folded.has(one.id) ? '▸' : '▾') : ''}
              </span>
              {language === 'ko' ? one.ko : one.en}
              {one.isExample && <span className="mark">{say('admin.example')}</span>}
              <span className="push">{count}</span>
            </div>
          ))}
        </div>
        <p className="note section">{say('admin.example-note')}</p>
      </Panel>
      {app.may('people.look') && (
        <Panel label={say('admin.people')} region="people" className="is-grow">
          <PanelHead title={say('admin.people')}>
            <button type="button" className="button button--plain push" aria-pressed={areLeftShown} onClick={() => showLeft(!areLeftShown)}>
              {say('admin.left-too')}
            </button>
            <input
              className="input"
              style={{ width: 120, minHeight: 26 }}
              placeholder={say('admin.find-person')}
              aria-label={say('admin.find-person')}
              value={words}
              onChange={event => setWords(event.target.value)}
            />
          </PanelHead>
          <div className="grow scroll">
            {shown.length === 0 && <p className="note section">{say('admin.nobody')}</p>}
            {shown.slice(0, 300).map(one => (
              <button
                key={one.id}
                type="button"
                className={`org ${one.id === person ? 'is-on' : ''}`}
                aria-pressed={one.id === person}
                onClick={() => choosePerson(one.id === person ? undefined : one.id)}
              >
                {one.name}
                {!one.isActive && <span className="mark is-bad">{say('admin.locked')}</span>}
                <span className="push">
                  {one.posts
                    .map(post => wordFor(say, 'post', post.post))
                    .slice(0, 2)
                    .join(' · ')}
                </span>
              </button>
            ))}
          </div>
        </Panel>
      )}
    </div>
  )
}
