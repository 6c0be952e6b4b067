/** @jsxImportSource react */
// A small app on daily-react, as people write them. Joins at once: ?room=qa&name=Ada&override=1
import Daily from "@daily-co/daily-js";
import {
  DailyProvider,
  useAppMessage,
  useDaily,
  useMeetingSessionState,
  useParticipantIds,
  useParticipantProperty,
} from "@daily-co/daily-react";
import { useCallback, useState } from "react";
import { createRoot } from "react-dom/client";

function Participant({ id }: { id: string }) {
  const [name, userData] = useParticipantProperty(id, ["user_name", "userData"]);
  return (
    <li>
      {name}: {userData ? JSON.stringify(userData) : "no user data"}
    </li>
  );
}

function CallView() {
  const daily = useDaily();
  const ids = useParticipantIds();
  const { data, topology } = useMeetingSessionState();
  const [messages, setMessages] = useState<unknown[]>([]);
  const onAppMessage = useCallback(
    (event: { data: unknown }) => setMessages((seen) => [...seen, event.data]),
    [],
  );
  const sendAppMessage = useAppMessage({ onAppMessage });

  return (
    <main>
      <h1>daily-react</h1>
      <button onClick={() => sendAppMessage({ text: "hello" })}>Send app message</button>
      <button onClick={() => void daily?.setUserData({ hand: "raised" })}>Set user data</button>
      <button onClick={() => daily?.setMeetingSessionData({ slide: 2 }, "shallow-merge")}>
        Set session data
      </button>
      <ul aria-label="Participants">
        {ids.map((id) => (
          <Participant key={id} id={id} />
        ))}
      </ul>
      <ol aria-label="App messages">
        {messages.map((message, position) => (
          <li key={position}>{JSON.stringify(message)}</li>
        ))}
      </ol>
      <output aria-label="Session data">
        {JSON.stringify(data)} ({topology})
      </output>
    </main>
  );
}

const query = new URLSearchParams(location.search);
const call = Daily.createCallObject({
  url: `${location.origin}/${query.get("room") ?? "qa"}`,
  userName: query.get("name") ?? "Someone",
  ...(query.has("override") && {
    dailyConfig: {
      callObjectBundleUrlOverride: `${location.origin}/call-machine-object-bundle.js`,
    },
  }),
});
window.call = call;

createRoot(document.querySelector("#root")!).render(
  <DailyProvider callObject={call}>
    <CallView />
  </DailyProvider>,
);
void call.join();
