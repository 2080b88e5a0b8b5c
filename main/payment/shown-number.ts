/** A payment's eight digits as screens and papers show them: in two groups, to be compared by eye. */
export function shownNumber(number: string): string {
  return `${number.slice(0, 4)} ${number.slice(4)}`;
}
