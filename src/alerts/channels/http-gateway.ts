// What text and voice gateways by HTTP share: a profile filled, sent, its answer read, and what the gateway calls back with.
import type { Result } from '#base/index.ts'
import type { Channel, ChannelCallback, ChannelMessage, ChannelNews, ChannelOptions, Preview, SendOutcome } from './channel.ts'
import { callHttp } from './http-call.ts'
import { excerpt, notTaken } from './http-outcome.ts'
import type { CallbackForm, HttpProfile } from './http-profiles.ts'
import { fillRequest, parsedJson, type Variables, valueAt } from './http-template.ts'

export interface HttpGatewaySettings {
  readonly name: string
  /** Where the gateway is; what a profile adds comes behind it. */
  readonly url: string
  /** Filled into the profile: sender, appKey, secretKey, user, password … */
  readonly variables?: Readonly<Record<string, string>>
  /** Where the gateway tells us what became of it. */
  readonly callbackUrl?: string
  readonly timeoutMs?: number
  /** Default true: a gateway may stand in our own network. */
  readonly allowPrivate?: boolean
  readonly ca?: string
}
export interface HttpGateway {
  readonly kind: 'sms-http' | 'call-http'
  readonly profile: HttpProfile
  addressOf(text: string): Result<string, string>
  preview(message: ChannelMessage): Preview
  /** What this kind adds to the names. */
  variablesOf(message: ChannelMessage): Variables
}

/** Not reached so often in a row: the line is called bad. */
const BAD_AFTER = 3
const MAX_NEWS = 1000

export function createHttpGateway(settings: HttpGatewaySettings, gateway: HttpGateway, { clock, onNews }: ChannelOptions): Channel {
  const { profile } = gateway
  let failures = 0
  let trouble: string | undefined
  const line = (why: string | undefined): void => {
    failures = why === undefined ? 0 : failures + 1
    const now = failures >= BAD_AFTER ? why : undefined
    if (now === trouble) return
    trouble = now
    onNews({ news: 'trouble', ...(now === undefined ? {} : { trouble: now }), atMs: clock.now() })
  }
  const variables = (message: ChannelMessage, to: string): Variables => ({
    ...settings.variables,
    base: settings.url.replace(/\/+$/, ''),
    to,
    text: gateway.preview(message).text,
    subject: message.subject ?? '',
    id: message.id,
    key: message.id,
    code: message.code ?? '',
    link: message.link ?? '',
    templateCode: message.template?.id ?? '',
    templateVariables: message.template?.variables ?? {},
    templateText: message.text,
    callbackUrl: settings.callbackUrl ?? '',
    kannelCallback: settings.callbackUrl
      ? `${settings.callbackUrl}${settings.callbackUrl.includes('?') ? '&' : '?'}id=${encodeURIComponent(message.id)}&type=%d&answer=%A`
      : '',
    ...gateway.variablesOf(message),
  })
  async function send(message: ChannelMessage): Promise<SendOutcome> {
    const to = gateway.addressOf(message.to)
    if (!to.ok) return { outcome: 'refused', reason: to.reason, isFinal: true }
    const names = variables(message, to.value)
    const request = fillRequest(message.template && profile.templated ? profile.templated : profile.request, names)
    const signed = URL.canParse(request.url) && profile.sign ? profile.sign(request, names, clock.now()) : {}
    const answer = await callHttp({
      ...request,
      headers: { ...request.headers, ...signed },
      allowsPrivate: settings.allowPrivate ?? true,
      clock,
      ...(settings.timeoutMs === undefined ? {} : { timeoutMs: settings.timeoutMs }),
      ...(settings.ca === undefined ? {} : { ca: settings.ca }),
    })
    line(answer.end === 'answer' ? undefined : answer.why)
    const bad = notTaken(answer)
    if (bad || answer.end !== 'answer') return bad ?? { outcome: 'in-doubt', reason: 'no answer' }
    const json = parsedJson(answer.text)
    const { takenWhen, takenText } = profile
    if ((takenWhen && valueAt(json, takenWhen.path) !== takenWhen.is) || (takenText && !takenText.test(answer.text))) {
      // The gateway answered and did not say yes. What is no form we know may still have been taken.
      if (takenWhen && json === undefined) return { outcome: 'in-doubt', reason: `the answer is in no known form: ${excerpt(answer.text)}` }
      const why = profile.reasonPath === undefined ? undefined : valueAt(json, profile.reasonPath)
      return { outcome: 'refused', reason: excerpt(typeof why === 'string' ? why : answer.text), isFinal: true }
    }
    const id = profile.idPath === undefined ? undefined : valueAt(json, profile.idPath)
    const { parts, costWon } = gateway.preview(message)
    return {
      outcome: 'accepted',
      parts,
      ...(typeof id === 'string' || typeof id === 'number' ? { providerId: String(id) } : {}),
      ...(costWon === undefined ? {} : { costWon }),
    }
  }
  return {
    name: settings.name,
    kind: gateway.kind,
    takesIdempotencyKey: profile.takesIdempotencyKey,
    addressOf: text => gateway.addressOf(text),
    preview: message => gateway.preview(message),
    send,
    trouble: () => trouble,
    close: async () => undefined,
    ...(profile.callback ? { handleCallback: calledBack(profile.callback, onNews, () => clock.now()) } : {}),
  }
}

/** Reads what a gateway tells; whatever it sends, nothing throws. */
function calledBack(form: CallbackForm, onNews: (news: ChannelNews) => void, now: () => number) {
  const word = (one: unknown, path: string | undefined): string | undefined => {
    const value = path === undefined ? undefined : valueAt(one, path)
    return typeof value === 'string' || typeof value === 'number' ? String(value).slice(0, 500) : undefined
  }
  const newsOf = (one: unknown): ChannelNews[] => {
    const [id, providerId, state] = [word(one, form.id), word(one, form.providerId), word(one, form.state)]
    const [from, text] = [word(one, form.from), word(one, form.text)]
    const news: ChannelNews[] = []
    if (text !== undefined && text !== '' && (from !== undefined || id !== undefined))
      news.push({ news: 'reply', from: from ?? '', text, atMs: now(), ...(id === undefined ? {} : { id }) })
    const said =
      state === undefined
        ? undefined
        : form.delivered?.includes(state)
          ? 'delivered'
          : form.failed?.includes(state)
            ? 'failed'
            : form.accepted?.includes(state)
              ? 'accepted'
              : undefined
    if (said && (id !== undefined || providerId !== undefined)) {
      const reason = said === 'failed' ? (word(one, form.reason) ?? state) : undefined
      news.push({
        news: 'receipt',
        state: said,
        atMs: now(),
        ...(id === undefined ? {} : { id }),
        ...(providerId === undefined ? {} : { providerId }),
        ...(reason ? { reason: excerpt(reason) } : {}),
      })
    }
    return news
  }
  return ({ query, body }: ChannelCallback): 'taken' | 'not-understood' => {
    const listed = form.list === undefined ? undefined : valueAt(body, form.list)
    const whole = { ...query, ...(typeof body === 'object' && body !== null && !Array.isArray(body) ? body : {}) }
    const several: readonly unknown[] = Array.isArray(body) ? body : Array.isArray(listed) ? listed : [whole]
    const news = several.slice(0, MAX_NEWS).flatMap(newsOf)
    for (const one of news) onNews(one)
    return news.length > 0 ? 'taken' : 'not-understood'
  }
}
