import { useEffect, useState } from "preact/hooks";

/** Up to this width, in CSS pixels, the panel shows fewer things at once; the same as in the style sheets. */
export const NARROW = 640;

/** Whether the panel is as narrow as when DevTools is docked at the side. */
export function useNarrow(): boolean {
  const [isNarrow, setNarrow] = useState(innerWidth <= NARROW);
  useEffect(() => {
    const query = matchMedia(`(max-width: ${NARROW}px)`);
    const onChange = () => setNarrow(query.matches);
    onChange();
    query.addEventListener("change", onChange);
    return () => query.removeEventListener("change", onChange);
  }, []);
  return isNarrow;
}
