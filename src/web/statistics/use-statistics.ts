// What every part of the page needs: the view in the address, the catalogue, names in the language chosen, the way to the records.
import type { By, MeasureDefinition, Words } from '#statistics/schema.ts'
import { type App, useApp } from '../app.ts'
import type { Language, Say } from '../i18n/text.ts'
import { useStore } from '../shell/store.ts'
import { figureText, slotWords, weekdayWord } from './figures.ts'
import type { Answers, Catalogue, Drill, MeasureView, SourceView } from './model.ts'
import { formatView, parseView, type StatisticsView } from './view.ts'

const NOTHING: Catalogue = { sites: [], measures: [], sources: [], boards: [] }

export interface StatisticsContext {
  readonly app: App
  readonly say: Say
  readonly language: Language
  readonly view: StatisticsView
  readonly catalogue: Catalogue
  word(words: Words): string
  measure(id: string): MeasureView | undefined
  source(id: string | undefined): SourceView | undefined
  /** The name of a key of an answer. */
  keyWord(by: By | undefined, key: string, measure: MeasureDefinition | undefined, answers?: Answers): string
  siteWord(id: string, isShort?: boolean): string
  text(value: number, measure: Pick<MeasureDefinition, 'unit'>): string
  setView(change: ViewChange): void
  /** Undefined: this person may not open records. */
  readonly drill: ((drill: Drill) => void) | undefined
}

/** A site taken off is undefined. */
export type ViewChange = { readonly [Field in keyof StatisticsView]?: StatisticsView[Field] | undefined }
export function changeView(app: App, change: ViewChange): void {
  app.go({ item: formatView({ ...parseView(app.address.get().item), ...change }) })
}

/** The same for components, which draw again when any of it changes. */
export function useStatistics(): StatisticsContext {
  const app = useApp()
  useStore(app.desk)
  useStore(app.address)
  useStore(app.me)
  useStore(app.statistics.catalogue)
  return contextOf(app)
}

export function contextOf(app: App): StatisticsContext {
  const { say } = app
  const { language } = app.desk.get()
  const catalogue = app.statistics.catalogue.get().value ?? NOTHING
  const view = parseView(app.address.get().item)
  const word = ({ ko, en }: Words): string => (language === 'ko' ? ko : en)
  const source = (id: string | undefined): SourceView | undefined => catalogue.sources.find(one => one.id === id)
  const siteWord = (id: string, isShort = false): string => {
    const one = catalogue.sites.find(site => site.id === id)
    if (!one) return id
    if (isShort) return language === 'ko' ? one.shortKo : one.shortEn
    return word(one)
  }
  const mayOpen = app.may('statistics.records')
  return {
    app,
    say,
    language,
    view,
    catalogue,
    word,
    source,
    siteWord,
    measure: id => catalogue.measures.find(one => one.id === id),
    keyWord(by, key, measure, answers) {
      const of = source(measure?.source)
      const known = (words: Words | undefined): string => (words ? word(words) : key)
      switch (by) {
        case 'organisation':
          return siteWord(key)
        case 'kind':
          return known(of?.kinds.get(key))
        case 'sub':
          return known(of?.subs.get(key))
        case 'weekday':
          return weekdayWord(Number(key), language)
        case 'slot':
          return slotWords(Number(key), answers?.slot ?? 'day', language)
        default:
          return key
      }
    },
    text: (value, { unit }) => figureText(value, unit, language),
    setView: change => changeView(app, change),
    drill: mayOpen ? drill => void app.statistics.open(drill, view) : undefined,
  }
}
