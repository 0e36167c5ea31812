// Device pixels that one CSS pixel of our layout is wide. On a wall the layout is made for 1,920 pixels and enlarged to the screen (ui.md 6.16: readable at
// 6 m), so that a canvas must be finer than the browser's own ratio says.

export const WALL_WIDTH_PX = 1920

/** How much a wall of this width enlarges the layout; never makes it smaller. */
export const wallZoom = (widthPx: number): number => Math.max(1, Math.round((widthPx / WALL_WIDTH_PX) * 100) / 100)

export const pixelRatio = (): number => devicePixelRatio * Number(document.documentElement.dataset.zoom ?? 1)
