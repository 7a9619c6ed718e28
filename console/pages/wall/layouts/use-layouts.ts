import { useState } from 'preact/hooks';
import type { LayoutFacts } from '../../../../core/schema/layout.ts';
import { useAnswer } from '../../../http/use-answer.ts';
import { tell, tellFailure } from '../../../parts/toast.tsx';
import { word } from '../words.ts';
import { keepLayout, type Layout, layoutsPath, removeLayout } from './layouts.ts';
import { forgetLeft, leftLayouts } from './left-layouts.ts';

/** The layouts of whoever is signed in, as the site keeps them. */
export const useLayouts = (userId: string) => {
  const asked = useAnswer<{ items: Layout[] }>(layoutsPath);
  const [left, setLeft] = useState(() => leftLayouts(userId));
  const layouts = asked.answer?.items ?? [];
  /** Undefined when it could not be done, which has been said then. */
  const done = async <Result>(work: Promise<Result>): Promise<Result | undefined> => {
    try {
      return await work;
    } catch (failure) {
      tellFailure(failure);
      return undefined;
    } finally {
      asked.again();
    }
  };
  const forget = (): void => {
    forgetLeft(userId);
    setLeft([]);
  };
  const moveIn = async (): Promise<void> => {
    for (const one of left) await keepLayout(layouts, { ...one, name: one.name.trim() });
    forget();
    tell(word('kept'), 'good');
  };
  return {
    layouts,
    failure: asked.failure,
    save: async (facts: LayoutFacts): Promise<Layout | undefined> => {
      const layout = await done(keepLayout(layouts, facts));
      if (layout) tell(word('kept'), 'good');
      return layout;
    },
    remove: (layout: Layout) => done(removeLayout(layout)),
    /** What this browser has of its own, until it is kept or forgotten. */
    left: asked.answer ? left : [],
    keepLeft: () => done(moveIn()),
    forget,
  };
};

export type OwnLayouts = ReturnType<typeof useLayouts>;
