import { randomInt } from 'node:crypto';
import type { Socket } from 'node:net';
import { type RtpFrame, stampFrame } from './rtp-frame.ts';
import { RequestParser, type RtspRequest } from './rtsp-request.ts';
import { ticksPerFrame, ticksPerMs, toSenderReport } from './sender-report.ts';
import type { SimulatedCamera, Viewer } from './simulated-camera.ts';

/** What a client that does not read may leave here before it is cut off: several seconds of a main stream. */
const maxBacklogBytes = 4 * 1024 ** 2;
const reportEveryMs = 5000;
const sessionTimeoutSeconds = 60;
const methods = 'OPTIONS, DESCRIBE, SETUP, PLAY, GET_PARAMETER, SET_PARAMETER, TEARDOWN';

export interface ConnectionDeps {
  findCamera: (path: string) => SimulatedCamera | undefined;
  /** Milliseconds since 1970. */
  now: () => number;
  onCutOff: () => void;
}

interface Answer {
  status: string;
  headers?: readonly string[];
  body?: string;
}

/** One client: answers its requests and, once it plays, gets its camera's pictures. */
export class Connection implements Viewer {
  readonly #socket: Socket;
  readonly #deps: ConnectionDeps;
  readonly #parser = new RequestParser();
  readonly #sessionId = randomInt(2 ** 32).toString(16);
  readonly #ssrc = randomInt(2 ** 32);
  readonly #firstTimestamp = randomInt(2 ** 32);
  #sequence = randomInt(2 ** 16);
  #channel = 0;
  #camera: SimulatedCamera | undefined;
  #reportAt = 0;
  #packets = 0;
  #octets = 0;

  constructor(socket: Socket, deps: ConnectionDeps) {
    this.#socket = socket;
    this.#deps = deps;
    socket.setNoDelay(true);
    socket.on('data', (chunk) => this.#take(chunk));
    socket.on('error', () => socket.destroy());
    socket.on('close', () => this.#camera?.removeViewer(this));
  }

  send(frame: RtpFrame, n: number): void {
    if (this.#socket.writableLength > maxBacklogBytes) {
      this.#deps.onCutOff();
      this.#socket.destroy();
      this.#camera?.removeViewer(this);
      return;
    }
    const timestamp = (this.#firstTimestamp + n * ticksPerFrame) % 2 ** 32;
    const stamp = { channel: this.#channel, ssrc: this.#ssrc, sequence: this.#sequence, timestamp };
    this.#sequence = (this.#sequence + frame.packetStarts.length) & 0xffff;
    this.#packets += frame.packetStarts.length;
    this.#octets += frame.bytes.length;
    this.#report();
    this.#socket.write(stampFrame(frame, stamp));
  }

  /** The camera's clock: which RTP time is now. The first report goes before the first picture. */
  #report(): void {
    const wallMs = this.#deps.now();
    if (!this.#camera || wallMs < this.#reportAt) return;
    this.#reportAt = wallMs + reportEveryMs;
    const ticks = Math.round((wallMs - this.#camera.firstAt) * ticksPerMs);
    const timestamp = (this.#firstTimestamp + ticks) % 2 ** 32;
    const counts = { packets: this.#packets, octets: this.#octets };
    this.#socket.write(
      toSenderReport({ channel: this.#channel + 1, ssrc: this.#ssrc, wallMs, timestamp, ...counts }),
    );
  }

  #take(chunk: Buffer): void {
    try {
      for (const request of this.#parser.push(chunk)) this.#answer(request);
    } catch {
      this.#socket.destroy(); // not RTSP
    }
  }

  #answer(request: RtspRequest): void {
    const { status, headers = [], body = '' } = this.#answerTo(request);
    const sequence = request.headers.get('cseq') ?? '0';
    const length = body === '' ? [] : [`Content-Length: ${Buffer.byteLength(body)}`];
    const lines = [`RTSP/1.0 ${status}`, `CSeq: ${sequence}`, ...headers, ...length, '', body];
    this.#socket.write(lines.join('\r\n'));
    if (request.method === 'TEARDOWN') this.#socket.end();
  }

  #answerTo({ method, url, headers }: RtspRequest): Answer {
    if (method === 'OPTIONS') return { status: '200 OK', headers: [`Public: ${methods}`] };
    const camera = this.#deps.findCamera(pathOf(url));
    if (!camera) return { status: '404 Not Found' };
    if (method === 'DESCRIBE') {
      const base = `Content-Base: ${url.replace(/\/?$/, '/')}`;
      return { status: '200 OK', headers: [base, 'Content-Type: application/sdp'], body: camera.description };
    }
    if (method === 'SETUP') return this.#setUp(headers.get('transport') ?? '');
    if (method === 'PLAY') return this.#play(camera);
    if (method === 'TEARDOWN') camera.removeViewer(this);
    return { status: methods.includes(method) ? '200 OK' : '501 Not Implemented', headers: [this.#session] };
  }

  #setUp(transport: string): Answer {
    if (!/RTP\/AVP\/TCP/i.test(transport)) return { status: '461 Unsupported Transport' };
    const channel = Number(/interleaved=(\d+)/i.exec(transport)?.[1] ?? 0);
    this.#channel = channel < 255 ? channel : 0;
    const given = `RTP/AVP/TCP;unicast;interleaved=${this.#channel}-${this.#channel + 1}`;
    const ssrc = this.#ssrc.toString(16).padStart(8, '0');
    return { status: '200 OK', headers: [`Transport: ${given};ssrc=${ssrc}`, this.#session] };
  }

  #play(camera: SimulatedCamera): Answer {
    this.#camera = camera;
    camera.addViewer(this);
    return { status: '200 OK', headers: ['Range: npt=now-', this.#session] };
  }

  get #session(): string {
    return `Session: ${this.#sessionId};timeout=${sessionTimeoutSeconds}`;
  }
}

/** The camera's path, also of its track. */
const pathOf = (url: string): string =>
  (URL.canParse(url) ? new URL(url).pathname : url).replace(/\/(track1)?$/, '');
