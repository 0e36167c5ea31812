// Paper is white: while the page is printed the day palette is on, then what was there before. Returns what ends it.
export function printInDaylight(): () => void {
  let before: string | undefined
  const begin = (): void => {
    before ??= document.documentElement.dataset.palette
    document.documentElement.dataset.palette = 'day'
  }
  const end = (): void => {
    if (before !== undefined) document.documentElement.dataset.palette = before
    before = undefined
  }
  window.addEventListener('beforeprint', begin)
  window.addEventListener('afterprint', end)
  return () => {
    end()
    window.removeEventListener('beforeprint', begin)
    window.removeEventListener('afterprint', end)
  }
}
