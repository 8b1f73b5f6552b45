-- A sijill archive: captures, articles, what was read out of them, and what people said of that.
--
-- Tables have singular names and hold what the program needs; views have plural names and read
-- like docs/record.md. Look at the views first: articles, statements, figures, developments,
-- events, parties, dates, mentions, links, dossiers, reviews.
--
-- Offsets (…_start, …_end) are code points of article_text.text, [start, end). SQLite's substr()
-- counts code points from 1, so the words of a span are substr(text, start + 1, end - start).
-- A column that holds a list holds JSON; a list of spans is [[start, end], …].
-- "sort" is seconds since 1970 of the day an article was published (else captured, else added):
-- the order of every list, repeated beside each record so that an index can walk it.


-- Captures: the bytes as they came ----------------------------------------------------------

-- Content by its hash, kept once however often it was captured: pages, pictures, and the image
-- files that a capture brought along. "data" is one zstandard frame; "size" is before compression.
CREATE TABLE blob (
    sha256 TEXT PRIMARY KEY,
    size   INTEGER NOT NULL,
    data   BLOB NOT NULL
);

-- One page as it was once received. "article" is the version that was read from it.
CREATE TABLE capture (
    key          INTEGER PRIMARY KEY,
    article      INTEGER NOT NULL REFERENCES article (key),
    sha256       TEXT NOT NULL REFERENCES blob (sha256),
    url          TEXT,
    name         TEXT,             -- the file it came from
    content_type TEXT,
    charset      TEXT,
    headers      TEXT NOT NULL,    -- JSON object
    captured     TEXT,             -- ISO 8601, when the page was received
    added        TEXT NOT NULL     -- ISO 8601, when it came into this archive
);
CREATE INDEX capture_of_article ON capture (article);
CREATE UNIQUE INDEX capture_once ON capture (sha256, coalesce(url, ''));


-- Articles ----------------------------------------------------------------------------------

-- One version of an article. A later capture whose words differ makes a new version; exactly one
-- version of an article is current, and only its records are listed and searched.
CREATE TABLE article (
    key        INTEGER PRIMARY KEY,
    id         TEXT NOT NULL,
    version    INTEGER NOT NULL,
    current    INTEGER NOT NULL CHECK (current IN (0, 1)),
    sort       INTEGER NOT NULL,
    outlet     TEXT,
    lang       TEXT NOT NULL,
    url        TEXT,
    title      TEXT,
    standfirst TEXT,
    published  TEXT,
    modified   TEXT,
    captured   TEXT,
    sections   TEXT NOT NULL,      -- JSON, outermost first
    bylines    TEXT NOT NULL,      -- JSON
    agencies   TEXT NOT NULL,      -- JSON
    related    TEXT NOT NULL,      -- JSON
    warnings   TEXT NOT NULL,      -- JSON: what could not be read, and why
    added      TEXT NOT NULL,
    program    TEXT NOT NULL,      -- the version of sijill that read the record
    UNIQUE (id, version)
);
CREATE UNIQUE INDEX article_current ON article (id) WHERE current;
CREATE INDEX article_newest ON article (sort, key) WHERE current;
CREATE INDEX article_outlet ON article (outlet, sort, key) WHERE current;

CREATE TABLE article_text (
    article INTEGER PRIMARY KEY REFERENCES article (key) ON DELETE CASCADE,
    text    TEXT NOT NULL,
    sha256  TEXT NOT NULL,         -- of the text in UTF-8
    blocks  TEXT NOT NULL          -- JSON: [[kind, start, end], …]
);

-- The breadcrumb, one row for each of its beginnings: an article in World › Asia is in World too.
CREATE TABLE article_section (
    path    TEXT NOT NULL,         -- JSON list, outermost first
    sort    INTEGER NOT NULL,
    article INTEGER NOT NULL REFERENCES article (key) ON DELETE CASCADE,
    PRIMARY KEY (path, sort, article)
) WITHOUT ROWID;
CREATE INDEX section_of_article ON article_section (article);

CREATE TABLE image (
    article  INTEGER NOT NULL REFERENCES article (key) ON DELETE CASCADE,
    number   INTEGER NOT NULL,     -- from 0, in the order of the page
    src      TEXT,
    caption  TEXT,
    credit   TEXT,
    position INTEGER NOT NULL,     -- index of the block it follows; -1 above the text
    gallery  TEXT,
    sha256   TEXT REFERENCES blob (sha256),   -- the picture itself, where the capture had it
    PRIMARY KEY (article, number)
) WITHOUT ROWID;


-- Who appears, across articles --------------------------------------------------------------

-- One name as one somebody. Parties of articles are attached to it by name and kind.
-- "cluster" is the identity that stands for this one after all judgements (often itself).
CREATE TABLE identity (
    key     INTEGER PRIMARY KEY,
    name    TEXT NOT NULL,         -- as first printed
    folded  TEXT NOT NULL,         -- name without differences of spelling
    kind    TEXT NOT NULL,
    marker  TEXT NOT NULL DEFAULT '',   -- not empty: set apart by a person from others of the name
    cluster INTEGER NOT NULL
);
CREATE UNIQUE INDEX identity_name ON identity (folded, kind, marker);
CREATE INDEX identity_cluster ON identity (cluster);

-- Words of names and roles, stemmed, and of names as they sound: from a word to whom it may mean.
CREATE TABLE identity_clue (
    clue     TEXT NOT NULL,
    kind     TEXT NOT NULL CHECK (kind IN ('name', 'role', 'sound')),
    identity INTEGER NOT NULL REFERENCES identity (key) ON DELETE CASCADE,
    PRIMARY KEY (clue, kind, identity)
) WITHOUT ROWID;
CREATE INDEX clue_of_identity ON identity_clue (identity);

-- Two identities are the same, different, or it is unsure; never a destructive merge. The newest
-- judgement of a pair counts, a person's always before the program's ("author" null).
CREATE TABLE judgement (
    key     INTEGER PRIMARY KEY,
    "left"  INTEGER NOT NULL REFERENCES identity (key),
    "right" INTEGER NOT NULL REFERENCES identity (key),
    verdict TEXT NOT NULL CHECK (verdict IN ('same', 'different', 'unsure')),
    reason  TEXT NOT NULL,         -- a person's words, or the name of the program's rule
    author  TEXT,
    made    TEXT NOT NULL,
    undone  TEXT                   -- when it was taken back, else null
);
CREATE INDEX judgement_left ON judgement ("left");
CREATE INDEX judgement_right ON judgement ("right");


-- Dossiers: one process through time ---------------------------------------------------------

-- Developments point at their dossier. "first" and "last" are the sort of its oldest and newest.
-- "name" is a person's title for it, "merged" the dossier that a person laid it into.
CREATE TABLE dossier (
    key    INTEGER PRIMARY KEY,
    kind   TEXT NOT NULL,
    title  TEXT NOT NULL,          -- the words that name the process, as first printed
    name   TEXT,
    first  INTEGER NOT NULL,
    last   INTEGER NOT NULL,
    status TEXT NOT NULL,          -- of its newest actual development
    merged INTEGER REFERENCES dossier (key),
    names    TEXT NOT NULL DEFAULT '[]',   -- JSON: beginnings of the words of the process's own name
    subjects TEXT NOT NULL DEFAULT '[]'    -- JSON: … of the rest of what it is called
);
CREATE INDEX dossier_newest ON dossier (last, key);
CREATE INDEX dossier_merged ON dossier (merged);

-- Beginnings of words by which a development finds its dossier: of the process's own name (the
-- humanitarian truce), of the rest of its subject, and of the titles of its articles.
-- With the month ("2016-10"), so that only what is near in time is looked at.
CREATE TABLE dossier_clue (
    kind    TEXT NOT NULL,
    clue    TEXT NOT NULL,
    month   TEXT NOT NULL,
    dossier INTEGER NOT NULL REFERENCES dossier (key),
    PRIMARY KEY (kind, clue, month, dossier)
) WITHOUT ROWID;


-- The record: what was read out of each version ---------------------------------------------
-- "verdict" is null as the program read it, else what a person said: accepted, corrected,
-- rejected (kept here, left out of the views), added. "original" is what the program had read
-- where a person corrected it, as JSON.

CREATE TABLE party (
    key         INTEGER PRIMARY KEY,
    article     INTEGER NOT NULL REFERENCES article (key) ON DELETE CASCADE,
    id          TEXT NOT NULL,
    sort        INTEGER NOT NULL,
    identity    INTEGER REFERENCES identity (key),
    name        TEXT NOT NULL,
    kind        TEXT NOT NULL,
    role        TEXT,
    role_date   TEXT,
    affiliation TEXT,
    stands_for  TEXT,
    mentions    TEXT NOT NULL,
    rule        TEXT NOT NULL,
    verdict     TEXT,
    original    TEXT,
    UNIQUE (article, id)
);
CREATE INDEX party_identity ON party (identity, sort, key);

CREATE TABLE date_expression (
    key       INTEGER PRIMARY KEY,
    article   INTEGER NOT NULL REFERENCES article (key) ON DELETE CASCADE,
    id        TEXT NOT NULL,
    start     INTEGER NOT NULL,
    "end"     INTEGER NOT NULL,
    value     TEXT,
    precision TEXT NOT NULL,
    rule      TEXT NOT NULL,
    verdict   TEXT,
    original  TEXT,
    UNIQUE (article, id)
);

CREATE TABLE statement (
    key             INTEGER PRIMARY KEY,
    article         INTEGER NOT NULL REFERENCES article (key) ON DELETE CASCADE,
    id              TEXT NOT NULL,
    sort            INTEGER NOT NULL,
    identity        INTEGER REFERENCES identity (key),   -- the speaker's
    speaker         TEXT,
    act             TEXT NOT NULL,
    form            TEXT NOT NULL,
    date            TEXT,
    content_start   INTEGER NOT NULL,
    content_end     INTEGER NOT NULL,
    content_parts   TEXT,                                -- the pieces of a content its cue interrupts
    cue_start       INTEGER,
    cue_end         INTEGER,
    source_start    INTEGER,
    source_end      INTEGER,
    addressee_start INTEGER,
    addressee_end   INTEGER,
    target_start    INTEGER,
    target_end      INTEGER,
    chain           TEXT NOT NULL,
    rule            TEXT NOT NULL,
    verdict         TEXT,
    original        TEXT,
    pairs           BLOB,          -- hashes of its pairs of neighbouring stems, to find it repeated; null: not current
    UNIQUE (article, id)
);
CREATE INDEX statement_newest ON statement (sort, key);
CREATE INDEX statement_identity ON statement (identity, sort, key);
CREATE INDEX statement_act ON statement (act, sort, key);

-- Beginnings of the words of denials, of which each has so many ("clues"): by them a claim finds who denies it.
CREATE TABLE denial_clue (
    clue      TEXT NOT NULL,
    sort      INTEGER NOT NULL,
    statement INTEGER NOT NULL REFERENCES statement (key) ON DELETE CASCADE,
    clues     INTEGER NOT NULL,
    PRIMARY KEY (clue, sort, statement)
) WITHOUT ROWID;
CREATE INDEX clue_of_denial ON denial_clue (statement);

CREATE TABLE figure (
    key          INTEGER PRIMARY KEY,
    article      INTEGER NOT NULL REFERENCES article (key) ON DELETE CASCADE,
    id           TEXT NOT NULL,
    sort         INTEGER NOT NULL,
    identity     INTEGER REFERENCES identity (key),      -- the claimant's
    what         TEXT NOT NULL,
    value        NUMERIC,
    low          INTEGER,
    high         INTEGER,
    bound        TEXT NOT NULL,
    claimant     TEXT,
    part_of      INTEGER,                                -- index, from 0, of a figure of the article
    span_start   INTEGER NOT NULL,
    span_end     INTEGER NOT NULL,
    who_start    INTEGER,
    who_end      INTEGER,
    place_start  INTEGER,
    place_end    INTEGER,
    period_start INTEGER,
    period_end   INTEGER,
    cause_start  INTEGER,
    cause_end    INTEGER,
    by_start     INTEGER,
    by_end       INTEGER,
    chain        TEXT NOT NULL,
    rule         TEXT NOT NULL,
    verdict      TEXT,
    original     TEXT,
    UNIQUE (article, id)
);
CREATE INDEX figure_newest ON figure (sort, key);
CREATE INDEX figure_what ON figure (what, sort, key);
CREATE INDEX figure_identity ON figure (identity, sort, key);

CREATE TABLE development (
    key           INTEGER PRIMARY KEY,
    article       INTEGER NOT NULL REFERENCES article (key) ON DELETE CASCADE,
    id            TEXT NOT NULL,
    sort          INTEGER NOT NULL,
    identity      INTEGER REFERENCES identity (key),     -- of "by"
    dossier       INTEGER REFERENCES dossier (key),
    kind          TEXT NOT NULL,
    status        TEXT NOT NULL,
    modality      TEXT NOT NULL,
    "by"          TEXT,
    date          TEXT,
    trigger_start INTEGER NOT NULL,
    trigger_end   INTEGER NOT NULL,
    subject_start INTEGER,
    subject_end   INTEGER,
    reasons       TEXT NOT NULL,
    conditions    TEXT NOT NULL,
    sponsors      TEXT NOT NULL,
    demands       TEXT NOT NULL,
    threatens     TEXT NOT NULL,
    leaves_out    TEXT NOT NULL,
    circulated_to TEXT NOT NULL,
    votes         TEXT NOT NULL,
    rule          TEXT NOT NULL,
    verdict       TEXT,
    original      TEXT,
    UNIQUE (article, id)
);
CREATE INDEX development_newest ON development (sort, key);
CREATE INDEX development_kind ON development (kind, sort, key);
CREATE INDEX development_status ON development (status, sort, key);
CREATE INDEX development_identity ON development (identity, sort, key);
CREATE INDEX development_dossier ON development (dossier, sort);

CREATE TABLE event (
    key             INTEGER PRIMARY KEY,
    article         INTEGER NOT NULL REFERENCES article (key) ON DELETE CASCADE,
    id              TEXT NOT NULL,
    sort            INTEGER NOT NULL,
    identity        INTEGER REFERENCES identity (key),   -- the actor's
    type            TEXT NOT NULL,
    cameo           TEXT NOT NULL,
    modality        TEXT NOT NULL,
    date            TEXT,
    trigger_start   INTEGER NOT NULL,
    trigger_end     INTEGER NOT NULL,
    actor_start     INTEGER,
    actor_end       INTEGER,
    actor_party     TEXT,
    recipient_start INTEGER,
    recipient_end   INTEGER,
    recipient_party TEXT,
    place_start     INTEGER,
    place_end       INTEGER,
    rule            TEXT NOT NULL,
    verdict         TEXT,
    original        TEXT,
    UNIQUE (article, id)
);
CREATE INDEX event_newest ON event (sort, key);
CREATE INDEX event_type ON event (type, sort, key);
CREATE INDEX event_identity ON event (identity, sort, key);

-- Two records and what the first does to the second (docs/record.md, links), within an article
-- (from_article = to_article) and across articles, where "reason" says what they have in common.
CREATE TABLE link (
    from_article INTEGER NOT NULL REFERENCES article (key) ON DELETE CASCADE,
    from_id      TEXT NOT NULL,
    rel          TEXT NOT NULL,
    to_article   INTEGER NOT NULL REFERENCES article (key) ON DELETE CASCADE,
    to_id        TEXT NOT NULL,
    rule         TEXT NOT NULL,
    reason       TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (from_article, from_id, rel, to_article, to_id)
) WITHOUT ROWID;
CREATE INDEX link_to ON link (to_article, to_id);


-- Reviews: what people said of the record ---------------------------------------------------

-- A log to which rows are only added. "anchor" is where a review belongs, as in the W3C Web
-- Annotation model: {exact, prefix, suffix, start, end}, so that it finds its place in another
-- reading or version of the article. "before" and "after" are the record as JSON. To take a
-- review back is another row, which "withdraws" it.
CREATE TABLE review (
    key        INTEGER PRIMARY KEY,
    article_id TEXT,               -- null for a dossier as such
    kind       TEXT NOT NULL,      -- statement, figure, …, dossier
    action     TEXT NOT NULL CHECK (action IN ('accept', 'correct', 'reject', 'add', 'move', 'rename', 'merge', 'withdraw')),
    anchor     TEXT,
    before     TEXT,
    after      TEXT,
    author     TEXT NOT NULL,
    reason     TEXT NOT NULL,
    made       TEXT NOT NULL,
    withdraws  INTEGER REFERENCES review (key)
);
CREATE INDEX review_article ON review (article_id);
CREATE INDEX review_withdrawn ON review (withdraws);
CREATE TRIGGER review_unchanged BEFORE UPDATE ON review BEGIN SELECT raise(ABORT, 'reviews are only added'); END;
CREATE TRIGGER review_kept BEFORE DELETE ON review BEGIN SELECT raise(ABORT, 'reviews are only added'); END;

-- Where each review stands now: the record it was applied to, or why it found no place.
CREATE TABLE review_place (
    review    INTEGER PRIMARY KEY REFERENCES review (key),
    record_id TEXT,
    problem   TEXT
);


-- Search ------------------------------------------------------------------------------------
-- Inverted indexes without content (SQLite FTS5). The tokens are made by sijill.archive.analysis:
-- "printed" as printed, "stem" and "root" normalised, "tags" for filters (outlet：…, year：2016).
-- A row's number is the day, the key and the kind of what it stands for, so that ranges of rows
-- are ranges of days: day from 0001-01-01 << 32 | key << 3 | kind (0 article, 1 statement,
-- 2 figure, 3 development, 4 event).
CREATE VIRTUAL TABLE article_search USING fts5 (title, printed, stem, root, tags, content = '', tokenize = 'ascii');
CREATE VIRTUAL TABLE record_search USING fts5 (printed, stem, tags, content = '', tokenize = 'ascii');

-- How much each word weighs in a current version: for every stem and root a weight of one byte and
-- a hash of three (sijill.archive.weights).
CREATE TABLE article_words (
    row   INTEGER PRIMARY KEY,     -- as in article_search, so that those of near days lie together
    words BLOB NOT NULL
);

-- Bytes of an index that SQLite gathers before it writes them out: those of all pages that are indexed at once.
INSERT INTO article_search (article_search, rank) VALUES ('hashsize', 8388608);
INSERT INTO record_search (record_search, rank) VALUES ('hashsize', 8388608);

-- Versions that are kept, and still to be joined to others and indexed: the last pages of an intake that is under way
-- or was broken off. Whoever writes next does it.
CREATE TABLE waiting (
    article INTEGER PRIMARY KEY REFERENCES article (key) ON DELETE CASCADE
);

-- The versions that a reread has still to come to; empty when none was interrupted.
CREATE TABLE reread_queue (
    article INTEGER PRIMARY KEY REFERENCES article (key) ON DELETE CASCADE
);

-- What the program must remember of the file itself: under which analysis of words the search
-- tables were made ("analysis").
CREATE TABLE setting (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;


-- Views: what the tables say, in the words of docs/record.md ---------------------------------

CREATE VIEW articles AS
SELECT a.id, a.outlet, a.lang, a.title, a.standfirst, a.published, a.modified, a.captured, a.url,
       a.sections, a.bylines, a.agencies, a.version, t.text
FROM article a JOIN article_text t ON t.article = a.key
WHERE a.current;

CREATE VIEW statements AS
SELECT a.id AS article, s.id, s.speaker, s.act, s.form,
       substr(t.text, s.content_start + 1, s.content_end - s.content_start) AS content,
       substr(t.text, s.cue_start + 1, s.cue_end - s.cue_start) AS cue,
       substr(t.text, s.source_start + 1, s.source_end - s.source_start) AS source,
       substr(t.text, s.addressee_start + 1, s.addressee_end - s.addressee_start) AS addressee,
       substr(t.text, s.target_start + 1, s.target_end - s.target_start) AS target,
       s.date, s.chain, s.content_start, s.content_end, s.content_parts, s.rule, s.verdict,
       a.outlet, a.published, a.title
FROM statement s JOIN article a ON a.key = s.article JOIN article_text t ON t.article = a.key
WHERE a.current AND s.verdict IS NOT 'rejected';

CREATE VIEW figures AS
SELECT a.id AS article, f.id, f.what, f.value, f.low, f.high, f.bound, f.claimant,
       substr(t.text, f.span_start + 1, f.span_end - f.span_start) AS span,
       substr(t.text, f.who_start + 1, f.who_end - f.who_start) AS who,
       substr(t.text, f.place_start + 1, f.place_end - f.place_start) AS place,
       substr(t.text, f.period_start + 1, f.period_end - f.period_start) AS period,
       substr(t.text, f.cause_start + 1, f.cause_end - f.cause_start) AS cause,
       substr(t.text, f.by_start + 1, f.by_end - f.by_start) AS "by",
       f.part_of, f.chain, f.span_start, f.span_end, f.rule, f.verdict, a.outlet, a.published, a.title
FROM figure f JOIN article a ON a.key = f.article JOIN article_text t ON t.article = a.key
WHERE a.current AND f.verdict IS NOT 'rejected';

CREATE VIEW developments AS
SELECT a.id AS article, d.id, d.kind, d.status, d.modality, d."by", d.date,
       substr(t.text, d.subject_start + 1, d.subject_end - d.subject_start) AS subject,
       substr(t.text, d.trigger_start + 1, d.trigger_end - d.trigger_start) AS "trigger",
       (SELECT json_group_array(substr(t.text, json_extract(value, '$[0]') + 1,
                                       json_extract(value, '$[1]') - json_extract(value, '$[0]')))
          FROM json_each(d.reasons)) AS reasons,
       (SELECT json_group_array(substr(t.text, json_extract(value, '$[0]') + 1,
                                       json_extract(value, '$[1]') - json_extract(value, '$[0]')))
          FROM json_each(d.conditions)) AS conditions,
       d.trigger_start, d.trigger_end, d.rule, d.verdict, a.outlet, a.published, a.title
FROM development d JOIN article a ON a.key = d.article JOIN article_text t ON t.article = a.key
WHERE a.current AND d.verdict IS NOT 'rejected';

CREATE VIEW events AS
SELECT a.id AS article, e.id, e.type, e.cameo, e.modality, e.date,
       substr(t.text, e.trigger_start + 1, e.trigger_end - e.trigger_start) AS "trigger",
       substr(t.text, e.actor_start + 1, e.actor_end - e.actor_start) AS actor, e.actor_party,
       substr(t.text, e.recipient_start + 1, e.recipient_end - e.recipient_start) AS recipient, e.recipient_party,
       substr(t.text, e.place_start + 1, e.place_end - e.place_start) AS place,
       e.trigger_start, e.trigger_end, e.rule, e.verdict, a.outlet, a.published, a.title
FROM event e JOIN article a ON a.key = e.article JOIN article_text t ON t.article = a.key
WHERE a.current AND e.verdict IS NOT 'rejected';

CREATE VIEW parties AS
SELECT a.id AS article, p.id, p.name, p.kind, p.role, p.role_date, p.affiliation, p.stands_for,
       json_array_length(p.mentions) AS mentions, c.name AS identity, p.rule, p.verdict,
       a.outlet, a.published, a.title
FROM party p JOIN article a ON a.key = p.article
     LEFT JOIN identity i ON i.key = p.identity LEFT JOIN identity c ON c.key = i.cluster
WHERE a.current AND p.verdict IS NOT 'rejected';

CREATE VIEW mentions AS
SELECT a.id AS article, p.id AS party, p.name,
       json_extract(m.value, '$[0]') AS start, json_extract(m.value, '$[1]') AS "end",
       substr(t.text, json_extract(m.value, '$[0]') + 1,
              json_extract(m.value, '$[1]') - json_extract(m.value, '$[0]')) AS text
FROM party p JOIN article a ON a.key = p.article JOIN article_text t ON t.article = a.key,
     json_each(p.mentions) m
WHERE a.current AND p.verdict IS NOT 'rejected';

CREATE VIEW dates AS
SELECT a.id AS article, d.id, substr(t.text, d.start + 1, d."end" - d.start) AS text, d.value, d.precision,
       d.start, d."end", d.rule, d.verdict
FROM date_expression d JOIN article a ON a.key = d.article JOIN article_text t ON t.article = a.key
WHERE a.current AND d.verdict IS NOT 'rejected';

CREATE VIEW links AS
SELECT f.id AS from_article, l.from_id, l.rel, o.id AS to_article, l.to_id, l.rule, l.reason
FROM link l JOIN article f ON f.key = l.from_article JOIN article o ON o.key = l.to_article
WHERE f.current AND o.current;

CREATE VIEW dossiers AS
SELECT o.key AS dossier, coalesce(o.name, o.title) AS title, o.kind, o.status,
       count(*) AS developments, count(DISTINCT a.outlet) AS outlets,
       min(coalesce(d.date, a.published)) AS first, max(coalesce(d.date, a.published)) AS last
FROM dossier o JOIN development d ON d.dossier = o.key JOIN article a ON a.key = d.article
WHERE a.current AND o.merged IS NULL AND d.verdict IS NOT 'rejected'
GROUP BY o.key;

CREATE VIEW reviews AS
SELECT r.key AS review, r.article_id AS article, r.kind, r.action, p.record_id AS record, p.problem,
       json_extract(r.anchor, '$.exact') AS words, r.author, r.reason, r.made,
       EXISTS (SELECT 1 FROM review w WHERE w.withdraws = r.key) AS withdrawn
FROM review r LEFT JOIN review_place p ON p.review = r.key
WHERE r.action <> 'withdraw';
