import { auditVerbs } from '../../../../core/schema/audit.ts';
import { Field } from '../../../parts/field.tsx';
import { word } from '../words.ts';
import { sayVerb } from './audit-terms.ts';

export interface AuditFilter {
  who: string;
  what: string;
  target: string;
  /** Back to how many days ago; '' for all. */
  days: '' | '1' | '7' | '30';
}

export const noFilter: AuditFilter = { who: '', what: '', target: '', days: '7' };

interface Props {
  filter: AuditFilter;
  onChange(filter: AuditFilter): void;
}

const spans = ['1', '7', '30', ''] as const;

/** Which records are shown. */
export const AuditFilterFields = ({ filter, onChange }: Props) => {
  const set =
    (key: keyof AuditFilter) =>
    ({ currentTarget: { value } }: { currentTarget: { value: string } }): void =>
      onChange({ ...filter, [key]: value });
  return (
    <div class="audit-filter">
      <Field label={word('who')}>
        <input value={filter.who} maxLength={80} onChange={set('who')} placeholder={word('anybody')} />
      </Field>
      <Field label={word('what')}>
        <select value={filter.what} onChange={set('what')}>
          <option value="">{word('anything')}</option>
          {auditVerbs.map((verb) => (
            <option key={verb} value={verb}>
              {sayVerb(verb)}
            </option>
          ))}
        </select>
      </Field>
      <Field label={word('targetBegins')}>
        <input value={filter.target} maxLength={200} onChange={set('target')} placeholder="cameras." />
      </Field>
      <Field label={word('span')}>
        <select value={filter.days} onChange={set('days')}>
          {spans.map((days) => (
            <option key={days} value={days}>
              {days === '' ? word('allTime') : word('lastDays', { count: days })}
            </option>
          ))}
        </select>
      </Field>
    </div>
  );
};
