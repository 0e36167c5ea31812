/** Alarm levels of ui.md §3: 0 emergency, 1 critical, 2 high, 3 medium, 4 logged. */
export type Level = 0 | 1 | 2 | 3 | 4
