BEGIN TRANSACTION;
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0001');
CREATE TABLE conversation (
	id TEXT NOT NULL, 
	schema INTEGER NOT NULL, 
	language TEXT NOT NULL, 
	focus TEXT, 
	origin TEXT NOT NULL, 
	started TEXT, 
	updated TEXT, 
	status TEXT NOT NULL, 
	CONSTRAINT pk_conversation PRIMARY KEY (id)
)
 STRICT

;
INSERT INTO "conversation" VALUES('older',1,'nl','social','person','2026-11-23T12:00:00.000000+00:00','2026-11-23T12:00:00.000000+00:00','open');
CREATE TABLE draft (
	conversation_id TEXT NOT NULL, 
	text TEXT NOT NULL, 
	CONSTRAINT pk_draft PRIMARY KEY (conversation_id), 
	CONSTRAINT fk_draft_conversation_id FOREIGN KEY(conversation_id) REFERENCES conversation (id) ON DELETE CASCADE
)
 STRICT

;
INSERT INTO "draft" VALUES('older','Nog niet af');
CREATE TABLE entry (
	conversation_id TEXT NOT NULL, 
	position INTEGER NOT NULL, 
	kind TEXT NOT NULL, 
	body TEXT NOT NULL, 
	at TEXT, 
	CONSTRAINT pk_entry PRIMARY KEY (conversation_id, position), 
	CONSTRAINT fk_entry_conversation_id FOREIGN KEY(conversation_id) REFERENCES conversation (id) ON DELETE CASCADE
)
 STRICT

;
INSERT INTO "entry" VALUES('older',0,'replied','{"step":{"lead":"welcome","ask":{"kind":"contract","question":null,"follow_up":null,"cell":null},"again":false,"revises":null,"recognised":[]},"text":"Welkom. Wanneer is dit gesprek voor jou geslaagd?","answers":null,"heard":null,"passages":[],"made_by":"guided","prompt":"0123","kind":"replied"}','2026-11-23T12:00:00.000000+00:00');
INSERT INTO "entry" VALUES('older',1,'said','{"text":"Wij eten elke vrijdag samen, dat is van iedereen.","revises":null,"kind":"said"}','2026-11-23T12:00:00.000000+00:00');
INSERT INTO "entry" VALUES('older',2,'replied','{"step":{"lead":"reflect","ask":{"kind":"follow_up","question":1,"follow_up":"example","cell":null},"again":false,"revises":null,"recognised":[]},"text":"Elke vrijdag samen. Hoe begon dat?","answers":1,"heard":{"intent":"answer","kind":"example","findings":[{"value":"social","perspective":"internal","direction":"builds_up","kind":"example","time":"now","quote":"eten elke vrijdag samen","rule":"samen"}],"patterns":[],"stakeholders":["employees"],"cues":["how_often","own_part"],"words":9,"feature_count":0},"passages":[{"number":1,"passage_id":"nl-social-1","title":"Sociale waarde","value":"social","question":1,"quote":"Een zin."}],"made_by":"guided","prompt":"0123","kind":"replied"}','2026-11-23T12:00:00.000000+00:00');
INSERT INTO "entry" VALUES('older',3,'rated','{"cell":{"value":"social","perspective":"internal"},"now":6,"desired":8,"trend":1,"kind":"rated"}','2026-11-23T12:00:00.000000+00:00');
INSERT INTO "entry" VALUES('older',4,'corrected','{"cell":{"value":"social","perspective":"internal"},"level":3,"reason":"Het staat in ons handboek.","kind":"corrected"}','2026-11-23T12:00:00.000000+00:00');
INSERT INTO "entry" VALUES('older',5,'chosen','{"action":"eat_together","title":"Samen eten","first_step":"Datum prikken","who":"Ik","with_whom":"","when":"","first_sign":"","if_then":"","importance":8,"confidence":7,"chosen":true,"kind":"chosen"}','2026-11-23T12:00:00.000000+00:00');
CREATE TABLE note (
	id INTEGER NOT NULL, 
	conversation_id TEXT NOT NULL, 
	author TEXT NOT NULL, 
	text TEXT NOT NULL, 
	at TEXT, 
	CONSTRAINT pk_note PRIMARY KEY (id), 
	CONSTRAINT fk_note_conversation_id FOREIGN KEY(conversation_id) REFERENCES conversation (id) ON DELETE CASCADE
)
 STRICT

;
INSERT INTO "note" VALUES(1,'older','Noor','Vraag door.','2026-11-23T12:00:00.000000+00:00');
CREATE TABLE review (
	id INTEGER NOT NULL, 
	conversation_id TEXT NOT NULL, 
	rubric TEXT NOT NULL, 
	rubric_version INTEGER NOT NULL, 
	reviewer TEXT NOT NULL, 
	scores TEXT NOT NULL, 
	comment TEXT NOT NULL, 
	at TEXT, 
	CONSTRAINT pk_review PRIMARY KEY (id), 
	CONSTRAINT fk_review_conversation_id FOREIGN KEY(conversation_id) REFERENCES conversation (id) ON DELETE CASCADE
)
 STRICT

;
INSERT INTO "review" VALUES(1,'older','coaching',1,'Noor','{"open_questions": 2}','Rustig.','2026-11-23T12:00:00.000000+00:00');
CREATE TABLE turn_comment (
	id INTEGER NOT NULL, 
	conversation_id TEXT NOT NULL, 
	position INTEGER NOT NULL, 
	author TEXT NOT NULL, 
	text TEXT NOT NULL, 
	at TEXT, 
	CONSTRAINT pk_turn_comment PRIMARY KEY (id), 
	CONSTRAINT fk_turn_comment_conversation_id FOREIGN KEY(conversation_id) REFERENCES conversation (id) ON DELETE CASCADE
)
 STRICT

;
INSERT INTO "turn_comment" VALUES(1,'older',2,'Noor','Goed.','2026-11-23T12:00:00.000000+00:00');
CREATE INDEX ix_note_conversation_id ON note (conversation_id);
CREATE INDEX ix_review_conversation_id ON review (conversation_id);
CREATE INDEX ix_turn_comment_conversation_id ON turn_comment (conversation_id);
COMMIT;
