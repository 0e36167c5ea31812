// Every source of facts. A new one is a file here and a line below; its measures go into ../measures.ts.
import { alarms } from './alarms.ts'
import { checks } from './checks.ts'
import { feeds } from './feeds.ts'
import { incidents } from './incidents.ts'
import { cameras, patrols, selection } from './later.ts'
import { reports } from './reports.ts'
import { seals } from './seals.ts'
import { seizures } from './seizures.ts'
import { shipCalls } from './ship-calls.ts'
import type { Source } from './source.ts'

export const SOURCES: readonly Source[] = [
  seizures,
  checks,
  incidents,
  alarms,
  shipCalls,
  feeds,
  reports,
  selection,
  seals,
  cameras,
  patrols,
]
export type { KindWords, Rooms, Source, SourceWords } from './source.ts'
