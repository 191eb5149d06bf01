-- The schema of the first version. Never edited once released: a change is a new migration.

CREATE TABLE blob (
  id TEXT NOT NULL,
  size_bytes INTEGER NOT NULL,
  complete INTEGER NOT NULL,
  PRIMARY KEY (id)
)
 WITHOUT ROWID;

CREATE TABLE head (
  entity TEXT NOT NULL,
  space TEXT NOT NULL,
  writes TEXT NOT NULL,
  PRIMARY KEY (entity, space)
)
 WITHOUT ROWID;

CREATE TABLE ledger (
  id TEXT NOT NULL,
  space TEXT NOT NULL,
  claim TEXT NOT NULL,
  kind TEXT NOT NULL,
  pence INTEGER NOT NULL,
  person TEXT NOT NULL,
  at TEXT NOT NULL,
  sort TEXT NOT NULL,
  plain TEXT NOT NULL,
  data TEXT NOT NULL,
  PRIMARY KEY (id)
)
 WITHOUT ROWID;

CREATE INDEX ledger_claim ON ledger (claim, sort);

CREATE TABLE local (
  "key" TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY ("key")
)
 WITHOUT ROWID;

CREATE TABLE log_entry (
  number INTEGER NOT NULL,
  id TEXT NOT NULL,
  space TEXT NOT NULL,
  action TEXT NOT NULL,
  device TEXT NOT NULL,
  seq INTEGER NOT NULL,
  hlc TEXT NOT NULL,
  body BLOB NOT NULL,
  signature BLOB NOT NULL,
  state INTEGER NOT NULL,
  position INTEGER,
  PRIMARY KEY (number),
  UNIQUE (id)
);

CREATE INDEX log_entry_admin ON log_entry (position) WHERE space = 'admin';

CREATE UNIQUE INDEX log_entry_position ON log_entry (position);

CREATE INDEX log_entry_waiting ON log_entry (number) WHERE state = 0;

CREATE TABLE meta (
  "key" TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY ("key")
)
 WITHOUT ROWID;

CREATE TABLE need (
  dep TEXT NOT NULL,
  waiter TEXT NOT NULL,
  PRIMARY KEY (dep, waiter)
)
 WITHOUT ROWID;

CREATE INDEX need_waiter ON need (waiter);

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
  PRIMARY KEY (id)
);

CREATE INDEX noun_annotation_author ON noun_annotation (author) WHERE author IS NOT NULL;

CREATE INDEX noun_annotation_reply_to ON noun_annotation (reply_to) WHERE reply_to IS NOT NULL;

CREATE INDEX noun_annotation_version ON noun_annotation (version) WHERE version IS NOT NULL;

CREATE TABLE noun_attendance (
  id TEXT NOT NULL,
  made TEXT NOT NULL,
  shown INTEGER NOT NULL,
  conflicts TEXT NOT NULL,
  meeting TEXT,
  person TEXT,
  came TEXT,
  PRIMARY KEY (id)
);

CREATE INDEX noun_attendance_meeting ON noun_attendance (meeting) WHERE meeting IS NOT NULL;

CREATE INDEX noun_attendance_person ON noun_attendance (person) WHERE person IS NOT NULL;

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
  root_pk TEXT,
  root_signature TEXT,
  PRIMARY KEY (id)
);

CREATE TABLE noun_budget (
  id TEXT NOT NULL,
  made TEXT NOT NULL,
  shown INTEGER NOT NULL,
  conflicts TEXT NOT NULL,
  project TEXT,
  year INTEGER,
  heading TEXT,
  pence INTEGER,
  PRIMARY KEY (id)
);

CREATE INDEX noun_budget_project ON noun_budget (project) WHERE project IS NOT NULL;

CREATE TABLE noun_change (
  id TEXT NOT NULL,
  made TEXT NOT NULL,
  shown INTEGER NOT NULL,
  conflicts TEXT NOT NULL,
  question TEXT,
  old_version TEXT,
  new_version TEXT,
  old TEXT,
  new TEXT,
  outside TEXT,
  changed_on TEXT,
  PRIMARY KEY (id)
);

CREATE INDEX noun_change_new_version ON noun_change (new_version) WHERE new_version IS NOT NULL;

CREATE INDEX noun_change_old_version ON noun_change (old_version) WHERE old_version IS NOT NULL;

CREATE INDEX noun_change_question ON noun_change (question) WHERE question IS NOT NULL;

CREATE TABLE noun_device (
  id TEXT NOT NULL,
  made TEXT NOT NULL,
  shown INTEGER NOT NULL,
  conflicts TEXT NOT NULL,
  person TEXT,
  label TEXT,
  sign_pk TEXT,
  age_pk TEXT,
  pq_pk TEXT,
  created TEXT,
  revoked INTEGER,
  PRIMARY KEY (id)
);

CREATE INDEX noun_device_person ON noun_device (person) WHERE person IS NOT NULL;

CREATE TABLE noun_draft (
  id TEXT NOT NULL,
  made TEXT NOT NULL,
  shown INTEGER NOT NULL,
  conflicts TEXT NOT NULL,
  project TEXT,
  title TEXT,
  kind TEXT,
  PRIMARY KEY (id)
);

CREATE INDEX noun_draft_project ON noun_draft (project) WHERE project IS NOT NULL;

CREATE TABLE noun_feedback (
  id TEXT NOT NULL,
  made TEXT NOT NULL,
  shown INTEGER NOT NULL,
  conflicts TEXT NOT NULL,
  question TEXT,
  body TEXT,
  kind TEXT,
  told_on TEXT,
  told_by TEXT,
  PRIMARY KEY (id)
);

CREATE INDEX noun_feedback_question ON noun_feedback (question) WHERE question IS NOT NULL;

CREATE INDEX noun_feedback_told_by ON noun_feedback (told_by) WHERE told_by IS NOT NULL;

CREATE TABLE noun_impact (
  id TEXT NOT NULL,
  made TEXT NOT NULL,
  shown INTEGER NOT NULL,
  conflicts TEXT NOT NULL,
  question TEXT,
  change TEXT,
  kind TEXT,
  stage TEXT,
  direction TEXT,
  what_changed TEXT,
  asker_view TEXT,
  team_view TEXT,
  evidence TEXT,
  evidence_note TEXT,
  seen_on TEXT,
  look_again_on TEXT,
  noted_by TEXT,
  PRIMARY KEY (id)
);

CREATE INDEX noun_impact_change ON noun_impact (change) WHERE change IS NOT NULL;

CREATE INDEX noun_impact_noted_by ON noun_impact (noted_by) WHERE noted_by IS NOT NULL;

CREATE INDEX noun_impact_question ON noun_impact (question) WHERE question IS NOT NULL;

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
  PRIMARY KEY (id)
);

CREATE INDEX noun_involvement_corrects ON noun_involvement (corrects) WHERE corrects IS NOT NULL;

CREATE INDEX noun_involvement_meeting ON noun_involvement (meeting) WHERE meeting IS NOT NULL;

CREATE INDEX noun_involvement_person ON noun_involvement (person) WHERE person IS NOT NULL;

CREATE INDEX noun_involvement_project ON noun_involvement (project) WHERE project IS NOT NULL;

CREATE INDEX noun_involvement_round ON noun_involvement (round) WHERE round IS NOT NULL;

CREATE TABLE noun_meeting (
  id TEXT NOT NULL,
  made TEXT NOT NULL,
  shown INTEGER NOT NULL,
  conflicts TEXT NOT NULL,
  title TEXT,
  kind TEXT,
  project TEXT,
  starts_at TEXT,
  minutes INTEGER,
  place TEXT,
  agenda TEXT,
  notes TEXT,
  PRIMARY KEY (id)
);

CREATE INDEX noun_meeting_project ON noun_meeting (project) WHERE project IS NOT NULL;

CREATE TABLE noun_person (
  id TEXT NOT NULL,
  made TEXT NOT NULL,
  shown INTEGER NOT NULL,
  conflicts TEXT NOT NULL,
  name TEXT,
  roles TEXT,
  pseudonym TEXT,
  credit TEXT,
  not_quoted INTEGER,
  contact TEXT,
  joined_on TEXT,
  left_on TEXT,
  PRIMARY KEY (id)
);

CREATE TABLE noun_project (
  id TEXT NOT NULL,
  made TEXT NOT NULL,
  shown INTEGER NOT NULL,
  conflicts TEXT NOT NULL,
  title TEXT,
  summary TEXT,
  team TEXT,
  started_on TEXT,
  ended_on TEXT,
  PRIMARY KEY (id)
);

CREATE TABLE noun_question (
  id TEXT NOT NULL,
  made TEXT NOT NULL,
  shown INTEGER NOT NULL,
  conflicts TEXT NOT NULL,
  asker TEXT,
  body TEXT,
  kind TEXT,
  project TEXT,
  annotation TEXT,
  meeting TEXT,
  site TEXT,
  raised_at TEXT,
  considered TEXT,
  credit TEXT,
  visibility TEXT,
  holder TEXT,
  theme TEXT,
  typed_by TEXT,
  PRIMARY KEY (id)
);

CREATE INDEX noun_question_annotation ON noun_question (annotation) WHERE annotation IS NOT NULL;

CREATE INDEX noun_question_asker ON noun_question (asker) WHERE asker IS NOT NULL;

CREATE INDEX noun_question_meeting ON noun_question (meeting) WHERE meeting IS NOT NULL;

CREATE INDEX noun_question_project ON noun_question (project) WHERE project IS NOT NULL;

CREATE INDEX noun_question_site ON noun_question (site) WHERE site IS NOT NULL;

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
  PRIMARY KEY (id)
);

CREATE TABLE noun_response (
  id TEXT NOT NULL,
  made TEXT NOT NULL,
  shown INTEGER NOT NULL,
  conflicts TEXT NOT NULL,
  question TEXT,
  body TEXT,
  decision TEXT,
  reason TEXT,
  criteria TEXT,
  decided_by TEXT,
  decided_on TEXT,
  PRIMARY KEY (id)
);

CREATE INDEX noun_response_question ON noun_response (question) WHERE question IS NOT NULL;

CREATE TABLE noun_return (
  id TEXT NOT NULL,
  made TEXT NOT NULL,
  shown INTEGER NOT NULL,
  conflicts TEXT NOT NULL,
  round TEXT,
  person TEXT,
  done_at TEXT,
  PRIMARY KEY (id)
);

CREATE INDEX noun_return_person ON noun_return (person) WHERE person IS NOT NULL;

CREATE INDEX noun_return_round ON noun_return (round) WHERE round IS NOT NULL;

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
  PRIMARY KEY (id)
);

CREATE INDEX noun_round_version ON noun_round (version) WHERE version IS NOT NULL;

CREATE TABLE noun_site (
  id TEXT NOT NULL,
  made TEXT NOT NULL,
  shown INTEGER NOT NULL,
  conflicts TEXT NOT NULL,
  project TEXT,
  name TEXT,
  PRIMARY KEY (id)
);

CREATE INDEX noun_site_project ON noun_site (project) WHERE project IS NOT NULL;

CREATE TABLE noun_version (
  id TEXT NOT NULL,
  made TEXT NOT NULL,
  shown INTEGER NOT NULL,
  conflicts TEXT NOT NULL,
  draft TEXT,
  number INTEGER,
  text TEXT,
  source TEXT,
  file_name TEXT,
  pages INTEGER,
  characters INTEGER,
  images TEXT,
  added_at TEXT,
  PRIMARY KEY (id)
);

CREATE INDEX noun_version_draft ON noun_version (draft) WHERE draft IS NOT NULL;

CREATE TABLE noun_word (
  id TEXT NOT NULL,
  made TEXT NOT NULL,
  shown INTEGER NOT NULL,
  conflicts TEXT NOT NULL,
  term TEXT,
  meaning TEXT,
  "instead" TEXT,
  proposed_by TEXT,
  PRIMARY KEY (id)
);

CREATE INDEX noun_word_proposed_by ON noun_word (proposed_by) WHERE proposed_by IS NOT NULL;

CREATE TABLE personal (
  ref TEXT NOT NULL,
  salt BLOB,
  value TEXT,
  erased INTEGER NOT NULL,
  PRIMARY KEY (ref)
)
 WITHOUT ROWID;

CREATE TABLE quarantine (
  entry TEXT NOT NULL,
  why TEXT NOT NULL,
  PRIMARY KEY (entry)
)
 WITHOUT ROWID;

CREATE TABLE step (
  id TEXT NOT NULL,
  space TEXT NOT NULL,
  question TEXT NOT NULL,
  kind TEXT NOT NULL,
  person TEXT NOT NULL,
  at TEXT NOT NULL,
  sort TEXT NOT NULL,
  plain TEXT NOT NULL,
  detail TEXT NOT NULL,
  PRIMARY KEY (id)
)
 WITHOUT ROWID;

CREATE INDEX step_question ON step (question, sort);

CREATE TABLE superseded (
  entry TEXT NOT NULL,
  place INTEGER NOT NULL,
  space TEXT NOT NULL,
  entity TEXT NOT NULL,
  field TEXT NOT NULL,
  PRIMARY KEY (entry, place, space, entity, field)
)
 WITHOUT ROWID;

CREATE TABLE tip (
  space TEXT NOT NULL,
  entry TEXT NOT NULL,
  PRIMARY KEY (space, entry)
)
 WITHOUT ROWID;

CREATE TABLE blob_chunk (
  number INTEGER NOT NULL,
  blob TEXT NOT NULL,
  n INTEGER NOT NULL,
  content BLOB NOT NULL,
  PRIMARY KEY (number),
  FOREIGN KEY(blob) REFERENCES blob (id) ON DELETE CASCADE
);

CREATE UNIQUE INDEX blob_chunk_place ON blob_chunk (blob, n);
