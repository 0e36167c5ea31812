import { useCallback, useEffect, useState } from 'react'
import { useApp, useSay } from '../app.ts'
import { type FittingView, fitting, type Verdict } from './fitting.ts'
import './check.css'

const LOOK_MS = 4000
const SIGNS: Readonly<Record<Verdict, string>> = { go: '●', 'no-go': '▲', care: '◆', unknown: '○' }

/** Asks again every few seconds, for a seal answers when it is shaken; what was known stays while there is no line. */
export function useFitting(
  journey: string,
  seal: string,
  isAsked = true,
): { readonly check: FittingView | undefined; readonly isOld: boolean } {
  const app = useApp()
  const [check, setCheck] = useState<FittingView>()
  const [isOld, setOld] = useState(false)
  const ask = useCallback(async () => {
    try {
      const query = seal.trim() === '' ? '' : `?seal=${encodeURIComponent(seal.trim())}`
      setCheck(fitting(await app.api.json('GET', `/api/journeys/${encodeURIComponent(journey)}/check${query}`)))
      setOld(false)
    } catch {
      setOld(true)
    }
  }, [app, journey, seal])
  useEffect(() => {
    if (!isAsked) return
    void ask()
    const timer = setInterval(() => void ask(), LOOK_MS)
    return () => clearInterval(timer)
  }, [ask, isAsked])
  return { check, isOld }
}

/** Go or no-go in one word, then each question with what was found: shape, word and colour. */
export function CheckList({ check, isOld }: { check: FittingView | undefined; isOld: boolean }) {
  const say = useSay()
  if (!check) return <p className="note">{say(isOld ? 'seals.field.no-check' : 'seals.check.asking')}</p>
  return (
    <section className={`fit-check ${check.isGo ? 'is-go' : 'is-no-go'} ${isOld ? 'is-old' : ''}`} aria-label={say('seals.field.check')}>
      <p className="fit-check__verdict" role="status">
        {SIGNS[check.isGo ? 'go' : 'no-go']} {say(check.isGo ? 'seals.check.go' : 'seals.check.no-go')}
      </p>
      <ul>
        {check.lines.map(one => (
          <li key={one.what} className={`is-${one.verdict}`}>
            <i aria-hidden="true">{SIGNS[one.verdict]}</i>
            <span>{one.said}</span>
            <small>{say(`seals.check.verdict.${one.verdict}`)}</small>
          </li>
        ))}
      </ul>
      {isOld && <p className="note">{say('seals.check.old')}</p>}
    </section>
  )
}
