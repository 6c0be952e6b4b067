import { useEffect, useState } from "preact/hooks";

/** Up to this width, in CSS pixels, the panel shows fewer things at once; the same as in the style sheets. */
export const NARROW = 640;
const QUERY = `(max-width: ${NARROW}px)`;

/** Whether the panel is as narrow as when DevTools is docked at the side. */
export function useNarrow(): boolean {
  const [isNarrow, setNarrow] = useState(() => matchMedia(QUERY).matches);
  useEffect(() => {
    const query = matchMedia(QUERY);
    const onChange = () => setNarrow(query.matches);
    // It may have changed since it was first asked.
    onChange();
    query.addEventListener("change", onChange);
    return () => query.removeEventListener("change", onChange);
  }, []);
  return isNarrow;
}
