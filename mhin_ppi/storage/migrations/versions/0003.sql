-- What the register of questions needs beside reading: support, themes, replies, chasers, second looks,
-- what belongs to meetings, reflections; new fields of questions, answers, changes, impact, meetings
-- and notes.

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
  credit TEXT,
  PRIMARY KEY (id)
);

INSERT INTO noun_annotation (
  id, made, shown, conflicts, version, author, body, kind, visibility, passage, made_at,
  tags, reply_to, resolved, typed_by, of_section, written_by, origin, credit
) SELECT
  id, made, shown, conflicts, version, author, body, kind, visibility, passage, made_at,
  tags, reply_to, resolved, typed_by, of_section, written_by, origin, NULL
FROM old_annotation;

DROP TABLE old_annotation;

CREATE INDEX noun_annotation_author ON noun_annotation (author) WHERE author IS NOT NULL;

CREATE INDEX noun_annotation_reply_to ON noun_annotation (reply_to) WHERE reply_to IS NOT NULL;

CREATE INDEX noun_annotation_version ON noun_annotation (version) WHERE version IS NOT NULL;

ALTER TABLE noun_question RENAME TO old_question;

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
  to_board INTEGER,
  asked_by TEXT,
  tags TEXT,
  stage TEXT,
  frames TEXT,
  assigned TEXT,
  PRIMARY KEY (id)
);

INSERT INTO noun_question (
  id, made, shown, conflicts, asker, body, kind, project, annotation, meeting, site,
  raised_at, considered, credit, visibility, holder, theme, typed_by, to_board, asked_by,
  tags, stage, frames, assigned
) SELECT
  id, made, shown, conflicts, asker, body, kind, project, annotation, meeting, site,
  raised_at, considered, credit, visibility, holder, theme, typed_by, 0, '', '[]', '',
  '[]', NULL
FROM old_question;

DROP TABLE old_question;

CREATE INDEX noun_question_annotation ON noun_question (annotation) WHERE annotation IS NOT NULL;

CREATE INDEX noun_question_asker ON noun_question (asker) WHERE asker IS NOT NULL;

CREATE INDEX noun_question_assigned ON noun_question (assigned) WHERE assigned IS NOT NULL;

CREATE INDEX noun_question_meeting ON noun_question (meeting) WHERE meeting IS NOT NULL;

CREATE INDEX noun_question_project ON noun_question (project) WHERE project IS NOT NULL;

CREATE INDEX noun_question_site ON noun_question (site) WHERE site IS NOT NULL;

ALTER TABLE noun_response RENAME TO old_response;

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
  theme TEXT,
  PRIMARY KEY (id)
);

INSERT INTO noun_response (
  id, made, shown, conflicts, question, body, decision, reason, criteria, decided_by,
  decided_on, theme
) SELECT
  id, made, shown, conflicts, question, body, decision, reason, criteria, decided_by,
  decided_on, ''
FROM old_response;

DROP TABLE old_response;

CREATE INDEX noun_response_question ON noun_response (question) WHERE question IS NOT NULL;

ALTER TABLE noun_change RENAME TO old_change;

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
  outside_kind TEXT,
  certainty TEXT,
  PRIMARY KEY (id)
);

INSERT INTO noun_change (
  id, made, shown, conflicts, question, old_version, new_version, old, new, outside,
  changed_on, outside_kind, certainty
) SELECT
  id, made, shown, conflicts, question, old_version, new_version, old, new, outside,
  changed_on, '', 'led_to'
FROM old_change;

DROP TABLE old_change;

CREATE INDEX noun_change_new_version ON noun_change (new_version) WHERE new_version IS NOT NULL;

CREATE INDEX noun_change_old_version ON noun_change (old_version) WHERE old_version IS NOT NULL;

CREATE INDEX noun_change_question ON noun_change (question) WHERE question IS NOT NULL;

ALTER TABLE noun_impact RENAME TO old_impact;

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
  evidence_file TEXT,
  evidence_file_name TEXT,
  evidence_link TEXT,
  PRIMARY KEY (id)
);

INSERT INTO noun_impact (
  id, made, shown, conflicts, question, change, kind, stage, direction, what_changed,
  asker_view, team_view, evidence, evidence_note, seen_on, look_again_on, noted_by,
  evidence_file, evidence_file_name, evidence_link
) SELECT
  id, made, shown, conflicts, question, change, kind, stage, direction, what_changed,
  asker_view, team_view, evidence, evidence_note, seen_on, look_again_on, noted_by, NULL,
  '', ''
FROM old_impact;

DROP TABLE old_impact;

CREATE INDEX noun_impact_change ON noun_impact (change) WHERE change IS NOT NULL;

CREATE INDEX noun_impact_noted_by ON noun_impact (noted_by) WHERE noted_by IS NOT NULL;

CREATE INDEX noun_impact_question ON noun_impact (question) WHERE question IS NOT NULL;

ALTER TABLE noun_meeting RENAME TO old_meeting;

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
  ways_of_working TEXT,
  pays TEXT,
  pay_pence INTEGER,
  sequence INTEGER,
  cancelled INTEGER,
  prepare_minutes INTEGER,
  PRIMARY KEY (id)
);

INSERT INTO noun_meeting (
  id, made, shown, conflicts, title, kind, project, starts_at, minutes, place, agenda,
  notes, ways_of_working, pays, pay_pence, sequence, cancelled, prepare_minutes
) SELECT
  id, made, shown, conflicts, title, kind, project, starts_at, minutes, place, agenda,
  notes, '', '', 0, 0, 0, 0
FROM old_meeting;

DROP TABLE old_meeting;

CREATE INDEX noun_meeting_project ON noun_meeting (project) WHERE project IS NOT NULL;

CREATE TABLE noun_support (
  id TEXT NOT NULL,
  made TEXT NOT NULL,
  shown INTEGER NOT NULL,
  conflicts TEXT NOT NULL,
  question TEXT,
  person TEXT,
  at TEXT,
  body TEXT,
  credit TEXT,
  PRIMARY KEY (id)
);

CREATE INDEX noun_support_person ON noun_support (person) WHERE person IS NOT NULL;

CREATE INDEX noun_support_question ON noun_support (question) WHERE question IS NOT NULL;

CREATE TABLE noun_theme (
  id TEXT NOT NULL,
  made TEXT NOT NULL,
  shown INTEGER NOT NULL,
  conflicts TEXT NOT NULL,
  title TEXT,
  made_by TEXT,
  made_at TEXT,
  PRIMARY KEY (id)
);

CREATE INDEX noun_theme_made_by ON noun_theme (made_by) WHERE made_by IS NOT NULL;

CREATE TABLE noun_reply (
  id TEXT NOT NULL,
  made TEXT NOT NULL,
  shown INTEGER NOT NULL,
  conflicts TEXT NOT NULL,
  question TEXT,
  person TEXT,
  body TEXT,
  at TEXT,
  credit TEXT,
  typed_by TEXT,
  PRIMARY KEY (id)
);

CREATE INDEX noun_reply_person ON noun_reply (person) WHERE person IS NOT NULL;

CREATE INDEX noun_reply_question ON noun_reply (question) WHERE question IS NOT NULL;

CREATE TABLE noun_chaser (
  id TEXT NOT NULL,
  made TEXT NOT NULL,
  shown INTEGER NOT NULL,
  conflicts TEXT NOT NULL,
  question TEXT,
  "to" TEXT,
  "on" TEXT,
  "by" TEXT,
  PRIMARY KEY (id)
);

CREATE INDEX noun_chaser_by ON noun_chaser ("by") WHERE "by" IS NOT NULL;

CREATE INDEX noun_chaser_question ON noun_chaser (question) WHERE question IS NOT NULL;

CREATE TABLE noun_saved_view (
  id TEXT NOT NULL,
  made TEXT NOT NULL,
  shown INTEGER NOT NULL,
  conflicts TEXT NOT NULL,
  person TEXT,
  title TEXT,
  filters TEXT,
  PRIMARY KEY (id)
);

CREATE INDEX noun_saved_view_person ON noun_saved_view (person) WHERE person IS NOT NULL;

CREATE TABLE noun_second_look (
  id TEXT NOT NULL,
  made TEXT NOT NULL,
  shown INTEGER NOT NULL,
  conflicts TEXT NOT NULL,
  impact TEXT,
  "on" TEXT,
  lasted TEXT,
  note TEXT,
  "by" TEXT,
  PRIMARY KEY (id)
);

CREATE INDEX noun_second_look_by ON noun_second_look ("by") WHERE "by" IS NOT NULL;

CREATE INDEX noun_second_look_impact ON noun_second_look (impact) WHERE impact IS NOT NULL;

CREATE TABLE noun_invitation (
  id TEXT NOT NULL,
  made TEXT NOT NULL,
  shown INTEGER NOT NULL,
  conflicts TEXT NOT NULL,
  meeting TEXT,
  person TEXT,
  sent_on TEXT,
  needs TEXT,
  PRIMARY KEY (id)
);

CREATE INDEX noun_invitation_meeting ON noun_invitation (meeting) WHERE meeting IS NOT NULL;

CREATE INDEX noun_invitation_person ON noun_invitation (person) WHERE person IS NOT NULL;

CREATE TABLE noun_agenda_item (
  id TEXT NOT NULL,
  made TEXT NOT NULL,
  shown INTEGER NOT NULL,
  conflicts TEXT NOT NULL,
  meeting TEXT,
  title TEXT,
  place INTEGER,
  minutes INTEGER,
  is_break INTEGER,
  version TEXT,
  lead TEXT,
  PRIMARY KEY (id)
);

CREATE INDEX noun_agenda_item_meeting ON noun_agenda_item (meeting) WHERE meeting IS NOT NULL;

CREATE INDEX noun_agenda_item_version ON noun_agenda_item (version) WHERE version IS NOT NULL;

CREATE TABLE noun_paper (
  id TEXT NOT NULL,
  made TEXT NOT NULL,
  shown INTEGER NOT NULL,
  conflicts TEXT NOT NULL,
  meeting TEXT,
  version TEXT,
  file TEXT,
  file_name TEXT,
  PRIMARY KEY (id)
);

CREATE INDEX noun_paper_meeting ON noun_paper (meeting) WHERE meeting IS NOT NULL;

CREATE INDEX noun_paper_version ON noun_paper (version) WHERE version IS NOT NULL;

CREATE TABLE noun_jotting (
  id TEXT NOT NULL,
  made TEXT NOT NULL,
  shown INTEGER NOT NULL,
  conflicts TEXT NOT NULL,
  meeting TEXT,
  body TEXT,
  kind TEXT,
  made_at TEXT,
  question TEXT,
  PRIMARY KEY (id)
);

CREATE INDEX noun_jotting_meeting ON noun_jotting (meeting) WHERE meeting IS NOT NULL;

CREATE INDEX noun_jotting_question ON noun_jotting (question) WHERE question IS NOT NULL;

CREATE TABLE noun_action (
  id TEXT NOT NULL,
  made TEXT NOT NULL,
  shown INTEGER NOT NULL,
  conflicts TEXT NOT NULL,
  meeting TEXT,
  body TEXT,
  person TEXT,
  who TEXT,
  due_on TEXT,
  done_on TEXT,
  outcome TEXT,
  PRIMARY KEY (id)
);

CREATE INDEX noun_action_meeting ON noun_action (meeting) WHERE meeting IS NOT NULL;

CREATE INDEX noun_action_person ON noun_action (person) WHERE person IS NOT NULL;

CREATE TABLE noun_reflection (
  id TEXT NOT NULL,
  made TEXT NOT NULL,
  shown INTEGER NOT NULL,
  conflicts TEXT NOT NULL,
  person TEXT,
  meeting TEXT,
  round TEXT,
  project TEXT,
  "on" TEXT,
  from_team INTEGER,
  went_well TEXT,
  did_not TEXT,
  to_change TEXT,
  scales TEXT,
  comments TEXT,
  said_by TEXT,
  shared INTEGER,
  PRIMARY KEY (id)
);

CREATE INDEX noun_reflection_meeting ON noun_reflection (meeting) WHERE meeting IS NOT NULL;

CREATE INDEX noun_reflection_person ON noun_reflection (person) WHERE person IS NOT NULL;

CREATE INDEX noun_reflection_project ON noun_reflection (project) WHERE project IS NOT NULL;

CREATE INDEX noun_reflection_round ON noun_reflection (round) WHERE round IS NOT NULL;

