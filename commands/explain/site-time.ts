/** Instants as the clocks of a site's place show them. */
export interface SiteTime {
  /** `19:04` */
  minute: (at: number) => string;
  /** `19:04:31` */
  second: (at: number) => string;
  /** `11-25 19:04`; for what may lie on another day. */
  day: (at: number) => string;
}

const clock = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;

export const createSiteTime = (timeZone: string): SiteTime => {
  const minute = new Intl.DateTimeFormat('en-GB', { timeZone, ...clock });
  const second = new Intl.DateTimeFormat('en-GB', { timeZone, ...clock, second: '2-digit' });
  // In the Canadian order, that of ISO 8601.
  const date = new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' });
  return {
    minute: (at) => minute.format(at),
    second: (at) => second.format(at),
    day: (at) => `${date.format(at).slice(-'MM-DD'.length)} ${minute.format(at)}`,
  };
};
