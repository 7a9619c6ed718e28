import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { LoudspeakerCommand } from '../../core/schema/loudspeaker-command.ts';
import { ActingRole } from '../../test/fixtures/alerts/acting-role.ts';

describe('SpokenCommands', () => {
  let role: ActingRole;

  beforeEach(async () => {
    role = await ActingRole.open();
  });
  afterEach(() => role.close());

  const command = (facts: Partial<LoudspeakerCommand> = {}) =>
    role.bus.commandLoudspeaker({
      ...{ commandId: randomUUID(), loudspeakerId: 'pond-1', recording: 'keep-off', by: 'wang' },
      ...facts,
    });

  it('answers what the gateway said, and every command is in the log of its alert', async () => {
    await role.start();
    const alert = role.raise();
    await role.pass(500);

    const told = [await command(alert), await command(alert)];

    expect(told).toMatchObject([{ outcome: 'accepted' }, { outcome: 'accepted' }]);
    await role.expectDeeds(alert, 'talkDown pond-1 accepted', 'talkDown pond-1 accepted');
    expect(role.find(alert)?.actions[0]?.detail).toBe('asked by wang');
    expect(JSON.parse(role.gateway.requests[0]?.body ?? '')).toMatchObject({
      ...{ device: 'dev-7', recording: 'keep-off', alertId: alert.alertId },
      idempotencyKey: `command.${told[0]?.commandId}`,
    });
  });

  it('lets no more through in an hour than its limit, however many press at once', async () => {
    role.loudspeaker = { perHour: 3 };
    await role.start();
    const alert = role.raise();
    await role.pass(500);
    const told = await Promise.all([alert, {}, alert, {}, {}].map((about) => command(about)));

    const outcomes = told.map((answer) => answer?.outcome);
    expect(outcomes.filter((outcome) => outcome === 'accepted')).toHaveLength(3);
    expect(outcomes.filter((outcome) => outcome === 'hourly-limit')).toHaveLength(2);
    await role.clock.advance(3_600_001);
    expect(await command()).toMatchObject({ outcome: 'accepted' });
  });

  it('counts what was said for alerts also after a restart', async () => {
    role.loudspeaker = { perHour: 1 };
    await role.start();
    const alert = role.raise();
    await role.pass(500);
    await command(alert);
    await role.expectDeeds(alert, 'talkDown pond-1 accepted');
    await role.start();

    expect(await command()).toMatchObject({ outcome: 'hourly-limit' });
  });

  it('is silent in its quiet hours, whoever asks', async () => {
    // It is 20:00 in Shanghai.
    role.loudspeaker = { quietHours: [{ days: ['mon'], from: '19:00', to: '07:00' }] };
    await role.start({ do: 'talkDown', loudspeakers: ['pond-1'], recording: 'keep-off' });
    const alert = role.raise();

    await role.expectDeeds(alert, 'talkDown pond-1 quiet-hours');
    expect(await command()).toMatchObject({ outcome: 'quiet-hours' });
    expect(role.gateway.requests).toEqual([]);
  });

  it('says why a gateway did not play it, and does not count it', async () => {
    role.loudspeaker = { perHour: 1 };
    role.gateway.answer = (_, before) => (before === 0 ? 503 : 200);
    await role.start();

    expect(await command()).toMatchObject({ outcome: 'failed', detail: 'answered 503' });
    expect(await command()).toMatchObject({ outcome: 'accepted' });
    expect(await command({ recording: 'fire' })).toMatchObject({ outcome: 'failed' });
  });
});
