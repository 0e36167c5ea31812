// Small parts of this room's screens.
import { useApp } from '../app.ts'
import { useStore } from '../shell/store.ts'
import { useOffices } from '../ui/use-offices.ts'

/** Names of organisations in the language chosen; the incidents' desk has them read already. */
export const useOfficeName = () => useOffices(useStore(useApp().shifts.offices))

/** 06:20 of minutes of the KST day. */
export const clockOf = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`
