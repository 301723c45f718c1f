-- Which address a code or a link proves: whoever holds it speaks for those who have this address, and for nobody else.
ALTER TABLE request_code ADD COLUMN contact_index BYTEA;
ALTER TABLE withdrawal_link ADD COLUMN email_index BYTEA;
