import { readFile } from 'node:fs/promises';
import { type Static, Type } from 'typebox';
import { Compile } from 'typebox/compile';
import type { TrueSituation } from '../../alerts/index.ts';
import { closed } from '../../core/schema/closed.ts';
import { ResourceId } from '../../core/schema/ids.ts';
import { evalError } from './errors.ts';

const seconds = Type.Number({
  minimum: 0,
  maximum: 1e7,
  description: 'seconds from the beginning of the clip',
});

/** What really went on in a clip: a list of these, as JSON. */
const TruthFile = Type.Array(
  closed({
    scenarioId: ResourceId,
    startedAt: seconds,
    endedAt: seconds,
    /** From when on an alert is due; from `startedAt` unless said. */
    dueAt: Type.Optional(seconds),
    note: Type.Optional(Type.String({ maxLength: 500 })),
  }),
  { maxItems: 100_000 },
);
type TruthFile = Static<typeof TruthFile>;
const validator = Compile(TruthFile);

/** Reads a file of true situations. Throws `truth-invalid`. */
export const readTruth = async (file: string): Promise<TrueSituation[]> => {
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw evalError('truth-invalid', `cannot read the truth '${file}'`, { cause });
  });
  return parseTruth(text, file);
};

/** Throws `truth-invalid` naming the first thing that is wrong. */
export const parseTruth = (text: string, name: string): TrueSituation[] => {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw evalError('truth-invalid', `'${name}' is not JSON`, { cause });
  }
  if (!validator.Check(value)) {
    const [first] = validator.Errors(value);
    throw evalError('truth-invalid', `'${name}': ${first?.instancePath} ${first?.message}`);
  }
  const backward = value.findIndex(({ startedAt, endedAt }) => endedAt < startedAt);
  if (backward >= 0) throw evalError('truth-invalid', `'${name}': /${backward} ends before it begins`);
  return value.map(toSituation);
};

const toSituation = ({ scenarioId, startedAt, endedAt, dueAt }: TruthFile[number]): TrueSituation => ({
  scenarioId,
  startedMs: startedAt * 1000,
  endedMs: endedAt * 1000,
  ...(dueAt === undefined ? {} : { dueMs: dueAt * 1000 }),
});
