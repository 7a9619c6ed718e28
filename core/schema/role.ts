import { Type } from 'typebox';

/**
 * Who may do what. Three are kept apart, so that nobody can both do a thing and hide it: the system administrator keeps
 * the program running and sees no evidence, the security administrator gives rights and uses none, the auditor reads who
 * did what and changes nothing.
 */
export const userRoles = [
  'operator',
  'dispatcher',
  'engineer',
  'systemAdministrator',
  'securityAdministrator',
  'auditor',
] as const;
export const UserRole = Type.Enum(userRoles);
export type UserRole = (typeof userRoles)[number];

/** What a route, a subject or a stream of pictures asks of whoever comes. */
export const rights = [
  'alerts.read',
  'alerts.handle',
  'alerts.dispatch',
  'alerts.review',
  'evidence.read',
  'live.read',
  'cameras.read',
  'cameras.write',
  'scenarios.write',
  'statistics.read',
  'exports.ask',
  'exports.approve',
  'system.read',
  'system.write',
  'users.read',
  'users.write',
  'audit.read',
] as const;
export type Right = (typeof rights)[number];

const rightsByRole: Readonly<Record<UserRole, readonly Right[]>> = {
  operator: [
    'alerts.read',
    'alerts.handle',
    'evidence.read',
    'live.read',
    'cameras.read',
    'statistics.read',
    'exports.ask',
  ],
  dispatcher: [
    'alerts.read',
    'alerts.handle',
    'alerts.dispatch',
    'alerts.review',
    'evidence.read',
    'live.read',
    'cameras.read',
    'statistics.read',
    'exports.ask',
    'exports.approve',
  ],
  engineer: [
    'alerts.read',
    'evidence.read',
    'live.read',
    'cameras.read',
    'cameras.write',
    'scenarios.write',
    'statistics.read',
    'system.read',
    'exports.ask',
  ],
  systemAdministrator: ['cameras.read', 'cameras.write', 'statistics.read', 'system.read', 'system.write'],
  securityAdministrator: ['users.read', 'users.write', 'system.read'],
  auditor: ['audit.read', 'users.read', 'system.read', 'statistics.read'],
};

/** All that somebody with these roles may do. */
export const rightsOf = (roles: readonly UserRole[]): ReadonlySet<Right> =>
  new Set(roles.flatMap((role) => rightsByRole[role]));
