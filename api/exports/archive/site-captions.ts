import type { ArchiveJob } from '../../../core/archive.ts';

/** What stands on every picture of an alert: where it is, when it was taken by the clocks there, and which export it left with. */
export const createCaption = (
  {
    exported: { exportId },
    placeNames,
    site: { timezone },
  }: Pick<ArchiveJob, 'exported' | 'placeNames' | 'site'>,
  place: string,
): ((at: number) => string) => {
  const clock = siteClock(timezone);
  const where = [placeNames[place], place].filter((part) => part !== undefined).join(' ');
  return (at) => `${where} · ${clock(at)} · ${exportId}`;
};

/** `2026-11-28 20:15:03 GMT+8` */
export const siteClock = (timeZone: string): ((at: number) => string) => {
  const format = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    ...{ year: 'numeric', month: '2-digit', day: '2-digit' },
    ...{
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
      hourCycle: 'h23',
      timeZoneName: 'shortOffset',
    },
  });
  return (at) => {
    const parts = new Map(format.formatToParts(at).map(({ type, value }) => [type, value]));
    const day = ['year', 'month', 'day'] as const;
    const time = ['hour', 'minute', 'second'] as const;
    const joined = (types: readonly string[], by: string): string =>
      types.map((type) => parts.get(type as 'year')).join(by);
    return `${joined(day, '-')} ${joined(time, ':')} ${parts.get('timeZoneName')}`;
  };
};
