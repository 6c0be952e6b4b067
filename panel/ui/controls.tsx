/** The small controls that all views share. */
import type { ButtonHTMLAttributes, ComponentChildren } from "preact";

import { Icon, type IconName } from "./icons";

/** A button that looks like a link: it acts where it stands, in the middle of what it is about. */
export const LinkButton = ({
  class: names = "",
  ...props
}: Omit<ButtonHTMLAttributes, "class"> & { class?: string }) => (
  <button type="button" {...props} class={`link-button ${names}`.trimEnd()} />
);

/** Asks for a recording, where it stands. */
export const FileLink = ({
  title,
  onFile,
  children,
}: {
  title: string;
  onFile: (file: File) => void;
  children: ComponentChildren;
}) => (
  <label class="link-button file-link" title={title}>
    {children}
    <input
      class="visually-hidden"
      type="file"
      accept=".json,application/json"
      onChange={({ currentTarget }) => {
        const [file] = currentTarget.files ?? [];
        currentTarget.value = ""; // So that the same file can be chosen again.
        if (file) onFile(file);
      }}
    />
  </label>
);

/** A button for what a view offers to do next. */
export const Button = (props: Omit<ButtonHTMLAttributes, "class">) => (
  <button type="button" {...props} class="button" />
);

type ToolProps = {
  /** The accessible name. */
  label: string;
  title?: string;
  icon: IconName;
  class?: string;
  isDisabled?: boolean;
  isPressed?: boolean;
  onClick: () => void;
};

/** A button of a toolbar: an icon, whose name is heard and whose tooltip says more. */
export const ToolButton = ({ label, title, icon, isDisabled, isPressed, ...props }: ToolProps) => (
  <button
    type="button"
    {...props}
    class={`tool ${props.class ?? ""}`.trimEnd()}
    aria-label={label}
    aria-pressed={isPressed}
    title={title}
    disabled={isDisabled}
  >
    <Icon name={icon} />
  </button>
);

type CheckProps = {
  isOn: boolean;
  title?: string | undefined;
  onChange: (isOn: boolean) => void;
  children: ComponentChildren;
};

/** Something that is on or off, and its name. */
export const Check = ({ isOn, title, onChange, children }: CheckProps) => (
  <label class="check" title={title}>
    <input
      type="checkbox"
      checked={isOn}
      onChange={({ currentTarget }) => onChange(currentTarget.checked)}
    />
    {children}
  </label>
);

type ChoiceProps<T extends string> = {
  /** What is chosen, as a heading. */
  legend: string;
  title?: string;
  /** Of the group of radio buttons; one of a kind in the panel. */
  name: string;
  options: readonly (readonly [value: T, label: string])[];
  chosen: T;
  onChoose: (value: T) => void;
};

/** One of a few things, all of them in sight. */
export const Choice = <T extends string>(props: ChoiceProps<T>) => (
  <fieldset>
    <legend title={props.title}>{props.legend}</legend>
    {props.options.map(([value, label]) => (
      <label key={value} class="check">
        <input
          type="radio"
          name={props.name}
          checked={props.chosen === value}
          onChange={() => props.onChoose(value)}
        />
        {label}
      </label>
    ))}
  </fieldset>
);

type NoteProps = {
  role: "status" | "alert";
  /** For what asks for no attention. */
  isQuiet?: boolean;
  onClose: () => void;
  /** Told when the pointer comes and goes. */
  onPointed?: (isPointedAt: boolean) => void;
  children: ComponentChildren;
};

/** A line across the panel that stays until it is closed. */
export const Note = ({ role, isQuiet, onClose, onPointed, children }: NoteProps) => (
  <div
    class={isQuiet ? "notice notice--quiet" : "notice"}
    role={role}
    onPointerEnter={() => onPointed?.(true)}
    onPointerLeave={() => onPointed?.(false)}
  >
    {children}
    <ToolButton label="Close this note" icon="close" onClick={onClose} />
  </div>
);
