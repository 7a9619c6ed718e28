/** How long to wait before try number `failures` + 1, in milliseconds: twice as long each time, with jitter. */
export const backOffMs = (failures: number, random: () => number = Math.random): number =>
  Math.min(20_000, 500 * 2 ** Math.min(failures, 10)) * (0.5 + random() / 2);
