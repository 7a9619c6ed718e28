import type { ServiceCredentials } from '../../../core/config/secrets.ts';
import { toAuthorization } from '../../../core/digest.ts';
import { toAppError } from '../../../core/errors.ts';
import type { Logger } from '../../../core/log.ts';
import { backoffDelayMs } from '../../../core/runtime/backoff.ts';
import type { Upstream } from '../../../core/schema/upstream.ts';
import { type Answer, ask, type PostDeps, requireAccepted } from '../../actions/post.ts';
import { alertsError } from '../../errors.ts';
import { requireStatusOk } from './response-status.ts';

export interface ViewLibraryOptions extends PostDeps {
  upstream: Upstream;
  log: Logger;
  /** Read whenever it registers. Throws when there are none. */
  credentials(): ServiceCredentials;
}

const deadlineMs = 5000;
const farewellMs = 1000;
/** GA/T 1400.4 platforms expect one every 50 to 60 s. */
const keepaliveMs = 60_000;
const maxMisses = 3;
const backoff = { baseMs: 5000, maxMs: 300_000 };

/** A session with a view library: registered with digest, kept alive, and registered again when it was lost. */
export class ViewLibrary {
  readonly #options: ViewLibraryOptions;
  readonly #closing = new AbortController();
  readonly #running: Promise<void>;
  #isRegistered = false;

  constructor(options: ViewLibraryOptions) {
    this.#options = options;
    this.#running = this.#run();
  }

  /** Tells it something. Throws `upstream-unregistered` while there is no session, or what `post` throws. */
  async notify(notification: unknown, signal: AbortSignal): Promise<void> {
    if (!this.#isRegistered)
      throw alertsError('upstream-unregistered', 'the view library has not accepted a registration yet');
    const answer = await this.#ask('/VIID/SubscribeNotifications', notification, signal);
    if (answer.status === 401 || answer.status === 403) this.#isRegistered = false;
    requireAccepted(answer);
    requireStatusOk(answer.body);
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await this.#running;
    if (!this.#isRegistered) return;
    this.#isRegistered = false;
    const farewell = { UnRegisterObject: { DeviceID: this.#options.upstream.deviceId } };
    await this.#ask('/VIID/System/UnRegister', farewell, new AbortController().signal, {}, farewellMs).catch(
      () => undefined, // it notices that nobody keeps the session alive
    );
  }

  async #run(): Promise<void> {
    const { clock, log, upstream } = this.#options;
    const { signal } = this.#closing;
    for (let failures = 0; !signal.aborted; ) {
      try {
        await this.#register(signal);
        this.#isRegistered = true;
        failures = 0;
        log.info({ service: 'feeds', upstream: upstream.id, state: 'registered' }, 'view library');
        await this.#keepAlive(signal);
        log.warn({ service: 'feeds', upstream: upstream.id, state: 'lost' }, 'view library');
      } catch (thrown) {
        if (signal.aborted) return;
        const delayMs = backoffDelayMs(failures++, backoff);
        const facts = { service: 'feeds', upstream: upstream.id, err: toAppError(thrown) };
        log.warn({ ...facts, delayMs: Math.round(delayMs) }, 'the view library does not register this site');
        await clock.sleep(delayMs, signal);
      }
    }
  }

  async #register(signal: AbortSignal): Promise<void> {
    const path = '/VIID/System/Register';
    const { upstream, credentials } = this.#options;
    const body = { RegisterObject: { DeviceID: upstream.deviceId } };
    let answer = await this.#ask(path, body, signal);
    if (answer.status === 401) {
      const challenge = answer.headers['www-authenticate'] ?? '';
      const uri = this.#urlOf(path).pathname;
      const authorization = toAuthorization(challenge, credentials(), 'POST', uri);
      // A password goes out under a digest or not at all.
      if (authorization?.startsWith('Digest '))
        answer = await this.#ask(path, body, signal, { authorization });
    }
    requireAccepted(answer);
    requireStatusOk(answer.body);
  }

  /** Returns when the session is lost. */
  async #keepAlive(signal: AbortSignal): Promise<void> {
    const { clock, upstream } = this.#options;
    const body = { KeepaliveObject: { DeviceID: upstream.deviceId } };
    for (let misses = 0; this.#isRegistered && misses < maxMisses; ) {
      await clock.sleep(keepaliveMs, signal);
      if (signal.aborted) return;
      try {
        const answer = await this.#ask('/VIID/System/Keepalive', body, signal);
        requireAccepted(answer);
        requireStatusOk(answer.body);
        misses = 0;
      } catch {
        misses++; // told when the session is given up
      }
    }
    if (!signal.aborted) this.#isRegistered = false;
  }

  #ask(
    path: string,
    body: unknown,
    signal: AbortSignal,
    headers: Readonly<Record<string, string>> = {},
    waitMs = deadlineMs,
  ): Promise<Answer> {
    const { upstream } = this.#options;
    return ask(this.#options, {
      ...{ url: this.#urlOf(path).href, body: JSON.stringify(body), signal, deadlineMs: waitMs },
      headers: { 'User-Identify': upstream.deviceId, ...headers },
      contentType: 'application/VIID+JSON',
      ground: { isPrivate: upstream.isPrivate ?? false },
    });
  }

  #urlOf(path: string): URL {
    const url = new URL(this.#options.upstream.url);
    url.pathname = `${url.pathname.replace(/\/$/, '')}${path}`;
    return url;
  }
}
