import { useMemo } from 'react'
import { useApp } from '../app.ts'
import { useStore } from '../shell/store.ts'
import type { OpenJourney } from './desk.ts'
import { type Happening, storyOf } from './story.ts'

const NONE: readonly Happening[] = []

/** The story of the journey that is open, made anew when something of it changed. */
export function useStory(open: OpenJourney | undefined): readonly Happening[] {
  const app = useApp()
  const { alarms } = useStore(app.alarms.state)
  return useMemo(() => (open?.card ? storyOf(open.card.id, open.card.lines, open.track, alarms.values()) : NONE), [open, alarms])
}
