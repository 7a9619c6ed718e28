const partsOf = (at: number, timeZone: string): string => {
  const parts = new Intl.DateTimeFormat('sv-SE', {
    ...{ timeZone, year: 'numeric', month: '2-digit', day: '2-digit' },
    ...{ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
  }).format(at);
  return parts.replace(' ', 'T');
};

/** `2026-11-28T17:30` as a field for dates shows it, in a time zone. */
export const toLocal = partsOf;

/** The instant that a field's text means in a time zone, in milliseconds since 1970; undefined when it is no date. */
export const fromLocal = (text: string, timeZone: string): number | undefined => {
  const asUtc = Date.parse(`${text}Z`);
  if (Number.isNaN(asUtc)) return undefined;
  const offsetAt = (at: number): number =>
    Date.parse(`${partsOf(at, timeZone)}Z`) - Math.floor(at / 60_000) * 60_000;
  // Twice: where the clocks change, the offset of the first guess can be that of the other side.
  const guess = asUtc - offsetAt(asUtc);
  return asUtc - offsetAt(guess);
};
