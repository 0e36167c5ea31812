// Tables of the room. Facts lie in the order they are read: source, day, time. Whatever changes a fact marks its day (triggers, so that no writer can forget); the roll-up of a
// day is made anew from its facts and the mark is taken off if nothing came meanwhile.
import type { Migration } from '#platform/store/index.ts'

export const STATISTICS_MIGRATIONS: readonly Migration[] = [
  {
    id: 'statistics-0001',
    sql: `CREATE TABLE statistics_facts (
      source TEXT NOT NULL,
      day INTEGER NOT NULL,
      at_ms INTEGER NOT NULL,
      id TEXT NOT NULL,
      origin TEXT NOT NULL,
      organisation TEXT NOT NULL,
      kind TEXT NOT NULL,
      sub TEXT NOT NULL,
      numbers TEXT,
      subject TEXT,
      link_kind TEXT NOT NULL,
      link_id TEXT NOT NULL,
      label TEXT NOT NULL,
      PRIMARY KEY (source, day, at_ms, id)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX statistics_facts_origin ON statistics_facts (origin, source);
    CREATE TABLE statistics_dirty (
      source TEXT NOT NULL,
      day INTEGER NOT NULL,
      n INTEGER NOT NULL,
      PRIMARY KEY (source, day)
    ) STRICT, WITHOUT ROWID;
    CREATE TRIGGER statistics_fact_came AFTER INSERT ON statistics_facts BEGIN
      INSERT INTO statistics_dirty (source, day, n) VALUES (NEW.source, NEW.day, 1) ON CONFLICT DO UPDATE SET n = n + 1;
    END;
    CREATE TRIGGER statistics_fact_went AFTER DELETE ON statistics_facts BEGIN
      INSERT INTO statistics_dirty (source, day, n) VALUES (OLD.source, OLD.day, 1) ON CONFLICT DO UPDATE SET n = n + 1;
    END;
    CREATE TRIGGER statistics_fact_changed AFTER UPDATE ON statistics_facts BEGIN
      INSERT INTO statistics_dirty (source, day, n) VALUES (OLD.source, OLD.day, 1) ON CONFLICT DO UPDATE SET n = n + 1;
      INSERT INTO statistics_dirty (source, day, n) VALUES (NEW.source, NEW.day, 1) ON CONFLICT DO UPDATE SET n = n + 1;
    END;
    CREATE TABLE statistics_days (
      source TEXT NOT NULL,
      day INTEGER NOT NULL,
      revision INTEGER NOT NULL,
      facts INTEGER NOT NULL,
      pack BLOB NOT NULL,
      PRIMARY KEY (source, day)
    ) STRICT;
    CREATE TABLE statistics_sources (
      source TEXT PRIMARY KEY,
      since_ms INTEGER NOT NULL,
      caught_up_ms INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE statistics_port_stays (
      mmsi INTEGER PRIMARY KEY,
      port TEXT NOT NULL,
      since_ms INTEGER NOT NULL,
      heard_ms INTEGER NOT NULL,
      has_rested INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE statistics_boards (
      id TEXT PRIMARY KEY,
      owner TEXT NOT NULL,
      organisation TEXT NOT NULL,
      is_shared INTEGER NOT NULL,
      changed_ms INTEGER NOT NULL,
      body TEXT NOT NULL
    ) STRICT;
    CREATE TABLE statistics_measures (
      id TEXT PRIMARY KEY,
      owner TEXT NOT NULL,
      organisation TEXT NOT NULL,
      is_shared INTEGER NOT NULL,
      edition INTEGER NOT NULL,
      changed_ms INTEGER NOT NULL,
      body TEXT NOT NULL
    ) STRICT`,
  },
  {
    // Roll-ups have narrower columns: those of the earlier form are thrown away and made anew from their facts.
    id: 'statistics-0002',
    sql: `DELETE FROM statistics_days;
    INSERT INTO statistics_dirty (source, day, n) SELECT source, day, 1 FROM (SELECT DISTINCT source, day FROM statistics_facts) WHERE true ON CONFLICT DO UPDATE SET n = n + 1`,
  },
]
