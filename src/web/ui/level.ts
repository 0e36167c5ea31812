/** Alarm levels of ui.md §3: 0 emergency, 1 critical, 2 high, 3 medium, 4 logged. */
export type Level = 0 | 1 | 2 | 3 | 4

const LEVELS: readonly Level[] = [0, 1, 2, 3, 4]
/** The nearest level there is. */
export const toLevel = (level: number): Level => LEVELS[Math.min(4, Math.max(0, Math.round(level)))] ?? 4
