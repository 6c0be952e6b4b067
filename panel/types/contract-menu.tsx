import type { Contract } from "../../core/contract/contract";
import { copyOr } from "../ui/copy-text";
import { Icon } from "../ui/icons";
import { Popover } from "../ui/popover";
import { saveFile } from "../ui/save-file";
import { LANGUAGES } from "../../core/contract/languages";
import type { TypesStore } from "./types-store";

type Props = {
  store: TypesStore;
  /** What is copied or saved: `all types`, or the name of one. */
  what: string;
  /** Of files, without their ending. */
  fileName: string;
  /** Made when it is asked for. */
  contract: () => Contract;
};

/** Copies types, or saves them as a file. */
export function ContractMenu({ store, what, fileName, contract }: Props) {
  return (
    <Popover
      label={`Copy or save ${what}`}
      title={`Copy or save ${what} as TypeScript, JSON Schema or AsyncAPI. Of values, only words of the protocol go along`}
      class="tool tool--text"
      face={
        <>
          <Icon name="copy" /> Copy or save
        </>
      }
    >
      {(close) => (
        <>
          {LANGUAGES.map(({ name, title, print }) => (
            <button
              key={`copy ${name}`}
              type="button"
              class="popover__item"
              title={title}
              onClick={() => {
                close();
                void copyOr(print(contract()), (problem) => void (store.notice.value = problem));
              }}
            >
              Copy as {name}
            </button>
          ))}
          {LANGUAGES.map(({ name, title, print, ending, mime }) => (
            <button
              key={`save ${name}`}
              type="button"
              class="popover__item"
              title={title}
              onClick={() => {
                close();
                saveFile(`${fileName}.${ending}`, new Blob([print(contract())], { type: mime }));
              }}
            >
              Save as {name}…
            </button>
          ))}
        </>
      )}
    </Popover>
  );
}
