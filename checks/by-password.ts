// For checks of signing in by password alone: what a second factor adds is another matter (second-steps.test.ts).
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Visitor, visitor } from '../src/testkit/visitor.ts'

export const PASSWORD = 'sea wind at night 7'

/** Arguments of a start at which nobody needs a second factor. */
export function passwordAlone(folder: string): readonly string[] {
  const file = join(folder, 'settings.yaml')
  writeFileSync(file, 'access:\n  secondFactorPosts: []\n')
  return ['--no-demo', '--config', file]
}

/** What the link of the first sign-in holds. */
export const firstToken = (link: string | undefined): string => /#first=(.+)$/.exec(link ?? '')?.[1] ?? ''

/** ‘chief’, who has just proved anew who they are. */
export async function signInFirst(url: string, token: string): Promise<Visitor> {
  const chief = visitor(url, '127.0.2.1')
  const answer = await chief.ask('POST', '/sign-in/first', { token, login: 'chief', name: '관리자', password: PASSWORD })
  if (answer.body.step !== 'in') throw new Error(`the first sign-in: ${answer.status} ${JSON.stringify(answer.body)}`)
  await chief.ask('POST', '/api/session/confirm', { password: PASSWORD })
  return chief
}
