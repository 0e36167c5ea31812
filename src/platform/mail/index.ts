// mail: messages that leave the house, kept, retried, never sent twice.
export {
  type Attachment,
  createMail,
  MAIL_MIGRATIONS,
  MAIL_STATES,
  type Mail,
  type MailLine,
  type MailState,
  type MailTransport,
  type Message,
  type SendOutcome,
} from './mail.ts'
export { MAIL_SETTINGS } from './settings.ts'
export { createSmtp, type SmtpSettings } from './smtp.ts'
