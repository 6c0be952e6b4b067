import * as v from "valibot";

import { logLimitsSchema } from "../../core/session/session-log";
import { arrangementSchema, tableSettingsSchema } from "../session/columns";
import { keepSetting, type KeepStorage } from "../session/kept";
import { TRAFFIC_VIEWS } from "../session/session-store";
import { typePathsSchema } from "../session/type-paths";
import type { Store } from "./store";
import { THEMES } from "./theme";

/** Keeps the settings of the panel, under names that every version reads again. */
export function keepSettings(storage: KeepStorage, store: Store): void {
  keepSetting(storage, "preserve-log", store.preserveLog, v.boolean());
  keepSetting(storage, "mask-values", store.maskValues, v.boolean());
  keepSetting(storage, "overview", store.isOverviewShown, v.optional(v.boolean()));
  keepSetting(storage, "theme", store.theme, v.picklist(THEMES));
  keepSetting(storage, "watch-tabs", store.watchesTabs, v.boolean());
  keepSetting(storage, "limits", store.limits, logLimitsSchema);
  keepSetting(storage, "table", store.table, tableSettingsSchema);
  keepSetting(storage, "traffic-view", store.trafficView, v.picklist(TRAFFIC_VIEWS));
  keepSetting(storage, "type-paths", store.typePaths.chosen, typePathsSchema);
  keepSetting(storage, "arrangement", store.arrangement, arrangementSchema);
}
