import { useState } from "react";
import { Button, Confirm, Page } from "../../src/ui";

export function Dialogs() {
  const [open, setOpen] = useState(false);
  return (
    <Page title="Dialogs">
      <Button onClick={() => setOpen(true)}>Open</Button>
      <Confirm
        open={open}
        kind="danger"
        title="File this claim?"
        consequences={[
          "Five readings of your heart rate go to the chain.",
          "If they meet the terms, you are paid at once.",
        ]}
        publishes={<p>Everybody can read these five numbers and their times, for ever.</p>}
        action="File the claim"
        onConfirm={() => Promise.reject(new Error("the node is away"))}
        onClose={() => setOpen(false)}
      />
    </Page>
  );
}
