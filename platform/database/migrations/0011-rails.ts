import type { Migration } from "./migration.ts";

/**
 * Charges over rails of other companies. The row is there before the rail hears of the order, so that none is ever lost;
 * `next_try_at` is when the platform turns to it by itself, null once it is final. `closing` says that the platform undoes an
 * order that nobody confirmed, in the place of the till. A rail's account holds what lies at the rail as a negative.
 */
export const rails: Migration = {
  number: 11,
  name: "rails",
  sql: `
alter table accounts drop constraint accounts_kind_check;
alter table accounts add constraint accounts_kind_check
  check (kind in ('wallet', 'merchant', 'commission', 'float', 'rail'));

alter table charges add column rail text not null default 'wallet'
  check (rail in ('wallet', 'wechat-pay', 'alipay'));
alter table charges drop constraint charges_state_check;
alter table charges add constraint charges_state_check
  check (state in ('new', 'asked', 'waiting', 'unknown', 'reversing', 'paid', 'declined', 'reversed'));
alter table charges add column rail_transaction text;
alter table charges add column closing boolean not null default false;
alter table charges add column rail_heard_at timestamptz;
alter table charges add column next_try_at timestamptz;
alter table charges add column tries integer not null default 0;
create index charges_to_try on charges (next_try_at) where next_try_at is not null;
create index charges_by_number on charges (number, position);
create index charges_by_rail on charges (rail, created_at) where rail <> 'wallet';
create index charges_by_rail_paid on charges (rail, paid_at) where rail <> 'wallet';
create index charges_by_code on charges (token_hash) where rail <> 'wallet';
`,
};
