import { Roving } from "../ui/roving";

type Props<T extends string> = {
  label: string;
  options: readonly { readonly name: T; readonly label: string; readonly title: string }[];
  chosen: T;
  onChoose: (name: T) => void;
};

/** A few buttons of which one is pressed. */
export function Choice<T extends string>({ label, options, chosen, onChoose }: Props<T>) {
  return (
    <Roving class="views" role="group" label={label}>
      {options.map((option) => (
        <button
          key={option.name}
          type="button"
          aria-pressed={option.name === chosen}
          title={option.title}
          onClick={() => onChoose(option.name)}
        >
          {option.label}
        </button>
      ))}
    </Roving>
  );
}
