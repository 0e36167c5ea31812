import { useEffect, useState } from 'react'
import { useApp, useSay } from '../app.ts'
import { clockKst, dateTimeKst, thousands } from '../i18n/format.ts'
import { wordFor } from '../i18n/text.ts'
import { field, number, text } from '../live/wire.ts'
import { useStore } from '../shell/store.ts'
import { Bones, Panel, PanelHead, State, Tabs } from '../ui/parts.tsx'
import { dayKst, type House, type PersonView, type TrailLine, trail } from './admin-model.ts'

const KINDS = ['all', 'look', 'change', 'refused', 'sign-in'] as const
type Kind = (typeof KINDS)[number]
const PAGE = 100
/** The product's own deeds. */
const ITSELF = 'mangru'
const WAIT_MS = 250
/** Signs that the type of the house has: a control room's machine may have no other. */
const SIGNS: readonly (readonly [RegExp, string])[] = [
  [/^refused$/, '×'],
  [/^(session|sign)/, '→'],
  [/\.(look|read)$/, '◉'],
  [/^second\./, '◎'],
  [/^evidence/, '◆'],
  [/^alarm/, '▲'],
]
const OTHER_SIGN = '■'
const kindOf = (deed: string): string => (deed === 'refused' ? 'is-refused' : /^person\.look$/.test(deed) ? 'is-look' : '')

/** Who did and saw what: searched by words, kind, person and time; older lines on demand; taken out as CSV. */
export function Trail({ house, who, isNarrow = false }: { house: House; who?: PersonView | undefined; isNarrow?: boolean }) {
  const app = useApp()
  const say = useSay()
  const { language } = useStore(app.desk)
  const [kind, setKind] = useState<Kind>('all')
  const [words, setWords] = useState('')
  const [from, setFrom] = useState('')
  const [to, setTo] = useState('')
  const [person, setPerson] = useState('')
  const [lines, setLines] = useState<readonly TrailLine[]>()
  const [counts, setCounts] = useState<unknown>()
  const [trouble, setTrouble] = useState<string>()
  const id = who?.id ?? (person || undefined)
  const query = (more: Readonly<Record<string, string>> = {}): string =>
    new URLSearchParams({
      ...(id ? { who: id } : {}),
      ...(words.trim() ? { q: words.trim() } : {}),
      ...(from ? { from: `${from}T00:00:00+09:00` } : {}),
      ...(to ? { to: `${to}T24:00:00+09:00` } : {}),
      ...(kind === 'all' ? {} : { kind }),
      ...more,
    }).toString()
  const load = async (before?: number): Promise<void> => {
    try {
      const page = trail(
        await app.api.json('GET', `/api/audit?${query({ limit: String(PAGE), ...(before ? { before: String(before) } : {}) })}`),
      )
      setLines(known => (before ? [...(known ?? []), ...page] : page))
      if (!before) setCounts(await app.api.json('GET', `/api/audit/counts?${query()}`))
      setTrouble(undefined)
    } catch (error) {
      setTrouble(error instanceof Error ? error.message : String(error))
    }
  }
  useEffect(() => {
    const timer = setTimeout(() => void load(), WAIT_MS)
    return () => clearTimeout(timer)
  }, [id, kind, words, from, to])
  /** Organisations by their names. */
  const places = (words: string): string => {
    const ids = words.split(' ')
    const known = ids.flatMap(id => house.organisations.find(one => one.id === id) ?? [])
    return known.length === ids.length ? known.map(one => one[language]).join(', ') : words
  }
  const last = lines?.at(-1)
  const today = dayKst(app.now())
  return (
    <Panel label={say('admin.trail')} region="audit">
      <PanelHead title={say('admin.trail')}>
        {who && <span className="note">{who.name}</span>}
        <span className="note push" title={text(counts, 'head')}>
          {say('admin.chain', { n: thousands(number(counts, 'rows') ?? 0) })}
        </span>
      </PanelHead>
      <div className="admin__form">
        <input
          className="input"
          style={{ flex: 1 }}
          placeholder={say('admin.find-trail')}
          aria-label={say('admin.find-trail')}
          value={words}
          onChange={event => setWords(event.target.value)}
        />
        {!isNarrow && (
          <>
            <select className="input" aria-label={say('admin.people')} value={person} onChange={event => setPerson(event.target.value)}>
              <option value="">{say('admin.everybody')}</option>
              {house.people.map(one => (
                <option key={one.id} value={one.id}>
                  {one.name}
                </option>
              ))}
            </select>
            <label className="admin__day">
              {say('admin.from')}
              <input className="input" type="date" value={from} onChange={event => setFrom(event.target.value)} />
            </label>
            <label className="admin__day">
              {say('admin.until')}
              <input className="input" type="date" value={to} onChange={event => setTo(event.target.value)} />
            </label>
          </>
        )}
      </div>
      <Tabs
        label={say('admin.trail')}
        tabs={KINDS.map(one => ({ id: one, name: say(`admin.kind-${one}`), ...countOf(counts, one) }))}
        chosen={kind}
        onChoose={setKind}
      />
      <div className="grow scroll">
        {trouble && <State title={say('records.trouble')} note={trouble} />}
        {!lines && !trouble && <Bones blocks={4} />}
        {lines?.length === 0 && <State title={say('audit.none')} />}
        {lines?.map(line => (
          <div key={line.id} className={`trail ${kindOf(line.deed)}`}>
            <time dateTime={new Date(line.atMs).toISOString()} title={dateTimeKst(line.atMs)}>
              {dayKst(line.atMs) === today ? clockKst(line.atMs) : dayKst(line.atMs)}
            </time>
            <span aria-hidden="true">{SIGNS.find(([of]) => of.test(line.deed))?.[1] ?? OTHER_SIGN}</span>
            <span>
              {!who && <>{line.who === ITSELF ? say('admin.itself') : line.name} · </>}
              <b>{wordFor(say, 'deed', line.deed)}</b> {house.people.find(one => one.id === line.thing)?.name ?? places(line.thing)}
              {(line.note || line.second) && (
                <small>
                  {places(shortHashes(line.note))}
                  {line.second && ` · ${say('admin.decided-by', { name: line.second })}`}
                </small>
              )}
            </span>
          </div>
        ))}
        {last && (lines?.length ?? 0) % PAGE === 0 && (
          <button type="button" className="button button--plain" onClick={() => void load(last.id)}>
            {say('admin.older')}
          </button>
        )}
      </div>
      <div className="section">
        <span className="note">{say('admin.nobody-edits')}</span>{' '}
        <a className="button button--plain" href={`/api/audit.csv?${query()}`} download="mangru-audit.csv">
          {say('admin.export')}
        </a>
      </div>
    </Panel>
  )
}

/** Fingerprints by their beginning: the whole of one is in the export. */
const shortHashes = (note: string | undefined): string => (note ?? '').replace(/\b[0-9a-f]{64}\b/g, hash => `${hash.slice(0, 8)}…`)

function countOf(counts: unknown, kind: Kind): { readonly count?: number } {
  const count = number(field(counts, 'counts'), kind)
  return count === undefined ? {} : { count }
}
