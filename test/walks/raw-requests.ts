import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import type { Duplex } from 'node:stream';
import { text } from 'node:stream/consumers';
import { answerBrokenRequest } from '../../api/http/broken-requests.ts';
import { signInAs, type World } from './open-world.ts';

/** A request as its bytes, with a header more. */
export const rawAsk = (header: string): string =>
  `GET /api/v1/health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n${header}\r\n\r\n`;

/** Sends bytes, and tells all that comes back until the server ends it. */
export const sendRaw = async (server: Server, bytes: string): Promise<string> => {
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  socket.write(bytes);
  return text(socket);
};

/** The same to a server that looks for late requests oftener than the API's, which does so twice a minute. */
export const sendSlowly = async (bytes: string): Promise<string> => {
  const server = createServer({ connectionsCheckingInterval: 20, requestTimeout: 40, headersTimeout: 40 });
  server.on('clientError', answerBrokenRequest(() => 'r-late') as (error: Error, socket: Duplex) => void);
  await once(server.listen(0, '127.0.0.1'), 'listening');
  try {
    return await sendRaw(server, bytes);
  } finally {
    server.close();
  }
};

/** A defect, where nobody expects one. */
export const failInside = async ({ app, resources }: World): Promise<string> => {
  const before = resources.places;
  resources.places = () => {
    throw new TypeError('a defect');
  };
  try {
    const { authorization = '' } = signInAs('own');
    const ask = rawAsk(`Authorization: ${authorization}`).replace('/health', '/places');
    return await sendRaw(app.server, ask);
  } finally {
    resources.places = before;
  }
};
