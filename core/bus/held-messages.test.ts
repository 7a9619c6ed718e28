import { describe, expect, it } from 'vitest';
import { HeldMessages, type Holdable } from './held-messages.ts';

/** Messages that note what becomes of them. */
const create = () => {
  const log: string[] = [];
  const message = (seq: number, redelivered = false): Holdable => ({
    ...{ seq, redelivered },
    ack: () => void log.push(`ack ${seq}`),
    nak: () => void log.push(`nak ${seq}`),
    working: () => void log.push(`working ${seq}`),
  });
  return { held: new HeldMessages(), log, message };
};
const numbers = (messages: readonly Holdable[]): number[] => messages.map(({ seq }) => seq);

describe('HeldMessages', () => {
  it('lets nothing pass before what a predecessor had in hand, in the order of the stream', () => {
    const { held, message } = create();
    const gate = held.openGate(2);

    expect(numbers(gate.pass(message(9)))).toEqual([]);
    expect(numbers(gate.pass(message(4, true)))).toEqual([]);
    expect(numbers(gate.pass(message(3, true)))).toEqual([3, 4, 9]);
    expect(numbers(gate.pass(message(10)))).toEqual([10]);
  });

  it('does not wait for what is in hand here', () => {
    const { held, message } = create();
    held.take(message(1));

    expect(numbers(held.openGate(1).pass(message(2)))).toEqual([2]);
  });

  it('takes a repetition once, also of what is done, whose acknowledgement was lost', () => {
    const { held, log, message } = create();

    expect([held.take(message(1)), held.take(message(1, true))]).toEqual([true, false]);
    held.drop(1);
    expect(held.take(message(1, true))).toBe(false);
    expect(log).toEqual(['ack 1', 'ack 1']);
  });

  it('gives back what is in hand in its order', () => {
    const { held, log, message } = create();
    for (const seq of [3, 1, 2]) held.take(message(seq));
    held.drop(1);
    held.giveBack();

    expect(log).toEqual(['ack 1', 'nak 2', 'nak 3']);
  });
});
