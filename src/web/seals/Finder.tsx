import { useEffect, useRef, useState } from 'react'
import { useSay } from '../app.ts'
import { scan, scanKind } from './field-scan.ts'

/** A number typed, or read by the camera or from a tag where the telephone can. */
export function Finder({ label, value, onValue }: { label: string; value: string; onValue(value: string): void }) {
  const say = useSay()
  const video = useRef<HTMLVideoElement>(null)
  const stop = useRef<AbortController>(undefined)
  const [reading, setReading] = useState<'camera' | 'tag'>()
  const [trouble, setTrouble] = useState(false)
  useEffect(() => () => stop.current?.abort(), [])
  const read = async (how: 'camera' | 'tag'): Promise<void> => {
    stop.current?.abort()
    const control = new AbortController()
    stop.current = control
    setReading(how)
    setTrouble(false)
    try {
      onValue(await scan(how, () => video.current, control.signal))
    } catch {
      if (!control.signal.aborted) setTrouble(true)
    }
    if (stop.current === control) setReading(undefined)
  }
  const ways = scanKind()
  return (
    <div className="field__find">
      <label>
        <span>{label}</span>
        <input className="input" value={value} autoCapitalize="characters" onChange={event => onValue(event.target.value)} />
      </label>
      {ways.map(how => (
        <button
          key={how}
          type="button"
          className="button"
          aria-pressed={reading === how}
          onClick={() => (reading === how ? stop.current?.abort() : void read(how))}
        >
          {say(`seals.field.${how}`)}
        </button>
      ))}
      <video ref={video} hidden={reading !== 'camera'} muted playsInline />
      {trouble && <p className="is-bad">{say('seals.field.unread')}</p>}
    </div>
  )
}
