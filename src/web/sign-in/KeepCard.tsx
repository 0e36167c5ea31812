import { useState } from 'react'
import { useSay } from '../app.ts'
import type { Sealed } from './model.ts'

interface KeepProps {
  readonly codes: readonly string[]
  readonly sealed?: Sealed | undefined
  /** Whose codes they are, for the paper. */
  readonly login: string
  /** In the room, not before it: the press only closes. */
  readonly isInside?: boolean
  done(): void
}

/** What is shown once: recovery codes, the sealed account of the house. Printed, copied or saved before one goes on. */
export function KeepCard({ codes, sealed, login, isInside = false, done }: KeepProps) {
  const say = useSay()
  const [kept, setKept] = useState<'print' | 'copy' | 'save'>()
  const words = [
    ...(codes.length > 0 ? [`${say('app.name')} · ${say('sign-in.keep-codes')} · ${login}`, ...codes, ''] : []),
    ...(sealed ? [`${say('app.name')} · ${say('sign-in.keep-sealed')}`, sealed.login, sealed.password, ''] : []),
  ].join('\n')
  const print = (): void => {
    setKept('print')
    window.print()
  }
  const copy = (): void => void navigator.clipboard.writeText(words).then(() => setKept('copy'))
  const save = (): void => {
    const address = URL.createObjectURL(new Blob([words], { type: 'text/plain;charset=utf-8' }))
    const link = document.createElement('a')
    link.href = address
    link.download = `${say('sign-in.keep-file')}-${login}.txt`
    link.click()
    URL.revokeObjectURL(address)
    setKept('save')
  }
  return (
    <section className="gate__card is-paper" aria-labelledby="gate-title">
      <h1 id="gate-title">{say('sign-in.keep-title')}</h1>
      {codes.length > 0 && (
        <div className="gate__kept">
          <h2>
            {say('sign-in.keep-codes')} <span className="note">{login}</span>
          </h2>
          <p className="note">{say('sign-in.keep-codes-note')}</p>
          <ol className="gate__codes">
            {codes.map(code => (
              <li key={code}>
                <code>{code}</code>
              </li>
            ))}
          </ol>
        </div>
      )}
      {sealed && (
        <div className="gate__kept">
          <h2>{say('sign-in.keep-sealed')}</h2>
          <p className="note">{say('sign-in.keep-sealed-note')}</p>
          <dl className="gate__sealed">
            <dt>{say('sign-in.own-login')}</dt>
            <dd>
              <code>{sealed.login}</code>
            </dd>
            <dt>{say('sign-in.password')}</dt>
            <dd>
              <code>{sealed.password}</code>
            </dd>
          </dl>
        </div>
      )}
      <div className="gate__row gate__acts">
        <button type="button" className="button" autoFocus onClick={print}>
          {say('sign-in.keep-print')}
        </button>
        <button type="button" className="button" onClick={copy}>
          {say('sign-in.keep-copy')}
        </button>
        <button type="button" className="button" onClick={save}>
          {say('sign-in.keep-save')}
        </button>
      </div>
      <button
        type="button"
        className={`button gate__big gate__acts ${kept ? 'is-main' : 'is-off'}`}
        aria-disabled={!kept}
        aria-describedby="gate-kept"
        onClick={() => kept && done()}
      >
        {say(isInside ? 'sign-in.keep-close' : 'sign-in.keep-done')}
      </button>
      <p className="note gate__acts" id="gate-kept" role="status">
        {!kept
          ? say('sign-in.keep-first')
          : say(kept === 'copy' ? 'sign-in.keep-copied' : kept === 'save' ? 'sign-in.keep-saved' : 'sign-in.keep-printed')}
      </p>
    </section>
  )
}
