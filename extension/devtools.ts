import browser from "webextension-polyfill";

await browser.devtools.panels.create("Daily", "", "/panel/index.html");
