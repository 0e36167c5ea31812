import { useState } from 'react'
import { useApp, useSay } from '../app.ts'
import { minuteKst, momentKst } from '../i18n/format.ts'
import { useStore } from '../shell/store.ts'
import { Bones } from '../ui/parts.tsx'
import { useNow } from '../ui/use-now.ts'
import type { LineView } from './model.ts'
import { LineWords, useOfficeName } from './parts.tsx'

const EDITABLE_MS = 60_000

/** The lines, the newest first; those on their way stand above them. At most `most` where room is short. */
export function LogLines({ most }: { most?: number }) {
  const app = useApp()
  const say = useSay()
  const { lines, source, isLoaded, trouble } = useStore(app.shifts.log)
  const waiting = useStore(app.shifts.waiting)
  const shown = lines.filter(line => source === 'all' || line.isByHand === (source === 'hand')).slice(most === undefined ? 0 : -most)
  const byId = new Map(lines.map(line => [line.id, line]))
  if (trouble && !isLoaded) return <p className="log-empty form__error">{trouble}</p>
  if (!isLoaded) return <Bones blocks={3} />
  return (
    <ol className="log-lines" aria-label={say('shifts.log')} aria-live="polite">
      {waiting.map(line => (
        <li key={line.id} className="log-line is-hand is-waiting">
          <span className="log-line__time">{say('shifts.sending')}</span>
          <i>{say('shifts.hand')}</i>
          <span className="log-line__words">{line.text}</span>
        </li>
      ))}
      {shown.length === 0 && waiting.length === 0 && <li className="log-empty">{say('shifts.log-empty')}</li>}
      {[...shown].reverse().map(line => (
        <Line key={line.id} line={line} before={line.corrects === undefined ? undefined : byId.get(line.corrects)} />
      ))}
    </ol>
  )
}

function Line({ line, before }: { line: LineView; before: LineView | undefined }) {
  const app = useApp()
  const say = useSay()
  const office = useOfficeName()
  const { language } = useStore(app.desk)
  const own = useStore(app.shifts.organisation)
  const nowMs = useNow()
  const [draft, setDraft] = useState<string>()
  const isMine = line.isByHand && line.by.id === app.me.get()?.id
  const leftMs = line.takenAtMs + EDITABLE_MS - nowMs
  const canEdit = isMine && leftMs > 0 && line.correctedBy === undefined
  const canCorrect = !canEdit && line.correctedBy === undefined && app.may('log.write')
  const who = !line.isByHand
    ? say('shifts.by-machine')
    : line.by.organisation !== own
      ? office(line.by.organisation, true)
      : (line.seat?.[language] ?? line.by.name)
  const save = (): void => {
    const words = draft?.trim() ?? ''
    setDraft(undefined)
    if (words !== '' && words !== line.text)
      app.shifts
        .edit(line.id, words)
        .catch(refusal => app.toast(refusal instanceof Error ? refusal.message : String(refusal), { tone: 'bad' }))
  }
  const correct = (): void => app.shifts.correcting.set(line)
  return (
    <li
      className={`log-line ${line.isByHand ? 'is-hand' : ''} ${line.correctedBy ? 'is-corrected' : ''} ${line.kind === 'alarm' && line.level === 1 ? 'is-grave' : ''}`}
      tabIndex={-1}
      data-line={line.id}
      onKeyDown={event => {
        if (event.code === 'KeyU' && canCorrect && event.target === event.currentTarget) correct()
      }}
    >
      <time className="log-line__time" dateTime={new Date(line.atMs).toISOString()} title={momentKst(line.atMs, nowMs)}>
        {minuteKst(line.atMs)}
      </time>
      <i title={line.isByHand ? say('shifts.by-hand') : say('shifts.by-machine')}>
        {say(line.isByHand ? 'shifts.hand' : 'shifts.machine')}
      </i>
      {draft === undefined ? (
        <span className="log-line__words">
          {(line.kind === 'weather' || line.kind === 'plan') && (
            <b className={`log-kind is-${line.kind}`}>{say(`shifts.kind.${line.kind}`)}</b>
          )}
          {line.corrects !== undefined && (
            <>
              <b className="log-kind is-correction">{say('shifts.correction')}</b>
              {before && <s>{before.text}</s>} {before && '→ '}
            </>
          )}
          {line.correctedBy ? (
            <s>
              <LineWords line={line} />
            </s>
          ) : (
            <LineWords line={line} />
          )}
          {line.isEdited && <span className="note"> {say('shifts.edited')}</span>}
        </span>
      ) : (
        <input
          className="input"
          autoFocus
          value={draft}
          aria-label={say('shifts.edit')}
          onChange={event => setDraft(event.target.value)}
          onBlur={save}
          onKeyDown={event => {
            if (event.nativeEvent.isComposing) return
            if (event.code === 'Enter') save()
            if (event.code === 'Escape') setDraft(undefined)
          }}
        />
      )}
      <span className="log-line__who">
        {canEdit && draft === undefined ? (
          <button type="button" className="log-act" onClick={() => setDraft(line.text)}>
            {say('shifts.edit')} {Math.ceil(leftMs / 1000)}
          </button>
        ) : (
          <>
            <span className="log-line__name">{who}</span>
            {canCorrect && (
              <button type="button" className="log-act is-quiet" onClick={correct}>
                {say('shifts.correct')}
              </button>
            )}
          </>
        )}
      </span>
    </li>
  )
}
