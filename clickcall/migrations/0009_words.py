"""The words of names and companies, each with its contacts in the order of names: how common words are found.

An index of trigrams knows no order, and a walk along the names meets nobody for long where those who fit stand far
from its beginning. Every contact leaves its words in one table, and new words in another: what a term is a part of.
"""

# ruff: noqa: S608 - the SQL is our own; there is no value in it

from typing import Any

from django.db import migrations

# Of what `search_text` holds between blanks, whatever has a letter. A word that lacks its first character, as that of
# the name does, stands behind a blank: it begins like nothing. Phones have no letters; they have an index of their own.
LETTER = "[a-z]", "[^ -~«»]"

WORD = "CASE WHEN piece.key = 0 THEN ' ' ELSE '' END || piece.value"
PIECES = f"""json_each(replace(json_array({{row}}.search_text), ' ', '","')) piece
    WHERE (piece.value GLOB '*{LETTER[0]}*' OR piece.value GLOB '*{LETTER[1]}*')"""
ADD = f"""
    INSERT INTO clickcall_contact_word SELECT DISTINCT new.account_id, {WORD}, new.name_key, new.id
        FROM {PIECES.format(row="new")};
    INSERT OR IGNORE INTO clickcall_word (account_id, word) SELECT new.account_id, {WORD}
        FROM {PIECES.format(row="new")};
"""
REMOVE = f"""
    DELETE FROM clickcall_contact_word WHERE account_id = old.account_id AND name_key = old.name_key
        AND contact_id = old.id AND word IN (SELECT {WORD} FROM {PIECES.format(row="old")});
"""
# Filled before its triggers are there, and in order. The triggers on the contacts get lost when SQLite rebuilds the
# table, as those of the migration 0002 do.
SQLITE = [
    """CREATE TABLE clickcall_contact_word (
        account_id bigint NOT NULL, word text NOT NULL, name_key varchar(200) NOT NULL, contact_id bigint NOT NULL,
        PRIMARY KEY (account_id, word, name_key, contact_id)
    ) WITHOUT ROWID""",
    "CREATE TABLE clickcall_word (id integer PRIMARY KEY, account_id bigint NOT NULL, word text NOT NULL)",
    """CREATE VIRTUAL TABLE clickcall_word_search USING fts5(
        word, content='clickcall_word', content_rowid='id', tokenize='trigram case_sensitive 1'
    )""",
    f"""INSERT INTO clickcall_contact_word SELECT DISTINCT c.account_id, {WORD}, c.name_key, c.id
        FROM clickcall_contact c, {PIECES.format(row="c")} ORDER BY 1, 2, 3, 4""",
    "INSERT INTO clickcall_word (account_id, word) SELECT DISTINCT account_id, word FROM clickcall_contact_word",
    "INSERT INTO clickcall_word_search (clickcall_word_search) VALUES ('rebuild')",
    "CREATE UNIQUE INDEX word_once ON clickcall_word (account_id, word)",
    f"CREATE TRIGGER contact_words_added AFTER INSERT ON clickcall_contact BEGIN {ADD} END",
    f"CREATE TRIGGER contact_words_removed AFTER DELETE ON clickcall_contact BEGIN {REMOVE} END",
    f"""CREATE TRIGGER contact_words_changed AFTER UPDATE OF search_text, name_key ON clickcall_contact
        WHEN old.search_text <> new.search_text OR old.name_key <> new.name_key BEGIN {REMOVE} {ADD} END""",
    """CREATE TRIGGER word_added AFTER INSERT ON clickcall_word
        BEGIN INSERT INTO clickcall_word_search (rowid, word) VALUES (new.id, new.word); END""",
]
SQLITE_BACK = [
    "DROP TRIGGER contact_words_added",
    "DROP TRIGGER contact_words_removed",
    "DROP TRIGGER contact_words_changed",
    "DROP TABLE clickcall_word_search",
    "DROP TABLE clickcall_word",
    "DROP TABLE clickcall_contact_word",
]

# Nothing is unique here: of two imports that meet the same new words in another order, each would wait for the other.
# So a word may stand twice among the words.
POSTGRESQL = [
    # What others write meanwhile waits until the triggers are there.
    "LOCK TABLE clickcall_contact IN SHARE ROW EXCLUSIVE MODE",
    """CREATE TABLE clickcall_contact_word (
        account_id bigint NOT NULL, contact_id bigint NOT NULL,
        word text COLLATE "C" NOT NULL, name_key varchar(200) COLLATE "C" NOT NULL
    )""",
    'CREATE TABLE clickcall_word (account_id bigint NOT NULL, word text COLLATE "C" NOT NULL)',
    f"""CREATE FUNCTION clickcall_words_of(search_text text) RETURNS text[] LANGUAGE sql IMMUTABLE AS $$
        SELECT ARRAY(SELECT DISTINCT CASE WHEN place = 1 THEN ' ' ELSE '' END || piece
            FROM string_to_table(search_text, ' ') WITH ORDINALITY pieces (piece, place)
            WHERE piece COLLATE "C" ~ '{"|".join(LETTER)}')
    $$""",
    """INSERT INTO clickcall_contact_word (account_id, contact_id, word, name_key)
        SELECT c.account_id, c.id, w.word, c.name_key
        FROM clickcall_contact c, unnest(clickcall_words_of(c.search_text)) w (word)""",
    "INSERT INTO clickcall_word SELECT DISTINCT account_id, word FROM clickcall_contact_word",
    "CREATE INDEX contact_word_in_order ON clickcall_contact_word (account_id, word, name_key, contact_id)",
    "CREATE INDEX word_in_order ON clickcall_word (account_id, word)",
    "CREATE INDEX word_search ON clickcall_word USING gin (word gin_trgm_ops)",
    # Without sequential scans: a session keeps the plan that was right when the tables were still empty.
    """CREATE FUNCTION clickcall_keep_words() RETURNS trigger LANGUAGE plpgsql SET enable_seqscan = off AS $$
        BEGIN
            IF TG_OP <> 'INSERT' THEN
                DELETE FROM clickcall_contact_word WHERE account_id = OLD.account_id AND name_key = OLD.name_key
                    AND contact_id = OLD.id AND word = ANY(clickcall_words_of(OLD.search_text));
            END IF;
            IF TG_OP <> 'DELETE' THEN
                INSERT INTO clickcall_contact_word (account_id, contact_id, word, name_key)
                    SELECT NEW.account_id, NEW.id, w.word, NEW.name_key
                    FROM unnest(clickcall_words_of(NEW.search_text)) w (word);
                INSERT INTO clickcall_word (account_id, word)
                    SELECT NEW.account_id, w.word FROM unnest(clickcall_words_of(NEW.search_text)) w (word)
                    WHERE NOT EXISTS
                        (SELECT 1 FROM clickcall_word k WHERE k.account_id = NEW.account_id AND k.word = w.word);
            END IF;
            RETURN NULL;
        END
    $$""",
    """CREATE FUNCTION clickcall_forget_words() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN TRUNCATE clickcall_contact_word, clickcall_word; RETURN NULL; END
    $$""",
    """CREATE TRIGGER contact_words_kept AFTER INSERT OR DELETE ON clickcall_contact
        FOR EACH ROW EXECUTE FUNCTION clickcall_keep_words()""",
    """CREATE TRIGGER contact_words_changed AFTER UPDATE OF search_text, name_key ON clickcall_contact
        FOR EACH ROW WHEN (OLD.search_text <> NEW.search_text OR OLD.name_key <> NEW.name_key)
        EXECUTE FUNCTION clickcall_keep_words()""",
    """CREATE TRIGGER contact_words_forgotten AFTER TRUNCATE ON clickcall_contact
        FOR EACH STATEMENT EXECUTE FUNCTION clickcall_forget_words()""",
    "ANALYZE clickcall_contact_word",
    "ANALYZE clickcall_word",
]
POSTGRESQL_BACK = [
    "DROP TRIGGER contact_words_forgotten ON clickcall_contact",
    "DROP TRIGGER contact_words_changed ON clickcall_contact",
    "DROP TRIGGER contact_words_kept ON clickcall_contact",
    "DROP FUNCTION clickcall_forget_words, clickcall_keep_words, clickcall_words_of",
    "DROP TABLE clickcall_word, clickcall_contact_word",
]


def build(apps: Any, schema_editor: Any) -> None:
    for statement in SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL:
        schema_editor.execute(statement)


def remove(apps: Any, schema_editor: Any) -> None:
    for statement in SQLITE_BACK if schema_editor.connection.vendor == "sqlite" else POSTGRESQL_BACK:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("clickcall", "0008_phone_regions")]
    operations = [migrations.RunPython(build, remove)]
