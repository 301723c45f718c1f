-- The number under which a notice of a change was filed, and that the people a breach concerns were told of it.
ALTER TABLE document_version ADD COLUMN filed_on TEXT;
ALTER TABLE document_version ADD COLUMN filed_number TEXT;
ALTER TABLE breach ADD COLUMN told_at BIGINT;
ALTER TABLE breach ADD COLUMN told_how TEXT;
