import { type Contract, createContract } from "../../core/contract/contract";
import { writeBaseline } from "../../core/contract/baseline";
import { LANGUAGES } from "../../core/contract/languages";
import { learnLog } from "../../core/contract/learn-log";
import { webOrigin } from "../../core/lib/web-origin";
import type { JudgedRecording } from "../judge-recording";
import type { ContractFormat } from "./arguments";

/** The types of all recordings as one text. Throws an Error with a sentence for recordings that have none to tell. */
export function contractText(
  recordings: readonly JudgedRecording[],
  format: ContractFormat,
): string {
  const masked = recordings.find(({ head }) => head.isMasked);
  if (masked)
    throw new Error(`${masked.file}: Its values are masked, so its types can't be learned.`);
  const contract = createContract();
  for (const { scene } of recordings) contract.include(learnLog(scene.log, scene.log.entries));
  if (contract.types.size === 0)
    throw new Error("Nothing was sent or received: there are no types.");
  const language = LANGUAGES.find(({ id }) => id === format);
  return language ? language.print(contract) : baselineOf(contract, recordings);
}

function baselineOf(contract: Contract, recordings: readonly JudgedRecording[]): string {
  const at = recordings.map(({ head }) => Date.parse(head.recordedAt));
  const origin = recordings.map(({ head }) => webOrigin(head.page.url)).find(Boolean) ?? "";
  return writeBaseline({ contract, savedAt: new Date(Math.max(...at)), origin });
}
