// Runs one reliability check and prints PASS or FAIL with its figure and seed.
import { CHECKS } from './index.ts'

export async function runCheck(args: readonly string[]): Promise<number> {
  const [name = ''] = args
  const all = (await Promise.all(CHECKS.map(load => load()))).map(one => one.check)
  const check = all.find(one => one.name === name)
  if (!check) {
    process.stderr.write(`there is no check ${name}; there are ${all.map(one => one.name).join(', ')}\n`)
    return 2
  }
  const option = (word: string): number | undefined => (args.includes(word) ? Number(args[args.indexOf(word) + 1]) : undefined)
  const seed = option('--seed') ?? Math.floor(Math.random() * 1e9)
  const times = option('--times')
  process.stdout.write(`${check.name}: ${check.promise}\n`)
  const { pass, figure } = await check.run({
    seed,
    ...(times === undefined ? {} : { times }),
    say: line => process.stdout.write(`  ${line}\n`),
  })
  process.stdout.write(`${pass ? 'PASS' : 'FAIL'} ${check.name} (seed ${seed}): ${figure}\n`)
  return pass ? 0 : 1
}
