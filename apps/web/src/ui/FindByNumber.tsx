import { useState } from "react";
import { useNavigate } from "react-router";
import { isRecordNumber } from "../data/record-number";
import { Button } from "./Button";
import { Card } from "./Card";
import { Field } from "./Field";

interface FindByNumberProps {
  title: string;
  label: string;
  /** Shown once something that is no number was asked for. */
  error: string;
  open: string;
  /** The page of a number. */
  to(number: string): string;
}

/** Opens the page of something by its number. */
export function FindByNumber({ title, label, error, open, to }: FindByNumberProps) {
  const navigate = useNavigate();
  const [typed, setTyped] = useState("");
  const [tried, setTried] = useState(false);
  const number = typed.trim();
  const good = isRecordNumber(number);
  const find = (event: { preventDefault(): void }) => {
    event.preventDefault();
    setTried(true);
    if (good) navigate(to(number));
  };
  return (
    <Card title={title}>
      <form className="find" onSubmit={find}>
        <Field
          label={label}
          value={typed}
          inputMode="numeric"
          error={tried && !good ? error : undefined}
          onChange={setTyped}
        />
        <Button type="submit">{open}</Button>
      </form>
    </Card>
  );
}
