/** A bar in a table, for a number that stands beside it. `share` is 0 to 1 of the longest. */
export function BarCell({ share }: { share: number }) {
  return (
    <td class="bars__bar" aria-hidden="true">
      {share > 0 && <span class="bars__fill" style={{ width: `${Math.min(1, share) * 100}%` }} />}
    </td>
  );
}
