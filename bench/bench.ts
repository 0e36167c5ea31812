// What a benchmark is: one file, one question, figures with their unit and, where a peer runs here, the ratio to it in the same run.

export interface Figure {
  readonly name: string
  readonly value: number
  readonly unit: string
  readonly ratio?: { readonly to: string; readonly value: number }
  /** Size of input. */
  readonly size?: string
  /** What it should reach, in words. */
  readonly goal?: string
}

export interface Bench {
  readonly name: string
  readonly question: string
  run(): Promise<readonly Figure[]>
}
