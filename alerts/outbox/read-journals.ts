import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { decodeTime } from 'ulid';
import { maxReconciled, type OutboxAccount, type ReconciledSpan } from '../../core/schema/reconciliation.ts';
import { fromLine, journalName, journalPattern, sinceName } from './journal.ts';

const raisedFile = /^([0-7][0-9A-HJKMNP-TV-Z]{25})\.raised\.json$/;
const journaled = /^([0-7][0-9A-HJKMNP-TV-Z]{25}) ([a-z0-9][a-z0-9-]{0,62})$/;

/**
 * What all outboxes under a folder wrote down of a span, also those of workers that are no more. What is not there was
 * never written; nothing is thrown for it.
 */
export const readJournals = async (outboxesFolder: string, span: ReconciledSpan): Promise<OutboxAccount> => {
  const cameraOf = new Map<string, string>();
  const waiting: string[] = [];
  let since: number | undefined;
  let damagedLines = 0;
  for (const outbox of await namesIn(outboxesFolder)) {
    const folder = path.join(outboxesFolder, outbox, 'journal');
    const began = await readSince(folder);
    if (began !== undefined) since = Math.min(since ?? began, began);
    for (const name of (await namesIn(folder)).filter((file) => isOf(file, span))) {
      damagedLines += await readDay(path.join(folder, name), span, cameraOf);
    }
    const pending = await namesIn(path.join(outboxesFolder, outbox, 'pending'));
    waiting.push(...pending.flatMap((name) => raisedFile.exec(name)?.[1] ?? []));
  }
  const kept = [...cameraOf].slice(0, maxReconciled);
  return {
    ...(since === undefined ? {} : { since }),
    raised: group(kept),
    waiting: waiting.filter((alertId) => isWithin(alertId, span)).slice(0, maxReconciled),
    damagedLines,
    isTruncated: cameraOf.size > maxReconciled,
  };
};

const isOf = (name: string, { from, to }: ReconciledSpan): boolean =>
  journalPattern.test(name) && name >= journalName(from) && name <= journalName(to);

const isWithin = (alertId: string, { from, to }: ReconciledSpan): boolean => {
  const at = decodeTime(alertId);
  return at >= from && at < to;
};

/** Takes in a day's lines and tells how many were damaged. */
const readDay = async (file: string, span: ReconciledSpan, into: Map<string, string>): Promise<number> => {
  const text = await readFile(file, 'utf8').catch(() => ''); // its day is over and it has just been deleted
  let damaged = 0;
  for (const line of text.split('\n').filter((each) => each !== '')) {
    const [, alertId, cameraId] = journaled.exec(fromLine(line) ?? '') ?? [];
    if (alertId === undefined || cameraId === undefined) damaged++;
    else if (isWithin(alertId, span)) into.set(alertId, cameraId);
  }
  return damaged;
};

const readSince = async (folder: string): Promise<number | undefined> => {
  const [line = ''] = (await readFile(path.join(folder, sinceName), 'utf8').catch(() => '')).split('\n');
  const at = fromLine(line);
  return at === undefined || !/^\d{1,15}$/.test(at) ? undefined : Number(at);
};

const group = (raised: readonly (readonly [string, string])[]): OutboxAccount['raised'] => {
  const byCamera = new Map<string, string[]>();
  for (const [alertId, cameraId] of raised) {
    const alertIds = byCamera.get(cameraId);
    if (alertIds) alertIds.push(alertId);
    else byCamera.set(cameraId, [alertId]);
  }
  return [...byCamera].map(([cameraId, alertIds]) => ({ cameraId, alertIds }));
};

const namesIn = (folder: string): Promise<string[]> => readdir(folder).catch(() => []);
