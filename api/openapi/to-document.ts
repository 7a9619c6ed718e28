import { toJsonSchema2020 } from '../../core/published/to-json-schema-2020.ts';
import type { ApiServer } from '../routes/route-deps.ts';
import { withExamples } from './with-examples.ts';

/** The description as `/openapi.json` answers it. */
export const toDocument = (app: ApiServer): object =>
  withExamples(toJsonSchema2020(app.swagger()) as Parameters<typeof withExamples>[0]);
