import { describe, expect, it } from 'vitest';
import { createSchedule } from './schedule.ts';
import { type ScheduleSpan, weekdays } from './schema/schedule.ts';

const nights: ScheduleSpan[] = [{ days: ['fri', 'sat'], from: '22:00', to: '06:00' }];
const shanghai = (text: string): number => Date.parse(`${text}+08:00`);

describe('createSchedule', () => {
  it.each<[string, ScheduleSpan[], string, boolean]>([
    ['before the evening', nights, '2026-11-20T21:59:59.999', false],
    ['at the first minute', nights, '2026-11-20T22:00', true],
    ['just before midnight', nights, '2026-11-20T23:59:59.999', true],
    ['after midnight', nights, '2026-11-21T00:00', true],
    ['in the last minute', nights, '2026-11-21T05:59:59', true],
    ['at the end', nights, '2026-11-21T06:00', false],
    ['the night that Saturday begins', nights, '2026-11-22T05:59', true],
    ['the night that nothing begins', nights, '2026-11-22T22:30', false],
    ['over the end of the week', [{ days: ['sun'], from: '23:00', to: '01:00' }], '2026-11-23T00:59', true],
    ['until 24:00', [{ days: ['mon'], from: '08:00', to: '24:00' }], '2026-11-23T23:59:59', true],
    ['not beyond 24:00', [{ days: ['mon'], from: '08:00', to: '24:00' }], '2026-11-24T00:00', false],
    ['a whole day by equal ends', [{ days: ['mon'], from: '00:00', to: '00:00' }], '2026-11-23T12:00', true],
    ['a day round from noon', [{ days: ['mon'], from: '12:00', to: '12:00' }], '2026-11-24T11:59', true],
    [
      'spans that overlap',
      [...nights, { days: ['sat'], from: '05:00', to: '07:00' }],
      '2026-11-21T06:30',
      true,
    ],
  ])('follows the clock on the wall: %s', (_, spans, at, expected) => {
    expect(createSchedule(spans, 'Asia/Shanghai').isOnDuty(shanghai(at))).toBe(expected);
  });

  it.each([
    ['later on the same day', '2026-11-20T12:34:56', '2026-11-20T22:00'],
    ['while it is on, the minute after', '2026-11-20T22:00:30', '2026-11-20T22:01'],
    ['over the days that nothing begins', '2026-11-22T06:00', '2026-11-27T22:00'],
    ['over the end of the week', '2026-11-22T23:59:59', '2026-11-27T22:00'],
  ])('tells when it is on next: %s', (_, at, expected) => {
    const next = createSchedule(nights, 'Asia/Shanghai').nextOnDutyAt(shanghai(at));

    expect(new Date(next ?? 0).toISOString()).toBe(new Date(shanghai(expected)).toISOString());
  });

  it('is always on without spans', () => {
    expect(createSchedule(undefined, 'Asia/Shanghai').isOnDuty(0)).toBe(true);
  });

  it.each<[string, string, boolean]>([
    ['winter time, before', '2026-03-29T00:59:59Z', true],
    ['the first minute of summer time is 03:00', '2026-03-29T01:00:00Z', false],
    ['the hour that comes twice, first time', '2026-10-25T00:30:00Z', true],
    ['the hour that comes twice, second time', '2026-10-25T01:30:00Z', true],
    ['after it', '2026-10-25T02:00:00Z', false],
  ])('keeps to the wall’s clock when it is set: %s', (_, at, expected) => {
    const schedule = createSchedule([{ days: ['sun'], from: '01:30', to: '03:00' }], 'Europe/Berlin');

    expect(schedule.isOnDuty(Date.parse(at))).toBe(expected);
  });

  it('leaves out a span that lies in an hour that does not come', () => {
    const schedule = createSchedule([{ days: ['sun'], from: '02:00', to: '03:00' }], 'Europe/Berlin');
    const minutes = Array.from({ length: 24 * 60 }, (_, minute) => Date.UTC(2026, 2, 28, 23, minute));

    expect(minutes.filter((at) => schedule.isOnDuty(at))).toEqual([]);
  });

  it('refuses a time zone it does not know', () => {
    expect(() => createSchedule(undefined, 'Asia/Caishi')).toThrow(
      expect.objectContaining({ code: 'timezone-unknown', kind: 'invalid' }),
    );
  });

  describe('with calendars', () => {
    const market = { id: 'market', name: '赶集', lunarDays: [3, 13, 23] };
    const holidays = { id: 'holidays', name: '国庆', ranges: [{ from: '2026-10-01', to: '2026-10-07' }] };
    const daily = { days: [...weekdays], from: '08:00', to: '18:00' };
    const overnight = { days: [...weekdays], from: '22:00', to: '06:00' };

    it.each<[string, ScheduleSpan, string, boolean]>([
      // 2026-11-21 is the 13th of the tenth lunar month.
      ['leaves a market day out', { ...daily, except: ['market'] }, '2026-11-21T12:00', false],
      ['watches the day after it', { ...daily, except: ['market'] }, '2026-11-22T12:00', true],
      ['watches market days alone', { ...daily, only: ['market'] }, '2026-11-21T12:00', true],
      ['and no other day', { ...daily, only: ['market'] }, '2026-11-22T12:00', false],
      ['watches the first day of a range', { ...daily, only: ['holidays'] }, '2026-10-01T08:00', true],
      ['and the last', { ...daily, only: ['holidays'] }, '2026-10-07T17:59', true],
      ['and not the one after', { ...daily, only: ['holidays'] }, '2026-10-08T08:00', false],
      [
        'counts a night to the day it began on',
        { ...overnight, only: ['holidays'] },
        '2026-10-08T05:59',
        true,
      ],
      ['also at its beginning', { ...overnight, only: ['holidays'] }, '2026-10-01T05:59', false],
    ])('%s', (_, span, at, expected) => {
      const schedule = createSchedule([span], 'Asia/Shanghai', [market, holidays]);

      expect(schedule.isOnDuty(shanghai(at))).toBe(expected);
    });

    it('finds the next day of a calendar months ahead', () => {
      const schedule = createSchedule([{ ...daily, only: ['holidays'] }], 'Asia/Shanghai', [holidays]);

      expect(schedule.nextOnDutyAt(shanghai('2026-03-01T12:00'))).toBe(shanghai('2026-10-01T08:00'));
    });

    it('is never on where its calendar has no day left', () => {
      const schedule = createSchedule([{ ...daily, only: ['holidays'] }], 'Asia/Shanghai', [holidays]);

      expect(schedule.nextOnDutyAt(shanghai('2026-10-08T12:00'))).toBeUndefined();
    });
  });
});
