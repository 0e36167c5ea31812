// The roof's door to the chart: built when missing.
export { CHART_DIRECTORY, ensureChart } from './chart/build.ts'
