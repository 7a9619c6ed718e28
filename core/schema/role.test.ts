import { expect, test } from 'vitest';
import { type Right, rights, rightsOf, userRoles } from './role.ts';

const pictures: readonly Right[] = ['evidence.read', 'live.read'];
const changes = rights.filter((right) => /write|handle|dispatch|review|ask|approve/.test(right));

test('the system administrator sees no evidence and no live picture', () => {
  expect(pictures.filter((right) => rightsOf(['systemAdministrator']).has(right))).toEqual([]);
});

test('the security administrator gives rights and has none over alerts, pictures or the system', () => {
  const held = rightsOf(['securityAdministrator']);

  expect(
    [...held].filter((right) => /alerts|evidence|live|cameras|exports|system.write/.test(right)),
  ).toEqual([]);
});

test('the auditor changes nothing', () => {
  expect(changes.filter((right) => rightsOf(['auditor']).has(right))).toEqual([]);
});

test('only the auditor reads what everybody did, and only the security administrator gives rights', () => {
  const holdersOf = (right: Right) => userRoles.filter((role) => rightsOf([role]).has(right));

  expect(holdersOf('audit.read')).toEqual(['auditor']);
  expect(holdersOf('users.write')).toEqual(['securityAdministrator']);
});

test('every right is somebody’s', () => {
  expect(rights.filter((right) => !rightsOf(userRoles).has(right))).toEqual([]);
});
