// What every chart is given.
import type { Widget } from '#statistics/schema.ts'
import type { Answers } from '../model.ts'

export interface ChartProps {
  readonly widget: Widget
  readonly answers: Answers
}
