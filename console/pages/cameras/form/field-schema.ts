/** As much of JSON Schema as occurs in the schemas of settings. */
export interface FieldSchema {
  type?: string;
  enum?: readonly string[];
  const?: string;
  pattern?: string;
  /** Of a duration. */
  'x-longest'?: string;
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  maxItems?: number;
  properties?: Readonly<Record<string, FieldSchema>>;
  required?: readonly string[];
  items?: FieldSchema | readonly FieldSchema[];
  anyOf?: readonly FieldSchema[];
}

export type FieldKind =
  | 'fixed'
  | 'choice'
  | 'duration'
  | 'text'
  | 'number'
  | 'flag'
  | 'object'
  | 'variants'
  | 'choices'
  | 'ids'
  | 'list';

const isDuration = ({ pattern, ...schema }: FieldSchema): boolean =>
  schema['x-longest'] !== undefined || (pattern?.includes('(ms|s|m|h|d)') ?? false);

/** The schema of a list's items. */
export const itemOf = ({ items }: FieldSchema): FieldSchema =>
  items === undefined || Array.isArray(items) ? {} : (items as FieldSchema);

/** How a field is asked for. */
export const kindOf = (schema: FieldSchema): FieldKind => {
  if (schema.const !== undefined) return 'fixed';
  if (schema.enum) return 'choice';
  if (schema.anyOf) return 'variants';
  if (schema.type === 'object') return 'object';
  if (schema.type === 'boolean') return 'flag';
  if (schema.type === 'number' || schema.type === 'integer') return 'number';
  if (schema.type === 'array') {
    const item = itemOf(schema);
    return item.enum ? 'choices' : item.type === 'string' ? 'ids' : 'list';
  }
  return isDuration(schema) ? 'duration' : 'text';
};

/** What a field begins with when it is added; as little as its schema allows. */
export const firstValue = (schema: FieldSchema): unknown => {
  const kind = kindOf(schema);
  if (kind === 'fixed') return schema.const;
  if (kind === 'choice') return schema.enum?.[0];
  if (kind === 'duration') return '5s';
  if (kind === 'number') return schema.minimum ?? 0;
  if (kind === 'flag') return false;
  if (kind === 'text') return '';
  if (kind === 'variants') return firstValue(schema.anyOf?.[0] ?? {});
  if (kind === 'object') return firstObject(schema);
  return kind === 'list' ? [firstValue(itemOf(schema))] : [];
};

const firstObject = ({ properties = {}, required = [] }: FieldSchema): Record<string, unknown> =>
  Object.fromEntries(required.map((key) => [key, firstValue(properties[key] ?? {})]));

/** Every key and every value to choose from, at any depth. */
export const namesIn = (schema: FieldSchema): { keys: string[]; values: string[] } => {
  const inner = [...Object.values(schema.properties ?? {}), ...(schema.anyOf ?? []), itemOf(schema)];
  const below = inner.filter((one) => Object.keys(one).length > 0).map(namesIn);
  return {
    keys: [...Object.keys(schema.properties ?? {}), ...below.flatMap(({ keys }) => keys)],
    values: [...(schema.enum ?? []), ...below.flatMap(({ values }) => values)],
  };
};
