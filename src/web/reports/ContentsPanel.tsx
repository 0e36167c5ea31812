// 구성: the sections of the paper, how each stands; and what is looked at before anybody may sign.
import { useApp, useSay } from '../app.ts'
import { useStore } from '../shell/store.ts'
import { CommandButton, Panel, PanelHead, Tick } from '../ui/parts.tsx'
import { reportCommands } from './commands.ts'
import type { Check, ReportView, Section } from './model.ts'

export function ContentsPanel({ report }: { report: ReportView }) {
  const app = useApp()
  const say = useSay()
  const { target } = useStore(app.reports.look)
  const chosen = app.reports.targets().find(one => one.id === target)?.section
  const commands = reportCommands(app)
  const find = (id: string) => commands.find(command => command.id === id)
  return (
    <Panel label={say('reports.contents')} className="report-contents">
      <PanelHead title={say('reports.contents')}>
        <span className="note">{report.paper.asOf.replace(/[〈〉]/g, '')}</span>
      </PanelHead>
      <ul>
        {report.paper.sections.map(section => (
          <li key={section.id}>
            <button
              type="button"
              className={`report-section ${section.id === chosen ? 'is-on' : ''}`}
              onClick={() => {
                app.reports.choose(app.reports.targets().find(one => one.section === section.id)?.id)
                document.querySelector(`.paper [data-section="${section.id}"]`)?.scrollIntoView({ block: 'start' })
              }}
            >
              <SectionSign section={section} isChanged={report.marks.some(mark => mark.section === section.id)} />
              <span>{section.title}</span>
              <small>{wordsOf(section, report, say)}</small>
            </button>
          </li>
        ))}
      </ul>
      <div className="report-contents__acts">
        <CommandButton command={find('reports.add')} />
        <CommandButton command={find('reports.order')} />
      </div>
    </Panel>
  )
}

function SectionSign({ section, isChanged }: { section: Section; isChanged: boolean }) {
  if (section.state === 'not-linked') return <i className="report-sign is-off" />
  if (isChanged) return <i className="report-sign is-changed" />
  return (
    <span className="report-sign is-good">
      <Tick />
    </span>
  )
}

const nothingOf = ({ blocks }: Section): string | undefined => blocks.flatMap(block => (block.kind === 'words' ? [block.text] : []))[0]

function wordsOf(section: Section, report: ReportView, say: ReturnType<typeof useSay>): string {
  const changes = report.marks.filter(mark => mark.section === section.id).length
  const items = section.blocks.reduce((sum, block) => sum + (block.kind === 'lines' ? block.lines.length : 0), 0)
  if (section.state === 'not-linked') return say('reports.not-linked')
  const parts = [
    // What stands where nothing is, in the paper's own words: 해당 없음, 수신 기록 없음.
    ...(section.state === 'none'
      ? [nothingOf(section) ?? say('reports.section-none')]
      : items > 0
        ? [say('reports.items', { n: items })]
        : []),
    ...(changes > 0 ? [say('reports.changes', { n: changes })] : []),
  ]
  return parts.length > 0 ? parts.join(' · ') : say('reports.automatic')
}

export function ChecksPanel({ report }: { report: ReportView }) {
  const say = useSay()
  const blocking = report.checks.filter(check => check.blocks && !check.isGood).length
  return (
    <Panel label={say('reports.checks')} className="report-checks">
      <PanelHead title={say('reports.checks')}>
        <b className={`push ${blocking === 0 ? 'tone-good' : 'tone-bad'}`}>
          {blocking === 0 ? say('reports.nothing-blocks') : say('reports.blocks', { n: blocking })}
        </b>
      </PanelHead>
      <ul>
        {report.checks.map(check => (
          <CheckRow key={check.id} check={check} />
        ))}
      </ul>
    </Panel>
  )
}

function CheckRow({ check }: { check: Check }) {
  const app = useApp()
  const say = useSay()
  const first = check.where[0]
  const figure =
    check.id === 'empty' || check.id === 'late' || check.id === 'machine'
      ? String(check.where.length || check.done)
      : `${check.done}/${check.all}`
  const shown = check.id === 'empty' ? String(check.where.length) : figure
  return (
    <li className={`report-check ${check.isGood ? '' : check.blocks ? 'is-bad' : 'is-warn'}`}>
      {check.isGood ? <Tick /> : <i />}
      {first !== undefined ? (
        <button type="button" className="report-check__where" onClick={() => app.reports.choose(first)}>
          {say(`reports.check.${check.id}`)}
        </button>
      ) : (
        <span>{say(`reports.check.${check.id}`)}</span>
      )}
      <small>{check.id === 'late' && check.done > 0 ? say('reports.look-at', { n: check.done }) : shown}</small>
    </li>
  )
}
