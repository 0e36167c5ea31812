// Gateways as data: how a message is asked for, by what an answer is known as taken, how a receipt is read. Addresses of operators are settings, never here.
// Sources: Kannel user guide 1.4.5 §6 (sendsms, dlr-url); the public manuals of the two Korean clouds' message services (Alim-talk with fall-back to SMS, SMS), in the forms they had in 2025.
import { createHmac } from 'node:crypto'
import type { RequestTemplate, Variables } from './http-template.ts'

export interface HttpProfile {
  readonly name: string
  readonly request: RequestTemplate
  /** Used instead where a message brings an operator's template. */
  readonly templated?: RequestTemplate
  /** A 2xx counts only with this value at this path. */
  readonly takenWhen?: { readonly path: string; readonly is: unknown }
  /** A 2xx counts only with a body that begins so. */
  readonly takenText?: RegExp
  readonly idPath?: string
  readonly reasonPath?: string
  readonly takesIdempotencyKey: boolean
  readonly callback?: CallbackForm
  /** Headers made of the request itself. */
  sign?(request: { readonly method: string; readonly url: string }, variables: Variables, nowMs: number): Readonly<Record<string, string>>
}
export interface CallbackForm {
  /** Where the list stands, if several come at once. */
  readonly list?: string
  /** Ours. */
  readonly id?: string
  readonly providerId?: string
  readonly state?: string
  readonly delivered?: readonly string[]
  readonly failed?: readonly string[]
  readonly accepted?: readonly string[]
  readonly reason?: string
  /** A text from a phone, or keys pressed. */
  readonly from?: string
  readonly text?: string
}

const KANNEL: HttpProfile = {
  name: 'kannel',
  request: {
    method: 'GET',
    url: '{base}',
    query: {
      username: '{user}',
      password: '{password}',
      from: '{sender}',
      to: '{to}',
      text: '{text}',
      charset: 'UTF-8',
      coding: '{coding}',
      // Delivered, not delivered, handed to the operator, refused by it.
      'dlr-mask': '27',
      'dlr-url': '{kannelCallback}',
    },
  },
  takenText: /^[03]:|^Sent\.|^Accepted/i,
  takesIdempotencyKey: false,
  callback: {
    id: 'id',
    state: 'type',
    delivered: ['1'],
    failed: ['2', '16'],
    accepted: ['8'],
    reason: 'answer',
    from: 'from',
    text: 'text',
  },
}

const NHN_HEADERS = { 'X-Secret-Key': '{secretKey}', 'X-NC-API-IDEMPOTENCY-KEY': '{key}' }
const NHN: HttpProfile = {
  name: 'nhn',
  request: {
    method: 'POST',
    url: '{base}/sms/v3.0/appKeys/{appKey}/sender/{longOrShort}',
    headers: NHN_HEADERS,
    json: {
      title: '{subject}',
      body: '{text}',
      sendNo: '{sender}',
      senderGroupingKey: '{id}',
      recipientList: [{ recipientNo: '{to}', recipientGroupingKey: '{id}' }],
    },
  },
  templated: {
    method: 'POST',
    url: '{base}/alimtalk/v2.3/appkeys/{appKey}/messages',
    headers: NHN_HEADERS,
    json: {
      senderKey: '{senderKey}',
      templateCode: '{templateCode}',
      recipientList: [
        {
          recipientNo: '{to}',
          templateParameter: '{templateVariables}',
          recipientGroupingKey: '{id}',
          resendParameter: { isResend: true, resendType: '{LONGORSHORT}', resendContent: '{text}', resendSendNo: '{sender}' },
        },
      ],
    },
  },
  takenWhen: { path: 'header.isSuccessful', is: true },
  idPath: 'message.requestId',
  reasonPath: 'header.resultMessage',
  takesIdempotencyKey: true,
  callback: {
    list: 'messages',
    id: 'recipientGroupingKey',
    providerId: 'requestId',
    state: 'messageStatus',
    delivered: ['COMPLETED', '3'],
    failed: ['FAILED', '4'],
    reason: 'resultCodeName',
  },
}

const SENS_HEADERS = { 'x-ncp-iam-access-key': '{accessKey}' }
const SENS: HttpProfile = {
  name: 'sens',
  request: {
    method: 'POST',
    url: '{base}/sms/v2/services/{serviceId}/messages',
    headers: SENS_HEADERS,
    json: {
      type: '{LONGORSHORT}',
      contentType: 'COMM',
      countryCode: '82',
      from: '{sender}',
      content: '{text}',
      messages: [{ to: '{to}' }],
    },
  },
  templated: {
    method: 'POST',
    url: '{base}/alimtalk/v2/services/{serviceId}/messages',
    headers: SENS_HEADERS,
    json: {
      plusFriendId: '{senderKey}',
      templateCode: '{templateCode}',
      messages: [
        {
          countryCode: '82',
          to: '{to}',
          content: '{templateText}',
          useSmsFailover: true,
          failoverConfig: { type: '{LONGORSHORT}', from: '{sender}', content: '{text}' },
        },
      ],
    },
  },
  takenWhen: { path: 'statusCode', is: '202' },
  idPath: 'requestId',
  reasonPath: 'statusName',
  takesIdempotencyKey: false,
  callback: {
    list: 'messages',
    providerId: 'requestId',
    state: 'status',
    delivered: ['success', 'COMPLETED'],
    failed: ['fail', 'FAILED'],
    reason: 'statusName',
  },
  /** HMAC-SHA256 over method, path with query, time and key, one below the other. */
  sign({ method, url }, variables, nowMs) {
    const { pathname, search } = new URL(url)
    const signed = `${method} ${pathname}${search}\n${nowMs}\n${String(variables.accessKey ?? '')}`
    return {
      'x-ncp-apigw-timestamp': String(nowMs),
      'x-ncp-apigw-signature-v2': createHmac('sha256', String(variables.secretKey ?? ''))
        .update(signed)
        .digest('base64'),
    }
  },
}

export const HTTP_PROFILES: Readonly<Record<string, HttpProfile>> = { kannel: KANNEL, nhn: NHN, sens: SENS }
