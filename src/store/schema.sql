-- The store of quid, schema 1: events as rows, nothing lost, everything dated by when it was learned.
--
-- Days are counted from 1970-01-01 (date(day * 86400, 'unixepoch')). Spans are half-open ranges of bytes into the
-- document's text; `words` are the words of a span that does not lie in the event's own sentence. Small fixed lists
-- (types, statuses, classes, countries ...) are numbers that the table `name` resolves; the views do that for a reader.
-- A row of `event` that a later coding replaced keeps its place: `gone` is the load that replaced it.

-- 'searchable': sentences up to this id are in sentence_text; 'index NAME': an index to be made again, with its SQL.
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

-- One run of `quid load` or `quid recode`: when something was learned, and which model and dictionaries said so.
CREATE TABLE load (
  id INTEGER PRIMARY KEY,
  at TEXT NOT NULL,                 -- UTC, ISO 8601
  model TEXT NOT NULL DEFAULT '',
  knowledge TEXT NOT NULL DEFAULT ''
);

-- Texts that many rows share: event types, modes, statuses, countries, sectors, classes, frames, files.
CREATE TABLE name (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE);

CREATE TABLE document (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,        -- the record's document.id
  title TEXT, byline TEXT, publisher TEXT, url TEXT, language TEXT,
  published INTEGER,                -- day
  genre INTEGER REFERENCES name,
  load INTEGER NOT NULL REFERENCES load,
  coded INTEGER REFERENCES load,    -- the recode that coded it last, NULL none since the load
  text TEXT,                        -- NULL where only records were loaded
  signature BLOB,                   -- MinHash of its shingles, NULL too short to tell
  original INTEGER REFERENCES document -- the earliest document that it copies, NULL itself
);
CREATE INDEX document_original ON document (original) WHERE original IS NOT NULL;

CREATE TABLE copy_band (            -- parts of the signatures: documents that share one are compared
  band INTEGER NOT NULL, document INTEGER NOT NULL REFERENCES document,
  PRIMARY KEY (band, document)
) WITHOUT ROWID;

CREATE TABLE sentence (
  id INTEGER PRIMARY KEY,
  document INTEGER NOT NULL REFERENCES document,
  number INTEGER NOT NULL,          -- in the document, from 0; below 0: of an earlier way of cutting it
  start INTEGER NOT NULL, "end" INTEGER NOT NULL,
  text TEXT NOT NULL
);
CREATE INDEX sentence_place ON sentence (document, number);
CREATE VIRTUAL TABLE sentence_text USING fts5 (text, content = 'sentence', content_rowid = 'id', tokenize = 'unicode61');

CREATE TABLE entity (
  id INTEGER PRIMARY KEY,
  code TEXT NOT NULL UNIQUE,        -- PRK.GOV.KIM_JONG_UN
  name TEXT,
  country INTEGER REFERENCES name,
  sector INTEGER REFERENCES name,
  party INTEGER REFERENCES name     -- what it counts under: its country, or a body as IGO.NATO
);

CREATE TABLE class (                -- the tree of goods, of knowledge/items/items.tsv
  class INTEGER PRIMARY KEY REFERENCES name,
  grp INTEGER NOT NULL REFERENCES name,  -- the class below the root that it is or belongs to: ammunition: arms
  root INTEGER NOT NULL REFERENCES name  -- ammunition: material
);

CREATE TABLE event (
  id INTEGER PRIMARY KEY,
  key INTEGER NOT NULL,             -- the record's id, 16 hex digits as a signed 64-bit number
  load INTEGER NOT NULL REFERENCES load,
  gone INTEGER REFERENCES load,     -- NULL: it holds
  sentence INTEGER NOT NULL REFERENCES sentence,
  type INTEGER REFERENCES name,     -- NULL: a code that PLOVER has nothing for
  mode TEXT, context TEXT,          -- joined by commas
  cameo TEXT,
  quad INTEGER REFERENCES name,
  score REAL,
  status INTEGER NOT NULL REFERENCES name,
  trigger_start INTEGER, trigger_end INTEGER,
  day_from INTEGER, day_to INTEGER, -- days, NULL open
  date_start INTEGER, date_end INTEGER,
  date_source INTEGER REFERENCES name,
  granularity INTEGER REFERENCES name,
  day INTEGER,                      -- the day it counts under: first day of its date, else its end, else publication
  place INTEGER REFERENCES place,
  place_start INTEGER, place_end INTEGER,
  times INTEGER,
  purpose_start INTEGER, purpose_end INTEGER,
  confidence REAL,
  frame INTEGER REFERENCES name, file INTEGER REFERENCES name, line INTEGER,
  part TEXT, prior REAL, second_opinion REAL,
  story INTEGER                     -- the occurrence that it tells of (occurrence.id), NULL nothing else tells of it, or not yet compared (meta 'matched')
);
CREATE UNIQUE INDEX event_once ON event (sentence, key) WHERE gone IS NULL;
CREATE INDEX event_sentence ON event (sentence);
CREATE INDEX event_key ON event (key); -- a large load drops this one, event_day and participant_entity, and makes them again at its end
CREATE INDEX event_day ON event (day DESC) WHERE gone IS NULL; -- the newest first
CREATE INDEX event_story ON event (story) WHERE story IS NOT NULL;

CREATE TABLE place (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL, country INTEGER REFERENCES name, admin1 TEXT, latitude REAL, longitude REAL, geonames INTEGER,
  UNIQUE (name, country, geonames)
);

CREATE TABLE participant (          -- who stands in which role
  event INTEGER NOT NULL REFERENCES event,
  role INTEGER NOT NULL,            -- 0 actor, 1 recipient, 2 giver and 3 taker of a bargain's side
  number INTEGER NOT NULL,
  entity INTEGER NOT NULL REFERENCES entity,
  start INTEGER, "end" INTEGER, words TEXT,
  office TEXT, via INTEGER REFERENCES name,
  PRIMARY KEY (event, role, number)
) WITHOUT ROWID;
CREATE INDEX participant_entity ON participant (entity, event);

CREATE TABLE word_of (              -- attribution, outermost last
  event INTEGER NOT NULL REFERENCES event,
  number INTEGER NOT NULL,
  entity INTEGER REFERENCES entity,
  start INTEGER, "end" INTEGER, words TEXT,
  office TEXT, via INTEGER REFERENCES name,
  PRIMARY KEY (event, number)
) WITHOUT ROWID;

CREATE TABLE item (
  event INTEGER NOT NULL REFERENCES event,
  number INTEGER NOT NULL,
  start INTEGER, "end" INTEGER, words TEXT,
  class INTEGER REFERENCES name,
  count REAL, count_to REAL, bound TEXT, unit TEXT,
  PRIMARY KEY (event, number)
) WITHOUT ROWID;

CREATE TABLE detail (               -- victims, crowd, duration, deadline
  event INTEGER NOT NULL REFERENCES event,
  number INTEGER NOT NULL,
  kind TEXT NOT NULL,               -- dead wounded missing held displaced; crowd; duration; deadline
  start INTEGER, "end" INTEGER, words TEXT,
  count REAL, count_to REAL, bound TEXT,
  value TEXT,                       -- of a duration
  day_from INTEGER, day_to INTEGER, -- of a deadline
  PRIMARY KEY (event, number)
) WITHOUT ROWID;

CREATE TABLE link (                 -- content, condition, retaliation, enabling, listed; exchange: the other sides
  event INTEGER NOT NULL REFERENCES event,
  number INTEGER NOT NULL,
  kind TEXT NOT NULL,
  other_key INTEGER,                -- event.key of the other one, NULL bare words
  other_start INTEGER, other_end INTEGER, other_words TEXT,
  start INTEGER, "end" INTEGER, words TEXT, -- the words that say so
  status INTEGER REFERENCES name,   -- of a bargain's other side
  items TEXT,                       -- of a bargain's other side told by bare words: a JSON list
  PRIMARY KEY (event, number)
) WITHOUT ROWID;
CREATE INDEX link_other ON link (other_key) WHERE other_key IS NOT NULL;

CREATE TABLE bargain (              -- the event's side of an exchange
  event INTEGER PRIMARY KEY REFERENCES event,
  key TEXT NOT NULL,                -- shared by both sides
  side TEXT NOT NULL,               -- given, return
  start INTEGER, "end" INTEGER, words TEXT
);
CREATE INDEX bargain_key ON bargain (key);

CREATE TABLE option (               -- what is urged
  id INTEGER PRIMARY KEY,
  key INTEGER NOT NULL,
  load INTEGER NOT NULL REFERENCES load,
  gone INTEGER REFERENCES load,
  sentence INTEGER NOT NULL REFERENCES sentence,
  day INTEGER,
  verb TEXT, negated INTEGER NOT NULL DEFAULT 0,
  event_key INTEGER,
  type INTEGER NOT NULL DEFAULT 0,  -- of that event (name.id), 0 none
  by_party INTEGER NOT NULL DEFAULT 0, on_party INTEGER NOT NULL DEFAULT 0, toward_party INTEGER NOT NULL DEFAULT 0, -- the first of each (name.id), 0 nobody known
  record TEXT NOT NULL              -- the option record, JSON
);
CREATE UNIQUE INDEX option_key ON option (key, sentence) WHERE gone IS NULL;
CREATE INDEX option_sum ON option (on_party, toward_party, type, verb, negated, by_party, day) WHERE gone IS NULL;
CREATE TABLE option_party (
  option INTEGER NOT NULL REFERENCES option,
  role INTEGER NOT NULL,            -- 0 who urges, 1 on whom, 2 toward whom
  number INTEGER NOT NULL,
  entity INTEGER NOT NULL REFERENCES entity,
  PRIMARY KEY (option, role, number)
) WITHOUT ROWID;

-- What the questions read: each event under each pair of countries, so that none needs a search.

CREATE TABLE dyad (
  a INTEGER NOT NULL, b INTEGER NOT NULL, -- parties of actor and recipient (name.id): a country, or a body as IGO.NATO; 0 nobody known
  day INTEGER NOT NULL,
  event INTEGER NOT NULL REFERENCES event,
  type INTEGER NOT NULL, status INTEGER NOT NULL, score REAL NOT NULL,
  PRIMARY KEY (a, b, day, event)
) WITHOUT ROWID;

CREATE TABLE dyad_month (           -- sums of dyad by month (year * 12 + month - 1)
  a INTEGER NOT NULL, b INTEGER NOT NULL, month INTEGER NOT NULL, type INTEGER NOT NULL, status INTEGER NOT NULL,
  n INTEGER NOT NULL, score REAL NOT NULL,
  PRIMARY KEY (a, b, month, type, status)
) WITHOUT ROWID;
CREATE INDEX dyad_month_other ON dyad_month (b, month);

CREATE TABLE dyad_told (            -- of these what was told to have happened (asserted, reported, claimed), for questions about everybody
  month INTEGER NOT NULL, a INTEGER NOT NULL, b INTEGER NOT NULL,
  verbal_cooperation INTEGER NOT NULL, material_cooperation INTEGER NOT NULL,
  verbal_conflict INTEGER NOT NULL, material_conflict INTEGER NOT NULL,
  other INTEGER NOT NULL,           -- of no type of PLOVER
  score REAL NOT NULL,
  PRIMARY KEY (month, a, b)
) WITHOUT ROWID;

CREATE TABLE transfer (             -- goods from one country to another
  giver INTEGER NOT NULL, taker INTEGER NOT NULL, day INTEGER NOT NULL,
  event INTEGER NOT NULL REFERENCES event, number INTEGER NOT NULL,
  class INTEGER NOT NULL,           -- of the item, 0 unknown
  kind INTEGER NOT NULL,            -- 0 given, 1 promised, 2 asked for, 3 expected, 4 possible, 5 denied, 6 urged
  status INTEGER NOT NULL,
  PRIMARY KEY (giver, taker, day, event, number)
) WITHOUT ROWID;

CREATE TABLE transfer_month (
  giver INTEGER NOT NULL, taker INTEGER NOT NULL, month INTEGER NOT NULL, class INTEGER NOT NULL, kind INTEGER NOT NULL,
  n INTEGER NOT NULL,
  PRIMARY KEY (giver, taker, month, class, kind)
) WITHOUT ROWID;
CREATE INDEX transfer_month_taker ON transfer_month (taker);

CREATE TABLE promise (              -- promises, threats, ultimatums; what became of them depends on when it is asked: quid promises
  event INTEGER PRIMARY KEY REFERENCES event,
  a INTEGER NOT NULL, b INTEGER NOT NULL, -- whose, and to whom
  day INTEGER NOT NULL,
  due INTEGER                       -- last day of its deadline, NULL none
);
CREATE INDEX promise_pair ON promise (a, b, day);
CREATE INDEX promise_day ON promise (day);

CREATE TABLE deal (                 -- bargains: what moves on each side
  key INTEGER NOT NULL,             -- shared by both sides: bargain.key
  side INTEGER NOT NULL,            -- 0 given, 1 return
  giver INTEGER NOT NULL, taker INTEGER NOT NULL, -- of this side, 0 nobody known
  class INTEGER NOT NULL,           -- 0 no goods, or not known
  event INTEGER NOT NULL REFERENCES event,
  day INTEGER NOT NULL, status INTEGER NOT NULL,
  gone INTEGER REFERENCES load,
  PRIMARY KEY (key, side, giver, taker, class, event)
) WITHOUT ROWID;
CREATE INDEX deal_pair ON deal (giver, taker, day);
CREATE INDEX deal_taker ON deal (taker, day);

-- Rows of dyad and transfer whose event a later coding replaced: in no sum, read for what was known earlier.
CREATE TABLE dyad_gone (
  a INTEGER NOT NULL, b INTEGER NOT NULL, day INTEGER NOT NULL, event INTEGER NOT NULL REFERENCES event,
  type INTEGER NOT NULL, status INTEGER NOT NULL, score REAL NOT NULL,
  PRIMARY KEY (a, b, day, event)
) WITHOUT ROWID;
CREATE TABLE transfer_gone (
  giver INTEGER NOT NULL, taker INTEGER NOT NULL, day INTEGER NOT NULL, event INTEGER NOT NULL REFERENCES event, number INTEGER NOT NULL,
  class INTEGER NOT NULL, kind INTEGER NOT NULL, status INTEGER NOT NULL,
  PRIMARY KEY (giver, taker, day, event, number)
) WITHOUT ROWID;
CREATE VIEW dyad_ever AS SELECT * FROM dyad UNION ALL SELECT * FROM dyad_gone;
CREATE VIEW transfer_ever AS SELECT * FROM transfer UNION ALL SELECT * FROM transfer_gone;

CREATE TABLE occurrence (           -- one event of the world that two or more events tell of (match.c)
  id INTEGER PRIMARY KEY,           -- that of its first event
  key INTEGER NOT NULL,             -- event.key of its first event
  type INTEGER NOT NULL, day INTEGER, a INTEGER NOT NULL, b INTEGER NOT NULL,
  n_events INTEGER NOT NULL, n_documents INTEGER NOT NULL,
  n_sources INTEGER NOT NULL,       -- publishers; of a copied document, that of its original
  first_event INTEGER NOT NULL REFERENCES event, -- the earliest published
  first_report INTEGER, last_report INTEGER -- days of publication
);
CREATE INDEX occurrence_day ON occurrence (day);
CREATE TABLE dispute (              -- each of two lays the same deed at the other's door
  day INTEGER NOT NULL,
  event INTEGER NOT NULL REFERENCES event, other INTEGER NOT NULL REFERENCES event,
  PRIMARY KEY (day, event, other)
) WITHOUT ROWID;
CREATE INDEX occurrence_pair ON occurrence (type, a, b, day);

-- For a reader: names instead of numbers, only what holds.

CREATE VIEW events AS
SELECT printf('%016x', e.key) AS id, d.name AS document, d.title, d.publisher, date(d.published * 86400, 'unixepoch') AS published,
       s.number AS sentence, date(e.day_from * 86400, 'unixepoch') AS date_from, date(e.day_to * 86400, 'unixepoch') AS date_to,
       st.text AS status, t.text AS event, e.mode, e.context, e.cameo, q.text AS quad, e.score,
       (SELECT group_concat(n.code, ';') FROM participant p JOIN entity n ON n.id = p.entity WHERE p.event = e.id AND p.role = 0) AS actor,
       (SELECT group_concat(n.code, ';') FROM participant p JOIN entity n ON n.id = p.entity WHERE p.event = e.id AND p.role = 1) AS recipient,
       pl.name AS place, pc.text AS place_country, pl.latitude, pl.longitude, e.times, e.confidence, f.text AS frame, s.text
FROM event e
JOIN sentence s ON s.id = e.sentence
JOIN document d ON d.id = s.document
JOIN name st ON st.id = e.status
LEFT JOIN name t ON t.id = e.type
LEFT JOIN name q ON q.id = e.quad
LEFT JOIN name f ON f.id = e.frame
LEFT JOIN place pl ON pl.id = e.place
LEFT JOIN name pc ON pc.id = pl.country
WHERE e.gone IS NULL;

CREATE VIEW documents AS
SELECT d.name AS id, d.title, d.byline, d.publisher, date(d.published * 86400, 'unixepoch') AS published, g.text AS genre, d.url, d.language,
       o.name AS original, l.at AS learned
FROM document d JOIN load l ON l.id = d.load LEFT JOIN name g ON g.id = d.genre LEFT JOIN document o ON o.id = d.original;

CREATE VIEW items AS
SELECT printf('%016x', e.key) AS event, i.number, coalesce(i.words, substr(CAST(s.text AS BLOB), i.start - s.start + 1, i."end" - i.start)) AS words,
       c.text AS class, i.count, i.count_to, i.bound, i.unit
FROM item i JOIN event e ON e.id = i.event JOIN sentence s ON s.id = e.sentence LEFT JOIN name c ON c.id = i.class WHERE e.gone IS NULL;

CREATE VIEW occurrences AS
SELECT printf('%016x', o.key) AS id, date(o.day * 86400, 'unixepoch') AS day, t.text AS event, na.text AS a, nb.text AS b, o.n_events, o.n_documents,
       o.n_sources, date(o.first_report * 86400, 'unixepoch') AS first_report, date(o.last_report * 86400, 'unixepoch') AS last_report
FROM occurrence o JOIN name t ON t.id = o.type LEFT JOIN name na ON na.id = o.a LEFT JOIN name nb ON nb.id = o.b;

CREATE VIEW dyads AS
SELECT coalesce(na.text, '') AS a, coalesce(nb.text, '') AS b, date(d.day * 86400, 'unixepoch') AS day, t.text AS event, s.text AS status, d.score,
       printf('%016x', e.key) AS id
FROM dyad d JOIN event e ON e.id = d.event JOIN name t ON t.id = d.type JOIN name s ON s.id = d.status
LEFT JOIN name na ON na.id = d.a LEFT JOIN name nb ON nb.id = d.b;

CREATE VIEW ledger AS
SELECT coalesce(g.text, '') AS giver, coalesce(t.text, '') AS taker, date(x.day * 86400, 'unixepoch') AS day, coalesce(c.text, '') AS class,
       CASE x.kind WHEN 0 THEN 'given' WHEN 1 THEN 'promised' WHEN 2 THEN 'asked' WHEN 3 THEN 'expected' WHEN 4 THEN 'possible'
                   WHEN 5 THEN 'denied' ELSE 'urged' END AS kind,
       s.text AS status, printf('%016x', e.key) AS id
FROM transfer x JOIN event e ON e.id = x.event JOIN name s ON s.id = x.status
LEFT JOIN name g ON g.id = x.giver LEFT JOIN name t ON t.id = x.taker LEFT JOIN name c ON c.id = x.class;
