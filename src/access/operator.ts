// Who acts. Until offices and rights come there is one named operator, who holds every right of this table; a right that is not in it is nobody's.

export const RIGHTS = ['look', 'act-on-alarms', 'change-areas', 'change-watch', 'change-feeds', 'read-records'] as const

export interface Operator {
  readonly id: string
  readonly name: string
}

export const operatorFor = (operator: Operator, right: string): Operator | undefined =>
  RIGHTS.some(known => known === right) ? operator : undefined
