import type { RefObject } from 'preact';
import { useEffect, useState } from 'preact/hooks';

/** Whether somebody can see the element: it is in the window, and the window is shown. */
export const useVisible = (element: RefObject<Element | null>): boolean => {
  const [isInWindow, setInWindow] = useState(false);
  const [isShown, setShown] = useState(!document.hidden);
  useEffect(() => {
    const observed = element.current;
    const observer = new IntersectionObserver(([entry]) => setInWindow(entry?.isIntersecting === true));
    if (observed) observer.observe(observed);
    const onChange = (): void => setShown(!document.hidden);
    document.addEventListener('visibilitychange', onChange);
    return () => {
      observer.disconnect();
      document.removeEventListener('visibilitychange', onChange);
    };
  }, []);
  return isInWindow && isShown;
};
