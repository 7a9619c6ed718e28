import { kindWord } from '../../../words/alert-terms.ts';
import { placeWords } from '../../../words/place-words.ts';
import { sayList } from '../../../words/say-list.ts';
import { sayField } from '../form/field-words.ts';
import { sayDuration } from '../form/say-duration.ts';
import type { OptionsFor } from '../form/schema-form.tsx';
import { sayValue } from '../form/value-words.ts';
import { word } from '../words.ts';

type Values = Readonly<Record<string, unknown>>;

/** Names and ids, which somebody chose: a camera that is called `road` is not translated. */
const written = new Set([
  ...['id', 'name', 'url', 'credentials', 'installation', 'gbCode', 'filingNumber', 'owner', 'reference'],
  ...['cameras', 'zone', 'line', 'along', 'scenarios', 'loudspeakers', 'only', 'except'],
  ...['recording', 'webhook', 'grantedOn', 'revokedOn', 'from', 'to'],
]);
const durations = new Set(['watchdog', 'dwell', 'within', 'clearAfter', 'coolDown', 'after']);

const isRecord = (value: unknown): value is Values =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isListOfRecords = (value: unknown): value is readonly Values[] =>
  Array.isArray(value) && value.length > 0 && value.every(isRecord);

const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

/** Says values and what they became as their form shows them; `optionsFor` knows what is chosen by name. */
export const differenceSayer = (optionsFor: OptionsFor = () => undefined) => {
  const text = (key: string, value: string): string => {
    const option = optionsFor(key)?.find((one) => one.value === value);
    if (option) return option.label;
    if (written.has(key)) return value;
    if (durations.has(key)) return sayDuration(value);
    if (key === 'place' || key === 'places') return placeWords(value);
    if (key === 'kind' && Object.hasOwn(kindWord.words.zh, value))
      return kindWord(value as keyof typeof kindWord.words.zh);
    return sayValue(value);
  };

  /** A whole value, whatever it is. */
  const value = (key: string, told: unknown): string => {
    if (told === undefined || told === null) return word('notSet');
    if (typeof told === 'string') return text(key, told);
    if (typeof told === 'boolean') return word(told ? 'yes' : 'no');
    if (isRecord(told)) return record(told);
    if (!Array.isArray(told)) return String(told);
    if (told.length === 0) return word('notSet');
    if (key === 'polygon' || key === 'points') return word('shapePoints', { count: told.length });
    return sayList(told.map((one) => value(key, one)));
  };

  const fields = (told: Values, without: readonly string[]): string =>
    Object.entries(told)
      .filter(([key]) => !without.includes(key))
      .map(([key, one]) => `${sayField(key)}: ${value(key, one)}`)
      .join('; ');

  /** Something in a list: what is drawn by its name and points, hours and actions as somebody says them. */
  const record = (told: Values): string => {
    const drawn = told['polygon'] ?? told['points'];
    if (Array.isArray(drawn)) return word('shapeOf', { name: nameOf(told), count: drawn.length });
    const isHours = Array.isArray(told['days']) && 'from' in told && 'to' in told;
    const title = isHours
      ? `${value('days', told['days'])} ${told['from']}–${told['to']}`
      : 'do' in told
        ? value('do', told['do'])
        : '';
    const rest = fields(told, isHours ? ['days', 'from', 'to'] : ['do']);
    return title === '' || rest === '' ? `${title}${rest}` : `${title} (${rest})`;
  };

  const nameOf = ({ name, id }: Values): string => String(name ?? id ?? '');

  /** What differs inside of one thing in a list, said after its title. */
  const inside = (title: string, before: Values, after: Values): string[] => {
    const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
    return keys
      .filter((key) => !isSame(before[key], after[key]))
      .flatMap((key) => {
        const isDrawn = key === 'polygon' || key === 'points';
        const hasMoved = isDrawn && value(key, before[key]) === value(key, after[key]);
        if (hasMoved) return [`${record(after)} · ${word('shapeMoved')}`];
        if (isDrawn) return [`${title} · ${value(key, before[key])} → ${value(key, after[key])}`];
        return changes(key, before[key], after[key]).map((line) => `${title} · ${sayField(key)}: ${line}`);
      });
  };

  const added = (key: string, one: unknown): string => word('itemAdded', { item: value(key, one) });
  const removed = (key: string, one: unknown): string => word('itemRemoved', { item: value(key, one) });

  const named = (key: string, before: readonly Values[], after: readonly Values[]): string[] => {
    const find = (list: readonly Values[], id: unknown) => list.find((one) => one['id'] === id);
    return [
      ...after.flatMap((one) => {
        const was = find(before, one['id']);
        return was ? inside(nameOf(was), was, one) : [added(key, one)];
      }),
      ...before.filter(({ id }) => !find(after, id)).map((one) => removed(key, one)),
    ];
  };

  /** What has no id is the same where all of it is; of what is left, one takes the place of another of its sort. */
  const nameless = (key: string, before: readonly unknown[], after: readonly unknown[]): string[] => {
    const [gone, come] = [without(before, after), without(after, before)];
    const lines = come.flatMap((one) => {
      const index = gone.findIndex((other) => sortOf(other) !== undefined && sortOf(other) === sortOf(one));
      const [was] = index < 0 ? [] : gone.splice(index, 1);
      if (!isRecord(was) || !isRecord(one)) return [added(key, one)];
      return 'do' in one ? inside(value('do', one['do']), was, one) : [`${record(was)} → ${record(one)}`];
    });
    return [...lines, ...gone.map((one) => removed(key, one))];
  };

  const items = (key: string, before: readonly unknown[], after: readonly unknown[]): string[] => {
    const hasIds = [...before, ...after].every((one) => isRecord(one) && typeof one['id'] === 'string');
    const lines = hasIds
      ? named(key, before as readonly Values[], after as readonly Values[])
      : nameless(key, before, after);
    const names = (): string =>
      sayList(after.map((one) => (hasIds ? nameOf(one as Values) : value(key, one))));
    return lines.length > 0 ? lines : [word('otherOrder', { items: names() })];
  };

  const areItems = (before: unknown, after: unknown): boolean =>
    (Array.isArray(before) && Array.isArray(after) && !(before.length === 0 && after.length === 0)) ||
    isListOfRecords(before) ||
    isListOfRecords(after);

  /** What a value became, a line each for what is in a list. */
  const became = (key: string, before: unknown, after: unknown): string[] =>
    areItems(before, after)
      ? items(key, (before ?? []) as readonly unknown[], (after ?? []) as readonly unknown[])
      : [value(key, after)];

  /** The same, with what it was where that is not said by the line itself. */
  const changes = (key: string, before: unknown, after: unknown): string[] =>
    areItems(before, after) ? became(key, before, after) : [`${value(key, before)} → ${value(key, after)}`];

  return { value, became, changes };
};

const sortOf = (one: unknown): string | undefined =>
  isRecord(one) ? String(one['do'] ?? Object.keys(one).includes('days')) : undefined;

/** What of `list` the other has no equal of, each of its own. */
const without = (list: readonly unknown[], other: readonly unknown[]): unknown[] => {
  const left = other.map((one) => JSON.stringify(one));
  return list.filter((one) => {
    const index = left.indexOf(JSON.stringify(one));
    if (index >= 0) left.splice(index, 1);
    return index < 0;
  });
};
