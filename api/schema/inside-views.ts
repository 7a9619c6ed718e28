import { type Static, Type } from 'typebox';
import { AuditAnchor } from '../../core/schema/audit.ts';
import { StreamUsage } from '../../core/schema/bus-usage.ts';
import { closed } from '../../core/schema/closed.ts';
import { Instant, PlaceCode } from '../../core/schema/ids.ts';
import { Label } from '../../core/schema/label.ts';
import { Sweep } from '../../core/schema/sweep.ts';
import { named, refTo } from './named.ts';

const count = Type.Integer({ minimum: 0 });
const text = Type.String();
const orNull = <Schema extends Parameters<typeof Type.Union>[0][number]>(schema: Schema) =>
  Type.Union([schema, Type.Null()]);

export const StreamUsageView = named('StreamUsage', StreamUsage);

export const BusUsageView = named(
  'BusUsage',
  closed({
    streams: Type.Array(refTo(StreamUsageView)),
    subscribers: Type.Array(
      closed({
        id: text,
        name: text,
        ground: PlaceCode,
        consumer: Type.String({ description: 'its name among the consumers of ALERTS' }),
      }),
      { description: 'who reads alerts from the bus itself' },
    ),
  }),
);

/** A model's card. Where its file or card lies on the machine is nobody's business outside. */
export const ModelFacts = closed({
  id: text,
  title: text,
  role: orNull(Type.Enum(['recommended', 'fallback'])),
  variantOf: orNull(Type.String({ description: 'the model of which this is another file' })),
  isCached: Type.Boolean({ description: 'its file is on the machine of the API' }),
  isOwn: Type.Boolean({ description: 'its card is the site’s own' }),
  decoder: text,
  input: Type.String({ description: 'width × height in pixels', examples: ['416×416'] }),
  labels: Type.Array(Label, { description: 'what it can report' }),
  costMs: orNull(Type.Number({ description: 'for one picture, where it was measured' })),
  accuracy: Type.Array(closed({ dataset: text, metric: text, value: Type.Number(), condition: text })),
  licence: text,
  project: text,
  fileName: text,
  sizeBytes: count,
  sha256: text,
  notes: Type.Array(text),
  usedBy: Type.Array(Type.String({ description: 'workers that run it now' })),
});
export type ModelFacts = Omit<Static<typeof ModelFacts>, 'usedBy'>;

export const ModelView = named('Model', ModelFacts);
export const ModelList = named('ModelList', closed({ items: Type.Array(refTo(ModelView)) }));

export const SweepView = named('Sweep', Sweep);
export const SweepList = named('SweepList', closed({ items: Type.Array(refTo(SweepView)) }));

const CheckedLog = closed({
  first: Type.Integer({ minimum: 0, description: 'number of the first record; 0: none' }),
  last: Type.Integer({ minimum: 0, description: 'number of the last record; 0: none' }),
  fault: Type.Optional(
    closed({
      number: Type.Integer({ minimum: 0, description: 'of the record at which it shows' }),
      fault: Type.Enum(['changed', 'missing', 'cut', 'rewritten']),
    }),
  ),
});

export const AuditCheckView = named(
  'AuditCheck',
  closed({
    at: Instant,
    isSound: Type.Boolean(),
    stream: CheckedLog,
    history: Type.Optional(CheckedLog),
    anchors: Type.Integer({ minimum: 0, description: 'heads kept elsewhere that it was checked against' }),
    lastAnchor: Type.Optional(AuditAnchor),
  }),
);
