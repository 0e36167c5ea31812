import { useState } from 'react'
import { useApp, useSay } from '../app.ts'
import { useStore } from '../shell/store.ts'
import { Panel, PanelHead } from '../ui/parts.tsx'
import { type House, isForAll, type PersonView } from './admin-model.ts'

/** Who may do what, in words; the posts of the chosen person marked; one cell told in a sentence, with who holds it now. */
export function RightsMatrix({ house, person }: { house: House; person: PersonView | undefined }) {
  const app = useApp()
  const say = useSay()
  const { language } = useStore(app.desk)
  const [cell, setCell] = useState<{ readonly deed: string; readonly post: string }>({ deed: 'evidence.export', post: 'watch-leader' })
  const held = new Set(person?.posts.map(post => post.post) ?? [])
  const word = (one: { readonly ko: string; readonly en: string } | undefined): string => (one ? one[language] : '')
  const deed = house.deeds.find(one => one.deed === cell.deed)
  const post = house.posts.find(one => one.post === cell.post)
  const reach = deed?.reach.get(cell.post) ?? 'none'
  const holders = house.people.filter(one => one.isActive && one.posts.some(own => own.post === cell.post))
  const deeds = [...house.deeds].sort((a, b) => Number(isForAll(house, a)) - Number(isForAll(house, b)))
  const move = (row: number, column: number): void => {
    const [to, at] = [deeds[row], house.posts[column]]
    if (!to || !at) return
    setCell({ deed: to.deed, post: at.post })
    document.getElementById(`cell-${to.deed}-${at.post}`)?.focus()
  }
  return (
    <Panel label={say('admin.matrix')} region="rights" className="is-grow">
      <PanelHead title={say('admin.matrix')}>
        {person && <span className="note">{say('admin.matrix-held', { name: person.name })}</span>}
        <span className="note push">{say('admin.legend')}</span>
      </PanelHead>
      <div className="grow scroll">
        <table className="matrix">
          <thead>
            <tr>
              <th>{say('admin.deed')}</th>
              {house.posts.map(one => (
                <th key={one.post} className={held.has(one.post) ? 'is-held' : ''}>
                  {word(one)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {deeds.map((one, row) => (
              <tr key={one.deed}>
                <td>{word(one)}</td>
                {house.posts.map(({ post: name }, column) => {
                  const found = one.reach.get(name) ?? 'none'
                  const isPicked = cell.deed === one.deed && cell.post === name
                  return (
                    <td key={name} className={`is-${found} ${held.has(name) ? 'is-held' : ''} ${isPicked ? 'is-picked' : ''}`}>
                      <button
                        type="button"
                        id={`cell-${one.deed}-${name}`}
                        tabIndex={isPicked ? 0 : -1}
                        aria-pressed={isPicked}
                        onClick={() => setCell({ deed: one.deed, post: name })}
                        onKeyDown={event => {
                          if (event.code === 'ArrowRight') move(row, column + 1)
                          else if (event.code === 'ArrowLeft') move(row, column - 1)
                          else if (event.code === 'ArrowDown') move(row + 1, column)
                          else if (event.code === 'ArrowUp') move(row - 1, column)
                          else return
                          event.preventDefault()
                          event.stopPropagation()
                        }}
                      >
                        {say(`reach.${found}`)}
                      </button>
                    </td>
                  )
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {deed && post && (
        <div className="cell-told" role="status">
          <div>
            <b>
              {word(post)} × {word(deed)}
            </b>{' '}
            <span className={`mark ${reach === 'two' ? 'is-warn' : reach === 'all' ? 'is-good' : ''}`}>{say(`reach.${reach}`)}</span>
            <div>{say(`admin.told-${reach}`)}</div>
            <span className="code">{deed.deed}</span>
          </div>
          <div>
            <b>{say('admin.holders', { n: holders.length })}</b>
            <div className="note">
              {holders
                .slice(0, 6)
                .map(one => one.name)
                .join(', ')}
              {holders.length > 6 ? ' …' : ''}
            </div>
          </div>
        </div>
      )}
    </Panel>
  )
}
