-- The indexes that words are looked up in, and what keeps them true.

CREATE TABLE search_mark (
  noun TEXT NOT NULL,
  done INTEGER NOT NULL,
  PRIMARY KEY (noun)
)
 WITHOUT ROWID;

CREATE TABLE search_text (
  number INTEGER NOT NULL,
  version TEXT NOT NULL,
  PRIMARY KEY (number),
  UNIQUE (version)
);

CREATE TABLE search_passage (
  number INTEGER NOT NULL,
  start INTEGER NOT NULL,
  words TEXT NOT NULL,
  PRIMARY KEY (number)
);

CREATE VIRTUAL TABLE found_question USING fts5(
  words, content='', columnsize=0,
  tokenize="unicode61 remove_diacritics 2 categories 'L* M* N* Co'"
);

CREATE VIRTUAL TABLE found_response USING fts5(
  words, content='', columnsize=0,
  tokenize="unicode61 remove_diacritics 2 categories 'L* M* N* Co'"
);

CREATE VIRTUAL TABLE found_annotation USING fts5(
  words, content='', columnsize=0,
  tokenize="unicode61 remove_diacritics 2 categories 'L* M* N* Co'"
);

CREATE VIRTUAL TABLE found_draft USING fts5(
  words, content='', columnsize=0,
  tokenize="unicode61 remove_diacritics 2 categories 'L* M* N* Co'"
);

CREATE VIRTUAL TABLE found_passage USING fts5(
  words, content='', columnsize=0,
  tokenize="unicode61 remove_diacritics 2 categories 'L* M* N* Co'"
);

CREATE TRIGGER found_question_changed AFTER UPDATE ON noun_question
WHEN (OLD.body IS NOT NEW.body OR OLD.shown IS NOT NEW.shown)
  AND OLD.rowid <= (SELECT done FROM search_mark WHERE noun = 'question')
BEGIN
  INSERT INTO found_question (found_question, rowid, words)
    SELECT 'delete', -OLD.rowid, OLD.body WHERE OLD.shown = 1;
  INSERT INTO found_question (rowid, words)
    SELECT -NEW.rowid, NEW.body WHERE NEW.shown = 1;
END;

CREATE TRIGGER found_response_changed AFTER UPDATE ON noun_response
WHEN (coalesce(OLD.body, '') || char(10) || coalesce(OLD.reason, '') IS NOT coalesce(NEW.body, '') || char(10) || coalesce(NEW.reason, '') OR OLD.shown IS NOT NEW.shown)
  AND OLD.rowid <= (SELECT done FROM search_mark WHERE noun = 'response')
BEGIN
  INSERT INTO found_response (found_response, rowid, words)
    SELECT 'delete', -OLD.rowid, coalesce(OLD.body, '') || char(10) || coalesce(OLD.reason, '') WHERE OLD.shown = 1;
  INSERT INTO found_response (rowid, words)
    SELECT -NEW.rowid, coalesce(NEW.body, '') || char(10) || coalesce(NEW.reason, '') WHERE NEW.shown = 1;
END;

CREATE TRIGGER found_annotation_changed AFTER UPDATE ON noun_annotation
WHEN (OLD.body IS NOT NEW.body OR OLD.shown IS NOT NEW.shown)
  AND OLD.rowid <= (SELECT done FROM search_mark WHERE noun = 'annotation')
BEGIN
  INSERT INTO found_annotation (found_annotation, rowid, words)
    SELECT 'delete', -OLD.rowid, OLD.body WHERE OLD.shown = 1;
  INSERT INTO found_annotation (rowid, words)
    SELECT -NEW.rowid, NEW.body WHERE NEW.shown = 1;
END;

CREATE TRIGGER found_draft_changed AFTER UPDATE ON noun_draft
WHEN (OLD.title IS NOT NEW.title OR OLD.shown IS NOT NEW.shown)
  AND OLD.rowid <= (SELECT done FROM search_mark WHERE noun = 'draft')
BEGIN
  INSERT INTO found_draft (found_draft, rowid, words)
    SELECT 'delete', -OLD.rowid, OLD.title WHERE OLD.shown = 1;
  INSERT INTO found_draft (rowid, words)
    SELECT -NEW.rowid, NEW.title WHERE NEW.shown = 1;
END;

CREATE TRIGGER search_version_changed AFTER UPDATE ON noun_version
WHEN OLD.text IS NOT NEW.text OR OLD.shown IS NOT NEW.shown
BEGIN
  DELETE FROM search_text WHERE version = OLD.id;
END;

CREATE TRIGGER search_text_gone AFTER DELETE ON search_text
BEGIN
  DELETE FROM search_passage
    WHERE number >= -(OLD.number << 20) AND number < -((OLD.number - 1) << 20);
END;

CREATE TRIGGER search_passage_gone AFTER DELETE ON search_passage
BEGIN
  INSERT INTO found_passage (found_passage, rowid, words)
    VALUES ('delete', OLD.number, OLD.words);
END;

INSERT INTO search_mark (noun, done) VALUES ('question', 0);

INSERT INTO search_mark (noun, done) VALUES ('response', 0);

INSERT INTO search_mark (noun, done) VALUES ('annotation', 0);

INSERT INTO search_mark (noun, done) VALUES ('draft', 0);

INSERT INTO found_question (found_question, rank) VALUES ('secure-delete', 1);

INSERT INTO found_response (found_response, rank) VALUES ('secure-delete', 1);

INSERT INTO found_annotation (found_annotation, rank) VALUES ('secure-delete', 1);

INSERT INTO found_draft (found_draft, rank) VALUES ('secure-delete', 1);

INSERT INTO found_passage (found_passage, rank) VALUES ('secure-delete', 1);
