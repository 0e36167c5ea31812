import type { TellingRules } from '#alerts/schema.ts'
import { useApp, useSay } from '../app.ts'
import { dateTimeKst } from '../i18n/format.ts'
import { wordFor } from '../i18n/text.ts'
import { useStore } from '../shell/store.ts'
import { Bones, Panel, PanelHead, State } from '../ui/parts.tsx'
import { revision } from './model.ts'
import { readBook } from './rule-book.ts'
import { readList, useAsked } from './use-asked.ts'

const read = readList(revision)
const QUIET_MS = 60_000

/** Who kept which book when; an earlier one is loaded, looked at and saved like any change. */
export function RuleHistory({ book, load, mayEdit }: { book: TellingRules; load(book: TellingRules): void; mayEdit: boolean }) {
  const app = useApp()
  const say = useSay()
  const { language } = useStore(app.desk)
  /** By its name where the book still has it. */
  const nameOf = (part: string, id: string): string => {
    const all: readonly { readonly id: string; readonly ko: string; readonly en: string }[] =
      part === 'rules' ? book.rules : part === 'chains' ? book.chains : []
    return all.find(one => one.id === id)?.[language] ?? (part === 'templates' ? wordFor(say, 'telling.template', id) : id)
  }
  const { value, trouble } = useAsked('/api/telling/rules/history', read, QUIET_MS)
  const take = async (n: number): Promise<void> => {
    try {
      load(readBook(await app.api.json('GET', `/api/telling/rules?revision=${n}`)))
      app.toast(say('telling.history-loaded', { n }))
    } catch (error) {
      app.toast(error instanceof Error ? error.message : String(error), { tone: 'bad' })
    }
  }
  const button = (n: number) =>
    mayEdit && (
      <button type="button" className="button is-small" onClick={() => void take(n)}>
        {say('telling.history-load')}
      </button>
    )
  return (
    <Panel label={say('telling.history')} region="telling-history">
      <PanelHead title={say('telling.history')} />
      <div className="grow scroll">
        {trouble !== undefined && <State title={trouble} />}
        {!value && trouble === undefined && <Bones blocks={1} />}
        {value?.length === 0 && <State title={say('telling.history-empty')} />}
        {value && value.length > 0 && (
          <ul className="rule-history">
            {value.map(one => (
              <li key={one.revision}>
                <b>{say('telling.revision', { n: one.revision })}</b> {dateTimeKst(one.atMs)} {one.name}
                <span className="note">
                  {one.changed
                    .map(place => {
                      const [part = '', id] = place.split(/\.(.*)/)
                      return `${wordFor(say, 'telling.part', part)}${id ? ` ‘${nameOf(part, id)}’` : ''}`
                    })
                    .join(', ')}
                </span>
                {button(one.revision)}
              </li>
            ))}
            <li>
              <b>{say('telling.shipped')}</b> {button(0)}
            </li>
          </ul>
        )}
      </div>
    </Panel>
  )
}
