import { batch } from "@preact/signals";

import type { TypeContract } from "../../core/contract/contract";
import { isPartialType } from "../../core/contract/contract";
import { exampleOf, fieldsOf } from "../../core/contract/reading";
import type { Range } from "../../core/contract/shape";
import { NO_FILTER } from "../../core/filter/filter";
import { Button, LinkButton } from "../ui/controls";
import { formatCount, plural } from "../ui/format";
import { ContractMenu } from "./contract-menu";
import { contractOf } from "../../core/contract/languages";
import {
  type FieldRow,
  fieldRows,
  filterOfField,
  filterOfType,
  nameOf,
  placeText,
} from "./type-names";
import type { TypesStore } from "./types-store";

type Props = { store: TypesStore; type: TypeContract };

/** The shape of a type: its fields by path, and an example. */
export function TypeDetails({ store, type }: Props) {
  const name = nameOf(type);
  const rows = fieldRows(fieldsOf(type.shape));
  return (
    <div class="type" role="region" aria-label={`Fields of ${name}`}>
      <div class="type__scroll">
        <table class="fields">
          <thead>
            <tr>
              <th scope="col">Field</th>
              <th scope="col" title="In how many of the objects around it the field was there">
                Seen
              </th>
              <th scope="col">Type</th>
              <th scope="col" title="The only words that were seen, ranges of numbers, and lengths">
                Values
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row, place) => (
              <FieldLine key={place} store={store} type={type} row={row} />
            ))}
          </tbody>
        </table>
      </div>
      {isPartialType(type) && (
        <p class="types__note">
          Not all of it is kept: up to 400 fields, 20 levels and 50 senders of a type are.
        </p>
      )}
      <h3 title="Made up of placeholders: nothing that anyone sent is in it">Example</h3>
      <pre class="type__example" tabIndex={0} aria-label={`Example of ${name}`}>
        {JSON.stringify(exampleOf(type.shape), undefined, 2)}
      </pre>
      <div class="type__actions">
        <Button
          title={`Filter Traffic by ${filterOfType(type)}`}
          onClick={() => show(store, filterOfType(type))}
        >
          Show in Traffic
        </Button>
        <ContractMenu
          store={store}
          what={name}
          fileName={`daily-type-${name.replace(/[^\w-]+/g, "-").slice(0, 60)}`}
          contract={() => contractOf(type)}
        />
      </div>
    </div>
  );
}

/** Shows what a filter finds, whatever was hidden before. */
function show(store: TypesStore, text: string): void {
  batch(() => {
    store.filter.value = { ...NO_FILTER, text };
    store.tab.value = "traffic";
  });
}

function FieldLine({ store, type, row }: Props & { row: FieldRow }) {
  const { path, level, name, seen, possible, isOptional, canFilter, isOpen } = row;
  const place = path.length === 0 ? "the value" : placeText(path);
  const lacking = possible - seen;
  const filter = (isLacking: boolean) => filterOfField(type, path, isLacking);
  return (
    <tr>
      <th scope="row" style={{ paddingLeft: `${Math.max(0, level - 1) * 14}px` }}>
        {canFilter ? (
          <LinkButton
            title={`Show messages that have ${place}: ${filter(false)}`}
            onClick={() => show(store, filter(false))}
          >
            {name}
          </LinkButton>
        ) : (
          <span title={place}>{level === 0 ? "(value)" : name}</span>
        )}
        {isOptional && (
          <span class="fields__optional" title={`${place} isn’t always there`}>
            ?
          </span>
        )}
      </th>
      <td class="fields__seen">
        {isOptional ? (
          <>
            <span title={`${formatCount(seen)} of ${formatCount(possible)} had ${place}`}>
              {formatCount(seen)} of {formatCount(possible)}
            </span>
            {canFilter && (
              <LinkButton
                title={`Show messages without ${place}: ${filter(true)}`}
                aria-label={`${formatCount(lacking)} without ${place}`}
                onClick={() => show(store, filter(true))}
              >
                {formatCount(lacking)} without
              </LinkButton>
            )}
          </>
        ) : (
          <span title={`${plural(seen, "value")} here; always there`}>{formatCount(seen)}</span>
        )}
      </td>
      <td>
        {row.kinds.map(({ kind, count }, index) => (
          <span key={kind} title={`${formatCount(count)} of ${formatCount(seen)}`}>
            {index > 0 && " | "}
            {kind}
          </span>
        ))}
      </td>
      <td class="fields__values">
        {row.words.length > 0 ? (
          <Words row={row} />
        ) : (
          <RangeText
            of={row.lengths}
            unit="chars"
            title="Shortest and longest text, in characters"
          />
        )}
        <RangeText of={row.range} unit="" title="Smallest and largest number" />
        <RangeText of={row.sizes} unit="items" title="Fewest and most items" />
        {isOpen && (
          <span title="It is too deep, or has more fields than are kept">
            has more than is kept
          </span>
        )}
      </td>
    </tr>
  );
}

const Words = ({ row: { words } }: { row: FieldRow }) => (
  <>
    {words.map(({ word, count }, index) => (
      <span key={word} title={plural(count, "time")}>
        {index > 0 && " | "}
        <code>{JSON.stringify(word)}</code>
      </span>
    ))}
  </>
);

function RangeText({ of, unit, title }: { of: Range | undefined; unit: string; title: string }) {
  if (!of) return null;
  const { min, max } = of;
  const text = min === max ? formatNumber(min) : `${formatNumber(min)} … ${formatNumber(max)}`;
  return (
    <span class="fields__range" title={title}>
      {text} {unit}
    </span>
  );
}

/** As exact as it was sent, unless it is very long. */
const formatNumber = (value: number): string =>
  Number.isInteger(value) ? formatCount(value) : String(Number(value.toPrecision(6)));
