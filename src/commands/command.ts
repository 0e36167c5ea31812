// What a command of `mangru` is. One file a command; commands/index.ts lists them.

export interface Command {
  readonly name: string
  /** One line for the list of commands. */
  readonly summary: string
  /** The whole --help text, examples included. */
  readonly help: string
  /** Of a first word that is almost a command of its own: `mangru simulate seals --help`. */
  readonly helpOf?: Readonly<Record<string, string>>
  /** Returns the exit code: 0 done, 1 refused or failed (one sentence on stderr was written), 2 wrong usage. */
  run(args: readonly string[]): Promise<number>
}

/** Wrong usage: main prints the sentence and the hint to --help, exit 2. */
export class UsageError extends Error {}
/** Refused or failed: main prints the sentence, exit 1. Say what, where, and what to do. */
export class CommandFailure extends Error {}
