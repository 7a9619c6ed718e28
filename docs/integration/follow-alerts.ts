/**
 * Follows the alerts of a subscriber's ground and prints a line for each event. Goes on where it was, also after a
 * restart: the bus remembers what was acknowledged.
 *
 *     NATS_URL=nats://127.0.0.1:4222 SUBSCRIBER=county SECRET=… node --import tsx docs/integration/follow-alerts.ts
 */
import { connect, type Msg } from '@nats-io/transport-node';

const { NATS_URL: url = 'nats://127.0.0.1:4222', SUBSCRIBER: id = '', SECRET: secret = '' } = process.env;
const pullSubject = `$JS.API.CONSUMER.MSG.NEXT.ALERTS.feed-${id}`;
/** How long a pull waits for the next event; the bus allows ten seconds. */
const waitMs = 5000;

const nats = await connect({
  servers: url,
  user: `feed-${id}`,
  pass: secret,
  inboxPrefix: `_INBOX_${id}`,
  maxReconnectAttempts: -1,
});

/** Prints first and acknowledges then: an event comes twice rather than never. */
const take = (message: Msg): void => {
  const event = message.json<{
    at: number;
    type: string;
    alertId: string;
    place: string;
    cameraId: string;
  }>();
  const sequence = message.reply?.split('.')[5];
  const { at, type, alertId, place, cameraId } = event;
  process.stdout.write(`${sequence} ${new Date(at).toISOString()} ${place} ${cameraId} ${alertId} ${type}\n`);
  message.respond('+ACK');
};

/** One pull: up to a hundred events, or a status (404, 408, 409) that says there is no more for now. */
const pull = async (): Promise<void> => {
  const inbox = `_INBOX_${id}.${crypto.randomUUID()}`;
  const answers = nats.subscribe(inbox);
  const timer = setTimeout(() => answers.unsubscribe(), waitMs + 3000); // no answer: the server was restarted
  nats.publish(pullSubject, JSON.stringify({ batch: 100, expires: waitMs * 1e6 }), { reply: inbox });
  for await (const message of answers) {
    if (message.headers?.code) break;
    take(message);
  }
  clearTimeout(timer);
  answers.unsubscribe();
};

while (!nats.isClosed()) await pull();
