import { randomInt } from "node:crypto";

/** Ids in one part of the table. A part is made whole, so that growing copies nothing. */
const idsPerPart = 1 << 14;

/**
 * UUIDs numbered in the order in which they came, in some 25 bytes each: a Set of strings takes six times that, and a ledger
 * of a million entries is checked beside a till that sells.
 */
export class IdTable {
  readonly #parts: Uint32Array[] = [];
  #slots = new Uint32Array(1 << 10);
  #size = 0;
  /** Differs from run to run, so that nobody can make ids that all fall into the same place. */
  readonly #seed = randomInt(2 ** 32) | 1;

  /** How many ids there are. */
  get size(): number {
    return this.#size;
  }

  /** Takes a UUID in and gives its number, from 0 on; -1 where it is there already. */
  add(id: string): number {
    if ((this.#size + 1) * 2 > this.#slots.length) this.#grow();
    const words = wordsOf(id);
    const slot = this.#slotOf(words);
    if (this.#slots[slot] !== 0) return -1;
    const number = this.#size;
    const at = number % idsPerPart;
    let part = this.#parts[(number - at) / idsPerPart];
    if (part === undefined) this.#parts.push((part = new Uint32Array(idsPerPart * 4)));
    part.set(words, at * 4);
    this.#slots[slot] = number + 1;
    this.#size += 1;
    return number;
  }

  /** The number of a UUID; -1 where it is not there. */
  find(id: string): number {
    return (this.#slots[this.#slotOf(wordsOf(id))] ?? 0) - 1;
  }

  /** The slot of an id, or the empty one where it would go. */
  #slotOf(words: Words): number {
    const mask = this.#slots.length - 1;
    let slot = this.#mix(words[0], words[1], words[2], words[3]) & mask;
    for (;;) {
      const entry = this.#slots[slot] ?? 0;
      if (entry === 0 || this.#isAt(entry - 1, words)) return slot;
      slot = (slot + 1) & mask;
    }
  }

  #isAt(number: number, [first, second, third, fourth]: Words): boolean {
    const at = (number % idsPerPart) * 4;
    const part = this.#parts[Math.floor(number / idsPerPart)];
    return part?.[at] === first && part[at + 1] === second && part[at + 2] === third && part[at + 3] === fourth;
  }

  #mix(first = 0, second = 0, third = 0, fourth = 0): number {
    let mixed = Math.imul(first ^ this.#seed, 0x9e3779b1);
    mixed = Math.imul((mixed ^ (mixed >>> 15)) + second, this.#seed);
    mixed = Math.imul((mixed ^ (mixed >>> 13)) + third, 0x85ebca6b);
    mixed = Math.imul((mixed ^ (mixed >>> 16)) + fourth, this.#seed);
    return mixed ^ (mixed >>> 15);
  }

  #grow(): void {
    const slots = new Uint32Array(this.#slots.length * 2);
    const mask = slots.length - 1;
    for (let number = 0; number < this.#size; number += 1) {
      const at = (number % idsPerPart) * 4;
      const part = this.#parts[Math.floor(number / idsPerPart)];
      let slot = this.#mix(part?.[at], part?.[at + 1], part?.[at + 2], part?.[at + 3]) & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = number + 1;
    }
    this.#slots = slots;
  }
}

/** Numbers by the number of an id, without a bound that has to be known; 0 where none was set. */
export class NumberColumn {
  readonly #parts: Float64Array[] = [];

  /** The number at a place. */
  get(index: number): number {
    return this.#parts[Math.floor(index / idsPerPart)]?.[index % idsPerPart] ?? 0;
  }

  /** Puts a number at a place that was set before, or at the next one. */
  set(index: number, value: number): void {
    const at = index % idsPerPart;
    const number = (index - at) / idsPerPart;
    let part = this.#parts[number];
    if (part === undefined) this.#parts[number] = part = new Float64Array(idsPerPart);
    part[at] = value;
  }
}

type Words = [number, number, number, number];

/** The sixteen bytes of a UUID as four numbers. */
function wordsOf(id: string): Words {
  return [
    Number.parseInt(id.slice(0, 8), 16),
    Number.parseInt(id.slice(9, 13) + id.slice(14, 18), 16),
    Number.parseInt(id.slice(19, 23) + id.slice(24, 28), 16),
    Number.parseInt(id.slice(28), 16),
  ];
}

/** Texts of which there are few, such as currencies and reasons, by a number each. */
export class TextTable {
  readonly #numbers = new Map<string, number>();
  readonly #texts: string[] = [];

  /** The number of a text, from 0 on. */
  numberOf(text: string): number {
    let number = this.#numbers.get(text);
    if (number === undefined) {
      number = this.#texts.push(text) - 1;
      this.#numbers.set(text, number);
    }
    return number;
  }

  /** The text of a number. */
  text(number: number): string | undefined {
    return this.#texts[number];
  }
}
