import { SecretCheck } from '../../api/auth/secret-check.ts';
import { historyError } from '../../api/history/errors.ts';
import { busError } from '../../core/bus/errors.ts';
import { explanationError } from '../../core/explanation/errors.ts';
import { doorError } from '../../core/live/errors.ts';
import type { SimulatedClock } from '../../core/runtime/simulated-clock.ts';
import { whatIfError } from '../../core/what-if/errors.ts';
import { startAt } from '../fixtures/api/alert-events.ts';
import { basic, testSecret } from '../fixtures/api/test-api.ts';
import type { Settled } from './open-world.ts';

type Work<T> = () => Promise<T>;

/** A check of secrets that costs nothing, and does not end for some until it is told to. */
export const createGate = () => {
  const held: (() => void)[] = [];
  let isShut = false;
  const check = async (secret: string): Promise<boolean> => {
    if (isShut) await new Promise<void>((resolve) => held.push(resolve));
    return secret === testSecret;
  };
  const open = (): void => {
    isShut = false;
    for (const go of held.splice(0)) go();
  };
  return {
    secretsFor: (clock: SimulatedClock) => new SecretCheck(clock, check),
    shut: () => (isShut = true),
    open,
  };
};

/** Puts something in place of a thing's parts while work is done. */
const replaced = async <T extends object, Result>(
  thing: T,
  parts: Partial<T>,
  work: Work<Result>,
): Promise<Result> => {
  const before = Object.keys(parts).map((key) => [key, Object.getOwnPropertyDescriptor(thing, key)] as const);
  Object.assign(thing, parts);
  try {
    return await work();
  } finally {
    for (const [key, own] of before) {
      Reflect.deleteProperty(thing, key);
      if (own) Object.defineProperty(thing, key, own);
    }
  }
};

const fails = (error: Error) => async (): Promise<never> => {
  throw error;
};

/** What can be the matter around the API, each for as long as some work takes. */
export const troublesOf = (world: Settled) => {
  let crowds = 0;
  const { gate, app, bus, answers, store, exportStore, layoutStore, feeds, history, whatIf, evidence } =
    world;
  const away = fails(busError('bus-unavailable', 'the bus does not answer'));
  const quiet = {
    appendHandover: away,
    handoversOf: away,
    explain: away,
    liveDoor: away,
    eventsOfAlert: away,
  };
  return {
    whileBusy: async <T>(work: Work<T>): Promise<T> => {
      gate.shut();
      crowds++; // whoever was wrong is locked out by where they come from
      const waiting = Array.from({ length: 40 }, (_, index) =>
        app.inject({
          url: '/api/v1/health',
          headers: basic('crowd', `wrong ${index}`),
          remoteAddress: `10.8.${crowds}.${index}`,
        }),
      );
      try {
        await Promise.race(waiting); // the first that was not let wait
        return await work();
      } finally {
        gate.open();
        await Promise.all(waiting);
      }
    },
    whileDown: <T>(work: Work<T>): Promise<T> =>
      replaced(
        bus,
        {
          ...quiet,
          commandLoudspeaker: away,
          appendAlertEventAfter: away,
          appendAudit: away,
          lastAudit: away,
        },
        () =>
          replaced(answers, { get: away, create: away }, () =>
            replaced(store, { get: away, put: away, remove: away }, () =>
              replaced(feeds, { list: away }, () =>
                replaced(exportStore, { get: away, create: away, update: away }, () =>
                  replaced(layoutStore, { get: away, put: away, remove: away }, work),
                ),
              ),
            ),
          ),
      ),
    whileHistoryFails: async <T>(
      code: 'history-unavailable' | 'history-timeout' | 'history-full',
      work: Work<T>,
    ): Promise<T> => {
      history.failure = historyError(code, 'the history does not answer');
      return work().finally(() => (history.failure = undefined));
    },
    whileLate: <T>(work: Work<T>): Promise<T> => {
      whatIf.failure = whatIfError('whatif-late', 'too much');
      const explain = fails(explanationError('explanation-late', 'late'));
      const liveDoor = fails(doorError('door-late', 'late'));
      return replaced(bus, { explain, liveDoor }, work).finally(() => (whatIf.failure = undefined));
    },
    whileExpired: async <T>(work: Work<T>): Promise<T> => {
      const before = [...answers.entries];
      for (const [key, { link, revision }] of before)
        answers.entries.set(key, { link: { ...link, expiresAt: startAt - 1 }, revision });
      return work().finally(() => {
        for (const [key, value] of before) answers.entries.set(key, value);
      });
    },
    whileDeleted: async <T>(work: Work<T>): Promise<T> => {
      const before = [...evidence.files];
      evidence.files.clear();
      return work().finally(() => {
        for (const [key, value] of before) evidence.files.set(key, value);
      });
    },
  };
};
