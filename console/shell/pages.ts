import type { ComponentType } from 'preact';
import { lazy } from 'preact-iso';
import type { Right } from '../../core/schema/role.ts';
import type { IconName } from '../parts/icon.tsx';

export interface PageEntry {
  /** Its name in words.ts. */
  name: 'queue' | 'wall' | 'map' | 'search' | 'statistics' | 'cameras' | 'engineer' | 'system';
  path: string;
  icon: IconName;
  /** Any one of these lets somebody open it. */
  rights: readonly Right[];
  component: ComponentType & { preload(): Promise<ComponentType> };
}

/** Every page, in the order of the navigation. Each is loaded when it is opened first. */
export const pages: readonly PageEntry[] = [
  {
    name: 'queue',
    path: '/',
    icon: 'bell',
    rights: ['alerts.read'],
    component: lazy(() => import('../pages/queue/queue-page.tsx').then((page) => page.QueuePage)),
  },
  {
    name: 'wall',
    path: '/wall',
    icon: 'wall',
    rights: ['live.read'],
    component: lazy(() => import('../pages/wall/wall-page.tsx').then((page) => page.WallPage)),
  },
  {
    name: 'map',
    path: '/map',
    icon: 'map',
    rights: ['cameras.read'],
    component: lazy(() => import('../pages/map/map-page.tsx').then((page) => page.MapPage)),
  },
  {
    name: 'search',
    path: '/search',
    icon: 'search',
    rights: ['alerts.read'],
    component: lazy(() => import('../pages/search/search-page.tsx').then((page) => page.SearchPage)),
  },
  {
    name: 'statistics',
    path: '/statistics',
    icon: 'chart',
    rights: ['statistics.read'],
    component: lazy(() =>
      import('../pages/statistics/statistics-page.tsx').then((page) => page.StatisticsPage),
    ),
  },
  {
    name: 'cameras',
    path: '/cameras',
    icon: 'camera',
    rights: ['cameras.read'],
    component: lazy(() => import('../pages/cameras/cameras-page.tsx').then((page) => page.CamerasPage)),
  },
  {
    name: 'engineer',
    path: '/engineer',
    icon: 'tool',
    rights: ['cameras.write', 'scenarios.write'],
    component: lazy(() => import('../pages/engineer/engineer-page.tsx').then((page) => page.EngineerPage)),
  },
  {
    name: 'system',
    path: '/system',
    icon: 'gear',
    rights: ['system.read', 'users.read', 'audit.read'],
    component: lazy(() => import('../pages/system/system-page.tsx').then((page) => page.SystemPage)),
  },
];
