// Writes the table of rights for people (docs/administrators/rights.md): who may do what, in the words of the policies. A test says when it is out of date.
// docs/rights.csv is another thing: answers written by hand, against which the running product is tried.
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { POST_NAMES, REACH_NAMES } from '../src/access/schema.ts'
import { POSTS } from '../src/base/index.ts'
import { POLICIES } from '../src/roles/policies.ts'

const FILE = fileURLToPath(new URL('../docs/administrators/rights.md', import.meta.url))

/** The table in one language. */
function table(language: 'ko' | 'en'): string {
  const head = [language === 'ko' ? '할 일' : 'deed', ...POSTS.map(post => POST_NAMES[post][language])]
  const rows = POLICIES.map(policy => [
    `${policy[language]} \`${policy.deed}\``,
    ...POSTS.map(post => REACH_NAMES[policy.reach[post] ?? 'none'][language]),
  ])
  return [head, head.map(() => '---'), ...rows].map(cells => `| ${cells.join(' | ')} |`).join('\n')
}

export const currentRights = (): string => `# 누가 무엇을 할 수 있나 · Who may do what

이 표는 규칙(각 방의 \`policy.ts\`)에서 만듭니다. 고치려면 규칙을 고치고 \`node bin/mangru.mjs dev rights\`를 실행하십시오.
This table is made from the policies; change those and run \`node bin/mangru.mjs dev rights\`.

- **모두**: 맡은 조직과 그 아래 전부(본청이면 전국). **제 곳**: 맡은 조직만. **두 사람**: 모두와 같으나 같은 일을 할 수 있는 다른 사람이 30분 안에 승인해야 함. **–**: 안 됨.
- **all**: the organisation of the post and those below it (at head office: the whole country). **own**: that organisation alone. **two**: as all, but another
  officer who may do the same must agree within 30 minutes (\`access.secondMinutes\`). **–**: not at all.
- 남의 조직의 것은 있는지도 알 수 없음(404). 맡지 않은 일은 거절되고(403) 감사 기록에 남음.
  What belongs to another organisation is not found (404); what is not one's deed is refused (403) and stands in the audit.
- 첫 관리자는 승인할 다른 관리자가 없는 동안만 조직·권한을 혼자 바꿀 수 있고, 그때마다 \`second.alone\`으로 기록됨.
  The first administrator changes organisations and rights alone only while nobody else could agree; each time the audit says \`second.alone\`.

${table('ko')}

${table('en')}
`
export const writtenRights = (): string => readFileSync(FILE, 'utf8')

export function writeRights(): number {
  writeFileSync(FILE, currentRights())
  return 0
}
