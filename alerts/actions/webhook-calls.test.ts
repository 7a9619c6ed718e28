import { createHmac } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Action } from '../../core/schema/action.ts';
import { ActingRole, gatewayPassword, webhookSecret } from '../../test/fixtures/alerts/acting-role.ts';
import { neighbour, village } from '../../test/fixtures/api/alert-events.ts';

const call: Action = { do: 'webhook', webhook: 'county' };

describe('WebhookCalls', () => {
  let role: ActingRole;

  beforeEach(async () => {
    role = await ActingRole.open();
  });
  afterEach(() => role.close());

  it('tells what happened and where to look, and nothing of single persons', async () => {
    await role.start(call);
    const alert = role.raise();
    await role.expectDeeds(alert, 'webhook county accepted');

    const message = JSON.parse(role.gateway.requests[0]?.body ?? '');
    expect(message).toMatchObject({
      schemaVersion: 1,
      type: 'alert.raised',
      alert: { alertId: alert.alertId, kind: 'waterside', place: village },
      links: { snapshot: `/api/v1/alerts/${alert.alertId}/snapshot` },
    });
    expect(message.alert).not.toHaveProperty('objects');
  });

  it('signs each message and its time', async () => {
    await role.start(call);
    await role.expectDeeds(role.raise(), 'webhook county accepted');

    const { headers, body = '' } = role.gateway.requests[0] ?? {};
    const signed = `${headers?.['webhook-id']}.${headers?.['webhook-timestamp']}.${body}`;
    expect(headers?.['webhook-timestamp']).toBe(String(Math.floor(role.clock.now() / 1000)));
    expect(headers?.['webhook-signature']).toBe(
      `v1,${createHmac('sha256', webhookSecret).update(signed).digest('base64')}`,
    );
  });

  it('tells of its own ground alone', async () => {
    await role.start(call);
    const elsewhere = role.raise({ place: neighbour });
    await role.expectDeeds(role.raise(), 'webhook county accepted');

    expect(role.deedsOf(elsewhere)).toEqual([]);
    expect(role.gateway.requests).toHaveLength(1);
  });

  it('goes on trying after a restart', async () => {
    role.gateway.answer = () => 500;
    await role.start(call);
    const alert = role.raise();
    await role.pass(120_000, 5000);
    await role.stop();
    role.gateway.answer = () => 204;
    await role.start(call);

    await role.expectDeeds(alert, 'webhook county accepted');
    expect(new Set(role.gateway.requests.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
  });

  it('gives up after an hour', async () => {
    role.gateway.answer = () => 500;
    await role.start(call);
    const alert = role.raise();
    await role.pass(3_700_000, 20_000);

    await role.expectDeeds(alert, 'webhook county failed');
  });

  it('does not repeat after a restart what was done', async () => {
    await role.start(call);
    const alert = role.raise();
    await role.expectDeeds(alert, 'webhook county accepted');
    await role.start(call);
    await role.pass(5000);

    expect(role.gateway.requests).toHaveLength(1);
    expect(await role.events('acted')).toHaveLength(1);
  });

  it('takes up what it had no secret for when it is started with one', async () => {
    const { credentials } = role;
    role.credentials = {};
    await role.start(call);
    const alert = role.raise();
    await role.pass(60_000, 5000);
    expect(role.deedsOf(alert)).toEqual([]);

    role.credentials = credentials;
    await role.start(call);

    await role.expectDeeds(alert, 'webhook county accepted');
  });

  it('shows no secret in the log or in what it says, whatever fails', async () => {
    role.gateway.answer = () => 400;
    await role.start(call, { do: 'talkDown', loudspeakers: ['pond-1'], recording: 'keep-off' });
    const alert = role.raise();
    await vi.waitFor(() => expect(role.deedsOf(alert)).toHaveLength(2));

    const said = await role.said();
    expect(said).toContain('answered 400');
    for (const secret of [
      webhookSecret,
      gatewayPassword,
      Buffer.from(`xl:${gatewayPassword}`).toString('base64'),
    ]) {
      expect(said).not.toContain(secret);
    }
  });
});
