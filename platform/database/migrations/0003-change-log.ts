import type { Migration } from "./migration.ts";

/**
 * The newest state of each thing that tills are told of. Whoever writes locks the one row of `change_cursor` until
 * commit, so cursors become visible in their order.
 */
export const changeLog: Migration = {
  number: 3,
  name: "change-log",
  sql: `
create table change_cursor (only_row integer primary key check (only_row = 1), last bigint not null);
insert into change_cursor (only_row, last) values (1, 0);

create table changes (
  kind text not null,
  id text not null,
  cursor bigint not null unique,
  body text,
  primary key (kind, id)
);

create table pictures (
  hash text primary key,
  media_type text not null,
  bytes bytea not null
);
`,
};
