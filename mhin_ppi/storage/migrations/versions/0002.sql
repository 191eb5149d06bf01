-- What reading and reviewing needs beside the first version: content notes, other forms of a draft,
-- decisions about carried notes, coding; three fields of annotations and one of requests to read.

ALTER TABLE noun_annotation RENAME TO old_annotation;

CREATE TABLE noun_annotation (
  id TEXT NOT NULL,
  made TEXT NOT NULL,
  shown INTEGER NOT NULL,
  conflicts TEXT NOT NULL,
  version TEXT,
  author TEXT,
  body TEXT,
  kind TEXT,
  visibility TEXT,
  passage TEXT,
  made_at TEXT,
  tags TEXT,
  reply_to TEXT,
  resolved INTEGER,
  typed_by TEXT,
  of_section INTEGER,
  written_by TEXT,
  origin TEXT,
  PRIMARY KEY (id)
);

INSERT INTO noun_annotation (
  id, made, shown, conflicts, version, author, body, kind, visibility, passage, made_at,
  tags, reply_to, resolved, typed_by, of_section, written_by, origin
) SELECT
  id, made, shown, conflicts, version, author, body, kind, visibility, passage, made_at,
  tags, reply_to, resolved, typed_by, 0, '', ''
FROM old_annotation;

DROP TABLE old_annotation;

CREATE INDEX noun_annotation_author ON noun_annotation (author) WHERE author IS NOT NULL;

CREATE INDEX noun_annotation_reply_to ON noun_annotation (reply_to) WHERE reply_to IS NOT NULL;

CREATE INDEX noun_annotation_version ON noun_annotation (version) WHERE version IS NOT NULL;

ALTER TABLE noun_round RENAME TO old_round;

CREATE TABLE noun_round (
  id TEXT NOT NULL,
  made TEXT NOT NULL,
  shown INTEGER NOT NULL,
  conflicts TEXT NOT NULL,
  version TEXT,
  due_on TEXT,
  minutes INTEGER,
  content_note TEXT,
  guiding_questions TEXT,
  invited TEXT,
  opened_on TEXT,
  agreed_pence INTEGER,
  band TEXT,
  PRIMARY KEY (id)
);

INSERT INTO noun_round (
  id, made, shown, conflicts, version, due_on, minutes, content_note, guiding_questions,
  invited, opened_on, agreed_pence, band
) SELECT
  id, made, shown, conflicts, version, due_on, minutes, content_note, guiding_questions,
  invited, opened_on, agreed_pence, ''
FROM old_round;

DROP TABLE old_round;

CREATE INDEX noun_round_version ON noun_round (version) WHERE version IS NOT NULL;

CREATE TABLE noun_content_note (
  id TEXT NOT NULL,
  made TEXT NOT NULL,
  shown INTEGER NOT NULL,
  conflicts TEXT NOT NULL,
  version TEXT,
  passage TEXT,
  body TEXT,
  written_by TEXT,
  PRIMARY KEY (id)
);

CREATE INDEX noun_content_note_version ON noun_content_note (version) WHERE version IS NOT NULL;

CREATE INDEX noun_content_note_written_by ON noun_content_note (written_by) WHERE written_by IS NOT NULL;

CREATE TABLE noun_companion (
  id TEXT NOT NULL,
  made TEXT NOT NULL,
  shown INTEGER NOT NULL,
  conflicts TEXT NOT NULL,
  version TEXT,
  kind TEXT,
  language TEXT,
  file TEXT,
  file_name TEXT,
  text TEXT,
  added_at TEXT,
  PRIMARY KEY (id)
);

CREATE INDEX noun_companion_version ON noun_companion (version) WHERE version IS NOT NULL;

CREATE TABLE noun_placement (
  id TEXT NOT NULL,
  made TEXT NOT NULL,
  shown INTEGER NOT NULL,
  conflicts TEXT NOT NULL,
  annotation TEXT,
  version TEXT,
  author TEXT,
  passage TEXT,
  state TEXT,
  visibility TEXT,
  decided_by TEXT,
  decided_at TEXT,
  PRIMARY KEY (id)
);

CREATE INDEX noun_placement_annotation ON noun_placement (annotation) WHERE annotation IS NOT NULL;

CREATE INDEX noun_placement_author ON noun_placement (author) WHERE author IS NOT NULL;

CREATE INDEX noun_placement_version ON noun_placement (version) WHERE version IS NOT NULL;

CREATE TABLE noun_code (
  id TEXT NOT NULL,
  made TEXT NOT NULL,
  shown INTEGER NOT NULL,
  conflicts TEXT NOT NULL,
  name TEXT,
  project TEXT,
  definition TEXT,
  colour TEXT,
  parent TEXT,
  made_by TEXT,
  retired INTEGER,
  PRIMARY KEY (id)
);

CREATE INDEX noun_code_parent ON noun_code (parent) WHERE parent IS NOT NULL;

CREATE INDEX noun_code_project ON noun_code (project) WHERE project IS NOT NULL;

CREATE TABLE noun_coding (
  id TEXT NOT NULL,
  made TEXT NOT NULL,
  shown INTEGER NOT NULL,
  conflicts TEXT NOT NULL,
  code TEXT,
  coder TEXT,
  version TEXT,
  annotation TEXT,
  quote TEXT,
  passage TEXT,
  made_at TEXT,
  PRIMARY KEY (id)
);

CREATE INDEX noun_coding_annotation ON noun_coding (annotation) WHERE annotation IS NOT NULL;

CREATE INDEX noun_coding_code ON noun_coding (code) WHERE code IS NOT NULL;

CREATE INDEX noun_coding_coder ON noun_coding (coder) WHERE coder IS NOT NULL;

CREATE INDEX noun_coding_quote ON noun_coding (quote) WHERE quote IS NOT NULL;

CREATE INDEX noun_coding_version ON noun_coding (version) WHERE version IS NOT NULL;

CREATE TABLE noun_memo (
  id TEXT NOT NULL,
  made TEXT NOT NULL,
  shown INTEGER NOT NULL,
  conflicts TEXT NOT NULL,
  author TEXT,
  body TEXT,
  code TEXT,
  coding TEXT,
  version TEXT,
  made_at TEXT,
  PRIMARY KEY (id)
);

CREATE INDEX noun_memo_author ON noun_memo (author) WHERE author IS NOT NULL;

CREATE INDEX noun_memo_code ON noun_memo (code) WHERE code IS NOT NULL;

CREATE INDEX noun_memo_coding ON noun_memo (coding) WHERE coding IS NOT NULL;

CREATE INDEX noun_memo_version ON noun_memo (version) WHERE version IS NOT NULL;

CREATE TABLE noun_quote (
  id TEXT NOT NULL,
  made TEXT NOT NULL,
  shown INTEGER NOT NULL,
  conflicts TEXT NOT NULL,
  kept_by TEXT,
  project TEXT,
  body TEXT,
  site TEXT,
  participant TEXT,
  description TEXT,
  place TEXT,
  name TEXT,
  attribution TEXT,
  consented INTEGER,
  made_at TEXT,
  PRIMARY KEY (id)
);

CREATE INDEX noun_quote_kept_by ON noun_quote (kept_by) WHERE kept_by IS NOT NULL;

CREATE INDEX noun_quote_project ON noun_quote (project) WHERE project IS NOT NULL;

CREATE INDEX noun_quote_site ON noun_quote (site) WHERE site IS NOT NULL;

CREATE TABLE noun_coding_consent (
  id TEXT NOT NULL,
  made TEXT NOT NULL,
  shown INTEGER NOT NULL,
  conflicts TEXT NOT NULL,
  person TEXT,
  project TEXT,
  agreed INTEGER,
  said_at TEXT,
  typed_by TEXT,
  PRIMARY KEY (id)
);

CREATE INDEX noun_coding_consent_person ON noun_coding_consent (person) WHERE person IS NOT NULL;

CREATE INDEX noun_coding_consent_project ON noun_coding_consent (project) WHERE project IS NOT NULL;

