import { useEffect, useState } from 'preact/hooks';
import type { AuditRecord } from '../../../../core/schema/audit.ts';
import { ask } from '../../../http/ask.ts';
import { may } from '../../../http/session-state.ts';
import { Button } from '../../../parts/button.tsx';
import { Failure, Loading } from '../../../parts/states.tsx';
import { sayPath } from '../form/field-words.ts';
import { optionsOf } from '../options.ts';
import { type Change, readSetting, type Stored } from '../settings.ts';
import { word } from '../words.ts';
import { type Difference, differences } from './differences.ts';
import { differenceSayer } from './say-difference.ts';

export interface ConflictTableProps {
  change: Change;
  base: unknown;
  onTakeTheirs(): void;
  /** With what mine is put on. */
  onKeepMine(theirs: Stored<unknown>): void;
}

/** Theirs and mine side by side, against what both began with. */
export const ConflictTable = ({ change, base, onTakeTheirs, onKeepMine }: ConflictTableProps) => {
  const [theirs, setTheirs] = useState<Stored<unknown>>();
  const [failure, setFailure] = useState<unknown>();
  const [who, setWho] = useState<string>();
  useEffect(() => {
    readSetting(change.section, change.id).then(setTheirs, setFailure);
    if (!may('audit.read')) return;
    const query = { target: `${change.section}.${change.id}`, limit: 1 };
    ask<{ items: AuditRecord[] }>('/api/v1/audit', { query }).then(
      ({ items }) => setWho(items[0]?.entry.who),
      () => undefined,
    );
  }, []);
  if (failure !== undefined) return <Failure failure={failure} />;
  if (!theirs) return <Loading />;
  const mine = new Map(differences(base, change.value ?? {}).map((one) => [one.path, one]));
  const other = new Map(differences(base, theirs.value).map((one) => [one.path, one]));
  const say = differenceSayer(optionsOf(change.section, change.value ?? theirs.value));
  const paths = [...new Set([...other.keys(), ...mine.keys()])];
  return (
    <>
      <p>{word('conflictMore', { revision: theirs.revision })}</p>
      {who !== undefined && <p>{word('conflictBy', { who })}</p>}
      <table class="conflict">
        <thead>
          <tr>
            <th>{word('field')}</th>
            <th>{word('was')}</th>
            <th>{word('theirs')}</th>
            <th>{word('mine')}</th>
          </tr>
        </thead>
        <tbody>
          {paths.map((path) => (
            <tr key={path}>
              <th scope="row">{sayPath(path)}</th>
              <td>{say.value(keyOf(path), (mine.get(path) ?? other.get(path))?.before)}</td>
              <Became say={say} change={other.get(path)} />
              <Became say={say} change={mine.get(path)} />
            </tr>
          ))}
        </tbody>
      </table>
      <div class="row">
        <Button tone="main" onClick={onTakeTheirs}>
          {word('takeTheirs')}
        </Button>
        <Button onClick={() => onKeepMine(theirs)}>{word('keepMine')}</Button>
      </div>
    </>
  );
};

const keyOf = (path: string): string => path.split('.').at(-1) ?? path;

interface BecameProps {
  say: ReturnType<typeof differenceSayer>;
  change: Difference | undefined;
}

const Became = ({ say, change }: BecameProps) => (
  <td>
    {change
      ? say
          .became(keyOf(change.path), change.before, change.after)
          .map((line, index) => <div key={index}>{line}</div>)
      : '–'}
  </td>
);
