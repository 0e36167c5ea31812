// The chart's style: sea, land, coast, grid, place names and limits, in the colours of the palette. No glyph server: MapLibre draws labels from the
// bundled fonts (design chart.md §6). Above zoom 11 the npm coast is too coarse for a harbour, so its line is thinned out there.
import type { ExpressionSpecification, LayerSpecification, StyleSpecification } from 'maplibre-gl'
import type { Language } from '../i18n/text.ts'
import type { Tokens } from './tokens.ts'

export const CHART_FILES = { land: '/chart/korea.pmtiles', labels: '/chart/labels.geojson', limits: '/chart/limits.geojson' } as const
const FONT = ['Pretendard Variable', 'Noto Sans KR']
/** Kinds where stopping is usual. */
const CALM = ['anchorage', 'berth', 'port', 'waiting', 'pilot']
const EMPTY = { type: 'FeatureCollection' as const, features: [] }

export function chartStyle(token: Tokens, language: Language, origin: string, type: number): StyleSpecification {
  return {
    version: 8,
    sources: {
      chart: { type: 'vector', url: `pmtiles://${origin}${CHART_FILES.land}`, attribution: '© OpenStreetMap contributors (ODbL)' },
      labels: { type: 'geojson', data: EMPTY },
      limits: { type: 'geojson', data: EMPTY },
      grid: { type: 'geojson', data: graticule() },
      areas: { type: 'geojson', data: EMPTY },
      track: { type: 'geojson', data: EMPTY },
      sketch: { type: 'geojson', data: EMPTY },
    },
    layers: chartLayers(token, language, type),
  }
}

/** All layers under and over the ships (`ships` itself is added before `track-gap`). Palette changes set the paint of these anew. */
export function chartLayers(token: Tokens, language: Language, type: number): LayerSpecification[] {
  const name: ExpressionSpecification = ['coalesce', ['get', language === 'ko' ? 'ko' : 'en'], ['get', 'name']]
  const halo = (of: 'sea' | 'land') => ({ 'text-halo-color': token(of), 'text-halo-width': 1.6 })
  return [
    { id: 'sea', type: 'background', paint: { 'background-color': token('sea') } },
    {
      id: 'shallow',
      type: 'line',
      source: 'chart',
      'source-layer': 'land',
      minzoom: 6,
      paint: { 'line-color': token('coast'), 'line-width': 9, 'line-opacity': 0.13, 'line-blur': 3 },
    },
    { id: 'land', type: 'fill', source: 'chart', 'source-layer': 'land', paint: { 'fill-color': token('land'), 'fill-antialias': false } },
    { id: 'grid', type: 'line', source: 'grid', paint: { 'line-color': token('grid'), 'line-width': 1, 'line-opacity': 0.9 } },
    {
      id: 'coast',
      type: 'line',
      source: 'chart',
      'source-layer': 'land',
      paint: {
        'line-color': token('coast'),
        'line-width': 1.1,
        'line-opacity': ['interpolate', ['linear'], ['zoom'], 10.5, 1, 12.5, 0.35],
      },
    },
    {
      id: 'limits',
      type: 'line',
      source: 'limits',
      paint: { 'line-color': token('place'), 'line-width': 1, 'line-dasharray': [5, 4], 'line-opacity': 0.4 },
    },
    {
      id: 'areas-fill',
      type: 'fill',
      source: 'areas',
      filter: ['==', ['geometry-type'], 'Polygon'],
      paint: { 'fill-color': areaColour(token), 'fill-opacity': 0.1 },
    },
    {
      id: 'areas-line',
      type: 'line',
      source: 'areas',
      filter: ['==', ['get', 'part'], 'shape'],
      paint: {
        'line-color': areaColour(token),
        'line-width': ['case', ['boolean', ['get', 'selected'], false], 2.4, 1.4],
        'line-dasharray': [5, 4],
      },
    },
    {
      id: 'labels-sea',
      type: 'symbol',
      source: 'labels',
      filter: ['==', ['get', 'kind'], 'sea'],
      layout: { 'text-field': name, 'text-font': FONT, 'text-size': 13 * type, 'text-letter-spacing': 0.25, 'text-max-width': 8 },
      paint: { 'text-color': token('place'), 'text-opacity': 0.75, ...halo('sea') },
    },
    {
      id: 'labels-place',
      type: 'symbol',
      source: 'labels',
      filter: ['!=', ['get', 'kind'], 'sea'],
      layout: {
        'text-field': name,
        'text-font': FONT,
        'text-size': 12.5 * type,
        'text-padding': 6,
        'text-offset': [0, -0.2],
        'symbol-sort-key': ['coalesce', ['get', 'rank'], 5],
      },
      paint: { 'text-color': token('place'), ...halo('land') },
    },
    {
      id: 'areas-name',
      type: 'symbol',
      source: 'areas',
      minzoom: 7,
      filter: ['all', ['==', ['get', 'part'], 'name'], ['!', ['in', ['get', 'kind'], ['literal', CALM]]]],
      layout: {
        'text-field': ['get', 'name'],
        'text-font': FONT,
        'text-size': 12.5 * type,
        'text-anchor': 'bottom',
        'text-offset': [0, -0.25],
        'text-max-width': 16,
      },
      paint: { 'text-color': areaColour(token), 'text-halo-color': token('sea'), 'text-halo-width': 2 },
    },
    {
      id: 'areas-name-calm',
      type: 'symbol',
      source: 'areas',
      // Where stopping is usual there are many, each beside its port's own name: told when there is room.
      minzoom: 10,
      filter: ['all', ['==', ['get', 'part'], 'name'], ['in', ['get', 'kind'], ['literal', CALM]]],
      layout: {
        'text-field': ['get', 'name'],
        'text-font': FONT,
        'text-size': 12.5 * type,
        'text-anchor': 'bottom',
        'text-offset': [0, -0.25],
        'text-max-width': 16,
      },
      paint: { 'text-color': areaColour(token), 'text-halo-color': token('sea'), 'text-halo-width': 2 },
    },
    {
      id: 'track-line',
      type: 'line',
      source: 'track',
      filter: ['==', ['get', 'part'], 'sailed'],
      layout: { 'line-join': 'round', 'line-cap': 'round' },
      paint: { 'line-color': token('act'), 'line-width': 2.2, 'line-opacity': ['case', ['boolean', ['get', 'other'], false], 0.55, 1] },
    },
    {
      id: 'track-driven',
      type: 'line',
      source: 'track',
      filter: ['==', ['get', 'part'], 'driven'],
      layout: { 'line-join': 'round', 'line-cap': 'round' },
      paint: { 'line-color': token('text'), 'line-width': 3.4 },
    },
    {
      id: 'track-gap',
      type: 'line',
      source: 'track',
      filter: ['==', ['get', 'part'], 'gap'],
      paint: { 'line-color': token('warning'), 'line-width': 2.2, 'line-dasharray': [1.2, 1.8] },
    },
    {
      id: 'track-dots',
      type: 'circle',
      source: 'track',
      // Thinned by zoom: two hours, half an hour, five minutes apart.
      filter: ['step', ['zoom'], dotsFrom(24), 8, dotsFrom(6), 10.5, dotsFrom(1)],
      paint: { 'circle-radius': 2.4, 'circle-color': token('act'), 'circle-stroke-color': token('sea'), 'circle-stroke-width': 1 },
    },
    {
      id: 'sketch-fill',
      type: 'fill',
      source: 'sketch',
      filter: ['==', ['geometry-type'], 'Polygon'],
      paint: { 'fill-color': token('act'), 'fill-opacity': 0.14 },
    },
    { id: 'sketch-line', type: 'line', source: 'sketch', paint: { 'line-color': token('act'), 'line-width': 2, 'line-dasharray': [3, 2] } },
    {
      id: 'sketch-points',
      type: 'circle',
      source: 'sketch',
      filter: ['==', ['get', 'part'], 'point'],
      paint: {
        'circle-radius': ['case', ['boolean', ['get', 'middle'], false], 3, 5.5],
        'circle-color': token('panel'),
        'circle-stroke-color': token('act'),
        'circle-stroke-width': 2,
      },
    },
  ]
}

const dotsFrom = (step: number): ExpressionSpecification => ['all', ['==', ['get', 'part'], 'dot'], ['>=', ['get', 'step'], step]]

/** Forbidden and designated areas are red and violet; where stopping is usual, blue and dashed. */
function areaColour(token: Tokens): ExpressionSpecification {
  const plain = ['fishing', 'lane', 'cable', 'depth']
  return [
    'match',
    ['get', 'kind'],
    ['forbidden'],
    token('critical'),
    [...CALM],
    token('act'),
    ['speed-limit', 'works'],
    token('warning'),
    plain,
    token('place'),
    token('zone'),
  ]
}

/** Whole degrees around Korea; half the world would only cost memory. */
function graticule() {
  const lines: { type: 'Feature'; properties: Record<string, never>; geometry: { type: 'LineString'; coordinates: number[][] } }[] = []
  for (let lon = 110; lon <= 150; lon++)
    lines.push(
      line([
        [lon, 15],
        [lon, 55],
      ]),
    )
  for (let lat = 15; lat <= 55; lat++)
    lines.push(
      line([
        [110, lat],
        [150, lat],
      ]),
    )
  return { type: 'FeatureCollection' as const, features: lines }
}
const line = (coordinates: number[][]) => ({
  type: 'Feature' as const,
  properties: {},
  geometry: { type: 'LineString' as const, coordinates },
})
