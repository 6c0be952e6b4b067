// The app that the page on CI tests: served as it should be, and with a fault, by the name of the folder.
const folder = location.pathname.split("/")[1];
const call = window.Daily.createCallObject({
  // The room of what is to get lost loses it.
  url: `${location.origin}/${folder}`,
  userName: new URLSearchParams(location.search).get("name"),
  dailyConfig: {
    callObjectBundleUrlOverride: `${location.origin}/call-machine-object-bundle.js`,
  },
});

function sayHello() {
  try {
    call.sendAppMessage({ type: "hello" });
  } catch {
    // As apps do.
  }
}

function countPeople() {
  const { length } = Object.keys(call.participants());
  document.getElementById("people").textContent = `${length} in the call`;
}
call.on("app-message", () => {});
for (const name of ["joined-meeting", "participant-joined", "participant-left"])
  call.on(name, countPeople);

document.getElementById("raise").addEventListener("click", () => {
  call.sendAppMessage({ type: "hand", raised: folder === "changed" ? "yes" : true });
  call.setUserData({ hand: Date.now() });
});

if (folder === "early") sayHello();
call.join();
