import { expect, test } from 'vitest';
import { checkSite } from '../../core/config/read-site.ts';
import { demoCameras } from './cameras.ts';
import { openSimulatedGateway } from './loudspeaker-gateway.ts';
import { createTown } from './town.ts';

const town = createTown(demoCameras, (id) => `rtsp://127.0.0.1:8554/${id}`, 'http://127.0.0.1:9000/commands');

test('the demo town is a sound site', () => {
  expect(checkSite(town).problems).toEqual([]);
});

test('it has the loudspeakers and monitoring points of the town in the documents, and somebody to send in each village', () => {
  const villages = town.places.filter(({ code }) => code.length === 12);

  expect(town.loudspeakers).toHaveLength(60);
  expect(town.monitoringPoints).toHaveLength(13);
  for (const { code } of villages) expect(town.responders?.map(({ place }) => place)).toContain(code);
});

test('the two cameras of the square are neighbours', () => {
  const [west, east] = ['square-west', 'square-east'].map((id) => town.cameras.find((one) => one.id === id));
  const degreesApart = Math.hypot(
    (west?.location?.longitude ?? 0) - (east?.location?.longitude ?? 1),
    (west?.location?.latitude ?? 0) - (east?.location?.latitude ?? 1),
  );

  expect(east?.place).toBe(west?.place);
  expect(degreesApart * 111_320).toBeLessThan(1000);
});

test('its loudspeakers say on the terminal what would be heard, and no control character of whoever asks', async () => {
  const said: string[] = [];
  const gateway = await openSimulatedGateway((line) => said.push(line));
  const ask = (body: string) => fetch(gateway.url, { method: 'POST', body });

  const { status } = await ask(JSON.stringify({ device: '431103110201-1', recording: 'leave-the-water' }));
  await ask('{');
  await ask(JSON.stringify({ device: '\u001b[2J' }));
  const tooLong = await ask(JSON.stringify({ device: 'x'.repeat(5000) }));
  await gateway.close();

  expect([status, tooLong.status]).toEqual([202, 400]);
  expect(said[0]).toBe('speaker   "431103110201-1" plays "leave-the-water"');
  expect(said).toHaveLength(3);
  expect(said.join('')).not.toContain('\u001b');
});
