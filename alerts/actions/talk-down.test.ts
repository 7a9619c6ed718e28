import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Action } from '../../core/schema/action.ts';

import { ActingRole, gatewayPassword } from '../../test/fixtures/alerts/acting-role.ts';
import { laterEvent, raisedAlert } from '../../test/fixtures/api/alert-events.ts';

const shout: Action = { do: 'talkDown', loudspeakers: ['pond-1'], recording: 'keep-off' };

describe('TalkDowns', () => {
  let role: ActingRole;

  beforeEach(async () => {
    role = await ActingRole.open();
  });
  afterEach(() => role.close());

  it('has the loudspeaker play its recording, and says so', async () => {
    await role.start(shout);
    const alert = role.raise();
    await role.expectDeeds(alert, 'talkDown pond-1 accepted');

    const idempotencyKey = `${alert.alertId}.talkDown.pond-1`;
    const basic = Buffer.from(`xl:${gatewayPassword}`).toString('base64');
    expect(role.gateway.requests).toMatchObject([
      {
        path: '/play',
        headers: { authorization: `Basic ${basic}`, 'idempotency-key': idempotencyKey },
      },
    ]);
    expect(JSON.parse(role.gateway.requests[0]?.body ?? '')).toEqual({
      device: 'dev-7',
      recording: 'keep-off',
      alertId: alert.alertId,
      idempotencyKey,
    });
  });

  it('tries again with the same key, and shouts no later than 20 s after the alert', async () => {
    role.gateway.answer = () => 503;
    await role.start(shout);
    const alert = role.raise();
    await role.pass(30_000);
    await role.expectDeeds(alert, 'talkDown pond-1 failed');
    const tries = role.gateway.requests.map(({ headers }) => headers['idempotency-key']);

    role.gateway.answer = () => 200;
    await role.pass(60_000);

    expect(tries.length).toBeGreaterThan(2);
    expect(new Set(tries).size).toBe(1);
    expect(role.gateway.requests).toHaveLength(tries.length);
  });

  it('stays silent within its quiet hours', async () => {
    // It is 20:00 in Shanghai.
    await role.start({ ...shout, quietHours: [{ days: ['mon'], from: '19:00', to: '07:00' }] });
    await role.expectDeeds(role.raise(), 'talkDown pond-1 quiet-hours');

    expect(role.gateway.requests).toEqual([]);
  });

  it('speaks no more often than it may within an hour, also after a restart', async () => {
    const twice: Action = { ...shout, perHour: 2 };
    await role.start(twice);
    await role.expectDeeds(role.raise(), 'talkDown pond-1 accepted');
    await role.expectDeeds(role.raise(), 'talkDown pond-1 accepted');
    await role.start(twice);
    await role.expectDeeds(role.raise(), 'talkDown pond-1 hourly-limit');
    await role.clock.advance(3_600_000);

    await role.expectDeeds(role.raise(), 'talkDown pond-1 accepted');
  });

  it('counts what is under way, so that a burst does not pass the limit', async () => {
    role.gateway.answer = () => 'silence';
    await role.start({ ...shout, perHour: 2 });
    const alerts = [role.raise(), role.raise(), role.raise()];

    await role.expectDeeds(alerts[2] ?? raisedAlert(), 'talkDown pond-1 hourly-limit');
  });

  it('does not speak for what somebody has taken up, or what is over', async () => {
    const taken = role.raise();
    role.acknowledge(taken);
    const over = role.raise();
    role.bus.push('ALERTS', laterEvent(over, { type: 'ended', endedAt: role.clock.now() }));
    await role.start(shout);

    await role.expectDeeds(taken, 'talkDown pond-1 not-needed');
    await role.expectDeeds(over, 'talkDown pond-1 not-needed');
    expect(role.gateway.requests).toEqual([]);
  });

  it('stops trying when somebody takes it up meanwhile', async () => {
    role.gateway.answer = () => 503;
    await role.start(shout);
    const alert = role.raise();
    await role.pass(2000);
    role.acknowledge(alert);
    await role.pass(10_000);

    await role.expectDeeds(alert, 'talkDown pond-1 not-needed');
  });

  it('does not speak after a restart that took too long', async () => {
    const late = role.raise({ raisedAt: role.clock.now() - 21_000 });
    const longAgo = role.raise({ raisedAt: role.clock.now() - 3 * 3_600_000 });
    await role.start(shout);

    await role.expectDeeds(late, 'talkDown pond-1 failed');
    expect(role.deedsOf(longAgo)).toEqual([]);
    expect(role.gateway.requests).toEqual([]);
  });

  it('speaks for nothing but water, whatever an alert says its scenario is', async () => {
    await role.start(shout, { do: 'webhook', webhook: 'county' });

    await role.expectDeeds(role.raise({ kind: 'crowd' }), 'webhook county accepted');
  });

  it('sends no command into a network that is not the site’s', async () => {
    role.networks = ['10.0.0.0/8'];
    await role.start(shout);

    await role.expectDeeds(role.raise(), 'talkDown pond-1 failed');
    expect(role.gateway.requests).toEqual([]);
  });
});
