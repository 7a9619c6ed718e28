import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ActingRole } from '../../test/fixtures/alerts/acting-role.ts';
import { laterEvent } from '../../test/fixtures/api/alert-events.ts';

describe('Deadlines', () => {
  let role: ActingRole;

  beforeEach(async () => {
    role = await ActingRole.open();
    role.deadlines = [{}];
  });
  afterEach(() => role.close());

  const escalations = async () =>
    (await role.events('escalated')).map((event) =>
      event.type === 'escalated' ? [event.to, event.why] : [],
    );

  it('takes an alert one level up for every deadline that passes', async () => {
    await role.start();
    role.raise();
    await role.pass(59_000, 1000);
    expect(await escalations()).toEqual([]);
    await role.pass(301_000, 1000);

    expect(await escalations()).toEqual([
      ['431103110', 'acknowledge not within 1 min'],
      ['431103', 'onScene not within 3 min'],
      ['4311', 'disposition not within 5 min'],
    ]);
  });

  it('leaves alone what is done in time, and begins at the first level with what is not', async () => {
    await role.start();
    const alert = role.raise();
    await role.pass(30_000, 1000);
    role.acknowledge(alert);
    await role.pass(160_000, 1000);
    role.bus.push('ALERTS', laterEvent(alert, { type: 'transition', to: 'resolved', by: 'wang' }));
    await role.pass(600_000, 10_000);

    expect(await escalations()).toEqual([['431103110', 'onScene not within 3 min']]);
  });

  it('does not hand to a place twice what a scenario has escalated there itself', async () => {
    await role.start({ do: 'escalate', after: '30s' }, { do: 'escalate', after: '10m' });
    role.raise();
    await role.pass(200_000, 1000);

    expect(await escalations()).toEqual([
      ['431103110', 'not acknowledged within 30s'],
      ['431103', 'onScene not within 3 min'],
    ]);
  });

  it('keeps its times across restarts, and hands up once', async () => {
    await role.start();
    role.raise();
    await role.pass(50_000, 1000);
    await role.stop();
    await role.clock.advance(200_000);
    await role.start();
    await role.pass(2000);
    await role.start();
    await role.pass(5000);

    expect((await escalations()).map(([to]) => to)).toEqual(['431103110', '431103']);
  });

  it('follows rules that change, and lets be what was due hours ago', async () => {
    role.deadlines = [{ acknowledge: '1h', onScene: '2h', disposition: '6h' }];
    await role.start();
    role.raise();
    await role.pass(4 * 3_600_000, 600_000);
    role.deadlines = [{ onScene: '3h', disposition: '6h' }];
    await role.start();
    await role.pass(3000);

    expect((await escalations()).map(([, why]) => why)).toEqual([
      'acknowledge not within 60 min',
      'onScene not within 120 min',
    ]);
  });
});
