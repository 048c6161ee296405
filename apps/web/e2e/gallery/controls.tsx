import { VitalsError } from "@cw-vitals/client/errors";
import { Plus } from "lucide-react";
import { useState } from "react";
import * as ui from "../../src/ui";

const LEVELS = ["good", "note", "watch", "warning", "danger", "waiting", "unknown"] as const;
const MINUTE = 60_000;

export function Controls() {
  const [text, setText] = useState("");
  const [several, setSeveral] = useState<("a" | "b")[]>(["a"]);
  const [tab, setTab] = useState<"one" | "two">("one");
  const [progress, setProgress] = useState(true);
  const say = ui.useToast();
  return (
    <ui.Page title="Components" lead="Everything a page is made of." actions={<ui.Button icon={Plus}>Add</ui.Button>}>
      <Tiles />
      <ui.Card title="Buttons and states" aside={<ui.State level="warning">Waiting for you</ui.State>}>
        <div className="actions">
          <ui.Button kind="primary" onClick={() => say("Done")}>
            Primary
          </ui.Button>
          <ui.Button>Secondary</ui.Button>
          <ui.Button kind="danger">Danger</ui.Button>
          <ui.Button kind="quiet">Quiet</ui.Button>
          <ui.Button busy>Busy</ui.Button>
          <ui.Button disabled>Disabled</ui.Button>
          <ui.IconButton icon={Plus} label="Add one" />
        </div>
        <div className="row">
          {LEVELS.map((level) => (
            <ui.State key={level} level={level}>
              {level}
            </ui.State>
          ))}
        </div>
        {LEVELS.map((level) => (
          <ui.Notice key={level} level={level} title={`A notice: ${level}`}>
            <p>What it says, in a sentence.</p>
          </ui.Notice>
        ))}
      </ui.Card>
      <ui.Card title="Fields">
        <div className="form">
          <ui.Field label="Name" hint="Only you see it." value={text} onChange={setText} unit="mmHg" />
          <ui.Field label="Wrong" error="At least ten characters." value="x" onChange={setText} />
          <ui.TextArea label="Reason" optional value={text} onChange={setText} />
          <ui.Select label="Language" value="a" options={OPTIONS} onChange={() => undefined} />
          <ui.Checks legend="Several" options={OPTIONS} value={several} onChange={setSeveral} />
          <ui.Radios legend="One" options={OPTIONS} value="a" onChange={() => undefined} />
        </div>
      </ui.Card>
      <ui.Card title="Facts and tables">
        <ui.Facts
          of={[
            { name: "Account", value: <ui.Address of="wasm1q8x3fks0l9wz5mqk6qj6h4z7t7v0l2d4c9s8e7" /> },
            { name: "Benefit", value: <ui.Money amount="1234567890123456789" denom="uvital" /> },
            { name: "Since", value: <ui.When ms={Date.UTC(2026, 0, 2, 3, 4)} /> },
            { name: "Last", value: <ui.Ago ms={Date.now() - 3 * MINUTE} /> },
          ]}
        />
        <ui.Table
          caption="Devices"
          columns={[
            { key: "name", head: "Device", cell: ({ name }) => name },
            { key: "state", head: "State", cell: () => <ui.State level="good">In use</ui.State> },
            { key: "count", head: "Batches", numeric: true, cell: ({ count }) => count },
          ]}
          rows={[
            { name: "Oximeter", count: 120 },
            { name: "Thermometer", count: 7 },
          ]}
          rowKey={({ name }) => name}
        />
        <ui.Tabs
          label="Parts"
          value={tab}
          onChange={setTab}
          tabs={[
            { key: "one", label: "One", content: <p>The first.</p> },
            { key: "two", label: "Two", content: <p>The second.</p> },
          ]}
        />
      </ui.Card>
      <ui.Card title="Waiting and failing">
        <ui.Loading />
        {progress && <ui.Progress label="Opening readings:" done={7} total={24} onCancel={() => setProgress(false)} />}
        <ui.StaleMark of={{ stale: true, asOf: { height: 1234, timeMs: Date.now() - 5 * MINUTE } }} />
        <ui.ErrorNotice error={new VitalsError("vault/unreachable", "ward gave no answer")} onRetry={() => undefined} />
        <ui.ErrorNotice
          title="Your devices could not be shown"
          error={new Error("Cannot read properties of undefined")}
        />
        <ui.Empty title="No devices yet" actions={<ui.Button kind="primary">Pair a device</ui.Button>}>
          <p>Pair one, and its readings appear here.</p>
        </ui.Empty>
      </ui.Card>
    </ui.Page>
  );
}

const OPTIONS = [
  { value: "a", label: "The first" },
  { value: "b", label: "The second" },
] as const;

function Tiles() {
  const now = Date.now();
  const latest = (value: number, second?: number) => ({
    value,
    atMs: now - 12_000,
    simulated: true,
    ...(second && { second }),
  });
  return (
    <section className="tiles" aria-label="Condition">
      <ui.VitalTile measure="heart_rate" latest={latest(72)} state={{ level: "good", word: "As usual" }} to="/x" />
      <ui.VitalTile measure="oxygen_saturation" latest={latest(91)} state={{ level: "danger", word: "Low" }} />
      <ui.VitalTile
        measure="systolic_pressure"
        latest={latest(142, 91)}
        state={{ level: "watch", word: "Raised" }}
        stale
      />
      <ui.VitalTile measure="body_temperature" state={{ level: "unknown", word: "Not known" }} />
    </section>
  );
}
