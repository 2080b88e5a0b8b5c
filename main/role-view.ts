import type { Basket, Outcome, Snapshot } from "./contract/snapshot.ts";

/**
 * What a window of this role is told. Pages of the shop's people see all of it. The window that faces a shopper at the till
 * and the kiosk that a shopper uses see the sale in front of them and nothing of the shop's own: no earlier sale, no sums
 * of the sync, no words to the cashier, nobody of the staff by name as the one who looked at an age, no note.
 */
export function viewFor(role: string, snapshot: Snapshot): Snapshot {
  if (role === "customer") return customerView(snapshot);
  if (role === "kiosk") return kioskView(snapshot);
  return snapshot;
}

/** The second display: the sale, and whether the till works. What goes wrong is the cashier's to say. */
function customerView(snapshot: Snapshot): Snapshot {
  const { notice: _told, outcome, ...shown } = shoppersView(snapshot);
  return {
    ...shown,
    ...(outcome === undefined ? {} : { outcome: withoutFault(outcome) }),
    devices: snapshot.devices.map(({ id, kind, state }) => ({ id, kind, state })),
  };
}

/** The kiosk: the shopper is the one who scans, so what is wrong with a scan or with the paper is told. */
function kioskView(snapshot: Snapshot): Snapshot {
  const { notice, ...shown } = shoppersView(snapshot);
  const told = notice === undefined ? undefined : withoutSale(notice);
  return {
    ...shown,
    ...(told === undefined ? {} : { notice: told }),
    devices: snapshot.devices.map(({ place: _place, ...device }) => device),
  };
}

function shoppersView(snapshot: Snapshot): Snapshot {
  const { staff: _staff, undoing: _undoing, basket, sync, ...shown } = snapshot;
  return {
    ...shown,
    basket: withoutPeople(basket, snapshot.till.store),
    sync: { state: sync.state, salesWaiting: 0, moneyWaitingMinor: 0 },
  };
}

/** The shop has looked at the age; who of it did is for its own records. */
function withoutPeople({ note: _note, age, ...basket }: Basket, shop: Snapshot["till"]["store"]): Basket {
  if (age === undefined) return basket;
  const { checked, ...asked } = age;
  return { ...basket, age: checked === undefined ? asked : { ...asked, checked: { at: checked.at, by: shop } } };
}

function withoutSale({ open: _open, ...notice }: NonNullable<Snapshot["notice"]>): NonNullable<Snapshot["notice"]> {
  return notice;
}

function withoutFault({ printFault: _fault, ...outcome }: Outcome): Outcome {
  return outcome;
}
