import { createHash, randomBytes } from 'node:crypto';
import type { CallResponder } from '../../core/bus/answer-calls.ts';
import type { AnswerStore, StoredAnswer } from '../../core/bus/answer-store.ts';
import { parseDuration } from '../../core/config/quantity.ts';
import { isAppError } from '../../core/errors.ts';
import type { Resources } from '../../core/resources.ts';
import type { Clock } from '../../core/runtime/clock.ts';
import type { Alert } from '../../core/schema/alert.ts';
import type { AnswerLink } from '../../core/schema/answer.ts';
import type { Responder } from '../../core/schema/responder.ts';
import { FailureLimit } from '../auth/failure-limit.ts';
import { apiError } from '../errors.ts';
import { readAlert, type StepBus } from '../steps/append-to-alert.ts';
import { type AnswerEnding, endingOf } from './answer-ending.ts';

export interface AnswerDeskDeps {
  answers: AnswerStore;
  callResponder: CallResponder;
  bus: StepBus;
  resources: Pick<Resources, 'site'>;
  clock: Clock;
}

/** A link as whoever dispatched is shown it, once. */
export interface IssuedAnswer {
  /** Absolute when the site has a public address. */
  url: string;
  expiresAt: number;
  /** Whether the responder's webhook is being told; `none`: there is none, or no public address. */
  delivery: 'taken' | 'unheard' | 'none';
}

/** A link somebody holds, and the alert as it is now. */
export interface HeldAnswer extends StoredAnswer {
  tokenHash: string;
  alert: Alert;
  ending: AnswerEnding | undefined;
}

const defaultLifetime = '2h';
const secretBytes = 32;
const tokenPattern = /^[\w-]{43}$/;
const maxTries = 4;
/** A guess is hopeless; this keeps guessing from costing anything. Telephones of one carrier share addresses. */
const guesses = { allowed: 30, lockMs: 10_000, maxLockMs: 5 * 60_000, maxKeys: 10_000 };

const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('hex');
const createToken = (): string => randomBytes(secretBytes).toString('base64url');

/** Gives out answer links and lets in who holds one. Tokens and telephones' secrets are kept as hashes alone. */
export class AnswerDesk {
  readonly #deps: AnswerDeskDeps;
  readonly #guesses: FailureLimit;

  constructor(deps: AnswerDeskDeps) {
    this.#deps = deps;
    this.#guesses = new FailureLimit({ clock: deps.clock, ...guesses });
  }

  /** Makes a link for a dispatch that is about to be written with this instant. Throws `bus-unavailable`. */
  async issue(alertId: string, responder: string, dispatchedAt: number) {
    const { answers, resources } = this.#deps;
    const token = createToken();
    const tokenHash = hashOf(token);
    const expiresAt = dispatchedAt + parseDuration(resources.site().answersWithin ?? defaultLifetime);
    await answers.create(tokenHash, { schemaVersion: 1, alertId, responder, dispatchedAt, expiresAt });
    return { token, tokenHash, expiresAt };
  }

  /** Has the responder told, if there is a way to. */
  async deliver(
    { token, tokenHash, expiresAt }: Awaited<ReturnType<AnswerDesk['issue']>>,
    alertId: string,
    { id, webhook }: Responder,
  ): Promise<IssuedAnswer> {
    const address = this.#deps.resources.site().publicAddress?.replace(/\/$/, '');
    const url = `${address ?? ''}/r/${token}`;
    if (webhook === undefined || address === undefined) return { url, expiresAt, delivery: 'none' };
    const call = { callId: tokenHash.slice(0, 16), alertId, responder: id, webhook, url, expiresAt };
    // The dispatch is written already: that nobody can be told is a part of the answer.
    const isTaken = await this.#deps.callResponder(call).catch(() => false);
    return { url, expiresAt, delivery: isTaken ? 'taken' : 'unheard' };
  }

  /** What a token is good for. Throws `answer-unknown`, the same for everybody who holds none, or `answer-locked`. */
  async find(token: string, address: string): Promise<HeldAnswer> {
    const { answers, bus, clock } = this.#deps;
    const lockedForMs = this.#guesses.lockedForMs(address);
    if (lockedForMs > 0) {
      const retryAfterSeconds = Math.ceil(lockedForMs / 1000);
      throw apiError('answer-locked', `too many links that are none; wait ${retryAfterSeconds} s`, {
        retryAfterSeconds,
      });
    }
    const tokenHash = hashOf(token);
    const stored = tokenPattern.test(token) ? await answers.get(tokenHash) : undefined;
    if (!stored) {
      this.#guesses.fail(address);
      throw apiError('answer-unknown', 'this link is not good, or no longer; ask for another');
    }
    const alert = await readAlert(bus, stored.link.alertId, '');
    return { ...stored, tokenHash, alert, ending: endingOf(stored.link, alert, clock.now()) };
  }

  /** Whether a telephone is the one that the link belongs to. */
  isPhoneOf({ link }: HeldAnswer, secret: string | undefined): boolean {
    return secret !== undefined && link.phone !== undefined && link.phone === hashOf(secret);
  }

  /** Gives the link to the first telephone that opens it: its new secret. Throws `answer-taken`. */
  async bind(held: HeldAnswer): Promise<string> {
    if (held.link.phone !== undefined) throw taken();
    const secret = createToken();
    const openedAt = Math.round(this.#deps.clock.now());
    const { answers } = this.#deps;
    await answers
      .update(held.tokenHash, { ...held.link, phone: hashOf(secret), openedAt }, held.revision)
      .catch((error: unknown) => {
        throw isAppError(error) && error.code === 'bus-conflict' ? taken() : error;
      });
    return secret;
  }

  /** Notes that the responder is on the way. */
  async accept({ tokenHash }: HeldAnswer): Promise<void> {
    const { answers, clock } = this.#deps;
    for (let tries = 0; tries < maxTries; tries++) {
      const stored = await answers.get(tokenHash);
      if (!stored || stored.link.acceptedAt !== undefined) return;
      const accepted: AnswerLink = { ...stored.link, acceptedAt: Math.round(clock.now()) };
      const isWritten = await answers.update(tokenHash, accepted, stored.revision).then(
        () => true,
        (error: unknown) => {
          if (isAppError(error) && error.code === 'bus-conflict') return false;
          throw error;
        },
      );
      if (isWritten) return;
    }
  }
}

export const taken = () =>
  apiError('answer-taken', 'this link was opened on another telephone and is good on that one alone');
