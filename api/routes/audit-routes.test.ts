import { expect, test } from 'vitest';
import { chainOn, emptyHead } from '../../core/audit/chain.ts';
import type { AuditRecord } from '../../core/schema/audit.ts';
import type { UserRole } from '../../core/schema/role.ts';
import { basic, testApi, testHash, testSecret } from '../../test/fixtures/api/test-api.ts';

const opened = async (ground = '431103110', roles: UserRole[] = ['auditor']) => {
  const api = testApi();
  api.resources.userList.push({ id: 'zhao', ground, roles, passwordHash: testHash });
  for (let index = 0; index < 5; index++) {
    const head: AuditRecord | typeof emptyHead = api.history.records.at(-1) ?? emptyHead;
    const entry = { at: index, who: 'wang', what: 'evidenceSeen', target: `alerts/${index}/clip` } as const;
    await api.history.writeAudit([chainOn(head, entry)]);
  }
  const get = (query: string) =>
    api.app.inject({ url: `/api/v1/audit?${query}`, headers: basic('zhao', testSecret) });
  return { ...api, get };
};

test('an auditor reads the log page by page, the newest first', async () => {
  const { get } = await opened();
  const first = (await get('limit=3')).json();
  const second = (await get(`limit=3&cursor=${first.nextCursor}`)).json();

  expect(first.items.map(({ number }: AuditRecord) => number)).toEqual([5, 4, 3]);
  expect(second.items.map(({ number }: AuditRecord) => number)).toEqual([2, 1]);
  expect(second).not.toHaveProperty('nextCursor');
});

test('what is asked for reaches the history', async () => {
  const { get, history } = await opened();

  await get('who=wang&who=li&what=evidenceSeen&from=1&to=9&target=alerts/&place=431103110201');

  expect(history.auditQueries).toEqual([
    {
      ...{ placePrefix: '431103110201', withPlaceless: false, from: 1, to: 9, target: 'alerts/' },
      ...{ who: ['wang', 'li'], what: ['evidenceSeen'], limit: 100 },
    },
  ]);
});

test('an auditor of a village sees neither other places nor what is of none', async () => {
  const { get, history } = await opened('431103110201');
  await get('');
  const elsewhere = await get('place=431103110202');

  expect(history.auditQueries).toMatchObject([{ placePrefix: '431103110201', withPlaceless: false }]);
  expect(elsewhere.json()).toEqual({ items: [] });
});

test.each(['what=anything', 'cursor=MTp4', 'who=', 'unknown=1'])('the query %s is refused', async (query) => {
  const { get } = await opened();

  expect((await get(query)).statusCode).toBe(400);
});

test('regression: who runs the site and who gives rights read no audit log', async () => {
  const { get } = await opened('431103110', ['systemAdministrator', 'securityAdministrator']);

  expect((await get('')).json()).toMatchObject({ code: 'right-missing' });
});
