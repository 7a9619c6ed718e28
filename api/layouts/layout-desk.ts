import type { FastifyRequest } from 'fastify';
import { isAppError } from '../../core/errors.ts';
import { type Layout, type LayoutFacts, type Layouts, maxLayouts } from '../../core/schema/layout.ts';
import type { ApiDeps } from '../api-deps.ts';
import { principalOf } from '../auth/guard.ts';
import { isWithin, type Principal } from '../auth/principal.ts';
import { apiError } from '../errors.ts';
import { expectedRevision } from '../settings/change-setting.ts';

/** Somebody with several pages open, not a program. */
const maxTries = 4;

/** The wall layouts of whoever asks; nobody gets at another's. */
export class LayoutDesk {
  readonly #deps: Pick<ApiDeps, 'layoutStore' | 'resources'>;

  constructor(deps: Pick<ApiDeps, 'layoutStore' | 'resources'>) {
    this.#deps = deps;
  }

  async list(request: FastifyRequest): Promise<Layout[]> {
    const principal = principalOf(request);
    const { kept } = await this.#deps.layoutStore.get(principal.id);
    return kept.layouts.map((one) => this.#seenBy(principal, one));
  }

  /** Throws `layout-unknown`. */
  async find(request: FastifyRequest, layoutId: string): Promise<Layout> {
    const principal = principalOf(request);
    const { kept } = await this.#deps.layoutStore.get(principal.id);
    return this.#seenBy(principal, requireOne(kept, layoutId));
  }

  /** Adds or replaces. Throws `layouts-full`, `layouts-busy`, `setting-stale` or `revision-missing`. */
  put(request: FastifyRequest, layoutId: string, facts: LayoutFacts): Promise<Layout> {
    return this.#change(request, (kept) => {
      const before = kept.layouts.find((one) => one.layoutId === layoutId);
      expectedRevision(request, before?.revision ?? 0);
      if (!before && kept.layouts.length >= maxLayouts)
        throw apiError('layouts-full', `you have ${maxLayouts} layouts already; remove one first`);
      const written = { layoutId, revision: kept.revision + 1, ...facts };
      const layouts = before
        ? kept.layouts.map((one) => (one === before ? written : one))
        : [...kept.layouts, written];
      return [written, layouts];
    });
  }

  /** Throws `layout-unknown`, `layouts-busy`, `setting-stale` or `revision-missing`. */
  async remove(request: FastifyRequest, layoutId: string): Promise<void> {
    await this.#change(request, (kept) => {
      const one = requireOne(kept, layoutId);
      expectedRevision(request, one.revision);
      return [one, kept.layouts.filter((other) => other !== one)];
    });
  }

  async #change(request: FastifyRequest, changed: (kept: Layouts) => [Layout, Layout[]]): Promise<Layout> {
    const principal = principalOf(request);
    const { layoutStore } = this.#deps;
    for (let tries = 0; tries < maxTries; tries++) {
      const { kept, revision } = await layoutStore.get(principal.id);
      const [layout, layouts] = changed(kept);
      const next: Layouts = { schemaVersion: 1, revision: kept.revision + 1, layouts };
      const isWritten = await layoutStore.put(principal.id, next, revision).then(() => true, unlessConflict);
      if (isWritten) return this.#seenBy(principal, layout);
    }
    throw apiError('layouts-busy', 'your layouts are being changed from elsewhere; try again in a moment');
  }

  /** A camera that is gone, or not theirs any more, leaves its tile empty. */
  #seenBy({ ground }: Principal, layout: Layout): Layout {
    const ids = new Set(
      this.#deps.resources.cameras().flatMap(({ id, place }) => (isWithin(place, ground) ? [id] : [])),
    );
    return { ...layout, cameraIds: layout.cameraIds.map((id) => (id !== null && ids.has(id) ? id : null)) };
  }
}

const requireOne = ({ layouts }: Layouts, layoutId: string): Layout => {
  const one = layouts.find((layout) => layout.layoutId === layoutId);
  if (one) return one;
  throw apiError('layout-unknown', `you have no layout '${layoutId}'`);
};

const unlessConflict = (error: unknown): false => {
  if (isAppError(error) && error.code === 'bus-conflict') return false;
  throw error;
};
