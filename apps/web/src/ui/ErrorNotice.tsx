import { RefreshCw } from "lucide-react";
import { Component, type ErrorInfo, type ReactNode } from "react";
import { explain } from "../data/errors";
import { useT } from "../i18n";
import { Button } from "./Button";
import { Notice } from "./State";

interface ErrorNoticeProps {
  error: unknown;
  /** What was tried: "Your devices could not be shown". */
  title?: ReactNode;
  onRetry?(): void;
}

/** What happened, what to do, and in small the code and the exact text. */
export function ErrorNotice({ error, title, onRetry }: ErrorNoticeProps) {
  const t = useT();
  const { what, todo, code, detail } = explain(error, t);
  const retry = onRetry && (
    <Button icon={RefreshCw} onClick={onRetry}>
      {t("ui.retry")}
    </Button>
  );
  return (
    <Notice level="danger" title={title ?? what} actions={retry}>
      {title && <p>{what}</p>}
      {todo && <p>{todo}</p>}
      <Exact code={code} detail={detail} />
    </Notice>
  );
}

/** One of several things that did not work, as part of a notice or a list: the same, with a sentence of its own. */
export function Failed({ error, say }: { error: unknown; say(reason: string): string }) {
  const t = useT();
  const { what, todo, code, detail } = explain(error, t);
  return (
    <>
      <p>{say(what)}</p>
      {todo && <p>{todo}</p>}
      <Exact code={code} detail={detail} />
    </>
  );
}

/** Exactly as it was told, which is English. */
function Exact({ code, detail }: { code: string | undefined; detail: string }) {
  const t = useT();
  return (
    <details className="error-detail">
      <summary>{code ? <code>{code}</code> : t("ui.error.detail")}</summary>
      <code lang="en">{detail}</code>
    </details>
  );
}

interface BoundaryProps {
  children: ReactNode;
  /** A change of it shows the children anew, for instance the path. */
  resetKey?: string;
}

/** Keeps a mistake in one part from blanking the app: shows it there, with a way to try again. */
export class ErrorBoundary extends Component<BoundaryProps, { error?: unknown }> {
  override state: { error?: unknown } = {};

  static getDerivedStateFromError(error: unknown) {
    return { error };
  }

  override componentDidUpdate(before: BoundaryProps) {
    if (before.resetKey !== this.props.resetKey && this.state.error !== undefined) this.reset();
  }

  override componentDidCatch(_error: unknown, _info: ErrorInfo) {
    // shown where it happened; the text may hold names or readings, so it goes to no log
  }

  private reset = () => this.setState({ error: undefined });

  override render() {
    if (this.state.error === undefined) return this.props.children;
    return <ErrorNotice error={this.state.error} onRetry={this.reset} />;
  }
}
