// The room's tables. A report is a row as it stands; every step that made it so is a row that stays.
import type { Migration } from '#platform/store/index.ts'

export const REPORTS_MIGRATIONS: readonly Migration[] = [
  {
    id: 'reports-0001',
    sql: `CREATE TABLE reports (
      id TEXT PRIMARY KEY,
      kind TEXT NOT NULL,
      day TEXT NOT NULL,
      to_ms INTEGER NOT NULL,
      state TEXT NOT NULL,
      body TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX reports_to ON reports (to_ms);
    CREATE TABLE report_steps (
      id TEXT PRIMARY KEY,
      report TEXT NOT NULL,
      n INTEGER NOT NULL,
      at_ms INTEGER NOT NULL,
      who TEXT NOT NULL,
      body TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE UNIQUE INDEX report_steps_order ON report_steps (report, n);
    CREATE TABLE report_papers (
      report TEXT NOT NULL,
      language TEXT NOT NULL,
      body TEXT NOT NULL,
      PRIMARY KEY (report, language)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE report_lines (
      id TEXT PRIMARY KEY,
      day TEXT NOT NULL,
      organisation TEXT NOT NULL,
      at_ms INTEGER NOT NULL,
      who TEXT NOT NULL,
      is_nothing INTEGER NOT NULL,
      text TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX report_lines_day ON report_lines (day, organisation);
    CREATE TABLE report_deeds (
      report TEXT NOT NULL,
      deed TEXT NOT NULL,
      at_ms INTEGER NOT NULL,
      PRIMARY KEY (report, deed)
    ) STRICT, WITHOUT ROWID`,
  },
]
