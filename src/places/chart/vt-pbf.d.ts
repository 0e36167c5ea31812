// biome-ignore-all lint/style/noDefaultExport: the package has only one
declare module 'vt-pbf' {
  const vtPbf: { fromGeojsonVt(layers: Readonly<Record<string, unknown>>, options: { readonly version: number }): Uint8Array }
  export default vtPbf
}
