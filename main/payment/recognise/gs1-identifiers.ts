/** What is held of an element's data besides its characters and length. */
export type Gs1Check =
  /** The first so many digits end in their check digit (GenSpecs, section 7.9.1). */
  | { kind: "check-digit"; digits: number }
  /** YYMMDD; day 00 stands for the last day of the month where `dayZero` says so (GenSpecs, section 7.12). */
  | { kind: "date"; dayZero: boolean };

/** How the data of one application identifier is built. */
export type Gs1Identifier = { readonly grammar: RegExp; readonly check: Gs1Check | null };

/** Characters of GS1's sets: digits, set 82 and set 39 (GenSpecs, section 7.11), and base64 for file names (RFC 4648). */
const characterSets: Readonly<Record<string, string>> = {
  N: "[0-9]",
  X: `[!"%&'()*+,./0-9:;<=>?A-Z_a-z-]`,
  Y: "[#/0-9A-Z-]",
  Z: "[0-9A-Z_a-z=-]",
};

/**
 * Every application identifier with the format of its data (GS1 General Specifications, section 3.2): `N14` is 14 digits,
 * `X..20` up to 20 characters, `[...]` may be left out. Behind it stands what is checked: `c13` the check digit that ends
 * the first 13 digits, `d` a date, `d0` a date whose day may be 00.
 */
const formats: readonly (readonly [identifiers: string, format: string, check?: string])[] = [
  ["00", "N18", "c18"],
  ["01-03", "N14", "c14"],
  ["10", "X..20"],
  ["11-13", "N6", "d0"],
  ["15-17", "N6", "d0"],
  ["20", "N2"],
  ["21-22", "X..20"],
  ["235", "X..28"],
  ["240-241", "X..30"],
  ["242", "N..6"],
  ["243", "X..20"],
  ["250-251", "X..30"],
  ["253", "N13 [X..17]", "c13"],
  ["254", "X..20"],
  ["255", "N13 [N..12]", "c13"],
  ["30", "N..8"],
  ["37", "N..8"],
  ["3900-3909", "N..15"],
  ["3910-3919", "N3 N..15"],
  ["3920-3929", "N..15"],
  ["3930-3939", "N3 N..15"],
  ["3940-3943", "N4"],
  ["3950-3955", "N6"],
  ["400-401", "X..30"],
  ["402", "N17", "c17"],
  ["403", "X..30"],
  ["410-417", "N13", "c13"],
  ["420", "X..20"],
  ["421", "N3 X..9"],
  ["422", "N3"],
  ["423", "N3 [N3] [N3] [N3] [N3]"],
  ["424", "N3"],
  ["425", "N3 [N3] [N3] [N3] [N3]"],
  ["426", "N3"],
  ["427", "X..3"],
  ["4300-4301", "X..35"],
  ["4302-4306", "X..70"],
  ["4307", "X2"],
  ["4308", "X..30"],
  ["4309", "N20"],
  ["4310-4311", "X..35"],
  ["4312-4316", "X..70"],
  ["4317", "X2"],
  ["4318", "X..20"],
  ["4319", "X..30"],
  ["4320", "X..35"],
  ["4321-4323", "N1"],
  ["4324-4325", "N10", "d0"],
  ["4326", "N6", "d"],
  ["4330-4333", "N6 [X1]"],
  ["7001", "N13"],
  ["7002", "X..30"],
  ["7003", "N10", "d"],
  ["7004", "N..4"],
  ["7005", "X..12"],
  ["7006", "N6", "d"],
  ["7007", "N6 [N6]", "d"],
  ["7008", "X..3"],
  ["7009", "X..10"],
  ["7010", "X..2"],
  ["7011", "N6 [N4]", "d"],
  ["7020-7022", "X..20"],
  ["7023", "X..30"],
  ["7030-7039", "N3 X..27"],
  ["7040", "N1 X3"],
  ["7041", "X..4"],
  ["710-717", "X..20"],
  ["7230-7239", "X2 X..28"],
  ["7240", "X..20"],
  ["7241", "N2"],
  ["7242", "X..25"],
  ["7250", "N8"],
  ["7251", "N12"],
  ["7252", "N1"],
  ["7253-7254", "X..40"],
  ["7255", "X..10"],
  ["7256", "X..90"],
  ["7257", "X..70"],
  ["7258", "X3"],
  ["7259", "X..40"],
  ["8001", "N14"],
  ["8002", "X..20"],
  ["8003", "N14 [X..16]", "c14"],
  ["8004", "X..30"],
  ["8005", "N6"],
  ["8006", "N18", "c14"],
  ["8007", "X..34"],
  ["8008", "N8 [N2] [N2]", "d"],
  ["8009", "X..50"],
  ["8010", "Y..30"],
  ["8011", "N..12"],
  ["8012", "X..20"],
  ["8013-8014", "X..25"],
  ["8017-8018", "N18", "c18"],
  ["8019", "N..10"],
  ["8020", "X..25"],
  ["8026", "N18", "c14"],
  ["8030", "Z..90"],
  ["8040-8041", "N15"],
  ["8042", "N32"],
  ["8043", "N18 [N..2]"],
  ["8110", "X..70"],
  ["8111", "N4"],
  ["8112", "X..70"],
  ["8200", "X..70"],
  ["90", "X..30"],
  ["91-99", "X..90"],
];

/** Measures have six digits, and the identifier's last digit says how many of them are decimals (GenSpecs, section 3.6). */
const measures =
  "310 311 312 313 314 315 316 320 321 322 323 324 325 326 327 328 329 330 331 332 333 334 335 336 337 340 341 342 343 344 345 346 347 348 349 350 351 352 353 354 355 356 357 360 361 362 363 364 365 366 367 368 369";

/** How many digits an identifier has, by its first two (GenSpecs, section 7.8.3). */
const identifierLengths = new Map<string, number>();

/** How long identifier and data are together where no separator has to follow, by the first two digits (GenSpecs, section 7.8.4). */
const predefinedLengths: ReadonlyMap<string, number> = new Map([
  ["00", 20],
  ...["01", "02", "03"].map((start) => [start, 16] as const),
  ["04", 18],
  ...["11", "12", "13", "14", "15", "16", "17", "18", "19"].map((start) => [start, 8] as const),
  ["20", 4],
  ...["31", "32", "33", "34", "35", "36"].map((start) => [start, 10] as const),
  ["41", 16],
]);

const identifiers = new Map<string, Gs1Identifier>();
for (const [range, format, check] of formats) addRange(range, format, check);
for (const measure of measures.split(" ")) addRange(`${measure}0-${measure}5`, "N6", undefined);

/** How the data of an identifier is built, null where GS1 has given it no meaning that this version knows. */
export function gs1Identifier(identifier: string): Gs1Identifier | null {
  return identifiers.get(identifier) ?? null;
}

/** How many digits the identifier that begins with these two has, null where there is none. */
export function gs1IdentifierLength(firstTwo: string): number | null {
  return identifierLengths.get(firstTwo) ?? null;
}

/** The length of identifier and data where the next identifier follows without a separator, null where one has to stand. */
export function gs1PredefinedLength(firstTwo: string): number | null {
  return predefinedLengths.get(firstTwo) ?? null;
}

function addRange(range: string, format: string, check: string | undefined): void {
  const [first = "", last = first] = range.split("-");
  const entry = { grammar: grammarOf(format), check: checkOf(check) };
  for (let number = Number(first); number <= Number(last); number += 1) {
    const identifier = String(number).padStart(first.length, "0");
    identifiers.set(identifier, entry);
    identifierLengths.set(identifier.slice(0, 2), identifier.length);
  }
}

function grammarOf(format: string): RegExp {
  const parts = format.split(" ").map((part) => {
    const match = /^(\[?)([NXYZ])(\.\.)?(\d+)\]?$/.exec(part);
    const [, optional = "", set = "", upTo, length = ""] = match ?? [];
    const characters = `${characterSets[set]}{${upTo === undefined ? length : `1,${length}`}}`;
    return optional === "" ? characters : `(?:${characters})?`;
  });
  return new RegExp(`^${parts.join("")}$`);
}

function checkOf(check: string | undefined): Gs1Check | null {
  if (check === undefined) return null;
  if (check.startsWith("c")) return { kind: "check-digit", digits: Number(check.slice(1)) };
  return { kind: "date", dayZero: check === "d0" };
}
