-- A store as the package before holders wrote it (schema 2), dumped.
CREATE TABLE claims (
	key TEXT PRIMARY KEY,
	token TEXT NOT NULL,
	claimed_at INTEGER NOT NULL,
	lease_until INTEGER NOT NULL,
	completed_at INTEGER,
	result TEXT,
	takeovers INTEGER NOT NULL DEFAULT 0,
	expires_at INTEGER NOT NULL,
	subject TEXT
) WITHOUT ROWID;
CREATE INDEX claims_expiry ON claims (expires_at);
CREATE TABLE entries (
	key TEXT PRIMARY KEY,
	value TEXT NOT NULL,
	expires_at INTEGER NOT NULL,
	subject TEXT
) WITHOUT ROWID;
CREATE INDEX entries_expiry ON entries (expires_at);
CREATE INDEX claims_subject ON claims (subject) WHERE subject IS NOT NULL;
CREATE INDEX entries_subject ON entries (subject) WHERE subject IS NOT NULL;
CREATE TABLE window_items (
	sequence INTEGER PRIMARY KEY,
	key TEXT NOT NULL,
	at INTEGER NOT NULL,
	value TEXT NOT NULL,
	expires_at INTEGER NOT NULL,
	subject TEXT
);
CREATE INDEX window_items_key ON window_items (key, expires_at);
CREATE INDEX window_items_expiry ON window_items (expires_at);
CREATE INDEX window_items_subject ON window_items (subject) WHERE subject IS NOT NULL;
CREATE TABLE parked (
	queue TEXT NOT NULL,
	id TEXT NOT NULL,
	value TEXT NOT NULL,
	due_at INTEGER NOT NULL,
	available_at INTEGER NOT NULL,
	attempts INTEGER NOT NULL DEFAULT 0,
	token TEXT,
	expires_at INTEGER NOT NULL,
	subject TEXT,
	PRIMARY KEY (queue, id)
) WITHOUT ROWID;
CREATE INDEX parked_turn ON parked (queue, available_at, id);
CREATE INDEX parked_expiry ON parked (expires_at);
CREATE INDEX parked_subject ON parked (subject) WHERE subject IS NOT NULL;
CREATE TABLE limits (
	key TEXT PRIMARY KEY,
	state TEXT NOT NULL,
	expires_at INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX limits_expiry ON limits (expires_at);
INSERT INTO claims (key, token, claimed_at, lease_until, completed_at, result, takeovers, expires_at, subject) VALUES ('done', '141814a9-2a1f-4a46-bc5e-18d3945261d7', 1000, 2000, NULL, NULL, 0, 9000000000000000, 'ada');
INSERT INTO claims (key, token, claimed_at, lease_until, completed_at, result, takeovers, expires_at, subject) VALUES ('done2', '20ae8ea7-645f-4693-b243-eccfe064f8c8', 1000, 2000, 1000, '{"id":7}', 0, 9000000000000000, NULL);
INSERT INTO claims (key, token, claimed_at, lease_until, completed_at, result, takeovers, expires_at, subject) VALUES ('held', '536c0f57-8775-413f-8242-6b85ba9626f7', 1000, 9000000000000000, NULL, NULL, 0, 9000000000000000, NULL);
INSERT INTO claims (key, token, claimed_at, lease_until, completed_at, result, takeovers, expires_at, subject) VALUES ('open', 'a0c9f1ed-0713-4cc9-bcca-319e652f3ff0', 1000, 2000, NULL, NULL, 0, 9000000000000000, 'ada');
INSERT INTO entries (key, value, expires_at, subject) VALUES ('entry', 'v', 9000000000000000, 'ada');
INSERT INTO entries (key, value, expires_at, subject) VALUES ('total', '3', 9000000000000000, NULL);
INSERT INTO window_items (sequence, key, at, value, expires_at, subject) VALUES (1, 'w', 5, 'x', 9000000000000000, 'ada');
INSERT INTO parked (queue, id, value, due_at, available_at, attempts, token, expires_at, subject) VALUES ('q', 'p', 'y', 5, 5, 0, NULL, 9000000000000000, 'ada');
INSERT INTO limits (key, state, expires_at) VALUES ('limit', '1|1000', 1001001);
PRAGMA user_version = 2;
