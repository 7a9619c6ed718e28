import { describe, expect, it } from 'vitest';
import { createEvidenceBudget } from './budget.ts';

const tick = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('createEvidenceBudget', () => {
  it('admits no more requests than its bound', () => {
    const budget = createEvidenceBudget({ maxPending: 2 });

    expect([budget.admit(), budget.admit(), budget.admit()]).toEqual([true, true, false]);
    budget.leave();
    expect(budget.admit()).toBe(true);
    expect(budget.pending).toBe(2);
  });

  it('is full when it holds as many bytes as it may', () => {
    const budget = createEvidenceBudget({ maxHeldBytes: 100 });
    budget.addHeldBytes(99);
    expect(budget.isFull).toBe(false);

    budget.addHeldBytes(1);

    expect(budget.isFull).toBe(true);
  });

  it('runs two tasks of a kind at a time, in the order they came', async () => {
    const { snapshots } = createEvidenceBudget();
    const began: number[] = [];
    const finish: (() => void)[] = [];
    const task = (id: number) => () => {
      began.push(id);
      return new Promise<void>((resolve) => finish.push(resolve));
    };
    const all = [1, 2, 3, 4].map((id) => snapshots.run(task(id)));
    await tick();
    expect(began).toEqual([1, 2]);

    finish[0]?.();
    await tick();
    expect(began).toEqual([1, 2, 3]);

    finish[1]?.();
    finish[2]?.();
    await tick();
    finish[3]?.();
    await Promise.all(all);
    expect(began).toEqual([1, 2, 3, 4]);
  });

  it('gives the place of a task that failed to the next', async () => {
    const { clips } = createEvidenceBudget();
    const failing = Array.from({ length: 3 }, () =>
      clips.run(() => Promise.reject(new Error('broken'))).catch(() => 'failed'),
    );

    expect(await Promise.all([...failing, clips.run(async () => 'done')])).toEqual([
      'failed',
      'failed',
      'failed',
      'done',
    ]);
  });
});
