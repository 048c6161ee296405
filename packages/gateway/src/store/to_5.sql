-- From version 4 to 5. Keys of one generation and category may have come in several packages.
CREATE TABLE cover_5 (
    generation INTEGER NOT NULL,
    category INTEGER NOT NULL,
    part INTEGER NOT NULL,
    nodes BLOB NOT NULL,
    PRIMARY KEY (generation, category, part)
);
INSERT INTO cover_5 SELECT generation, category, 0, nodes FROM cover;
DROP TABLE cover;
ALTER TABLE cover_5 RENAME TO cover;
