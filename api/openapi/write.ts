import { writeFile } from 'node:fs/promises';
import { describeApi } from './describe-api.ts';

// A script, for `npm run openapi`; nothing imports it.
await writeFile(new URL('openapi.json', import.meta.url), await describeApi());
