import { Component, type ReactNode } from 'react'
import { type Language, textIn } from '../i18n/text.ts'

/** Catches what a panel threw: says what and where, with a code to quote and a way to try again. The rest of the page goes on. */
export class ErrorBoundary extends Component<{ readonly name: string; readonly children: ReactNode }, { readonly error?: Error }> {
  override state: { readonly error?: Error } = {}

  static getDerivedStateFromError(error: unknown): { readonly error: Error } {
    return { error: error instanceof Error ? error : new Error(String(error)) }
  }

  override render(): ReactNode {
    const { error } = this.state
    if (!error) return this.props.children
    const language: Language = document.documentElement.lang === 'en' ? 'en' : 'ko'
    return (
      <section className="panel" aria-label={this.props.name}>
        <div className="state" role="alert">
          <b>{textIn(language, 'error.panel', { name: this.props.name })}</b>
          <span className="note">{error.message}</span>
          <span className="code">WEB-{codeOf(error)}</span>
          <button type="button" className="button" onClick={() => this.setState({ error: undefined as never })}>
            {textIn(language, 'act.again')}
          </button>
        </div>
      </section>
    )
  }
}

/** Four hex digits of the message and its first line of code: the same fault gives the same code. */
function codeOf(error: Error): string {
  let hash = 0
  for (const letter of `${error.message}${error.stack?.split('\n')[1] ?? ''}`) hash = (hash * 31 + letter.charCodeAt(0)) >>> 0
  return hash.toString(16).toUpperCase().padStart(8, '0').slice(0, 4)
}
