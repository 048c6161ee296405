import type { ContractCall } from "@cw-vitals/client";
import { type ReactNode, useState } from "react";
import { useSend } from "../../../data";
import { Button, Confirm, useToast } from "../../../ui";

interface ActProps {
  /** The words on both buttons. */
  action: string;
  title: string;
  consequences: readonly ReactNode[];
  done: string;
  kind?: "primary" | "danger";
  /** Absent while the form is not complete. */
  call: ContractCall | undefined;
  /** Called instead where the form is not complete. */
  onIncomplete?(): void;
  onDone?(): void;
}

/** A button, what it does in words, and the call. */
export function Act({ action, title, consequences, done, kind = "primary", call, onIncomplete, onDone }: ActProps) {
  const say = useToast();
  const { send } = useSend();
  const [asking, setAsking] = useState(false);
  const run = async () => {
    await send(call as ContractCall);
    say(done);
    onDone?.();
  };
  return (
    <>
      <Button
        kind={kind === "danger" ? "danger" : "secondary"}
        onClick={() => (call ? setAsking(true) : onIncomplete?.())}
      >
        {action}
      </Button>
      <Confirm
        open={asking}
        {...{ title, consequences, action, kind }}
        onConfirm={run}
        onClose={() => setAsking(false)}
      />
    </>
  );
}
