import { useCallback, useEffect, useMemo, useState } from 'react'
import type { RuleChoices, TellingRules } from '#alerts/schema.ts'
import { ReasonLine } from '../access/ReasonLine.tsx'
import { useApp, useSay } from '../app.ts'
import { field, list, text } from '../live/wire.ts'
import { useStore } from '../shell/store.ts'
import { Bones, Panel, PanelHead, State } from '../ui/parts.tsx'
import { ClosingEditor } from './ClosingEditor.tsx'
import { RuleEditor } from './RuleEditor.tsx'
import { RuleHistory } from './RuleHistory.tsx'
import { RuleList } from './RuleList.tsx'
import { type EditBook, type Remarks, readBook, remark, withNewRule } from './rule-book.ts'
import { TryPanel } from './TryPanel.tsx'
import { useAsked } from './use-asked.ts'

interface Edit {
  readonly book: TellingRules
  readonly field: string | undefined
}

const CHECK_MS = 300
const named = (from: unknown) => ({ id: text(from, 'id') ?? '', ko: text(from, 'ko') ?? '', en: text(from, 'en') ?? '' })
const readChoices = (from: unknown): RuleChoices => ({
  detectors: list(from, 'detectors').map(named),
  organisations: list(from, 'organisations').map(named),
  posts: list(from, 'posts').map(String),
  people: list(from, 'people').map(one => ({ id: text(one, 'id') ?? '', name: text(one, 'name') ?? '' })),
  channels: list(from, 'channels').map(one => ({ name: text(one, 'name') ?? '', kind: text(one, 'kind') ?? '' })),
})
const NEVER_MS = 600_000

/** The rule book: its rules as sentences in their order, changed here, tried and kept; every change can be undone before it is saved and gone back to after. */
export function Rules() {
  const app = useApp()
  const say = useSay()
  const { language } = useStore(app.desk)
  const { value: kept, trouble, load } = useAsked('/api/telling/rules', readBook, NEVER_MS)
  const { value: choices, trouble: choicesTrouble } = useAsked('/api/telling/rules/choices', readChoices, NEVER_MS)
  /** The newest last; empty: as it is kept. */
  const [edits, setEdits] = useState<readonly Edit[]>([])
  const [chosen, setChosen] = useState<string>()
  const [reason, setReason] = useState('')
  const [round, setRound] = useState(0)
  const book = edits.at(-1)?.book ?? kept
  const remarks = useRemarks(book, edits.length > 0)
  const edit = useCallback<EditBook>(
    (next, field) =>
      setEdits(before => [
        ...(field !== undefined && before.at(-1)?.field === field ? before.slice(0, -1) : before),
        { book: next, field },
      ]),
    [],
  )
  const how = app.me.get()?.deeds.get('telling.rules')
  const mayEdit = how !== undefined
  if (trouble !== undefined || choicesTrouble !== undefined)
    return (
      <Panel label={say('telling.rules')} region="telling-rules">
        <State title={trouble ?? choicesTrouble}>
          <button type="button" className="button" onClick={() => void load()}>
            {say('act.again')}
          </button>
        </State>
      </Panel>
    )
  if (!book || !kept || !choices)
    return (
      <Panel label={say('telling.rules')} region="telling-rules">
        <Bones blocks={3} />
      </Panel>
    )
  const save = async (): Promise<void> => {
    try {
      const answer = await app.api.json('PUT', '/api/telling/rules', {
        ...book,
        revision: kept.revision,
        ...(reason.trim() === '' ? {} : { reason: reason.trim() }),
      })
      const asked = field(answer, 'request')
      if (asked !== undefined) app.toast(say('admin.asked', { n: Number(field(asked, 'number')) }))
      else app.toast(say('telling.saved', { n: kept.revision + 1 }))
      setEdits([])
      setReason('')
      setRound(round + 1)
      await load()
    } catch (error) {
      app.toast(error instanceof Error ? error.message : String(error), { tone: 'bad' })
    }
  }
  const add = (): void => {
    const { book: next, id } = withNewRule(book, { ko: '새 규칙', en: 'New rule' })
    edit(next)
    setChosen(id)
  }
  const rule = book.rules.find(one => one.id === chosen)
  const words = { say, language, choices }
  return (
    <div className="telling__rules">
      <Panel label={say('telling.rules')} region="telling-rules">
        <PanelHead title={say('telling.rules')}>
          <span className="note">
            {kept.revision === 0 ? say('telling.shipped') : say('telling.revision', { n: kept.revision })} · {say('telling.rules-note')}
          </span>
          {mayEdit && (
            <button type="button" className="button is-small push" onClick={add}>
              {say('telling.rule.add')}
            </button>
          )}
        </PanelHead>
        <div className="grow scroll">
          <RuleList book={book} words={words} remarks={remarks} chosen={chosen} choose={setChosen} {...(mayEdit ? { edit } : {})} />
          <ClosingEditor book={book} remarks={remarks.faults} {...(mayEdit ? { edit } : {})} />
        </div>
        {edits.length > 0 && (
          <div className="telling__save" role="status">
            <b>{say('telling.unsaved', { n: edits.length })}</b>
            {remarks.faults.length > 0 && <span className="is-bad">{say('telling.faults', { n: remarks.faults.length })}</span>}
            {how === 'second' && <span className="note">{say('telling.second-note')}</span>}
            <ReasonLine value={reason} onChange={setReason} />
            <button type="button" className="button" onClick={() => setEdits(edits.slice(0, -1))}>
              {say('telling.undo')}
            </button>
            <button type="button" className="button" onClick={() => setEdits([])}>
              {say('telling.discard')}
            </button>
            <button
              type="button"
              className="button is-main"
              disabled={remarks.faults.length > 0 || (how === 'second' && reason.trim().length < 2)}
              onClick={() => void save()}
            >
              {say('telling.save')}
            </button>
          </div>
        )}
      </Panel>
      <Panel label={say('telling.rule.which')} region="telling-rule">
        <PanelHead title={rule?.[language] ?? say('telling.rule.which')} />
        {rule ? (
          <div className="grow scroll">
            <RuleEditor
              key={rule.id}
              book={book}
              rule={rule}
              choices={choices}
              remarks={remarks}
              removed={() => setChosen(undefined)}
              {...(mayEdit ? { edit } : {})}
            />
          </div>
        ) : (
          <State title={say('telling.rule.choose')} />
        )}
      </Panel>
      <div className="page__column">
        <TryPanel book={book} choices={choices} words={words} />
        <RuleHistory key={round} book={kept} load={loaded => edit({ ...loaded, revision: kept.revision })} mayEdit={mayEdit} />
      </div>
    </div>
  )
}

const NOTHING: Remarks = { faults: [], warnings: [] }

/** What the server finds wrong with the book as it is now, asked for while it is changed. */
function useRemarks(book: TellingRules | undefined, isChanged: boolean): Remarks {
  const app = useApp()
  const [remarks, setRemarks] = useState(NOTHING)
  const body = useMemo(() => (book && isChanged ? book : undefined), [book, isChanged])
  useEffect(() => {
    if (!body) return setRemarks(NOTHING)
    let isCurrent = true
    const timer = setTimeout(() => {
      void app.api.json('POST', '/api/telling/rules/check', body).then(
        answer => {
          if (isCurrent) setRemarks({ faults: list(answer, 'faults').map(remark), warnings: list(answer, 'warnings').map(remark) })
        },
        error => {
          const said = error instanceof Error ? error.message : String(error)
          if (isCurrent) setRemarks({ faults: [{ at: '', ko: said, en: said }], warnings: [] })
        },
      )
    }, CHECK_MS)
    return () => {
      isCurrent = false
      clearTimeout(timer)
    }
  }, [app, body])
  return remarks
}
