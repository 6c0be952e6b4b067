import { memo } from "preact/compat";

import type { Scene } from "../../core/delivery/sequence-scene";
import type { Drawing, Stroke } from "./draw-sequence";

type Props = {
  id: string;
  index: number;
  /** Distance from the first row, in CSS pixels. */
  top: number;
  time: string;
  scene: Scene;
  drawing: Drawing;
  isSelected: boolean;
  isInSpan: boolean;
};

/** One row of the sequence: its life lines, its arrows and what they are about. */
export const SequenceRowView = memo(function SequenceRowView(props: Props) {
  const { id, index, top, time, scene, drawing, isSelected, isInSpan } = props;
  const { type, summary, result, level, words, view, from } = scene;
  const { side, offset, length, maxWidth } = drawing.label;
  const names = [
    `sequence__row sequence__row--${level} channel--${view.channel ?? "call"}`,
    index % 2 === 1 && "sequence__row--even",
    isInSpan && "sequence__row--in-span",
    from < 0 && "sequence__row--loose",
  ];
  return (
    <div
      id={id}
      class={names.filter(Boolean).join(" ")}
      role="row"
      aria-rowindex={index + 2}
      aria-selected={isSelected}
      style={{ top }}
    >
      <span class="sequence__time" role="gridcell">
        {time}
      </span>
      <span class="sequence__lane" role="gridcell">
        <span class="visually-hidden">{words}</span>
        <svg class="sequence__drawing" aria-hidden="true">
          {[...drawing.life, ...drawing.strokes].map((stroke, place) => (
            <path key={place} d={stroke.d} class={stroke.class} />
          ))}
        </svg>
        <span
          class={`sequence__over sequence__over--${side}`}
          aria-hidden="true"
          style={{ [side]: offset, "--length": `${length}px` }}
        >
          <span class="sequence__label" style={{ maxWidth }}>
            {type && <span class="type">{type}</span>}
            {summary && <span class="sequence__summary cut">{summary}</span>}
            {result && <span class="sequence__result">{result}</span>}
          </span>
        </span>
      </span>
    </div>
  );
}, isSameRow);

function isSameRow(before: Props, after: Props): boolean {
  return (
    before.id === after.id &&
    before.index === after.index &&
    before.top === after.top &&
    before.time === after.time &&
    before.isSelected === after.isSelected &&
    before.isInSpan === after.isInSpan &&
    before.scene.words === after.scene.words &&
    before.scene.result === after.scene.result &&
    before.scene.level === after.scene.level &&
    isSameDrawing(before.drawing, after.drawing)
  );
}

function isSameDrawing(before: Drawing, after: Drawing): boolean {
  return (
    before === after ||
    (before.label.side === after.label.side &&
      before.label.offset === after.label.offset &&
      before.label.length === after.label.length &&
      before.label.maxWidth === after.label.maxWidth &&
      areSame(before.life, after.life) &&
      areSame(before.strokes, after.strokes))
  );
}

const areSame = (before: readonly Stroke[], after: readonly Stroke[]): boolean =>
  before.length === after.length &&
  before.every(({ d, class: names }, place) => {
    const other = after[place];
    return d === other?.d && names === other.class;
  });
