/** One line of GS1's syntax dictionary: identifiers, flags, the components of the data, and what each of them is held to. */
export type DictionaryLine = { first: string; last: string; isPredefined: boolean; components: Component[] };

type Component = { set: string; least: number; most: number; isOptional: boolean; linters: string[] };

/** Reads a dictionary: `AIs [flags] components... attributes... # title`. */
export function readDictionary(text: string): DictionaryLine[] {
  return text
    .split("\n")
    .filter((line) => /^\d/.test(line))
    .map((line) => {
      const [identifiers = "", ...words] = (line.split("#")[0] ?? "").trim().split(/\s+/);
      const [first = "", last = first] = identifiers.split("-");
      const flags = /^[^A-Z[]+$/.test(words[0] ?? "") ? (words[0] ?? "") : "";
      const components = words.filter((word) => /^\[?[NXYZ](\.\.)?\d+\]?(,|$)/.test(word)).map(componentOf);
      return { first, last, isPredefined: flags.includes("*"), components };
    });
}

function componentOf(word: string): Component {
  const [shape = "", ...linters] = word.split(",");
  const [, open, set = "", upTo, length = ""] = /^(\[?)([NXYZ])(\.\.)?(\d+)\]?$/.exec(shape) ?? [];
  return {
    set,
    least: upTo === undefined ? Number(length) : 1,
    most: Number(length),
    isOptional: open === "[",
    linters,
  };
}

/**
 * A short dictionary in the notation of GS1's own, for machines that do not have that one: a line for each way in which data
 * may be built.
 */
export const shortDictionary = `
00        *?  N18,csum                        # the number of a pallet
01        *?  N14,csum                        # the number of goods
02        *?  N14,csum                        # goods within
10         ?  X..20                           # lot
11        *?  N6,yymmd0                       # made on
15        *?  N6,yymmd0                       # best before
17        *?  N6,yymmd0                       # not after
20        *?  N2                              # variant
21            X..20                           # serial
235           X..28                           # serial of somebody else
242        ?  N..6                            # number of a variant
253        ?  N13,csum [X..17]                # document
255        ?  N13,csum [N..12]                # coupon
30         ?  N..8                            # pieces
3100-3105 *?  N6                              # kilograms
3920-3929  ?  N..15                           # price
3930-3939  ?  N3,iso4217 N..15                # price in a currency
3950-3955  ?  N6                              # price of a unit
410       *?  N13,csum                        # place
422        ?  N3,iso3166                      # country
423        ?  N3,iso3166 [N3],iso3166 [N3],iso3166 # countries
7003       ?  N6,yymmdd N4,hhmi               # not after, with the time
7040          N1 X1 X1 X1                     # package
8003       ?  N1,zero N13,csum [X..16]        # crate
8005       ?  N6                              # price of a unit
8006       ?  N14,csum N4                     # piece of goods
8010       ?  Y..30                           # component
8030       ?  Z..90                           # signature
91-99      ?  X..90                           # of the company's own
`;
