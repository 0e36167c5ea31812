// The settings as a command takes them: the file of --config or MANGRU_CONFIG, the environment above it. A fault ends the command with every place named.
import { readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { type ChannelSettings, readChannelSettings } from '#alerts/settings.ts'
import { readSettings, type SettingValue } from '#platform/settings/index.ts'
import { SETTINGS } from '../settings.ts'
import { CommandFailure } from './command.ts'
import { dataDirectory } from './data.ts'

export interface CommandSettings {
  value(path: string): SettingValue
  text(path: string): string
  number(path: string): number
  list(path: string): readonly string[]
  /** Ways to tell people outside the room, as the file has them. */
  readonly channels: readonly ChannelSettings[]
  /** Where the data folder is: --data, else the settings, else MANGRU_DATA, else ./data. */
  dataDirectory(given: string | undefined): string
}

export async function commandSettings(config: string | undefined): Promise<CommandSettings> {
  const file = config ?? process.env.MANGRU_CONFIG
  let text: string | undefined
  if (file !== undefined) {
    text = await readFile(file, 'utf8').catch(error => {
      throw new CommandFailure(`the settings file ${file} cannot be read (${error.code ?? error}); check --config`)
    })
  }
  const read = readSettings(SETTINGS, text, file ?? '', process.env)
  const { channels, faults: ofChannels } = readChannelSettings(read, path => readFileSync(path, 'utf8'))
  const { values } = read
  const faults = [...read.faults, ...ofChannels]
  if (faults.length > 0) throw new CommandFailure(`the settings cannot be used:\n  ${faults.join('\n  ')}`)
  const value = (path: string): SettingValue => {
    const found = values.get(path)
    if (found === undefined) throw new Error(`setting ${path} is not described`)
    return found
  }
  return {
    value,
    channels,
    text: path => String(value(path)),
    number: path => Number(value(path)),
    list(path) {
      const found = value(path)
      return Array.isArray(found) ? found : []
    },
    dataDirectory: given => dataDirectory(given ?? (value('data') === './data' ? undefined : String(value('data')))),
  }
}
