// The pages beside the situation room: what each shows, who may open it, and the commands it brings while it is open. A new page: its folder, a line here and its name in
// shell/address.ts. Pages are loaded when first opened.
import { type ComponentType, lazy } from 'react'
import type { App } from './app.ts'
import { incidentCommands } from './incidents/commands.ts'
import { reportCommands } from './reports/commands.ts'
import { sealCommands } from './seals/commands.ts'
import type { Page } from './shell/address.ts'
import type { Command } from './shell/commands.ts'
import type { Store } from './shell/store.ts'
import { shiftCommands } from './shifts/commands.ts'
import { statisticsCommands } from './statistics/commands.ts'

export interface PageEntry {
  readonly page: Page
  /** Shown to those who may do this deed. */
  readonly deed: string
  readonly Body: ComponentType
  /** Reached from the desk menu and the palette; not in the header. */
  readonly isAside?: boolean
  /** Commands with context `page`: they count while this page is open. */
  readonly commands?: (app: App) => readonly Command[]
  /** How many things there ask for a look: shown beside its name. */
  readonly badge?: (app: App) => Store<number>
}

export const PAGE_ENTRIES: readonly PageEntry[] = [
  { page: 'ships', deed: 'ships.look', Body: lazy(async () => ({ default: (await import('./vessels/ShipsPage.tsx')).ShipsPage })) },
  {
    page: 'seals',
    deed: 'journeys.look',
    Body: lazy(async () => ({ default: (await import('./seals/SealsPage.tsx')).SealsPage })),
    commands: sealCommands,
    badge: app => app.seals.asking,
  },
  {
    page: 'incidents',
    deed: 'incidents.look',
    Body: lazy(async () => ({ default: (await import('./incidents/IncidentsPage.tsx')).IncidentsPage })),
    commands: incidentCommands,
    badge: app => app.incidents.asking,
  },
  {
    page: 'shifts',
    deed: 'log.look',
    Body: lazy(async () => ({ default: (await import('./shifts/ShiftsPage.tsx')).ShiftsPage })),
    commands: shiftCommands,
  },
  {
    page: 'statistics',
    deed: 'statistics.look',
    Body: lazy(async () => ({ default: (await import('./statistics/StatisticsPage.tsx')).StatisticsPage })),
    commands: statisticsCommands,
  },
  {
    page: 'reports',
    deed: 'reports.look',
    Body: lazy(async () => ({ default: (await import('./reports/ReportsPage.tsx')).ReportsPage })),
    commands: reportCommands,
    badge: app => app.reports.asking,
  },
  { page: 'areas', deed: 'areas.look', Body: lazy(async () => ({ default: (await import('./places/AreasPage.tsx')).AreasPage })) },
  { page: 'feeds', deed: 'feeds.look', Body: lazy(async () => ({ default: (await import('./feeds/FeedsPage.tsx')).FeedsPage })) },
  {
    page: 'telling',
    deed: 'telling.own',
    isAside: true,
    Body: lazy(async () => ({ default: (await import('./telling/TellingPage.tsx')).TellingPage })),
  },
  { page: 'records', deed: 'evidence.look', Body: lazy(async () => ({ default: (await import('./access/RecordsPage.tsx')).RecordsPage })) },
  {
    page: 'admin',
    deed: 'rights.look',
    Body: lazy(async () => ({ default: (await import('./access/AdminPage.tsx')).AdminPage })),
    badge: app => app.second.waiting,
  },
  {
    page: 'account',
    deed: 'self',
    isAside: true,
    Body: lazy(async () => ({ default: (await import('./sign-in/AccountPage.tsx')).AccountPage })),
  },
]

export const isInHeader = (page: Page): boolean => PAGE_ENTRIES.find(entry => entry.page === page)?.isAside !== true

/** Pages the person signed in may open, in the order of the header. The situation room is the picture: for who may look at ships. */
export const openPages = (app: App, pages: readonly Page[]): readonly Page[] =>
  pages.filter(page =>
    page === 'situation' ? app.may('ships.look') : PAGE_ENTRIES.some(entry => entry.page === page && app.may(entry.deed)),
  )
