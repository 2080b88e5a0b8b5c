import { addChecksumFunction } from "../work/row-checksum.ts";
import type { Migration } from "./migration.ts";

/** Checksums of the rows of working state, so that what a disk did to one is never taken for what was written. */
export const rowChecksums: Migration = {
  version: 5,
  name: "0005-row-checksums",
  prepare: addChecksumFunction,
  // A row that is written without its checksum has one of zeros, which counts as damage.
  sql: `
ALTER TABLE open_basket ADD COLUMN checksum BLOB NOT NULL DEFAULT x'0000000000000000';
UPDATE open_basket SET checksum = row_checksum('open_basket', one, text);

ALTER TABLE print_jobs ADD COLUMN checksum BLOB NOT NULL DEFAULT x'0000000000000000';
UPDATE print_jobs SET checksum =
  row_checksum('print_jobs', job_id, sale_id, kind, bytes, state, code, created_at, updated_at);

ALTER TABLE platform_marks ADD COLUMN checksum BLOB NOT NULL DEFAULT x'0000000000000000';
UPDATE platform_marks SET checksum = row_checksum('platform_marks', ledger, acknowledged_seq, hash, epoch, at);

ALTER TABLE platform_answers ADD COLUMN checksum BLOB NOT NULL DEFAULT x'0000000000000000';
UPDATE platform_answers SET checksum = row_checksum('platform_answers', ledger, seq, state, code, at, cursor);

ALTER TABLE push_failures ADD COLUMN checksum BLOB NOT NULL DEFAULT x'0000000000000000';
UPDATE push_failures SET checksum = row_checksum('push_failures', seq, attempts, code, at);

ALTER TABLE settings ADD COLUMN checksum BLOB NOT NULL DEFAULT x'0000000000000000';
UPDATE settings SET checksum = row_checksum('settings', key, value);

ALTER TABLE parked_sales ADD COLUMN checksum BLOB NOT NULL DEFAULT x'0000000000000000';
UPDATE parked_sales SET checksum =
  row_checksum('parked_sales', sale_id, at, item_count, total_minor, goods, basket);

ALTER TABLE private_values ADD COLUMN checksum BLOB NOT NULL DEFAULT x'0000000000000000';
UPDATE private_values SET checksum = row_checksum('private_values', entry_id, name, salt, value);

ALTER TABLE arrivals ADD COLUMN checksum BLOB NOT NULL DEFAULT x'0000000000000000';
UPDATE arrivals SET checksum = row_checksum('arrivals', ledger, up_to_seq, from_seq, at);

ALTER TABLE outages ADD COLUMN checksum BLOB NOT NULL DEFAULT x'0000000000000000';
UPDATE outages SET checksum = row_checksum('outages', number, from_time, after_seq, to_time, up_to_seq);
`,
};
