-- Which address a code or a link proves: whoever holds it speaks for those who have this address, and for nobody else.
ALTER TABLE request_code ADD COLUMN contact_index BLOB;     -- keyed image; absent: of an older code, which proves nothing any more
ALTER TABLE withdrawal_link ADD COLUMN email_index BLOB;    -- keyed image; absent: of an older link, which stands for its person alone
