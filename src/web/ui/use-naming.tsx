import { type KeyboardEvent, type ReactNode, type RefObject, useEffect, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import { caretWord, type Named } from './naming.ts'

export interface Offer extends Named {
  readonly note?: string | undefined
}
const ASK_AFTER_MS = 120
const LINGER_MS = 150

/** Names typed after # and @: what fits is offered beside the field; arrows choose, Enter or Tab takes. */
export function useNaming<One extends Offer>({
  field,
  words,
  ask,
  onTake,
}: {
  field: RefObject<HTMLInputElement | HTMLTextAreaElement | null>
  words: string
  ask: (mark: '#' | '@', text: string) => Promise<readonly One[]>
  /** The words with the name in place, and whom or what it names. */
  onTake: (words: string, name: One) => void
}): {
  readonly isOpen: boolean
  /** Beside onChange: what is under the caret is looked up. */
  look(value: string, caret: number | null): void
  /** First in onKeyDown: true when the key was for the list. */
  takesKey(event: KeyboardEvent): boolean
  onBlur(): void
  readonly list: ReactNode
} {
  const [offers, setOffers] = useState<readonly One[]>([])
  const [picked, setPicked] = useState(0)
  const turn = useRef(0)
  useEffect(() => () => void turn.current++, [])

  const look = (value: string, caret: number | null): void => {
    const word = caretWord(value, caret ?? value.length)
    const mine = ++turn.current
    if (!word || word.text === '') return setOffers([])
    setTimeout(() => {
      if (turn.current !== mine) return
      ask(word.mark, word.text).then(
        found => {
          if (turn.current !== mine) return
          setOffers(found)
          setPicked(0)
        },
        () => undefined,
      )
    }, ASK_AFTER_MS)
  }
  const take = (offer: One): void => {
    const caret = field.current?.selectionStart ?? words.length
    const word = caretWord(words, caret)
    turn.current++
    setOffers([])
    if (!word) return
    const before = `${words.slice(0, word.at)}${word.mark}${offer.label} `
    // At once, not with the next frame: what is typed meanwhile goes on behind the name, wherever in the words it stands.
    flushSync(() => onTake(before + words.slice(caret), offer))
    field.current?.focus()
    field.current?.setSelectionRange(before.length, before.length)
  }
  return {
    isOpen: offers.length > 0,
    look,
    takesKey(event) {
      const offer = offers[picked]
      if (!offer) return false
      if (event.code === 'ArrowDown' || event.code === 'ArrowUp')
        setPicked(now => (now + (event.code === 'ArrowDown' ? 1 : offers.length - 1)) % offers.length)
      else if (event.code === 'Escape') setOffers([])
      else if (event.code === 'Enter' || event.code === 'NumpadEnter' || event.code === 'Tab') take(offer)
      else return false
      event.preventDefault()
      event.stopPropagation()
      return true
    },
    onBlur: () => void setTimeout(() => setOffers([]), LINGER_MS),
    list: offers.length > 0 && (
      <div className="name-offers" role="listbox">
        {offers.map((offer, n) => (
          <button
            key={`${offer.kind}${offer.id}`}
            type="button"
            role="option"
            aria-selected={n === picked}
            className={n === picked ? 'is-on' : ''}
            onMouseDown={event => {
              event.preventDefault()
              take(offer)
            }}
          >
            {offer.label} <small>{offer.note}</small>
          </button>
        ))}
      </div>
    ),
  }
}
