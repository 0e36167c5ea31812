import { useEffect, useRef, useState } from 'react'
import { useApp, useSay } from '../app.ts'
import type { Say } from '../i18n/text.ts'
import { namedIn } from '../ui/naming.ts'
import { useNaming } from '../ui/use-naming.tsx'
import { type AnswerDraft, NO_ANSWER } from './answer-drafts.ts'
import type { FoundLink, FoundName, Full } from './model.ts'
import { FILE_TYPES } from './upload.ts'

const OFFERED = 7

/**
 * An answer in the thread: Enter sends, Shift Enter is a new line; `@` calls a person, post or organisation, `#` links a ship, container, alarm …; photos by Ctrl V or
 * dropped here. What is being written is kept, and sent once, whenever the line is there.
 */
export function Answer({ incident }: { incident: Full }) {
  const app = useApp()
  const say = useSay()
  const [draft, setDraft] = useState<AnswerDraft>(NO_ANSWER)
  const { text, files } = draft
  const field = useRef<HTMLTextAreaElement>(null)
  const input = useRef<HTMLInputElement>(null)
  const wasTouched = useRef(false)
  useEffect(() => {
    void app.incidents.answers.of(incident.id).then(kept => {
      if (!wasTouched.current) setDraft(kept)
    })
  }, [app, incident.id])
  const change = (to: Partial<AnswerDraft> | ((now: AnswerDraft) => Partial<AnswerDraft>)): void => {
    wasTouched.current = true
    setDraft(now => {
      const next = { ...now, ...(typeof to === 'function' ? to(now) : to) }
      app.incidents.answers.keep(incident.id, next)
      return next
    })
  }
  const naming = useNaming<FoundName | FoundLink>({
    field,
    words: text,
    ask: async (mark, words) =>
      (await (mark === '@' ? app.incidents.findNames(words) : app.incidents.findLinks(words)))
        .slice(0, OFFERED)
        .map(one => ({ ...one, note: one.note === '?' ? say('incidents.check-digit') : (one.note ?? kindWord(say, one.kind)) })),
    onTake(words, { kind, id, label }) {
      const others = <One extends { readonly kind: string; readonly id: string }>(list: readonly One[]): readonly One[] =>
        list.filter(one => one.kind !== kind || one.id !== id)
      if (kind === 'person' || kind === 'post' || kind === 'organisation')
        change({ text: words, mentions: [...others(draft.mentions), { kind, id, label }] })
      else change({ text: words, links: [...others(draft.links), { kind, id, label }] })
    },
  })
  if (!app.may('incidents.write') || incident.mergedInto) return null
  const add = async (list: Iterable<File>): Promise<void> => {
    for (const file of [...list]) {
      const id = await app.incidents.keepFile(file, incident.id)
      // Several at once, or words typed meanwhile: what is there by now stays.
      change(now => ({ files: [...now.files, { id, name: file.name }] }))
    }
  }
  const send = (): void => {
    if (text.trim() === '' && files.length === 0) return
    const ids = files.map(file => file.id)
    const [mentions, links] = [namedIn(text, draft.mentions), namedIn(text, draft.links)]
    const body = {
      text,
      attachments: ids,
      ...(mentions.length > 0 ? { mentions } : {}),
      ...(links.length > 0 ? { links } : {}),
    }
    change(NO_ANSWER)
    app.incidents.deed(incident.id, 'answers', body, ids).catch(refusal => {
      // Refused: it is back as it was, to be put right.
      change(draft)
      app.toast(refusal instanceof Error ? refusal.message : String(refusal), { tone: 'bad' })
    })
  }
  return (
    <div
      className="answer"
      onDragOver={event => event.preventDefault()}
      onDrop={event => {
        event.preventDefault()
        void add(event.dataTransfer.files)
      }}
    >
      {naming.list}
      <div className="answer__line">
        <textarea
          ref={field}
          data-incident-answer
          rows={Math.min(5, text.split('\n').length)}
          value={text}
          placeholder={say('incidents.answer-here')}
          aria-label={say('incidents.answer')}
          role="combobox"
          aria-expanded={naming.isOpen}
          onChange={event => {
            change({ text: event.target.value })
            naming.look(event.target.value, event.target.selectionStart)
          }}
          onBlur={naming.onBlur}
          onPaste={event => event.clipboardData.files.length > 0 && void add(event.clipboardData.files)}
          onKeyDown={event => {
            if (event.nativeEvent.isComposing || naming.takesKey(event)) return
            if (event.code === 'Escape') event.currentTarget.blur()
            if ((event.code !== 'Enter' && event.code !== 'NumpadEnter') || event.shiftKey) return
            event.preventDefault()
            event.stopPropagation()
            send()
          }}
        />
        <button type="button" className="button is-main" onClick={send}>
          {say('incidents.send')} <kbd>Enter</kbd>
        </button>
      </div>
      <div className="answer__foot">
        {files.map(file => (
          <span key={file.id} className="chip">
            {file.name}
            <button
              type="button"
              aria-label={say('incidents.remove-file', { name: file.name })}
              onClick={() => change({ files: files.filter(one => one.id !== file.id) })}
            >
              ×
            </button>
          </span>
        ))}
        <span>
          <kbd>@</kbd> {say('incidents.at-note')}
        </span>
        <span>
          <kbd>#</kbd> {say('incidents.hash-note')}
        </span>
        <button type="button" className="link-button" onClick={() => input.current?.click()}>
          {say('incidents.attach')} <kbd>Ctrl V</kbd>
        </button>
        <span className="push only-desk">
          <kbd>Shift Enter</kbd> {say('incidents.new-line')}
        </span>
        <input
          ref={input}
          type="file"
          hidden
          multiple
          accept={FILE_TYPES}
          onChange={event => {
            void add(event.target.files ?? [])
            event.target.value = ''
          }}
        />
      </div>
    </div>
  )
}

const kindWord = (say: Say, kind: FoundName['kind'] | FoundLink['kind']): string =>
  kind === 'person' || kind === 'post' || kind === 'organisation' ? say(`incidents.name.${kind}`) : say(`incidents.link.${kind}`)
