// Some systems give their browser a language that no standard knows (en-US@posix); the chart library asks for it when it loads and would stop the screen.
// Imported before everything else.
try {
  new Intl.NumberFormat(navigator.language)
} catch {
  Object.defineProperty(navigator, 'language', { value: 'ko-KR', configurable: true })
}
