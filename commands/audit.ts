import { readFile } from 'node:fs/promises';
import { parseAnchors } from '../core/audit/anchors.ts';
import { ChainCheck } from '../core/audit/chain.ts';
import type { Bus } from '../core/bus/bus.ts';
import { connectBus } from '../core/bus/connect-bus.ts';
import { createMetrics } from '../core/metrics.ts';
import { systemClock } from '../core/runtime/clock.ts';
import { runtimeError } from '../core/runtime/errors.ts';
import type { AuditAnchor } from '../core/schema/audit.ts';
import { findBusAddress } from './bus-address.ts';
import { type Command, type Invocation, textOption } from './command.ts';

export const auditCommand: Command = {
  summary: 'verify that nobody changed, cut or rewrote the audit log',
  arguments: 'verify',
  options: new Map([
    ['anchors', { type: 'string', placeholder: 'FILE', help: 'heads of the log that the auditor keeps' }],
  ]),
  maxPositionals: 1,
  run: async (invocation) => {
    const [action] = invocation.positionals;
    if (action !== 'verify') throw runtimeError('usage-invalid', 'audit knows one action: audit verify');
    const file = textOption(invocation.values, 'anchors') ?? invocation.environment.auditAnchorFile;
    const anchors = file === undefined ? [] : parseAnchors(await readAnchors(file));
    const result = await verify(invocation, anchors);
    invocation.print({ ...result, anchors: anchors.length }, describe(result, anchors.length));
    return result.fault === undefined ? 0 : 1;
  },
};

const readAnchors = (file: string): Promise<string> =>
  readFile(file, 'utf8').catch((cause: unknown) => {
    throw runtimeError('usage-invalid', `cannot read the anchors '${file}'`, { cause });
  });

const verify = async ({ environment, log }: Invocation, anchors: readonly AuditAnchor[]) => {
  const address = await findBusAddress(environment);
  const deps = { clock: systemClock, log, metrics: createMetrics() };
  const bus = await connectBus({ ...address, name: 'xueliang-cli', ...deps });
  try {
    return await checkStream(bus, anchors);
  } finally {
    await bus.close();
  }
};

/** Reads the log as far as it goes now, and checks it. */
export const checkStream = async (bus: Pick<Bus, 'follow'>, anchors: readonly AuditAnchor[]) => {
  const check = new ChainCheck(anchors);
  const reading = new AbortController();
  await bus.follow({
    ...{ stream: 'AUDIT', from: 'all', signal: reading.signal },
    onMessage: ({ value }) => check.take(value),
    onCaughtUp: () => reading.abort(),
  });
  return check.end();
};

const meanings = {
  changed: 'was changed',
  missing: 'is missing',
  cut: 'is gone with all that followed',
  rewritten: 'is another than the one that was anchored',
} as const;

const describe = ({ head, fault }: ReturnType<ChainCheck['end']>, anchors: number): string => {
  if (fault) return `the audit log is not sound: record ${fault.number} ${meanings[fault.fault]}`;
  const against =
    anchors === 0 ? 'without anchors a cut or rewritten log is not found' : `also against ${anchors} anchors`;
  return `the audit log is sound: ${head.number} records, ${against}`;
};
