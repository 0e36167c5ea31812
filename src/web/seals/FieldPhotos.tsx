import { useEffect, useRef, useState } from 'react'
import { useApp, useSay } from '../app.ts'

export interface Taken {
  readonly id: string
  /** Small picture as data URL. */
  readonly thumbnail?: string
}
const MOST = 6

/** Photos of the box, taken now: kept in the telephone with their hash, sent with what is pressed next. */
export function FieldPhotos({
  journey,
  photos,
  onChange,
}: {
  journey: string
  photos: readonly Taken[]
  onChange(photos: readonly Taken[]): void
}) {
  const app = useApp()
  const say = useSay()
  const input = useRef<HTMLInputElement>(null)
  const [trouble, setTrouble] = useState<string>()
  const now = useRef(photos)
  useEffect(() => {
    now.current = photos
  }, [photos])
  const add = async (files: FileList | null): Promise<void> => {
    setTrouble(undefined)
    for (const file of [...(files ?? [])].slice(0, MOST - now.current.length)) {
      try {
        now.current = [...now.current, await app.seals.keepPhoto(journey, file)]
        onChange(now.current)
      } catch (reason) {
        setTrouble(reason instanceof Error ? reason.message : String(reason))
      }
    }
  }
  return (
    <div className="field__photos">
      {photos.map(one => (
        <figure key={one.id}>
          {one.thumbnail === undefined ? <span>{say('seals.photo')}</span> : <img src={one.thumbnail} alt={say('seals.photo')} />}
          <button
            type="button"
            aria-label={say('seals.photo.drop')}
            onClick={() => {
              void app.seals.dropPhoto(one.id)
              onChange(photos.filter(other => other.id !== one.id))
            }}
          >
            ×
          </button>
        </figure>
      ))}
      {photos.length < MOST && (
        <button type="button" className="button field__camera" onClick={() => input.current?.click()}>
          {say('seals.photo.take')}
        </button>
      )}
      <input
        ref={input}
        type="file"
        hidden
        data-seal-photos
        accept="image/jpeg,image/png,image/webp"
        capture="environment"
        multiple
        onChange={event => {
          void add(event.target.files)
          event.target.value = ''
        }}
      />
      {trouble !== undefined && <p className="is-bad">{trouble}</p>}
    </div>
  )
}
