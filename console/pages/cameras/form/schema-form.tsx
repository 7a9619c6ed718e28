import { Button } from '../../../parts/button.tsx';
import { Field } from '../../../parts/field.tsx';
import { word } from '../words.ts';
import { type FieldSchema, firstValue, itemOf, kindOf } from './field-schema.ts';
import { sayField } from './field-words.ts';
import { ChoiceInput, ChoicesInput, DurationInput, IdsInput, type Option } from './inputs.tsx';
import { sayValue } from './value-words.ts';

/** What there is to choose from for a field, where the site knows it. */
export type OptionsFor = (key: string) => readonly Option[] | undefined;

type Values = Readonly<Record<string, unknown>>;

export interface FormProps {
  schema: FieldSchema;
  value: Values;
  optionsFor: OptionsFor;
  /** Left to others. */
  without?: readonly string[];
  onChange(value: Values): void;
}

/** The fields of an object, those first that it must have; made from its JSON Schema. */
export const SchemaForm = ({ schema, value, optionsFor, without = [], onChange }: FormProps) => {
  const { properties = {}, required = [] } = schema;
  const put = (key: string, next: unknown): void => {
    const { [key]: _before, ...rest } = value;
    onChange(next === undefined ? rest : { ...value, [key]: next });
  };
  const shown = Object.entries(properties).filter(([key]) => !without.includes(key));
  const isNeeded = ([key]: [string, FieldSchema]): boolean => required.includes(key);
  return (
    <div class="form-fields">
      {[...shown.filter(isNeeded), ...shown.filter((entry) => !isNeeded(entry))].map(([key, field]) => (
        <FormField
          key={key}
          name={key}
          schema={field}
          value={value[key]}
          isOptional={!required.includes(key)}
          optionsFor={optionsFor}
          onChange={(next) => put(key, next)}
        />
      ))}
    </div>
  );
};

interface FormFieldProps {
  name: string;
  schema: FieldSchema;
  value: unknown;
  isOptional: boolean;
  optionsFor: OptionsFor;
  onChange(value: unknown): void;
}

const said = (values: readonly string[] = []): Option[] =>
  values.map((value) => ({ value, label: sayValue(value) }));

const FormField = (props: FormFieldProps) => {
  const { name, schema, value, isOptional, optionsFor, onChange } = props;
  const label = sayField(name);
  const kind = kindOf(schema);
  const input = { value, label, isOptional, onChange };
  const options = optionsFor(name);
  if (kind === 'fixed') return null;
  if (kind === 'object' || kind === 'list' || kind === 'variants') return <NestedField {...props} />;
  if (kind === 'choices' || kind === 'ids')
    return (
      <div class="field wide">
        <span class="field-label">{label}</span>
        {kind === 'ids' && !options ? (
          <IdsInput {...input} />
        ) : (
          <ChoicesInput {...input} options={options ?? said(itemOf(schema).enum)} />
        )}
      </div>
    );
  if (kind === 'duration')
    return (
      <div class="field">
        <span class="field-label">{label}</span>
        <DurationInput {...input} longest={schema['x-longest']} />
      </div>
    );
  if (kind === 'choice' || options)
    return (
      <Field label={label}>
        <ChoiceInput {...input} options={options ?? said(schema.enum)} />
      </Field>
    );
  return (
    <Field label={label}>
      <PlainInput {...input} schema={schema} />
    </Field>
  );
};

const PlainInput = ({
  value,
  isOptional,
  onChange,
  schema,
}: Pick<FormFieldProps, 'value' | 'isOptional' | 'onChange' | 'schema'>) => {
  if (schema.type === 'boolean')
    return (
      <ChoiceInput
        label=""
        isOptional={isOptional}
        value={value === undefined ? undefined : String(value)}
        options={[
          { value: 'true', label: word('yes') },
          { value: 'false', label: word('no') },
        ]}
        onChange={(next) => onChange(next === undefined ? undefined : next === 'true')}
      />
    );
  const isNumber = schema.type === 'number' || schema.type === 'integer';
  const placeholder = isOptional ? word('notSet') : '';
  const shown = String(value ?? '');
  const put = (text: string): void => {
    if (text === '' && (isOptional || isNumber)) onChange(undefined);
    else onChange(isNumber ? Number(text) : text);
  };
  const onInput = (event: { currentTarget: HTMLInputElement }): void => put(event.currentTarget.value);
  if (!isNumber)
    return (
      <input maxLength={schema.maxLength ?? 2048} value={shown} placeholder={placeholder} onInput={onInput} />
    );
  const step = schema.type === 'integer' ? 1 : 'any';
  const { minimum = '', maximum = '' } = schema;
  return (
    <input type="number" min={minimum} max={maximum} value={shown} {...{ step, placeholder, onInput }} />
  );
};

/** What has fields of its own. */
const NestedField = ({ name, schema, value, isOptional, optionsFor, onChange }: FormFieldProps) => {
  const label = sayField(name);
  if (value === undefined)
    return (
      <div class="field wide">
        <span class="field-label">{label}</span>
        <div>
          <Button onClick={() => onChange(firstValue(schema))}>{word('addField', { field: label })}</Button>
        </div>
      </div>
    );
  const items = kindOf(schema) === 'list' ? (value as unknown[]) : [value];
  const inner = kindOf(schema) === 'list' ? itemOf(schema) : schema;
  const isList = kindOf(schema) === 'list';
  const put = (next: readonly unknown[]): void =>
    onChange(isList ? (next.length === 0 && isOptional ? undefined : next) : next[0]);
  return (
    <fieldset class="nested">
      <legend>{label}</legend>
      {items.map((item, index) => (
        <div key={index} class="nested-item">
          <Variant
            schema={inner}
            value={item as Values}
            optionsFor={optionsFor}
            onChange={(next) => put(items.map((other, at) => (at === index ? next : other)))}
          />
          {(isList || isOptional) && (
            <Button onClick={() => put(items.filter((_, at) => at !== index))}>{word('takeOut')}</Button>
          )}
        </div>
      ))}
      {isList && (
        <div>
          <Button onClick={() => put([...items, firstValue(inner)])}>
            {word('addField', { field: label })}
          </Button>
        </div>
      )}
    </fieldset>
  );
};

/** An object, or one of several kinds of it that `do` tells apart. */
const Variant = ({ schema, value, optionsFor, onChange }: FormProps) => {
  if (!schema.anyOf) return <SchemaForm {...{ schema, value, optionsFor, onChange }} />;
  const nameOf = (one: FieldSchema): string => one.properties?.['do']?.const ?? '';
  const present = schema.anyOf.find((one) => nameOf(one) === value['do']) ?? schema.anyOf[0] ?? {};
  const become = (name: unknown): void => {
    const next = schema.anyOf?.find((one) => nameOf(one) === name);
    if (next) onChange(firstValue(next) as Values);
  };
  return (
    <>
      <Field label={sayField('do')}>
        <ChoiceInput
          label={sayField('do')}
          isOptional={false}
          value={value['do']}
          options={said(schema.anyOf.map(nameOf))}
          onChange={become}
        />
      </Field>
      <SchemaForm schema={present} value={value} optionsFor={optionsFor} onChange={onChange} />
    </>
  );
};
