// One after another for each thing, side by side for different ones: two deeds on one incident never read the same state. A deed on two things takes both in the order
// of their ids, so that two such deeds never wait for each other.

export interface Turns {
  take<T>(things: readonly string[], task: () => Promise<T>): Promise<T>
}

export function createTurns(): Turns {
  const last = new Map<string, Promise<unknown>>()
  const one = <T>(thing: string, task: () => Promise<T>): Promise<T> => {
    const turn = (last.get(thing) ?? Promise.resolve()).then(task, task)
    const settled = turn.then(
      () => undefined,
      () => undefined,
    )
    last.set(thing, settled)
    void settled.then(() => {
      if (last.get(thing) === settled) last.delete(thing)
    })
    return turn
  }
  return {
    take: (things, task) => [...new Set(things)].sort().reduceRight((inner, thing) => () => one(thing, inner), task)(),
  }
}
