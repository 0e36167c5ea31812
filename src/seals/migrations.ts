// Tables of the room. A journey's row holds its plan, where it stands and what is needed to judge on; facts are what it was judged from, lines its custody.
import type { Migration } from '#platform/store/index.ts'

export const SEALS_MIGRATIONS: readonly Migration[] = [
  {
    id: 'seals-0001',
    sql: `CREATE TABLE seals (
      id TEXT PRIMARY KEY,
      life TEXT NOT NULL,
      organisation TEXT NOT NULL,
      number TEXT NOT NULL,
      body TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE journeys (
      id TEXT PRIMARY KEY,
      state TEXT NOT NULL,
      container TEXT NOT NULL,
      is_over INTEGER NOT NULL,
      depart_ms INTEGER NOT NULL,
      over_ms INTEGER,
      plan TEXT NOT NULL,
      standing TEXT,
      saved TEXT,
      saved_fact INTEGER NOT NULL DEFAULT 0
    ) STRICT;
    CREATE INDEX journeys_open ON journeys (is_over, depart_ms);
    CREATE INDEX journeys_container ON journeys (container);
    CREATE TABLE journey_facts (
      n INTEGER PRIMARY KEY,
      journey TEXT NOT NULL,
      at_ms INTEGER NOT NULL,
      kind TEXT NOT NULL,
      body TEXT NOT NULL
    ) STRICT;
    CREATE INDEX journey_facts_of ON journey_facts (journey, at_ms);
    CREATE TABLE journey_deeds (
      id TEXT PRIMARY KEY,
      journey TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE journey_lines (
      journey TEXT NOT NULL,
      n INTEGER NOT NULL,
      at_ms INTEGER NOT NULL,
      body TEXT NOT NULL,
      PRIMARY KEY (journey, n)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE seals_unknown (
      id TEXT PRIMARY KEY,
      first_ms INTEGER NOT NULL,
      last_ms INTEGER NOT NULL,
      frames INTEGER NOT NULL,
      body TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE seal_commands (
      id TEXT PRIMARY KEY,
      seal TEXT NOT NULL,
      state TEXT NOT NULL,
      asked_ms INTEGER NOT NULL,
      body TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX seal_commands_of ON seal_commands (seal, asked_ms);
    CREATE TABLE seals_mark (
      one INTEGER PRIMARY KEY CHECK (one = 1),
      mark INTEGER NOT NULL
    ) STRICT`,
  },
  {
    id: 'seals-templates',
    sql: `CREATE TABLE journey_templates (
      id TEXT PRIMARY KEY,
      organisation TEXT NOT NULL,
      name TEXT NOT NULL,
      saved_ms INTEGER NOT NULL,
      body TEXT NOT NULL
    ) STRICT, WITHOUT ROWID`,
  },
  {
    id: 'seals-read',
    sql: `CREATE INDEX journeys_over ON journeys (over_ms);
    CREATE INDEX journeys_depart ON journeys (depart_ms)`,
  },
]
