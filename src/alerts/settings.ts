// Settings of the room, for src/settings.ts, without opening the room's other door. Of the ways to tell people: `channels:` in the one file, a name of one's own for each, its `kind`, and what that
// kind takes; nothing is on that is not there. docs/administrators/channels.md has an example of each.
import type { SettingDescription } from '#platform/settings/index.ts'
import { CHANNEL_FIELDS } from './channels/fields.ts'

export { type ChannelSettings, readChannelSettings } from './channels/read-settings.ts'
export { TELLING_SETTINGS } from './telling/settings.ts'

export const CHANNEL_SETTINGS: readonly SettingDescription[] = Object.entries(CHANNEL_FIELDS).map(
  ([name, { of: _of, needed: _needed, isSecret: _secret, ...field }]) => ({
    ...field,
    path: `channels.*.${name}`,
    // Never used: what is not in the file has no value. It is the example of a fault's sentence.
    default: field.kind === 'number' ? (field.min ?? 1) : field.kind === 'boolean' ? false : field.kind === 'list' ? [] : '',
  }),
)
