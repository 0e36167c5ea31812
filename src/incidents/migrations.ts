// The room's tables. People's names and papers lie in a table of their own, so that the law's clock can erase them while the record of the deed stays.
import type { Migration } from '#platform/store/index.ts'
import { ATTACHMENT_MIGRATION } from './attachments/rows.ts'

export const INCIDENTS_MIGRATIONS: readonly Migration[] = [
  {
    id: 'incidents-0001',
    sql: `CREATE TABLE incidents (
      seq INTEGER PRIMARY KEY,
      id TEXT NOT NULL UNIQUE,
      organisation TEXT NOT NULL,
      day TEXT NOT NULL,
      n INTEGER NOT NULL,
      kind TEXT NOT NULL,
      urgency INTEGER NOT NULL,
      state TEXT NOT NULL,
      reported_ms INTEGER NOT NULL,
      changed_ms INTEGER NOT NULL,
      closed_ms INTEGER,
      body TEXT NOT NULL
    ) STRICT;
    CREATE UNIQUE INDEX incidents_number ON incidents (organisation, day, n);
    CREATE INDEX incidents_reported ON incidents (reported_ms);
    CREATE INDEX incidents_changed ON incidents (changed_ms);
    CREATE INDEX incidents_closed ON incidents (closed_ms) WHERE closed_ms IS NOT NULL;
    CREATE INDEX incidents_open ON incidents (seq, state) WHERE state <> 'closed';
    CREATE TABLE incident_audience (
      organisation TEXT NOT NULL,
      incident INTEGER NOT NULL,
      PRIMARY KEY (organisation, incident)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE incident_steps (
      id TEXT PRIMARY KEY,
      incident TEXT NOT NULL,
      n INTEGER NOT NULL,
      at_ms INTEGER NOT NULL,
      who TEXT NOT NULL,
      body TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE UNIQUE INDEX incident_steps_order ON incident_steps (incident, n);
    CREATE INDEX incident_steps_at ON incident_steps (at_ms);
    CREATE TABLE incident_links (
      kind TEXT NOT NULL,
      id TEXT NOT NULL,
      incident TEXT NOT NULL,
      PRIMARY KEY (kind, id, incident)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE incident_orders (
      id TEXT PRIMARY KEY,
      incident TEXT NOT NULL,
      state TEXT NOT NULL,
      given_ms INTEGER NOT NULL,
      due_ms INTEGER NOT NULL,
      body TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX incident_orders_of ON incident_orders (incident);
    CREATE INDEX incident_orders_given ON incident_orders (given_ms);
    CREATE INDEX incident_orders_open ON incident_orders (due_ms) WHERE state IN ('open', 'acknowledged');
    CREATE TABLE incident_people (
      id TEXT PRIMARY KEY,
      incident TEXT NOT NULL,
      body TEXT,
      erased_ms INTEGER
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX incident_people_of ON incident_people (incident);
    CREATE TABLE incident_reads (
      incident TEXT NOT NULL,
      person TEXT NOT NULL,
      organisation TEXT NOT NULL,
      steps INTEGER NOT NULL,
      at_ms INTEGER NOT NULL,
      PRIMARY KEY (incident, person)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE incident_drafts (
      id TEXT PRIMARY KEY,
      person TEXT NOT NULL,
      saved_ms INTEGER NOT NULL,
      body TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX incident_drafts_of ON incident_drafts (person, saved_ms);
    CREATE VIRTUAL TABLE incident_words USING fts5(words, people, whose, content = '', contentless_delete = 1, tokenize = "ascii tokenchars '-'")`,
  },
  ATTACHMENT_MIGRATION,
  {
    // Seizures of a month are found by the steps that closed them, as they were then: a few rows among many.
    id: 'incidents-0003',
    sql: "CREATE INDEX incident_steps_seized ON incident_steps (at_ms, incident) WHERE json_extract(body, '$.outcome') = 'seized'",
  },
  {
    id: 'incidents-0004',
    sql: `CREATE TABLE incident_calls (
      person TEXT NOT NULL,
      incident TEXT NOT NULL,
      why TEXT NOT NULL,
      n INTEGER NOT NULL,
      called_by TEXT NOT NULL,
      at_ms INTEGER NOT NULL,
      PRIMARY KEY (person, incident, why)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX incident_calls_to ON incident_calls (incident)`,
  },
]
