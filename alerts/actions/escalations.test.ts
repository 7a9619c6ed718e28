import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Action } from '../../core/schema/action.ts';
import { ActingRole } from '../../test/fixtures/alerts/acting-role.ts';

const soon: Action = { do: 'escalate', after: '5m' };

describe('Escalations', () => {
  let role: ActingRole;

  beforeEach(async () => {
    role = await ActingRole.open();
  });
  afterEach(() => role.close());

  it('hands an alert one level up when nobody has taken it up, and another level later', async () => {
    await role.start({ do: 'escalate', after: '15m' }, soon);
    const alert = role.raise();
    await role.pass(299_000, 1000);
    expect(await role.events('escalated')).toEqual([]);

    await role.pass(3000);
    await role.expectDeeds(alert, 'escalate 431103110 accepted');
    await role.pass(600_000, 10_000);

    expect(role.find(alert)?.escalatedTo).toBe('431103');
    expect(await role.events('escalated')).toMatchObject([
      { to: '431103110', why: 'not acknowledged within 5m' },
      { to: '431103', why: 'not acknowledged within 15m' },
    ]);
  });

  it.each([
    ['431103110', ['431103', '4311']],
    ['431103110201', ['431103110', '431103', '4311']],
  ])('goes from %s no further up than there is somebody: %s', async (place, expected) => {
    await role.start(...['1m', '2m', '3m', '4m', '5m'].map((after): Action => ({ do: 'escalate', after })));
    role.raise({ place });
    await role.pass(310_000, 10_000);

    expect((await role.events('escalated')).map((event) => 'to' in event && event.to)).toEqual(expected);
  });

  it('leaves an alert where somebody has taken it up', async () => {
    await role.start(soon);
    const alert = role.raise();
    await role.pass(200_000, 10_000);
    role.acknowledge(alert);
    await role.pass(600_000, 10_000);

    expect(await role.events('escalated')).toEqual([]);
  });

  it('keeps its time across restarts, and escalates once', async () => {
    await role.start(soon);
    const alert = role.raise();
    await role.pass(200_000, 10_000);
    await role.stop();
    await role.clock.advance(200_000);
    await role.start(soon);
    await role.pass(2000);
    await role.expectDeeds(alert, 'escalate 431103110 accepted');
    await role.start(soon);
    await role.pass(5000);

    expect(await role.events('escalated')).toHaveLength(1);
  });
});
