// The routes that are open to strangers: what is asked before anybody is known. They tell nothing of who there is: an unknown name, a wrong password and a locked account
// are one answer, after one time.
import { Type } from 'typebox'
import { HttpRefusal, notFound } from '#platform/http/index.ts'
import { distinctName } from '../organisation.ts'
import { loginKey } from '../person.ts'
import { orRefuse } from '../refusal.ts'
import { demoPosts } from './demo-people.ts'
import { invitationRoutes } from './invitation-routes.ts'
import { checkNewPassword } from './new-password.ts'
import { peopleSignInRoutes } from './people-routes.ts'
import { closed, Desk, deskOf, Entered, Login, linkUsed, Password, Secret, type SignInRoutesOptions } from './route-parts.ts'
import { sessionRoutes } from './session-routes.ts'
import { setPasswordOfLogin } from './store.ts'

const SCREEN_MS = 400 * 86_400_000
const open = { deed: 'open', tag: 'sign-in' } as const

export function signInRoutes(options: SignInRoutesOptions): void {
  const { http, access, signIn } = options
  const { people } = access
  stateRoute(options)
  sessionRoutes(options)
  peopleSignInRoutes(options)
  invitationRoutes(options)
  http.route({
    ...open,
    method: 'POST',
    path: '/sign-in/password',
    summary: 'Name and password: in, or what comes next',
    body: Type.Object({ login: Login, password: Password, desk: Desk }, closed),
    answer: Entered,
    handle: ({ body, ...call }) => signIn.byPassword(body.login, body.password, { ...call, ...deskOf(body) }),
  })
  let isFirstUnderWay = false
  http.route({
    ...open,
    method: 'POST',
    path: '/sign-in/first',
    summary: 'The first administrator, by the link the first start prints; it works once',
    body: Type.Object({ token: Secret, login: Login, name: Type.String({ maxLength: 80 }), password: Password, desk: Desk }, closed),
    answer: Entered,
    async handle({ body, ...call }) {
      if (!signIn.links.isFirst(body.token) || !signIn.needsFirst() || isFirstUnderWay) throw linkUsed()
      await checkNewPassword(body.password, [body.login, body.name])
      isFirstUnderWay = true
      try {
        const { headOffice } = access.organisations()
        const fromMs = options.clock.now()
        const person = orRefuse(
          await people.add(
            {
              loginName: body.login,
              name: body.name,
              organisation: headOffice,
              // Whoever sets the house up sees the picture too; the second post is handed on when there are others.
              posts: [
                { post: 'administrator', organisation: headOffice, fromMs },
                { post: 'watch-leader', organisation: headOffice, fromMs },
              ],
            },
            { who: 'mangru', more: [setPasswordOfLogin(loginKey(body.login), await signIn.hash(body.password), fromMs)] },
          ),
        )
        const breakGlass = await signIn.factors.makeBreakGlass?.()
        return { ...(await signIn.proceed(person, ['first'], { ...call, ...deskOf(body) })), ...(breakGlass ? { breakGlass } : {}) }
      } finally {
        isFirstUnderWay = false
      }
    },
  })
  http.route({
    ...open,
    method: 'POST',
    path: '/sign-in/link/look',
    summary: 'Whom a link of an administrator is for',
    body: Type.Object({ token: Secret }, closed),
    answer: Type.Object({ name: Type.String(), login: Type.String(), kind: Type.String() }),
    handle({ body }) {
      const link = signIn.links.look(body.token)
      const person = link && people.personById(link.person)
      if (!link || person?.isActive !== true) throw linkUsed()
      return { name: person.name, login: person.loginName ?? '', kind: link.kind }
    },
  })
  http.route({
    ...open,
    method: 'POST',
    path: '/sign-in/link',
    summary: 'A new password by a link of an administrator; other sessions end',
    body: Type.Object({ token: Secret, password: Password, desk: Desk }, closed),
    answer: Entered,
    async handle({ body, ...call }) {
      const person = people.personById(signIn.links.look(body.token)?.person ?? '')
      if (person?.isActive !== true) throw linkUsed()
      await checkNewPassword(body.password, [person.loginName, person.name])
      const taken = signIn.links.take(body.token)
      if (!taken) throw linkUsed()
      try {
        await signIn.changePassword(person.id, body.password, { who: person.id, note: taken.link.kind, more: [taken.spent] })
      } finally {
        taken.undo()
      }
      return signIn.proceed(person, ['link'], { ...call, ...deskOf(body) })
    },
  })
  http.route({
    ...open,
    method: 'POST',
    path: '/sign-in/key',
    summary: 'A wall screen by its key: a session that lasts as long as the key',
    body: Type.Object({ key: Secret, desk: Desk }, closed),
    answer: Entered,
    handle({ body, ...call }) {
      const key = signIn.keys.byToken(body.key)
      if (!key || people.personById(key.person)?.kind !== 'screen')
        throw new HttpRefusal(401, 'wrong-credentials', { ko: '상황판의 키가 아닙니다', en: 'that is no key of a wall screen' })
      return signIn.enter(key.person, ['key'], { ...call, ...deskOf(body) }, {}, { key: key.id, lastsMs: SCREEN_MS })
    },
  })
  http.route({
    ...open,
    method: 'POST',
    path: '/sign-in/demo',
    summary: 'A post of the demo, by one click; only while the demo runs, from this machine',
    body: Type.Object({ person: Type.String({ maxLength: 100 }), desk: Desk }, closed),
    answer: Entered,
    handle({ body, ...call }) {
      const post = offered(options).find(one => one.person === body.person)
      if (!post || !isThisMachine(call.request.raw.socket.remoteAddress)) throw notFound({ ko: '시연 자리', en: 'post of the demo' })
      return signIn.enter(post.person, ['demo'], { ...call, ...deskOf(body) })
    },
  })
}

/** Posts that can be entered by a click now. Once real people administer, nobody becomes administrator by a click. */
const offered = ({ access, signIn, isDemo }: SignInRoutesOptions) =>
  isDemo()
    ? demoPosts(access.organisations().all).filter(
        ({ person, post }) => access.people.personById(person)?.isActive === true && (post !== 'administrator' || signIn.needsFirst()),
      )
    : []
/** The demo asks for no secret: it is for whoever sits at the machine it runs on. */
const isThisMachine = (address = ''): boolean => /^(::ffff:)?127\.|^::1$/.test(address)

function stateRoute(options: SignInRoutesOptions): void {
  const { http, access, signIn, isDemo } = options
  const { people } = access
  const Names = Type.Object({ ko: Type.String(), en: Type.String() })
  http.route({
    ...open,
    method: 'GET',
    path: '/sign-in/state',
    summary: 'What the screen must know before anybody is signed in',
    answer: Type.Object({
      signedIn: Type.Optional(
        Type.Object({
          name: Type.String(),
          login: Type.String(),
          lastSignInAt: Type.Optional(Type.String()),
          isLocked: Type.Boolean(),
        }),
      ),
      needsFirst: Type.Boolean({ description: 'nobody is administrator yet: the link the start printed' }),
      isDemo: Type.Boolean(),
      demoPosts: Type.Optional(
        Type.Array(Type.Object({ person: Type.String(), post: Type.String(), organisation: Type.String(), organisationName: Names })),
      ),
      oidc: Type.Optional(Type.Object({ name: Type.String() })),
      hasPasskeys: Type.Boolean(),
      isWell: Type.Boolean(),
      version: Type.String(),
    }),
    handle({ request }) {
      const caller = access.callerOf(request.raw)
      const session = caller && signIn.sessionOf(caller)
      const { oidcName } = signIn.factors
      const before = session && signIn.lastSignIn(session)
      const posts = isThisMachine(request.raw.socket.remoteAddress) ? offered(options) : []
      return {
        ...(caller && session
          ? {
              signedIn: {
                name: caller.name,
                login: people.personById(caller.id)?.loginName ?? '',
                isLocked: signIn.sessions.isLocked(session),
                ...(before === undefined ? {} : { lastSignInAt: new Date(before).toISOString() }),
              },
            }
          : {}),
        needsFirst: signIn.needsFirst(),
        isDemo: isDemo(),
        ...(posts.length === 0
          ? {}
          : {
              demoPosts: posts.map(one => {
                const organisation = access.organisations().get(one.organisation)
                return { ...one, organisationName: organisation ? distinctName(organisation) : { ko: '', en: '' } }
              }),
            }),
        ...(oidcName === undefined ? {} : { oidc: { name: oidcName } }),
        hasPasskeys: signIn.factors.hasPasskeys,
        isWell: options.isWell(),
        version: options.version,
      }
    },
  })
}
