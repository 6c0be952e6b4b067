import { useEffect, useState } from "preact/hooks";

/** Up to this width, in CSS pixels, the panel shows fewer things at once; the same as in the style sheets. */
export const NARROW = 640;

/** Whether the panel is as narrow as when DevTools is docked at the side. */
export const useNarrow = (): boolean => useMatches(`(max-width: ${NARROW}px)`);

/** Whether the panel is as a media query has it, now and whenever that changes. */
export function useMatches(media: string): boolean {
  const [isMatching, setMatching] = useState(() => matchMedia(media).matches);
  useEffect(() => {
    const query = matchMedia(media);
    const onChange = () => setMatching(query.matches);
    // It may have changed since it was first asked.
    onChange();
    query.addEventListener("change", onChange);
    return () => query.removeEventListener("change", onChange);
  }, [media]);
  return isMatching;
}
