// The app that the page on CI tests: served as it should be, and below /broken/ with a message before the join.
const call = window.Daily.createCallObject({
  url: `${location.origin}/hands`,
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
  call.sendAppMessage({ type: "hand", raised: true });
  call.setUserData({ hand: Date.now() });
});

if (location.pathname.startsWith("/broken/")) sayHello();
call.join();
