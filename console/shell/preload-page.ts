import { type PageEntry, pages } from './pages.ts';

/** The page that the address names comes while it is asked who is there. */
export const preloadPage = (among: readonly Pick<PageEntry, 'path' | 'component'>[] = pages): void => {
  const page = among.find(({ path }) => path === location.pathname);
  page?.component.preload().catch(() => undefined); // it is asked for again when it is shown
};
