// settings: the YAML file, the environment, and faults that name the line and the remedy.
export {
  environmentName,
  exampleSettings,
  type ReadSettings,
  readSettings,
  type SettingDescription,
  type SettingValue,
} from './settings.ts'
