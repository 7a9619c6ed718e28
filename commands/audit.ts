import { readFile } from 'node:fs/promises';
import { parseAnchors } from '../core/audit/anchors.ts';
import { type CheckedAudit, verifyAudit } from '../core/audit/verify-audit.ts';
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
    invocation.print({ ...result, anchors: anchors.length }, describeAudit(result, anchors.length));
    return faultsOf(result).length === 0 ? 0 : 1;
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
    return await verifyAudit(bus, anchors, systemClock.now());
  } finally {
    await bus.close();
  }
};

const meanings = {
  changed: 'was changed',
  missing: 'is missing',
  cut: 'is gone with all that followed',
  rewritten: 'is another than the one that was anchored',
  remade: 'has another place than it was written to: the stream was made anew',
} as const;

const faultsOf = ({ stream, history }: CheckedAudit): string[] =>
  [
    { fault: stream.fault, where: 'the stream' },
    { fault: history?.fault, where: 'the history' },
  ].flatMap(({ fault, where }) =>
    fault ? [`record ${fault.number} ${meanings[fault.fault]} in ${where}`] : [],
  );

/** What was found, in words. */
export const describeAudit = (found: CheckedAudit, anchors: number): string => {
  const faults = faultsOf(found);
  if (faults.length > 0) return `the audit log is not sound: ${faults.join('; ')}`;
  const { stream, history } = found;
  const against =
    anchors === 0
      ? 'without anchors a log that was rewritten everywhere is not found'
      : `also against ${anchors} anchors`;
  const kept = history
    ? `the history has ${history.first} to ${history.head.number}`
    : 'the history was not looked at, for no API answers';
  return `the audit log is sound: the stream has ${stream.first} to ${stream.head.number}, ${kept}, ${against}`;
};
