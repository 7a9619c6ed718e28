/**
 * What happens to an alert more than once is numbered: `<alertId>.resumed.3` → 3, and so is `<alertId>.resumed-3`. An
 * end carries the number of the resumption that it ends, the first one none. Numbers make such events idempotent
 * however often and late they come.
 */
export const eventNumber = (eventId: string): number | undefined => {
  const [, digits] = /[.-](\d{1,6})$/.exec(eventId) ?? [];
  return digits === undefined ? undefined : Number(digits);
};

/** The id of an alert's event; `number` 0 is left out. */
export const numberedEventId = (alertId: string, what: string, number: number): string =>
  number === 0 ? `${alertId}.${what}` : `${alertId}.${what}.${number}`;
