ALTER TABLE noun_board RENAME TO old_board;

CREATE TABLE noun_board (
  id TEXT NOT NULL,
  made TEXT NOT NULL,
  shown INTEGER NOT NULL,
  conflicts TEXT NOT NULL,
  name TEXT,
  founded_on TEXT,
  member_word TEXT,
  acknowledge_days INTEGER,
  answer_days INTEGER,
  year_month INTEGER,
  payment_weeks TEXT,
  root_pk TEXT,
  root_signature TEXT,
  PRIMARY KEY (id)
);

INSERT INTO noun_board (
  id, made, shown, conflicts, name, founded_on, member_word, acknowledge_days,
  answer_days, root_pk, root_signature, year_month, payment_weeks
) SELECT
  id, made, shown, conflicts, name, founded_on, member_word, acknowledge_days,
  answer_days, root_pk, root_signature, 4, '4–6 weeks'
FROM old_board;

DROP TABLE old_board;

ALTER TABLE noun_rate RENAME TO old_rate;

CREATE TABLE noun_rate (
  id TEXT NOT NULL,
  made TEXT NOT NULL,
  shown INTEGER NOT NULL,
  conflicts TEXT NOT NULL,
  scheme TEXT,
  name TEXT,
  pence INTEGER,
  minutes INTEGER,
  valid_from TEXT,
  source TEXT,
  verified INTEGER,
  confirmed_on TEXT,
  unit TEXT,
  band TEXT,
  checked_on TEXT,
  confirmed_by TEXT,
  PRIMARY KEY (id)
);

INSERT INTO noun_rate (
  id, made, shown, conflicts, scheme, name, pence, minutes, valid_from, source, verified,
  confirmed_on, unit, band, checked_on, confirmed_by
) SELECT
  id, made, shown, conflicts, scheme, name, pence, minutes, valid_from, source, verified,
  confirmed_on, 'task', '', NULL, NULL
FROM old_rate;

DROP TABLE old_rate;

ALTER TABLE noun_budget RENAME TO old_budget;

CREATE TABLE noun_budget (
  id TEXT NOT NULL,
  made TEXT NOT NULL,
  shown INTEGER NOT NULL,
  conflicts TEXT NOT NULL,
  project TEXT,
  year INTEGER,
  heading TEXT,
  pence INTEGER,
  note TEXT,
  PRIMARY KEY (id)
);

INSERT INTO noun_budget (
  id, made, shown, conflicts, project, year, heading, pence, note
) SELECT
  id, made, shown, conflicts, project, year, heading, pence, ''
FROM old_budget;

DROP TABLE old_budget;

CREATE INDEX noun_budget_project ON noun_budget (project) WHERE project IS NOT NULL;

ALTER TABLE noun_involvement RENAME TO old_involvement;

CREATE TABLE noun_involvement (
  id TEXT NOT NULL,
  made TEXT NOT NULL,
  shown INTEGER NOT NULL,
  conflicts TEXT NOT NULL,
  person TEXT,
  "on" TEXT,
  minutes INTEGER,
  activity TEXT,
  project TEXT,
  round TEXT,
  meeting TEXT,
  note TEXT,
  corrects TEXT,
  typed_by TEXT,
  until TEXT,
  why_typed TEXT,
  PRIMARY KEY (id)
);

INSERT INTO noun_involvement (
  id, made, shown, conflicts, person, "on", minutes, activity, project, round, meeting,
  note, corrects, typed_by, until, why_typed
) SELECT
  id, made, shown, conflicts, person, "on", minutes, activity, project, round, meeting,
  note, corrects, typed_by, NULL, ''
FROM old_involvement;

DROP TABLE old_involvement;

CREATE INDEX noun_involvement_corrects ON noun_involvement (corrects) WHERE corrects IS NOT NULL;

CREATE INDEX noun_involvement_meeting ON noun_involvement (meeting) WHERE meeting IS NOT NULL;

CREATE INDEX noun_involvement_person ON noun_involvement (person) WHERE person IS NOT NULL;

CREATE INDEX noun_involvement_project ON noun_involvement (project) WHERE project IS NOT NULL;

CREATE INDEX noun_involvement_round ON noun_involvement (round) WHERE round IS NOT NULL;

CREATE TABLE noun_scheme_use (
  id TEXT NOT NULL,
  made TEXT NOT NULL,
  shown INTEGER NOT NULL,
  conflicts TEXT NOT NULL,
  project TEXT,
  scheme TEXT,
  valid_from TEXT,
  PRIMARY KEY (id)
);

CREATE INDEX noun_scheme_use_project ON noun_scheme_use (project) WHERE project IS NOT NULL;

CREATE TABLE noun_receipt (
  id TEXT NOT NULL,
  made TEXT NOT NULL,
  shown INTEGER NOT NULL,
  conflicts TEXT NOT NULL,
  person TEXT,
  file TEXT,
  file_name TEXT,
  media TEXT,
  size_bytes INTEGER,
  added_at TEXT,
  typed_by TEXT,
  PRIMARY KEY (id)
);

CREATE INDEX noun_receipt_person ON noun_receipt (person) WHERE person IS NOT NULL;

CREATE TABLE noun_batch (
  id TEXT NOT NULL,
  made TEXT NOT NULL,
  shown INTEGER NOT NULL,
  conflicts TEXT NOT NULL,
  number INTEGER,
  made_at TEXT,
  made_by TEXT,
  note TEXT,
  PRIMARY KEY (id)
);

CREATE TABLE noun_cost (
  id TEXT NOT NULL,
  made TEXT NOT NULL,
  shown INTEGER NOT NULL,
  conflicts TEXT NOT NULL,
  project TEXT,
  heading TEXT,
  "on" TEXT,
  what TEXT,
  pence INTEGER,
  reverses TEXT,
  noted_by TEXT,
  PRIMARY KEY (id)
);

CREATE INDEX noun_cost_project ON noun_cost (project) WHERE project IS NOT NULL;

CREATE INDEX noun_cost_reverses ON noun_cost (reverses) WHERE reverses IS NOT NULL;

CREATE TABLE noun_period_close (
  id TEXT NOT NULL,
  made TEXT NOT NULL,
  shown INTEGER NOT NULL,
  conflicts TEXT NOT NULL,
  starts_on TEXT,
  ends_on TEXT,
  closed_at TEXT,
  closed_by TEXT,
  entries TEXT,
  approved_pence INTEGER,
  paid_pence INTEGER,
  PRIMARY KEY (id)
);

CREATE TABLE noun_finance_layout (
  id TEXT NOT NULL,
  made TEXT NOT NULL,
  shown INTEGER NOT NULL,
  conflicts TEXT NOT NULL,
  name TEXT,
  fields TEXT,
  headings TEXT,
  PRIMARY KEY (id)
);

CREATE TABLE noun_form_template (
  id TEXT NOT NULL,
  made TEXT NOT NULL,
  shown INTEGER NOT NULL,
  conflicts TEXT NOT NULL,
  name TEXT,
  kind TEXT,
  file TEXT,
  file_name TEXT,
  added_at TEXT,
  PRIMARY KEY (id)
);
