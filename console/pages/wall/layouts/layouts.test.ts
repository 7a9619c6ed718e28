import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { maxLayouts, wallSizes as schemaSizes } from '../../../../core/schema/layout.ts';
import { keepLayout, type Layout, removeLayout, wallSizes } from './layouts.ts';
import { forgetLeft, leftLayouts } from './left-layouts.ts';

let sent: { method: string; address: string; headers: Record<string, string>; body: unknown }[];

beforeEach(() => {
  sent = [];
  vi.stubGlobal('fetch', async (address: string, { method, headers, body }: RequestInit) => {
    sent.push({
      ...{ method: String(method), address, headers: headers as Record<string, string> },
      body: typeof body === 'string' ? JSON.parse(body) : undefined,
    });
    return new Response('{}');
  });
});
afterEach(() => {
  vi.unstubAllGlobals();
  localStorage.clear();
});

const day: Layout = { layoutId: 'wall-1', revision: 7, name: '早班', size: 4, cameraIds: ['a'] };

test('a wall has the sizes that the site keeps', () => {
  expect(wallSizes).toEqual(schemaSizes);
});

test('a layout of a name that is there takes its place, of the revision that was seen', async () => {
  await keepLayout([day], { name: '早班', size: 9, cameraIds: ['b', null] });

  expect(sent[0]).toMatchObject({
    ...{ method: 'PUT', address: '/api/v1/layouts/wall-1', headers: { 'If-Match': '"7"' } },
    body: { name: '早班', size: 9, cameraIds: ['b', null] },
  });
});

test('one of a new name is added, never written over another', async () => {
  for (let times = 0; times < 2; times++) await keepLayout([day], { name: '夜班', size: 1, cameraIds: [] });

  expect(sent.map(({ headers }) => headers['If-None-Match'])).toEqual(['*', '*']);
  expect(new Set(sent.map(({ address }) => address)).size).toBe(2);
  expect(sent[0]?.address).toMatch(/^\/api\/v1\/layouts\/wall-[0-9a-f]{16}$/);
});

test('what is removed is what was seen', async () => {
  await removeLayout(day);

  expect(sent[0]).toMatchObject({ method: 'DELETE', headers: { 'If-Match': '"7"' } });
});

test('what a browser kept before is found once, for its user, and what is no layout is left out', () => {
  const old = { name: '夜班', size: 1, cameraIds: ['c', null] };
  const odd = [{ name: 1 }, { name: 'x', size: 5, cameraIds: [] }, 7, { ...old, name: 'x'.repeat(41) }];
  localStorage.setItem('xueliang.wall.layouts.wang', JSON.stringify([...odd, old]));
  const many = Array.from({ length: 40 }, (_, index) => ({ ...old, name: `${index}` }));
  localStorage.setItem('xueliang.wall.layouts.li', JSON.stringify(many));

  expect(leftLayouts('wang')).toEqual([old]);
  expect(leftLayouts('li')).toHaveLength(maxLayouts);
  forgetLeft('wang');
  expect(leftLayouts('wang')).toEqual([]);
  localStorage.setItem('xueliang.wall.layouts.wang', '{');
  expect(leftLayouts('wang')).toEqual([]);
});
