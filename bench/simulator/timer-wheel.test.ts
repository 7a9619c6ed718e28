import { describe, expect, it } from 'vitest';
import { TimerWheel } from './timer-wheel.ts';

/** Time that goes on only when told to. */
const createTime = () => {
  let now = 1000;
  let due: { at: number; call: () => void } | undefined;
  return {
    monotonic: () => now,
    after: (ms: number, call: () => void) => {
      due = { at: now + ms, call };
      return () => {
        due = undefined;
      };
    },
    advance: (ms: number) => {
      const end = now + ms;
      while (due && due.at <= end) {
        const { at, call } = due;
        due = undefined;
        now = Math.max(now, at);
        call();
      }
      now = end;
    },
    /** The process was busy: nothing was called meanwhile. */
    stall: (ms: number) => {
      now += ms;
    },
  };
};

const createWheel = () => {
  const time = createTime();
  const calls: string[] = [];
  const wheel = new TimerWheel<string>(4, 40, time, (member, turn) => calls.push(`${member}${turn}`));
  for (const [index, member] of ['a', 'b', 'c', 'd', 'e'].entries()) wheel.add(index, member);
  return { time, calls, wheel };
};

describe('TimerWheel', () => {
  it('calls everybody once a turn, each in its own slot', () => {
    const { time, calls, wheel } = createWheel();

    wheel.start();
    expect(calls).toEqual(['a0', 'e0']);
    time.advance(39);
    expect(calls).toEqual(['a0', 'e0', 'b0', 'c0', 'd0']);
    time.advance(1);

    expect(calls.slice(5)).toEqual(['a1', 'e1']);
  });

  it('tells how long after the beginning of a turn a member is called', () => {
    const wheel = new TimerWheel<string>(8, 40, createTime(), () => undefined);

    expect([0, 1, 7, 8].map((index) => wheel.add(index, 'x'))).toEqual([0, 5, 35, 0]);
  });

  it('makes up for a busy moment in order, and does not drift', () => {
    const { time, calls, wheel } = createWheel();
    wheel.start();

    time.stall(85);
    time.advance(0);
    expect(calls).toEqual(['a0', 'e0', 'b0', 'c0', 'd0', 'a1', 'e1', 'b1', 'c1', 'd1', 'a2', 'e2']);
    time.advance(34);

    expect(calls.slice(12)).toEqual(['b2', 'c2', 'd2']);
    expect(wheel.takeLatestMs()).toBe(75);
    expect(wheel.takeLatestMs()).toBe(0);
  });

  it('leaves out what was missed over more than a second', () => {
    const { time, calls, wheel } = createWheel();
    wheel.start();

    time.stall(60_000);
    time.advance(0);

    expect(calls.length).toBeLessThan(140);
    expect(calls.at(-1)).toBe('e1500');
  });

  it('calls nobody after it was stopped', () => {
    const { time, calls, wheel } = createWheel();
    wheel.start();

    wheel.stop();
    time.advance(1000);

    expect(calls).toEqual(['a0', 'e0']);
  });
});
