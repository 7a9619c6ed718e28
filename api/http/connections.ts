import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/**
 * The server's connections, each with the number of requests that are being answered on it. Node's own way to close
 * idle ones passes over those on which nothing was asked yet, as browsers open them in advance.
 */
export class Connections {
  readonly #answering = new Map<Socket, number>();
  #isClosing = false;

  constructor(server: Server) {
    server.on('connection', (socket) => this.#opened(socket));
    server.on('request', (request, response) => this.#asked(request, response));
  }

  /** Closes what answers nothing, now and as soon as it has answered. */
  closeUnused(): void {
    this.#isClosing = true;
    for (const [socket, answering] of [...this.#answering]) if (answering === 0) socket.destroy();
  }

  closeAll(): void {
    for (const socket of [...this.#answering.keys()]) socket.destroy();
  }

  #opened(socket: Socket): void {
    if (this.#isClosing) socket.destroy();
    else this.#answering.set(socket, 0);
    socket.once('close', () => this.#answering.delete(socket));
  }

  #asked({ socket }: IncomingMessage, response: ServerResponse): void {
    this.#count(socket, 1);
    response.once('close', () => {
      this.#count(socket, -1);
      if (this.#isClosing && this.#answering.get(socket) === 0) socket.destroySoon();
    });
  }

  #count(socket: Socket, by: number): void {
    const answering = this.#answering.get(socket);
    if (answering !== undefined) this.#answering.set(socket, answering + by);
  }
}
