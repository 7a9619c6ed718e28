import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { SimulatedClock } from '../../core/runtime/simulated-clock.ts';
import type { AlertEvent } from '../../core/schema/alert.ts';
import { pondSite, webhookSecret } from '../../test/fixtures/alerts/acting-role.ts';
import { type AlertsRole, startAlertsRole } from '../../test/fixtures/alerts/alerts-role.ts';
import { openRecordedGateway, type RecordedGateway } from '../../test/fixtures/alerts/recorded-gateway.ts';
import { alertIdAt, raisedAlert, raisedEvent } from '../../test/fixtures/api/alert-events.ts';
import { ScriptedBus } from '../../test/fixtures/api/scripted-bus.ts';

let bus: ScriptedBus;
let gateway: RecordedGateway;
let role: AlertsRole | undefined;

beforeEach(async () => {
  bus = new ScriptedBus();
  gateway = await openRecordedGateway();
});
afterEach(async () => {
  await role?.close();
  await gateway.close();
});

it('regression: does not do again what got from its outbox to the bus while it was starting', async () => {
  const put: AlertEvent[] = [];
  let waiting: AlertEvent[] = [];
  const outbox = {
    put: async (event: AlertEvent): Promise<void> => void put.push(event),
    waiting: () => waiting,
  };
  const site = pondSite(gateway.url, [{ do: 'webhook', webhook: 'county' }]);
  const options = {
    ...{ bus, outbox, clock: new SimulatedClock(), site: () => site },
    credentials: { county: { password: webhookSecret } },
  };
  bus.push('ALERTS', raisedEvent(raisedAlert({ kind: 'waterside', scenarioId: 'pond' })));
  role = await startAlertsRole(options);
  await vi.waitFor(() => expect(put).toHaveLength(1));
  await role.close();

  waiting = [...put];
  const starting = startAlertsRole(options);
  waiting = []; // acknowledged by the bus; its echo has not come yet
  role = await starting;
  const next = raisedAlert({ alertId: alertIdAt(1, 7), kind: 'waterside', scenarioId: 'pond' });
  bus.push('ALERTS', raisedEvent(next));
  await vi.waitFor(() => expect(put).toHaveLength(2));

  expect(gateway.requests.map(({ headers }) => headers['webhook-id'])).toEqual(
    [raisedAlert().alertId, next.alertId].map((alertId) => `${alertId}.webhook.county`),
  );
});
