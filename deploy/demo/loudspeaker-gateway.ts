import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

export interface SimulatedGateway {
  url: string;
  close(): Promise<void>;
}

/** What a command may be at most; a longer one is not read. */
const maxBodyBytes = 4096;

/** The town's loudspeakers: takes commands as a gateway does, and says on the terminal what would be heard. */
export const openSimulatedGateway = async (say: (line: string) => void): Promise<SimulatedGateway> => {
  const server = createServer((request, response) => {
    if (request.method !== 'POST' || Number(request.headers['content-length'] ?? Infinity) > maxBodyBytes) {
      response.writeHead(400).end();
      return;
    }
    void text(request).then(
      (body) => {
        say(`speaker   ${heard(body)}`);
        response.writeHead(202).end();
      },
      () => response.destroy(),
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/commands`,
    close: async () => {
      await new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      });
    },
  };
};

const heard = (body: string): string => {
  try {
    const { device, recording } = JSON.parse(body) as { device?: unknown; recording?: unknown };
    // As JSON, which lets no control character through to the terminal.
    return `${JSON.stringify(device)} plays ${JSON.stringify(recording)}`;
  } catch {
    return 'a command that is not JSON was not played';
  }
};
